"""The bot's texts in every language. A new language needs a module, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.base import Texts
from bot.texts.english import ENGLISH
from bot.texts.vietnamese import VIETNAMESE

__all__ = ["ENGLISH", "LANGUAGES", "VIETNAMESE", "Texts", "texts_in"]

LANGUAGES: Mapping[str, Texts] = {texts.language: texts for texts in (VIETNAMESE, ENGLISH)}


def texts_in(*languages: str | None) -> Texts:
    """Return the texts in the first of `languages` that the bot speaks, else in English.

    Args:
        languages: Language tags such as "vi" or "en-GB"; None and "" stand for unknown.
    """
    for language in languages:
        if texts := LANGUAGES.get((language or "").split("-")[0].lower()):
            return texts
    return ENGLISH
