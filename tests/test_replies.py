from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Citation
from bot.replies import answer_reply, collection_reply, sources_reply
from bot.texts import ENGLISH, VIETNAMESE, Texts
from bot_api import shown_text
from retrieval.documents import Answer, Document, Hit, Passage, Span
from samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer, hit

LIMIT = 4096


def length(markup: str) -> int:
    return len(shown_text(markup).encode("utf-16-le")) // 2


def entities(markup: str) -> int:
    return len(re.findall(r"<\w", markup))


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
        'Tài liệu gần nhất: <a href="https://example.org/ammtc?id=15&amp;lang=vi">'
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
        sources_reply([Citation.of(found)], ENGLISH),
        collection_reply([hostile], ENGLISH),
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
    assert collection_reply([document], ENGLISH) == f"<b>Documents (1)</b>\n{expected}"


def test_a_long_excerpt_keeps_whole_sentences_around_the_answer() -> None:
    sentences = [f"Câu số {number:02} kể tiếp chuyện ấy." for number in range(100)]
    document = Document(name="a.txt", text=" ".join(sentences))
    reply = answer_reply(answer(hit(document, sentences[50])), VIETNAMESE)
    _, _, quoted = reply.partition("<blockquote>")
    excerpt = quoted.removesuffix("</blockquote>")
    assert excerpt.startswith("… Câu số ")
    assert excerpt.endswith(" kể tiếp chuyện ấy. …")
    assert f" <b>{sentences[50]}</b> " in excerpt
    assert 1350 < length(excerpt) - length("…  …") <= 1400
    assert shown_text(excerpt).removeprefix("… ").removesuffix(" …") in document.text


def test_an_excerpt_at_the_start_of_its_passage_is_cut_at_its_end_alone() -> None:
    sentences = [f"Câu số {number:02} kể tiếp chuyện ấy." for number in range(100)]
    document = Document(name="a.txt", text=" ".join(sentences))
    reply = answer_reply(answer(hit(document, sentences[0])), VIETNAMESE)
    assert f"<blockquote><b>{sentences[0]}</b> {sentences[1]} " in reply
    assert reply.endswith(" kể tiếp chuyện ấy. …</blockquote>")


def test_a_sentence_too_long_to_show_is_cut_after_a_word() -> None:
    document = Document(name="a.txt", text="mười " * 1000 + "chín.")
    reply = answer_reply(answer(hit(document, document.text)), VIETNAMESE)
    assert f"<blockquote><b>{'mười ' * 279}mười</b> …</blockquote>" in reply


def test_long_titles_and_names_are_cut() -> None:
    document = Document(name="b" * 500 + ".txt", text="A met B.", title="T" * 500, source="S" * 500)
    cited = sources_reply([Citation.of(hit(document, "A met B."))], ENGLISH)
    assert cited == (
        f"<b>Sources</b>\n\n<b>[1]</b> {'T' * 119}… — <i>{'S' * 59}…</i>\n"
        f"File {'b' * 119}…, characters 0–8\n"
        "<blockquote>A met B.</blockquote>"
    )


def test_the_sources_are_listed_in_full() -> None:
    citations = [Citation.of(SUMMIT_HIT), Citation.of(VISIT_HIT)]
    assert sources_reply(citations, VIETNAMESE) == (
        "<b>Nguồn trích dẫn</b>\n\n"
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118\n"
        "<blockquote>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>8/2024</i>\n"
        "Tệp visit.pdf, ký tự 0–73\n"
        "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
    )


def test_a_collection_that_does_not_fit_says_how_many_more_there_are() -> None:
    documents = [replace(VISIT, title=f"{number:04} {'x' * 115}") for number in range(1000)]
    reply = collection_reply(documents, ENGLISH)
    heading, *listed, more = reply.splitlines()
    assert heading == "<b>Documents (1000)</b>"
    assert listed[-1].startswith(f"{len(listed)}. {len(listed) - 1:04} x")
    assert more == f"… and {1000 - len(listed)} more"
    assert LIMIT - 200 < length(reply) <= LIMIT


def test_a_collection_of_short_titles_is_listed_up_to_the_thirtieth() -> None:
    reply = collection_reply([SUMMIT] * 200, ENGLISH)
    assert reply.splitlines()[30].startswith("30. <a href=")
    assert reply.splitlines()[31:] == ["… and 170 more"]


def test_a_collection_of_thirty_is_listed_whole() -> None:
    assert collection_reply([VISIT] * 30, ENGLISH).splitlines()[-1].startswith("30. visit")


def test_a_collection_that_fits_is_listed_whole() -> None:
    reply = collection_reply([SUMMIT, VISIT], VIETNAMESE)
    assert reply.splitlines()[-1] == "2. visit — <i>8/2024</i>"


def test_an_empty_collection_has_no_documents() -> None:
    assert collection_reply([], ENGLISH) == "<b>Documents (0)</b>"


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


@given(st.lists(hits(), max_size=3), texts)
def test_any_sources_are_a_message_that_telegram_takes(found: list[Hit], texts: Texts) -> None:
    assert 0 < length(sources_reply([Citation.of(one) for one in found], texts)) <= LIMIT


@given(st.lists(hits(), max_size=9), texts)
def test_any_collection_is_a_message_that_telegram_takes(found: list[Hit], texts: Texts) -> None:
    documents = [one.document for one in found] * 30
    reply = collection_reply(documents, texts)
    assert 0 < length(reply) <= LIMIT
    assert entities(reply) <= 100


@given(hits())
def test_any_excerpt_is_the_document_s_own_words_with_the_answer_in_bold(found: Hit) -> None:
    reply = answer_reply(Answer("", "vi", None, True, (found,)), VIETNAMESE)
    _, _, quoted = reply.partition("\n<blockquote>")
    before, bold, after = quoted.removesuffix("</blockquote>").replace("</b>", "<b>").split("<b>")
    shown = shown_text(before).removeprefix("… ") + shown_text(bold) + shown_text(after)
    assert shown.removesuffix(" …") in found.document.text
    assert found.highlight.of(found.document.text).startswith(shown_text(bold))
