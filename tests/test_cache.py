"""The vector cache: nothing is encoded twice, damage loses nothing but time."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.cache import VectorCache
from word_encoder import Vectors, WordEncoder


def cached(path: Path, encoder: WordEncoder, texts: list[str], identity: str = "words") -> Vectors:
    with closing(VectorCache.open(path, encoder.encode_passages, identity)) as cache:
        return cache.vectors(texts)


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    encoder = WordEncoder()
    texts = ["a much longer text", "short", "short", "middling text"]
    vectors = cached(tmp_path / "v.sqlite", encoder, texts)
    assert vectors.tolist() == [encoder.encode_query(text).tolist() for text in texts]
    assert encoder.encoded == ["short", "middling text", "a much longer text"]


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    cached(path, WordEncoder(), ["one", "two"])
    encoder = WordEncoder()
    cached(path, encoder, ["two", "three", "one"])
    assert encoder.encoded == ["three"]


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    cached(path, WordEncoder(), ["one"])
    encoder = WordEncoder()
    cached(path, encoder, ["one"], identity="other")
    assert encoder.encoded == ["one"]


def test_what_was_done_before_a_stop_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    texts = [f"text {i:03}" for i in range(200)]
    stopping = WordEncoder()

    def encode(chunk: Sequence[str]) -> Vectors:
        if stopping.encoded:
            raise KeyboardInterrupt
        return stopping.encode_passages(chunk)

    with (
        closing(VectorCache.open(path, encode, "words")) as cache,
        pytest.raises(KeyboardInterrupt),
    ):
        cache.vectors(texts)
    encoder = WordEncoder()
    cached(path, encoder, texts)
    assert len(stopping.encoded) == 128
    assert sorted(stopping.encoded + encoder.encoded) == texts


def test_texts_that_left_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    encoder = WordEncoder()
    with closing(VectorCache.open(path, encoder.encode_passages, "words")) as cache:
        cache.vectors(["stays", "goes"])
        cache.keep_only(["stays"])
        cache.vectors(["stays", "goes"])
    assert encoder.encoded == ["goes", "stays", "goes"]


def test_a_damaged_file_is_replaced(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"no database" * 1000)
    encoder = WordEncoder()
    assert len(cached(path, encoder, ["one"])) == 1
    assert "is damaged; its vectors will be computed again" in caplog.text
