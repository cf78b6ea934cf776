"""Passages: lengths and exact offsets."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents import Document, Heading, Span, Table
from retrieval.passages import LONGEST, SHORTEST, _cut_to_length, passages_of

MARKS = "\u0301" * 10_000


def test_a_heading_opens_a_passage() -> None:
    text = "Lead sentence here.\n\nHeading\n\nBody sentence here."
    heading = Span(text.index("Heading"), text.index("Heading") + len("Heading"))
    passages = passages_of(Document("test", text, headings=(Heading(heading),)))
    assert [p.text for p in passages] == ["Lead sentence here.", "Heading\n\nBody sentence here."]


def test_passages_are_of_even_length() -> None:
    text = " ".join(f"Sentence number {i} has exactly nine words in it." for i in range(40))
    lengths = [len(p.text.split()) for p in passages_of(Document("test", text))]
    assert lengths == [90, 90, 90, 90]
    assert all(SHORTEST <= length <= LONGEST for length in lengths)


def test_a_long_sentence_stays_whole() -> None:
    text = " ".join(f"word{i}" for i in range(150))
    assert [p.text for p in passages_of(Document("test", f"{text}\n\nShort one."))] == [
        text,
        "Short one.",
    ]


def test_an_endless_sentence_is_cut_into_equal_parts() -> None:
    text = " ".join(f"word{i}" for i in range(LONGEST * 2 + 1))
    passages = passages_of(Document("test", text))
    assert [len(p.text.split()) for p in passages] == [80, 80, 81]
    assert passages[1].text.startswith("word80 ")


@pytest.mark.parametrize(("char", "longest"), [("字", 240), ("x", 4800)])
def test_text_without_spaces_is_cut(char: str, longest: int) -> None:
    passages = passages_of(Document("test", char * 20_000))
    assert max(len(p.text) for p in passages) <= longest
    assert "".join(p.text for p in passages) == char * 20_000


@pytest.mark.parametrize("words", ["A. B. ", "TP. HCM ", '"A." ', "a b "])
def test_an_endless_line_takes_little_time_and_memory(words: str) -> None:
    text = words * 50_000
    started = time.process_time()
    passages = passages_of(Document("test", text))
    assert time.process_time() - started < 2  # seconds; .2 on an idle machine
    assert "".join(p.text for p in passages).replace(" ", "") == text.replace(" ", "")
    tracemalloc.start()
    sum(1 for _ in _cut_to_length(text, Span(0, len(text))))
    assert tracemalloc.get_traced_memory()[1] < 10**6  # bytes; ten times as many for all words
    tracemalloc.stop()


def test_many_marks_on_one_letter_stay_in_their_passage() -> None:
    text = f"They met e{MARKS}. They left."
    assert "".join(p.text for p in passages_of(Document("test", text))).count("\u0301") == 10_000


def test_a_document_without_text_has_no_passages() -> None:
    assert passages_of(Document("test", "")) == []


WORDS = st.sampled_from(
    [
        "Hội",
        "nghị",
        "TP.",
        "29/9.",
        "v.v.",
        "ASEAN",
        "“Tốt.”",
        "end.",
        "e\u0301",
        "好。",
        "x" * 9000,
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["\n\n", "? ", "… "]), st.text(max_size=8)))


@given(TEXTS.map(" ".join))
def test_offsets_are_exact_and_nothing_is_lost(text: str) -> None:
    document = Document("test", text)
    passages = passages_of(document)
    for passage in passages:
        assert text[passage.span.start : passage.span.end] == passage.text
        assert passage.sentences[0].start == passage.span.start
        assert passage.sentences[-1].end == passage.span.end
        assert len(passage.text.split()) <= LONGEST or len(passage.sentences) == 1
        for sentence in passage.sentences:
            assert sentence.of(text) == sentence.of(text).strip() != ""
    # Without the space: a word too long for a passage is cut, and 。 needs none after it.
    kept = "".join(sentence.of(text) for p in passages for sentence in p.sentences)
    assert "".join(kept.split()) == "".join(text.split())


def test_the_head_of_a_document_is_a_passage_of_its_own() -> None:
    text = "A meeting\n\n5/3/2024\n\nChapter I\n\nThe ministers met."
    title, date, chapter = Span(0, 9), Span(11, 19), Span(21, 30)
    told = Document("a", text, headings=(Heading(title), Heading(chapter)), origins=(date,))
    assert [each.text for each in passages_of(told)] == [text[:19], text[21:]]
    assert [each.text for each in passages_of(Document("a", text, headings=(Heading(title),)))] == [
        text
    ]


def test_headings_below_each_other_begin_one_section() -> None:
    text = "They met.\n\nChapter I\n\nArticle 1\n\nThis law is in force."
    document = Document("a", text, headings=(Heading(Span(11, 20)), Heading(Span(22, 31), 2)))
    assert [each.text for each in passages_of(document)] == [text[:9], text[11:]]


def test_an_article_begins_a_section_even_where_it_is_no_heading() -> None:
    text = "Điều 1. Thành lập ban cứu hộ.\n\nĐiều 2. Ban họp theo Điều 1.\n\nĐiều 3 nói khác."
    assert [each.text for each in passages_of(Document("a", text))] == [
        "Điều 1. Thành lập ban cứu hộ.",
        "Điều 2. Ban họp theo Điều 1.\n\nĐiều 3 nói khác.",
    ]


def test_the_rows_of_a_table_stay_together_with_their_heads() -> None:
    prose, rows = "Lời mở đầu có sáu chữ. " * 11, "Bến | Đò | Giá" + "\n\nBến A | đò to | 9" * 6
    text = f"{prose.strip()}\n\n{rows}\n\n{prose.strip()}"
    start = text.index("Bến |")
    table = Table(Span(start, start + len(rows)), Span(start, start + 14))
    texts = [each.text for each in passages_of(Document("a", text, tables=(table,)))]
    assert [rows in each for each in texts].count(True) == 1
    assert [each for each in texts if "Bến" in each] == [each for each in texts if rows in each]
