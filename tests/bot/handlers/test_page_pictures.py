"""The page of a citation as a photo, by a button and by a link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.replies.deep_links import TO_PAGE, payload_of
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.documents import Document, Span
from retrieval.page_pictures import PagePicture
from retrieval.pages import PageStart
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.fake_telegram import GROUP, TOM, Chatting, Json, button, message
from tests.helpers.samples import VISIT, FakeRetriever, answer, hit

REPORT = replace(VISIT, name="visit.pdf", page_starts=(PageStart(0, 3), PageStart(30, 4)))
MET, SPOKE = "Minister Quang met Kao Kim Hourn in Vientiane.", "They spoke about training."
CITED = hit(REPORT, SPOKE)
PAGE = f"page:{REPORT.digits}:{CITED.highlight.start}:{CITED.highlight.end}"
LINK = f"/start {payload_of(REPORT.digits, CITED.highlight, TO_PAGE)}"


@dataclass
class DrawingRetriever(FakeRetriever):
    """Draws `pictures`, or raises `failure`; keeps what was asked for."""

    pictures: tuple[PagePicture, ...] = (PagePicture(4, b"\xff\xd8 page", is_marked=True),)
    failure: UnreadableError | None = None
    drawn: list[tuple[str, Span]] = field(default_factory=list)

    def page_pictures(self, document: Document, span: Span) -> tuple[PagePicture, ...]:
        self.drawn.append((document.name, span))
        if self.failure:
            raise self.failure
        return self.pictures


@pytest.fixture
def retriever() -> DrawingRetriever:
    return DrawingRetriever(answer=answer(CITED, language="en"), documents=(REPORT,))


async def ask(chat: Chatting, /, **fields: object) -> Json:
    await chat.say("/ask What was spoken about?", **fields)
    sent: Json = chat.telegram.messages[-1]
    return sent


def notices(chat: Chatting) -> list[Json]:
    calls = (call for call in chat.telegram.calls if call.method == "answerCallbackQuery")
    return [call.parameters for call in calls]


async def finish(chat: Chatting, **update: Json) -> None:
    """Deliver an update, and wait until all that it began is done."""
    await chat.application.start()
    await chat.receive(**update)
    await chat.application.stop()


async def press(chat: Chatting, given: Json, /, **fields: object) -> None:
    pressed = button(PAGE, TOM, message_id=given["message_id"], **fields)
    await finish(chat, callback_query=pressed)


async def test_the_answer_s_button_sends_the_page(
    chat: Chatting, retriever: DrawingRetriever
) -> None:
    given = await ask(chat, chat=GROUP)
    keyboard = chat.telegram.sent()[-1]["reply_markup"]["inline_keyboard"]
    assert keyboard[1] == [{"text": "🖼 Show page 4", "callback_data": PAGE}]
    await press(chat, given, chat=GROUP)
    (photo,) = chat.telegram.photos()
    assert photo["caption"] == "visit — <i>August 2024, p. 4</i>"
    assert photo["reply_parameters"]["message_id"] == given["message_id"]
    assert retriever.drawn == [("visit.pdf", CITED.highlight)]
    assert [set(notice) for notice in notices(chat)] == [{"callback_query_id"}]


async def test_each_page_of_a_sentence_is_a_photo_with_its_number(
    chat: Chatting, retriever: DrawingRetriever
) -> None:
    retriever.pictures = tuple(PagePicture(n, b"\xff\xd8", is_marked=True) for n in (3, 4))
    await press(chat, await ask(chat))
    captions = [photo["caption"] for photo in chat.telegram.photos()]
    assert captions == [f"visit — <i>August 2024, p. {n}</i>" for n in (3, 4)]


async def test_a_page_without_a_mark_says_so(chat: Chatting, retriever: DrawingRetriever) -> None:
    retriever.pictures = (PagePicture(4, b"\xff\xd8", is_marked=False),)
    await press(chat, await ask(chat))
    (photo,) = chat.telegram.photos()
    assert photo["caption"].endswith(f"\n{ENGLISH.page_not_marked}")


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Cause.SLOW, ENGLISH.page_not_drawn),
        (Cause.CRASH, ENGLISH.page_not_drawn),
        (Cause.CHANGED, ENGLISH.changed),
        (Cause.NO_FILE, ENGLISH.gone),
    ],
)
async def test_what_cannot_be_drawn_is_told_in_one_line(
    chat: Chatting, retriever: DrawingRetriever, cause: Cause, said: str
) -> None:
    retriever.failure = UnreadableError(cause, limit="20")
    await press(chat, await ask(chat))
    assert chat.telegram.photos() == []
    assert chat.telegram.texts()[-1] == said


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ((), ENGLISH.gone),
        ((replace(REPORT, text=REPORT.text + " They left."),), ENGLISH.changed),
    ],
)
async def test_a_document_that_is_another_by_now_is_told(
    chat: Chatting, retriever: DrawingRetriever, documents: tuple[Document, ...], said: str
) -> None:
    given = await ask(chat)
    retriever.documents = documents
    await press(chat, given)
    assert (notices(chat)[-1]["text"], notices(chat)[-1]["show_alert"]) == (said, True)
    assert (chat.telegram.photos(), retriever.drawn) == ([], [])


@pytest.mark.parametrize(("sender", "texts"), [(TOM, ENGLISH), (None, VIETNAMESE)])
async def test_a_followed_link_sends_the_page(
    chat: Chatting, retriever: DrawingRetriever, sender: Json | None, texts: Texts
) -> None:
    fields = {"from": sender} if sender else {}
    await finish(chat, message=message(LINK, **fields))
    (photo,) = chat.telegram.photos()
    assert photo["caption"] == f"visit — <i>{texts.date('2024-08')}, {texts.pages([4])}</i>"
    retriever.documents = ()
    await finish(chat, message=message(LINK, **fields))
    assert chat.telegram.texts()[-1] == texts.changed_or_gone


async def test_a_message_of_inline_mode_has_no_place_for_a_photo(
    chat: Chatting, retriever: DrawingRetriever
) -> None:
    pressed = button(PAGE, TOM) | {"inline_message_id": "x"}
    del pressed["message"]
    await finish(chat, callback_query=pressed)
    assert (len(notices(chat)), retriever.drawn) == (1, [])


@pytest.mark.parametrize("document", [VISIT, replace(REPORT, name="visit.docx")])
async def test_where_there_is_no_picture_there_is_no_button(
    chat: Chatting, retriever: DrawingRetriever, document: Document
) -> None:
    retriever.answer = answer(hit(document, MET), language="en")
    retriever.documents = (document,)
    await ask(chat)
    keyboard = chat.telegram.sent()[-1]["reply_markup"]["inline_keyboard"]
    assert not any("🖼" in one["text"] for row in keyboard for one in row)
