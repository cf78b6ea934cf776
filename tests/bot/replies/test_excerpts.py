from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.excerpts import excerpt
from bot.replies.markup import units
from retrieval.documents import Document, Passage, Span
from retrieval.passages import passages_of
from tests.helpers.bot_api import shown_text
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, hit

SENTENCES = [f"Câu số {number:02} kể tiếp chuyện ấy." for number in range(100)]
LONG = Document(name="a.txt", text=" ".join(SENTENCES))


def test_the_sentence_that_answers_is_bold_among_its_neighbours() -> None:
    assert excerpt(SUMMIT_HIT.passage, SUMMIT_HIT.highlight, 1400) == (
        "Hội nghị diễn ra theo hình thức trực tuyến. "
        "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b> "
        "Brunei là nước chủ nhà."
    )


def test_a_long_one_keeps_whole_sentences_around_the_answer() -> None:
    found = hit(LONG, SENTENCES[50])
    shown = excerpt(found.passage, found.highlight, 1400)
    assert shown.startswith("… Câu số ")
    assert shown.endswith(" kể tiếp chuyện ấy. …")
    assert f" <b>{SENTENCES[50]}</b> " in shown
    quoted = shown_text(shown).removeprefix("… ").removesuffix(" …")
    assert quoted in LONG.text
    assert 1350 < units(quoted) <= 1400


def test_at_the_start_of_its_passage_it_is_cut_at_its_end_alone() -> None:
    found = hit(LONG, SENTENCES[0])
    shown = excerpt(found.passage, found.highlight, 1400)
    assert shown.startswith(f"<b>{SENTENCES[0]}</b> {SENTENCES[1]} ")
    assert shown.endswith(" kể tiếp chuyện ấy. …")


def test_a_sentence_too_long_to_show_is_cut_after_a_word() -> None:
    found = hit(Document(name="a.txt", text="mười " * 1000 + "chín."), "mười " * 1000 + "chín.")
    assert excerpt(found.passage, found.highlight, 1400) == f"<b>{'mười ' * 279}mười</b> …"


def test_where_nothing_stands_out_it_begins_with_the_passage() -> None:
    passage = hit(LONG, SENTENCES[0]).passage
    assert excerpt(passage, None, 70) == f"{SENTENCES[0]} {SENTENCES[1]} …"
    assert excerpt(SUMMIT_HIT.passage, None, 1400) == SUMMIT.text
    assert excerpt(passage, None, 10) == "Câu số 00 …"


pieces = st.text(st.sampled_from("aế<>&\"'\n 😀\u0301"), min_size=1, max_size=60)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Return a passage whose sentences may be of any length, with gaps between them."""
    text, sentences = "", []
    for piece, times in draw(st.lists(st.tuples(pieces, st.integers(1, 60)), min_size=1)):
        sentences.append(Span(len(text), len(text) + len(piece * times)))
        text += f"{piece * times}\n\n"
    return Passage(Document("a.txt", text), Span(0, sentences[-1].end), tuple(sentences))


@given(passages(), st.data())
def test_any_is_the_document_s_own_words_with_the_answer_in_bold(
    passage: Passage, data: st.DataObject
) -> None:
    text, highlight = passage.document.text, data.draw(st.sampled_from(passage.sentences))
    shown = excerpt(passage, highlight, 1400)
    before, bold, after = shown.replace("</b>", "<b>").split("<b>")
    quoted = shown_text(before).removeprefix("… ") + shown_text(bold) + shown_text(after)
    assert quoted.removesuffix(" …") in text
    assert highlight.of(text).startswith(shown_text(bold))
    assert units(quoted.removesuffix(" …")) <= 1400


@given(passages(), st.integers(1, 200))
def test_any_without_an_answer_is_the_beginning_of_the_passage(
    passage: Passage, limit: int
) -> None:
    quoted = shown_text(excerpt(passage, None, limit)).removesuffix(" …")
    assert passage.text.startswith(quoted)
    assert units(quoted) <= limit


def test_a_title_that_stands_above_the_excerpt_is_not_repeated() -> None:
    text, answer = "Lịch chợ phiên\n\nChợ họp hai tuần một lần.", Span(16, 41)
    (passage,) = passages_of(Document(name="a.txt", text=text, title="Lịch chợ phiên"))
    assert excerpt(passage, answer, 1400) == "<b>Chợ họp hai tuần một lần.</b>"
    assert excerpt(passage, None, 1400) == "Chợ họp hai tuần một lần."


def test_a_title_that_is_all_there_is_is_shown() -> None:
    (passage,) = passages_of(Document(name="a.txt", text="Lịch chợ", title="Lịch chợ"))
    assert excerpt(passage, passage.span, 1400) == "<b>Lịch chợ</b>"
