"""Documents and passages through their file."""

from pathlib import Path

from retrieval.corpus import load_passages, save_passages
from retrieval.documents import Document, Span
from retrieval.passages import passages_of

FULL = Document(
    "tin/họp.md",
    "Tiêu đề\n\nChú thích ảnh\n\nĐoạn một. Câu hai “có” dấu.",
    title="Họp <b>kín</b>",
    date="2021-09-29",
    source="TTXVN",
    url="https://example.org/?a=1&b=2",
    language="vi",
    headings=(Span(0, 7),),
    captions=(Span(9, 22),),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    passages = [*passages_of(FULL), *passages_of(Document("b.txt", "Second document."))]
    save_passages(passages, tmp_path / "documents.jsonl")
    loaded = load_passages(tmp_path / "documents.jsonl")
    assert loaded == passages
    assert loaded[0].text == FULL.text


def test_passages_of_one_document_share_it(tmp_path: Path) -> None:
    passages = passages_of(Document("long.txt", "One sentence of five words. " * 60))
    save_passages(passages, tmp_path / "documents.jsonl")
    loaded = load_passages(tmp_path / "documents.jsonl")
    assert len(loaded) == 3
    assert len({id(passage.document) for passage in loaded}) == 1
