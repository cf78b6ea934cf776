"""What the bot says to greetings, thanks and the like, and to follow-ups of nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.markup import escaped, line
from bot.texts import Texts
from retrieval.answers import Courtesy

QUESTION_LIMIT = 200


def courtesy_reply(courtesy: Courtesy, examples: Sequence[str], texts: Texts) -> str:
    """Return a friendly word, with questions that can be asked if there are any."""
    said = {
        Courtesy.GREETING: texts.hello,
        Courtesy.THANKS: texts.welcome,
        Courtesy.FAREWELL: texts.goodbye,
        Courtesy.NOTHING: texts.listening,
    }[courtesy]
    if not examples:
        return said
    questions = [f"• {escaped(line(question, QUESTION_LIMIT))}" for question in examples]
    return "\n".join([said, "", texts.examples, *questions])
