"""Documents, passages and sentences through their files, and a document found without reading."""

import weakref
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.documents import Document, Heading, Passage, Span
from retrieval.index.corpus import DOCUMENTS, Corpus, load_documents
from retrieval.passages import passages_of

FULL = Document(
    "tin/họp.md",
    "Tiêu đề\n\nChú thích ảnh\n\nĐoạn một. Câu hai “có” dấu.",
    title="Họp <b>kín</b>",
    date="2021-09-29",
    source="TTXVN",
    url="https://example.org/?a=1&b=2",
    language="vi",
    headings=(Heading(Span(0, 7)),),
    captions=(Span(9, 22),),
)
SHORT = Document("b.txt", "Second document.")
LONG = Document("long.txt", "One sentence of five words. " * 60, language="en")


def passages() -> list[Passage]:
    return [passage for document in (FULL, SHORT, LONG) for passage in passages_of(document)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    Corpus.write(iter(passages()), tmp_path)
    return Corpus.load(tmp_path)


def test_what_is_written_is_read(corpus: Corpus) -> None:
    assert list(corpus.passages) == passages()
    assert list(corpus.documents) == [FULL, SHORT, LONG]
    assert list(corpus.texts) == [passage.text for passage in passages()]
    assert corpus.languages.tolist() == ["vi", "", "en", "en", "en"]


def test_sentences_have_numbers_of_their_own(corpus: Corpus) -> None:
    assert corpus.first_sentence[:3].tolist() == [0, 4, 5]
    assert corpus.passage_of_sentence[:6].tolist() == [0, 0, 0, 0, 1, 2]
    assert corpus.sentence_texts[2:5] == ("Đoạn một.", "Câu hai “có” dấu.", "Second document.")
    assert corpus.sentence_starts(0).tolist() == [0, 9, 24, 34]
    assert corpus.sentence_starts(3)[0] == 0


def test_a_document_is_read_once_for_all_its_passages(corpus: Corpus) -> None:
    read = [passage.document for passage in corpus.passages[2:]]
    assert read == [LONG] * 3
    assert len({id(document) for document in read}) == 1


def test_a_document_is_found_by_the_first_digits_of_its_hash(corpus: Corpus) -> None:
    for digits in (SHORT.hash, SHORT.hash[:16], SHORT.hash[:5]):
        assert corpus.documents.with_hash(digits) == SHORT
    other = "0" if SHORT.hash[-1] != "0" else "1"
    assert corpus.documents.with_hash(SHORT.hash[:-1] + other) is None
    assert corpus.documents.with_hash("0123456789abcdef") is None


def test_a_document_is_found_by_its_name(corpus: Corpus) -> None:
    assert corpus.documents.named("tin/họp.md") == FULL
    assert corpus.documents.named("tin") is None


def test_a_document_has_its_passages_and_another_has_none(corpus: Corpus) -> None:
    for document in (FULL, SHORT, LONG):
        assert corpus.passages_of(document) == tuple(passages_of(document))
    assert corpus.passages_of(replace(SHORT, name="c.txt")) == ()
    assert corpus.passages_of(replace(SHORT, text="Another second document.")) == ()


def test_documents_have_places(corpus: Corpus) -> None:
    assert (len(corpus.documents), corpus.documents[-1]) == (3, LONG)
    assert corpus.documents[1:9] == (SHORT, LONG)
    with pytest.raises(IndexError):
        corpus.documents[3]


def test_documents_are_read_line_by_line(corpus: Corpus, tmp_path: Path) -> None:
    assert list(load_documents(tmp_path / DOCUMENTS)) == [FULL, SHORT, LONG]


def test_nothing_keeps_the_files_open_once_it_is_let_go(corpus: Corpus, tmp_path: Path) -> None:
    opened = Corpus.load(tmp_path)
    assert list(opened.texts)[0] == opened.passages[0].text
    assert opened.sentence_texts[0] == "Tiêu đề"
    documents, whole = weakref.ref(opened.documents), weakref.ref(opened)
    del opened
    assert (documents(), whole()) == (None, None)


def test_what_is_open_can_be_read_after_its_files_are_removed(
    corpus: Corpus, tmp_path: Path
) -> None:
    for path in tmp_path.iterdir():
        path.unlink()
    assert list(corpus.passages) == passages()
