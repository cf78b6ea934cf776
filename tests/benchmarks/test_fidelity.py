"""The shares of words and pairs that a reader keeps, without the other readers' programs."""

from __future__ import annotations

from pathlib import Path

from benchmarks.fidelity import fidelity_of, has_deletions, share_kept, words_of
from tests.helpers.word_bytes import paragraph, word_file


def test_words_are_letters_or_digits_without_case() -> None:
    assert words_of("Điều 3. slove1, e\u0302") == ["điều", "3", "slove", "1", "ê"]


def test_each_word_counts_as_often_as_it_occurs() -> None:
    assert share_kept(["a", "a", "b", "c"], ["c", "a", "d"]) == 0.5
    assert share_kept([], ["a"]) == 1


def test_a_file_beside_another_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(paragraph("They met. Then they left.")))
    found = fidelity_of(path, "Then they left. They met. Twice.")
    assert (found.words, found.missing) == (5 / 6, ("twice",))
    assert found.pairs == 3 / 5
    path.write_bytes(b"no zip")
    assert fidelity_of(path, "They met.").words == 0


def test_a_word_file_with_deletions_is_told(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>a</w:delText></w:r></w:del>"
    path = tmp_path / "a.docx"
    for content, expected in (("They met.", False), (deleted, True)):
        path.write_bytes(word_file(paragraph(content)))
        assert has_deletions(path) is expected
