"""What the bot says, in Vietnamese and in English.

One field is one thing to say, in Telegram's HTML, with named places to fill in; whoever fills
them escapes what they put there. A `Texts` without one of the fields cannot be made, so nothing
can be said in one language alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Everything said in one language; `commands` maps each command to what the menu says of it."""

    language: str
    commands: Mapping[str, str]
    start: str
    help: str
    how_to_ask: str
    no_words: str
    too_long: str
    only_text: str
    understood: str
    not_found: str
    nearest: str
    sources: str
    passage: str
    documents: str
    and_more: str
    choose_language: str
    automatic: str
    language_chosen: str
    language_automatic: str
    old_button: str
    not_admitted: str
    failed: str

    @property
    def usage(self) -> str:
        """The help, and every command with what it does."""
        lines = (f"/{command} – {says}" for command, says in self.commands.items())
        return f"{self.help}\n\n" + "\n".join(lines)

    def date(self, iso: str) -> str:
        """Write an ISO 8601 date as people do, "29/9/2021" or "29 September 2021".

        A month or a year alone stays one; what is no such date is returned as it is.
        """
        if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", iso):
            return iso
        year, *rest = (int(part) for part in iso.split("-"))
        if self.language == "vi":
            return "/".join(str(part) for part in (*reversed(rest), year))
        month = [MONTHS[rest[0] - 1]] if rest else []
        return " ".join(str(part) for part in (*rest[1:], *month, year))


VIETNAMESE = Texts(
    language="vi",
    commands={
        "ask": "hỏi một câu",
        "sources": "xem nguồn của câu trả lời",
        "language": "chọn ngôn ngữ",
        "help": "xem cách dùng",
        "start": "xem lời giới thiệu",
    },
    start=(
        "Xin chào! Bạn hỏi, tôi tìm trong kho tài liệu và trích nguyên văn đoạn trả lời, "
        "kèm nguồn. Hỏi bằng tiếng Việt hay tiếng Anh đều được.\n\n"
        "Bạn muốn biết điều gì? Cần hướng dẫn thì bấm /help."
    ),
    help=(
        "Bạn cứ nhắn câu hỏi cho tôi. Trong nhóm, hãy nhắc tên tôi, trả lời tin nhắn của tôi "
        "hoặc dùng /ask.\n\n"
        "Tôi chỉ trích nguyên văn từ tài liệu, câu trả lời được <b>in đậm</b>; "
        "không tìm thấy thì tôi nói là không."
    ),
    how_to_ask=(
        "Bạn hãy viết câu hỏi sau lệnh, ví dụ: <code>/ask Ai chủ trì hội nghị?</code>\n"
        "Hoặc trả lời một tin nhắn bằng /ask để hỏi đúng nội dung tin đó."
    ),
    no_words="Câu hỏi này chưa có chữ nào. Bạn viết lại bằng lời giúp tôi nhé.",
    too_long=(
        "Câu hỏi dài {length} ký tự, tôi đọc được tối đa {limit}. Bạn rút gọn lại giúp tôi nhé."
    ),
    only_text="Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé.",
    understood="Đã hiểu: <i>{question}</i>",
    not_found=(
        "Tôi không tìm thấy câu trả lời trong kho tài liệu. "
        "Bạn thử hỏi cách khác hoặc nói cụ thể hơn nhé."
    ),
    nearest="Tài liệu gần nhất: {document}",
    sources="<b>Nguồn trích dẫn</b>",
    passage="Tệp {document}, ký tự {start}–{end}",
    documents="<b>Kho tài liệu ({count})</b>",
    and_more="… và {count} tài liệu nữa",
    choose_language=(
        "Bạn hỏi bằng tiếng nào, tôi trả lời bằng tiếng ấy. "
        "Những lúc khác, bạn muốn tôi dùng tiếng nào?"
    ),
    automatic="Tự động",
    language_chosen="Vâng, tôi sẽ dùng tiếng Việt.",
    language_automatic="Vâng, tôi sẽ theo ngôn ngữ Telegram của bạn.",
    old_button="Nút này đã cũ, không còn dùng được.",
    not_admitted="Bot này chỉ phục vụ những người có trong danh sách. ID của bạn là {id}.",
    failed="Có lỗi xảy ra, tôi chưa làm được. Bạn thử lại sau ít phút nhé.",
)

ENGLISH = Texts(
    language="en",
    commands={
        "ask": "ask a question",
        "sources": "see where an answer comes from",
        "language": "choose a language",
        "help": "how to use me",
        "start": "what I am for",
    },
    start=(
        "Hello! You ask, I look through the documents and quote the passage that answers, "
        "word for word, with its source. Ask in English or in Vietnamese.\n\n"
        "What would you like to know? Tap /help to see how I work."
    ),
    help=(
        "Just send me your question. In a group, mention me, reply to one of my messages "
        "or use /ask.\n\n"
        "I only quote what the documents say, with the answer <b>in bold</b>; "
        "where they do not say it, I tell you so."
    ),
    how_to_ask=(
        "Write your question after the command: <code>/ask Who chaired the meeting?</code>\n"
        "Or reply to a message with /ask to ask what that message says."
    ),
    no_words="There are no words in this question. Could you put it in words, please?",
    too_long=(
        "This question has {length} characters and I can read {limit}. "
        "Could you shorten it, please?"
    ),
    only_text="I can only read text. Could you type your question, please?",
    understood="Understood: <i>{question}</i>",
    not_found=(
        "I could not find an answer in the documents. Try asking another way, or be more specific."
    ),
    nearest="The nearest document: {document}",
    sources="<b>Sources</b>",
    passage="File {document}, characters {start}–{end}",
    documents="<b>Documents ({count})</b>",
    and_more="… and {count} more",
    choose_language=(
        "I answer every question in its own language. Which one shall I use for everything else?"
    ),
    automatic="Automatic",
    language_chosen="All right, I will use English.",
    language_automatic="All right, I will go by the language of your Telegram.",
    old_button="This button is out of date and no longer works.",
    not_admitted="This bot only serves the people on its list. Your ID is {id}.",
    failed="Something went wrong and I could not do that. Please try again in a few minutes.",
)

LANGUAGES: Mapping[str, Texts] = {texts.language: texts for texts in (VIETNAMESE, ENGLISH)}


def texts_in(*languages: str | None) -> Texts:
    """Return the texts in the first of `languages` that the bot speaks, else in English.

    They are language tags such as "vi" or "en-GB"; None and "" stand for unknown.
    """
    for language in languages:
        if texts := LANGUAGES.get((language or "").split("-")[0].lower()):
            return texts
    return ENGLISH
