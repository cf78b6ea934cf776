from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Citation
from bot.replies.answers import AnswerPage, page_reply
from bot.replies.questions import answer_reply
from bot.replies.quotations import Loss, Quotation, loss_reply
from bot.replies.reader import DocumentPage, document_reply
from bot.replies.sources import CollectionPage, collection_reply, sources_reply
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.answers import Answer, Hit
from retrieval.documents import Document, Passage, Span
from tests.helpers.bot_api import shown_text
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer, hit

LIMIT = 4096


def length(markup: str) -> int:
    return len(shown_text(markup).encode("utf-16-le")) // 2


def entities(markup: str) -> int:
    return len(re.findall(r"<\w", markup))


def page_of(*hits: Hit) -> AnswerPage:
    """Return the only page of an answer."""
    return AnswerPage.first(answer(*hits))


def test_an_answer_quotes_each_hit_under_its_number_title_source_and_date() -> None:
    assert answer_reply(answer(SUMMIT_HIT, VISIT_HIT), ENGLISH) == (
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29 September 2021</i>\n"
        "<blockquote>Hội nghị diễn ra theo hình thức trực tuyến. "
        "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b> "
        "Brunei là nước chủ nhà.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>August 2024</i>\n"
        "<blockquote expandable><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


def test_an_answer_shows_three_hits_at_most() -> None:
    reply = answer_reply(answer(*[VISIT_HIT] * 5), ENGLISH)
    assert reply.count("<blockquote>") == 1
    assert reply.count("<blockquote expandable>") == 2
    assert "<b>[3]</b>" in reply
    assert "<b>[4]</b>" not in reply


def test_a_restored_question_is_shown_first() -> None:
    reply = answer_reply(answer(VISIT_HIT, restored="Ai gặp <ông> Kao?"), VIETNAMESE)
    assert reply.startswith("Đã hiểu: <i>Ai gặp &lt;ông&gt; Kao?</i>\n\n<b>[1]</b> visit")


def test_what_is_not_found_shows_no_excerpt() -> None:
    assert answer_reply(answer(SUMMIT_HIT, VISIT_HIT, answered=False), VIETNAMESE) == (
        "Tôi không tìm thấy câu trả lời trong kho tài liệu. "
        "Bạn thử hỏi cách khác hoặc nói cụ thể hơn nhé.\n\n"
        'Tài liệu liên quan nhất: <a href="https://example.org/ammtc?id=15&amp;lang=vi">'
        "Hội nghị AMMTC 15</a> — <i>TTXVN, 29/9/2021</i>"
    )


@pytest.mark.parametrize("hits", [(), (SUMMIT_HIT,)])
def test_what_is_not_found_shows_the_restored_question_too(hits: tuple[Hit, ...]) -> None:
    reply = answer_reply(answer(*hits, restored="Ai dự hội nghị?", answered=False), VIETNAMESE)
    assert reply.startswith(f"Đã hiểu: <i>Ai dự hội nghị?</i>\n\n{VIETNAMESE.not_found}")


def test_without_any_hit_it_is_only_not_found() -> None:
    assert answer_reply(answer(answered=False), ENGLISH) == ENGLISH.not_found


def test_everything_foreign_is_escaped() -> None:
    hostile = Document(
        name='a<b>&".txt',
        text='<b>Tom & "Jerry"</b> met. </blockquote> ended.',
        title='</b><a href="tg://x">&amp;',
        source="<i>&",
        date="<u>",
        url='https://x.org/"><script>',
    )
    found = hit(hostile, '<b>Tom & "Jerry"</b> met.')
    reply = answer_reply(answer(found), ENGLISH)
    assert reply == (
        '<b>[1]</b> <a href="https://x.org/&quot;&gt;&lt;script&gt;">'
        '&lt;/b&gt;&lt;a href="tg://x"&gt;&amp;amp;</a>'
        " — <i>&lt;i&gt;&amp;, &lt;u&gt;</i>\n"
        '<blockquote><b>&lt;b&gt;Tom &amp; "Jerry"&lt;/b&gt; met.</b>'
        " &lt;/blockquote&gt; ended.</blockquote>"
    )
    assert hostile.text in shown_text(reply)
    for page in (
        sources_reply(page_of(found), ENGLISH, "TrichDanBot"),
        collection_reply(CollectionPage.of([hostile], 1), ENGLISH),
        document_reply(DocumentPage((found.passage,), 1, found.highlight), ENGLISH),
    ):
        assert hostile.title in shown_text(page)


@pytest.mark.parametrize(
    ("source", "date", "expected"),
    [
        ("", "", "1. AMMTC"),
        ("VNA", "", "1. AMMTC — <i>VNA</i>"),
        ("", "2021", "1. AMMTC — <i>2021</i>"),
        ("VNA", "2021-09", "1. AMMTC — <i>VNA, September 2021</i>"),
    ],
)
def test_only_what_is_known_of_a_document_is_shown(source: str, date: str, expected: str) -> None:
    document = Document(name="a.txt", text="", title="AMMTC", source=source, date=date)
    page = CollectionPage.of([document], 1)
    assert collection_reply(page, ENGLISH) == f"<b>Documents (1)</b>\n{expected}"


def test_long_titles_and_names_are_cut() -> None:
    document = Document(name="b" * 500 + ".txt", text="A met B.", title="T" * 500, source="S" * 500)
    cited = sources_reply(page_of(hit(document, "A met B.")), ENGLISH, "TrichDanBot")
    assert cited == (
        f"<b>Sources</b>\n\n<b>[1]</b> {'T' * 119}… — <i>{'S' * 59}…</i>\n"
        f"File {'b' * 119}…, characters 0–8"
        f' · <a href="https://t.me/TrichDanBot?start=src_{document.hash[:16]}_0_8">'
        "show the passage</a>\n"
        "<blockquote>A met B.</blockquote>"
    )


def test_the_next_page_says_that_it_is_not_the_best() -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),), number=2, count=2, answered=True)
    assert page_reply(page, ENGLISH) == (
        f"{ENGLISH.further}\n\n"
        "<b>[4]</b> visit — <i>August 2024</i>\n"
        "<blockquote><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


@pytest.mark.parametrize("number", [1, 2])
def test_the_nearest_passages_are_not_passed_off_as_an_answer(number: int) -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),), number, count=2, answered=False)
    assert page_reply(page, ENGLISH).startswith(f"{ENGLISH.nearest_passages}\n\n<b>[")
    shown = sources_reply(page, ENGLISH, "TrichDanBot")
    assert shown.startswith(f"{ENGLISH.nearest_passages}\n\n<b>[")


@pytest.mark.parametrize(
    ("loss", "said"), [(Loss.CHANGED, ENGLISH.changed), (Loss.GONE, ENGLISH.gone)]
)
def test_of_a_lost_document_its_origin_is_left_and_what_became_of_it(loss: Loss, said: str) -> None:
    lost = Quotation(Citation.of(VISIT_HIT), loss)
    page = AnswerPage((lost, Quotation.of(VISIT_HIT)), 1, 1, answered=True)
    assert page_reply(page, ENGLISH) == (
        f"<b>[1]</b> visit — <i>August 2024</i>\n{said}\n\n"
        "<b>[2]</b> visit — <i>August 2024</i>\n"
        "<blockquote expandable><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )
    alone = AnswerPage((lost,), 1, 1, answered=True)
    assert sources_reply(alone, ENGLISH, "TrichDanBot") == (
        "<b>Sources</b>\n\n<b>[1]</b> visit — <i>August 2024</i>\n"
        f"File visit.pdf, characters 0–73\n{said}"
    )


def test_where_it_is_not_known_what_became_of_a_document_both_are_named() -> None:
    assert loss_reply(None, VIETNAMESE) == VIETNAMESE.changed_or_gone


def test_the_sources_are_listed_in_full() -> None:
    assert sources_reply(page_of(SUMMIT_HIT, VISIT_HIT), VIETNAMESE, "TrichDanBot") == (
        "<b>Nguồn trích dẫn</b>\n\n"
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118"
        f' · <a href="https://t.me/TrichDanBot?start=src_{SUMMIT.hash[:16]}_44_94">'
        "xem đoạn trích</a>\n"
        "<blockquote>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>8/2024</i>\n"
        "Tệp visit.pdf, ký tự 0–73"
        f' · <a href="https://t.me/TrichDanBot?start=src_{VISIT.hash[:16]}_0_46">'
        "xem đoạn trích</a>\n"
        "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
    )


def test_a_page_of_a_document_says_which_it_is_and_marks_what_was_cited() -> None:
    page = DocumentPage((SUMMIT_HIT.passage, VISIT_HIT.passage), 2, Span(0, 46))
    assert document_reply(page, VIETNAMESE) == (
        "visit — <i>8/2024</i>\nĐoạn 2/2\n"
        "<blockquote><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


def test_a_page_on_which_nothing_was_cited_is_plain() -> None:
    page = DocumentPage((VISIT_HIT.passage,), 1, Span(80, 90))
    assert document_reply(page, ENGLISH) == (
        f"visit — <i>August 2024</i>\nPassage 1 of 1\n<blockquote>{VISIT.text}</blockquote>"
    )


def test_the_collection_is_listed_with_its_numbers() -> None:
    page = CollectionPage((SUMMIT, VISIT), number=2, count=2, total=12)
    assert collection_reply(page, VIETNAMESE) == (
        "<b>Kho tài liệu (12)</b>\n"
        '11. <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "12. visit — <i>8/2024</i>"
    )


def test_an_empty_collection_has_no_documents() -> None:
    assert collection_reply(CollectionPage.of([], 1), ENGLISH) == "<b>Documents (0)</b>"


words = st.text(st.sampled_from("aế<>&\"'\n 😀\u0301"), min_size=1, max_size=60)
texts = st.sampled_from([VIETNAMESE, ENGLISH])


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    """Return a hit whose sentences may be of any length, with gaps between them."""
    stretch = st.tuples(words, st.integers(1, 60))
    pieces = [piece * times for piece, times in draw(st.lists(stretch, min_size=1, max_size=9))]
    text, sentences = "", []
    for piece in pieces:
        sentences.append(Span(len(text), len(text) + len(piece)))
        text += f"{piece}\n\n"
    document = Document(
        name=draw(words),
        text=text,
        title=draw(st.just("") | words.map(lambda title: title * 9)),
        source=draw(words) * 9,
        date=draw(st.sampled_from(["", "2021", "2021-09-29"]) | words),
        url=draw(st.just("") | words.map(lambda path: f"https://x.org/{path}")),
    )
    passage = Passage(document, Span(0, sentences[-1].end), tuple(sentences))
    return Hit(passage, draw(st.sampled_from(sentences)), 0.5)


answers = st.builds(
    Answer,
    question=words,
    language=st.sampled_from(["vi", "en", ""]),
    restored=st.none() | words.map(lambda question: question * 20),
    answered=st.booleans(),
    hits=st.lists(hits(), max_size=3).map(tuple),
)


@given(answers.filter(lambda given: given.hits or not given.answered), texts)
def test_any_answer_is_a_message_that_telegram_takes(given: Answer, texts: Texts) -> None:
    reply = answer_reply(given, texts)
    assert 0 < length(reply) <= LIMIT
    reply.encode("utf-8")


@st.composite
def pages(draw: st.DrawFn) -> AnswerPage:
    """Return a page with up to three quotations, some of them lost."""
    quotations = [Quotation.of(found) for found in draw(st.lists(hits(), max_size=3))]
    kept = [
        replace(one, passage=draw(st.sampled_from([one.passage, Loss.CHANGED, Loss.GONE])))
        for one in quotations
    ]
    restored = draw(st.none() | words.map(lambda question: question * 20))
    return AnswerPage(tuple(kept), draw(st.integers(1, 4)), 4, draw(st.booleans()), restored)


@given(pages().filter(lambda page: page.quotations), texts)
def test_any_page_is_a_message_that_telegram_takes(page: AnswerPage, texts: Texts) -> None:
    for reply in (page_reply(page, texts), sources_reply(page, texts, "x" * 32)):
        assert 0 < length(reply) <= LIMIT
        assert entities(reply) <= 100


@given(hits(), texts, st.booleans())
def test_any_passage_is_a_message_that_telegram_takes(
    found: Hit, texts: Texts, whole: bool
) -> None:
    cited = found.passage.span if whole else found.highlight
    reply = document_reply(DocumentPage((found.passage,), 1, cited), texts)
    assert 0 < length(reply) <= LIMIT


@given(st.lists(hits(), max_size=9), texts)
def test_any_collection_is_a_message_that_telegram_takes(found: list[Hit], texts: Texts) -> None:
    documents = [one.document for one in found] * 30
    reply = collection_reply(CollectionPage.of(documents, 1), texts)
    assert 0 < length(reply) <= LIMIT
    assert entities(reply) <= 100
