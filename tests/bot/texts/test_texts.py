from __future__ import annotations

import string
from dataclasses import fields

import pytest

from bot.texts import ENGLISH, VIETNAMESE, Texts, texts_in
from retrieval.collecting.fetch_errors import FetchCause
from retrieval.refusals import Cause
from tests.helpers.bot_api import shown_text

COMMANDS = (
    "commands",
    "admin_commands",
    "collection_commands",
    "collection_admin_commands",
)
FAILURES = ("refusals", "fetch_failures")
OTHERS = ("language", "name", "months", *COMMANDS, *FAILURES)
PHRASES = [field.name for field in fields(Texts) if field.name not in OTHERS]


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_fill_in_the_same(name: str) -> None:
    assert places(getattr(VIETNAMESE, name)) == places(getattr(ENGLISH, name))


@pytest.mark.parametrize("name", [*PHRASES, "usage", "divided_usage"])
@pytest.mark.parametrize("texts", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_every_phrase_is_html_that_telegram_takes(texts: Texts, name: str) -> None:
    phrase = getattr(texts, name)
    filled = phrase.format(**dict.fromkeys(places(phrase), "1"))
    assert 0 < len(shown_text(filled)) < 1000


def test_both_languages_describe_the_same_commands() -> None:
    assert list(VIETNAMESE.commands) == list(ENGLISH.commands)
    assert set(VIETNAMESE.commands) == {
        "start",
        "help",
        "ask",
        "sources",
        "watch",
        "language",
        "forgetme",
    }
    assert list(VIETNAMESE.admin_commands) == list(ENGLISH.admin_commands)
    assert set(VIETNAMESE.admin_commands) == {"documents", "add", "forget"}
    assert set(VIETNAMESE.collection_commands) == {"collections", "join", "leave"}
    assert set(VIETNAMESE.collection_admin_commands) == {"invite", "members"}
    for name in COMMANDS:
        assert list(getattr(VIETNAMESE, name)) == list(getattr(ENGLISH, name))


@pytest.mark.parametrize("cause", [*Cause, *FetchCause])
def test_both_languages_say_why_a_file_or_an_address_gives_nothing(
    cause: Cause | FetchCause,
) -> None:
    for texts in (VIETNAMESE, ENGLISH):
        known = texts.refusals if isinstance(cause, Cause) else texts.fetch_failures
        phrase = known[cause]  # type: ignore[index]
        assert places(phrase) == places(cause.value)
        assert 0 < len(shown_text(phrase)) < 200


def test_what_the_profile_says_fits_into_it() -> None:
    for texts in (VIETNAMESE, ENGLISH):
        assert len(texts.description) <= 512
        assert len(texts.short_description) <= 120


def test_what_a_button_answers_fits_into_its_notification() -> None:
    for texts in (VIETNAMESE, ENGLISH):
        chosen = (texts.language_chosen, texts.language_automatic)
        lost = (texts.changed, texts.gone, texts.changed_or_gone, texts.unavailable)
        shown = (texts.old_button, texts.failed, texts.helpful, texts.unhelpful, *chosen, *lost)
        assert max(len(phrase) for phrase in shown) <= 200
        assert not any("<" in phrase for phrase in shown)  # a notification shows no markup


@pytest.mark.parametrize(
    ("iso", "vietnamese", "english"),
    [
        ("2021-09-29", "29/9/2021", "29 September 2021"),
        ("2022-01-05", "5/1/2022", "5 January 2022"),
        ("2021-09", "9/2021", "September 2021"),
        ("2021", "2021", "2021"),
        ("", "", ""),
        ("2021-13-01", "2021-13-01", "2021-13-01"),
        ("tháng 9", "tháng 9", "tháng 9"),
    ],
)
def test_dates_read_as_people_write_them(iso: str, vietnamese: str, english: str) -> None:
    assert VIETNAMESE.date(iso) == vietnamese
    assert ENGLISH.date(iso) == english


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (("vi", "en"), VIETNAMESE),
        (("", "en"), ENGLISH),
        ((None, "vi-VN"), VIETNAMESE),
        (("fr", "VI"), VIETNAMESE),
        (("fr", "en-GB"), ENGLISH),
        (("fr", None), ENGLISH),
        ((), ENGLISH),
    ],
)
def test_the_first_language_that_is_spoken_counts(
    languages: tuple[str | None, ...], expected: Texts
) -> None:
    assert texts_in(*languages) is expected
