"""Token vectors on disk: what is damaged is given to nobody, and told."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.encoder import Vectors
from retrieval.index import tokens as module
from retrieval.index.tokens import PassageTokens, TokenRows, TokenWriter, codes_of
from retrieval.storage import checksums_of, damaged

ALL = np.arange(3)


def tokens(*sentences: int) -> PassageTokens:
    vectors = np.random.default_rng(len(sentences)).normal(size=(len(sentences), 6))
    return PassageTokens(vectors.astype(np.float32), np.array(sentences, dtype=np.int32))


PASSAGES = (tokens(0, 0, 1), tokens(), tokens(2, 5))


def write(folder: Path) -> TokenRows:
    with closing(TokenWriter(folder, len(PASSAGES))) as writer:
        writer.append(PASSAGES[:1])
        writer.append(PASSAGES[1:])
    return TokenRows.load(folder)


def vectors(rows: TokenRows) -> list[Vectors]:
    return [codes_of(part, 6) * part["scale"][:, np.newaxis] for part in rows.of(ALL)]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of what counts as a large collection."""
    monkeypatch.setattr(module, "BYTES_UP_TO", 0)
    write(tmp_path)
    return tmp_path


def test_rows_come_back_by_passage(tmp_path: Path) -> None:
    rows = write(tmp_path)
    assert [part["sentence"].tolist() for part in rows.of(ALL)] == [[0, 0, 1], [], [2, 5]]
    for found, passage in zip(vectors(rows), PASSAGES, strict=True):
        np.testing.assert_allclose(found, passage.vectors, atol=0.02)


def test_of_a_large_collection_they_are_coarser(large: Path) -> None:
    found = vectors(TokenRows.load(large))
    np.testing.assert_allclose(found[2], PASSAGES[2].vectors, atol=0.3)
    assert np.load(large / "tokens.npy").dtype.itemsize == 3 + 4 + 2


def test_passages_without_a_token_are_no_error(tmp_path: Path) -> None:
    with closing(TokenWriter(tmp_path, 2)) as writer:
        writer.append([tokens(), tokens()])
    assert [len(part) for part in TokenRows.load(tmp_path).of(ALL[:2])] == [0, 0]


def test_a_large_file_is_checked_where_it_is_read(
    large: Path, caplog: pytest.LogCaptureFixture
) -> None:
    known = checksums_of(large)
    assert list(known) == ["tokens.first.npy", "tokens.sums.npy"]
    data = bytearray((large / "tokens.npy").read_bytes())
    data[-1] ^= 1
    (large / "tokens.npy").write_bytes(data)
    rows = TokenRows.load(large)
    for _ in range(2):
        assert [part["sentence"].tolist() for part in rows.of(ALL)] == [[0, 0, 1], [], []]
    assert [record.getMessage() for record in caplog.records] == [
        f"{large / 'tokens.npy'} is damaged: passages are ranked without it, and the index will "
        "be built again at the next start"
    ]
    assert damaged(large, known) == ["tokens.sums.npy"]


def test_a_large_file_that_was_cut_is_not_opened(large: Path) -> None:
    data = (large / "tokens.npy").read_bytes()
    (large / "tokens.npy").write_bytes(data[:-1])
    with pytest.raises(ValueError, match="mmap length"):
        TokenRows.load(large)
