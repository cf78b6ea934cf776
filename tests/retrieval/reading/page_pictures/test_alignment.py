"""Where quoted words stand among the letters of a page, and when that is uncertain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from retrieval.page_pictures import QuotedWords
from retrieval.reading.page_pictures.alignment import found
from retrieval.reading.page_pictures.pieces import Box, Piece


def pieces(*lines: str, page: int = 1) -> list[Piece]:
    """Return lines letter by letter."""
    return [piece for i, line in enumerate(lines) for piece in _letters(line, i, page)]


def _letters(line: str, number: int, page: int) -> Iterator[Piece]:
    for at, letter in enumerate(line):
        if letter != " ":
            box = Box(at, 0, at + 1, 1)
            yield Piece(letter, box, page, number, at == 0 or line[at - 1] == " ", 12)


def text_of(printed: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in printed)


def quoted(text: str, before: str = "", after: str = "") -> QuotedWords:
    return QuotedWords(text, before, after, (1,))


def test_words_are_found_across_lines_with_their_punctuation() -> None:
    page = pieces("It rained. “The ferry was in-", "spected by two men.” They left.")
    words = quoted("“The ferry was inspected by two men.”", "It rained. ", " They left.")
    assert text_of(found(words, page)) == "“Theferrywasin-spectedbytwomen.”"


def test_marks_ligatures_and_look_alike_letters_are_those_of_the_text() -> None:
    page = pieces("Ðoàn ba ngƣời vào oﬃce lúc tám giờ.")
    assert len(found(quoted("Đoàn ba người vào office lúc tám giờ."), page)) == len(page)


def test_words_go_on_behind_lines_that_are_none_of_theirs() -> None:
    first = pieces("The deposit is paid back when a lamp", "Page 7 of 9")
    second = pieces("Rules of the room", "is returned to the desk unbroken.", page=2)
    words = quoted("The deposit is paid back when a lamp is returned to the desk unbroken.")
    marked = found(words, [*first, *second])
    assert text_of(marked).endswith("whenalampisreturnedtothedeskunbroken.")
    assert "7" not in text_of(marked)
    assert {piece.page for piece in marked} == {1, 2}


def test_the_words_around_tell_a_sentence_from_its_likes() -> None:
    page = pieces("Ward A: no lamp was lit. Ward B: no lamp was lit. Ward C: three.")
    words = quoted("no lamp was lit.", "Ward A: no lamp was lit. Ward B: ", " Ward C: three.")
    marked = found(words, page)
    assert text_of(marked) == "nolampwaslit."
    assert marked[0].box.left == 33


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (quoted("The lamp was lit at noon."), ["The lamp was lit at dusk."]),
        (quoted("The lamp was lit at noon."), ["The lamp was lit at", "noontide by the men."]),
        (quoted("The lamp was lit."), ["The lamp was lit.", "The lamp was lit."]),
        (quoted("Lit."), ["Lit. And then the lamps were put out again."]),
        (quoted("The lamp was lit at noon."), []),
        (quoted("…"), ["… and so on."]),
    ],
)
def test_what_is_uncertain_is_not_found(words: QuotedWords, lines: list[str]) -> None:
    page = pieces(*lines)
    unlike = [] if words.text != "Lit." else page[:4]
    assert found(words, page) == unlike


def test_a_word_of_one_box_is_marked_whole() -> None:
    printed = "Phòng đọc mở cửa từ sáng sớm mỗi ngày.".split()
    page = [Piece(word, Box(0, 0, 1, 1), 1, 0, True, 12) for word in printed]
    marked = found(quoted("mở cửa từ sáng sớm", "Phòng đọc ", " mỗi ngày."), page)
    assert [piece.text for piece in marked] == "mở cửa từ sáng sớm".split()
