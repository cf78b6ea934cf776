"""The vector cache: nothing is encoded twice, damage loses nothing but time."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.cache import TextKind, VectorCache
from retrieval.encoding.encoder import Encoded
from tests.helpers.mutations import Mutations
from tests.helpers.word_encoder import WordEncoder


def cached(
    path: Path, encoder: WordEncoder, texts: list[str], kind: TextKind = TextKind.PASSAGE
) -> list[Encoded]:
    with closing(VectorCache.open(path, encoder)) as cache:
        return cache.encoded(texts, kind)


def test_texts_come_back_in_order_as_they_were_encoded(tmp_path: Path) -> None:
    encoder = WordEncoder()
    texts = ["a much longer text", "short", "short", "middling text"]
    for _ in ("encoded", "read"):
        for text, encoded in zip(texts, cached(tmp_path / "v", encoder, texts), strict=True):
            expected = WordEncoder().encode_query(text)
            np.testing.assert_allclose(encoded.vector, expected.vector, atol=5e-4)
            np.testing.assert_allclose(encoded.tokens, expected.tokens, atol=1e-6)
            assert encoded.ends.tolist() == expected.ends.tolist()
    assert encoder.encoded == ["a much longer text", "short", "middling text"]


def test_of_sentences_only_the_vector_is_kept(tmp_path: Path) -> None:
    (sentence,) = cached(tmp_path / "v", WordEncoder(), ["two words"], TextKind.SENTENCE)
    assert (len(sentence.tokens), len(sentence.ends)) == (0, 0)
    assert float(np.linalg.norm(sentence.vector)) == pytest.approx(1)


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one", "two"])
    encoder = WordEncoder()
    cached(tmp_path / "v", encoder, ["two", "three", "one"])
    assert encoder.encoded == ["three"]


def test_what_was_encoded_ahead_is_read(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with closing(VectorCache.open(tmp_path / "v", encoder)) as cache:
        cache.encode(["one", "two", "one"], TextKind.PASSAGE)
        assert encoder.encoded == ["one", "two"]
        (found,) = cache.encoded(["two"], TextKind.PASSAGE)
        cache.forget_unused()
        cache.encode(["one", "two"], TextKind.PASSAGE)
    assert found.ends.tolist() == [3]
    assert encoder.encoded == ["one", "two", "one"]


def test_a_log_gets_no_progress_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one", "two"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("change", ["encoder", "kind"])
def test_another_encoder_or_kind_has_vectors_of_its_own(tmp_path: Path, change: str) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one"])
    encoder = WordEncoder()
    if change == "encoder":
        encoder.identity = "other"
    cached(
        tmp_path / "v",
        encoder,
        ["one"],
        TextKind.QUESTION if change == "kind" else TextKind.PASSAGE,
    )
    assert (encoder.encoded, encoder.asked) == (
        (["one"], []) if change == "encoder" else ([], ["one"])
    )


def test_a_sentence_that_is_a_passage_is_not_encoded_again(tmp_path: Path) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one"])
    encoder = WordEncoder()
    cached(tmp_path / "v", encoder, ["one"], TextKind.SENTENCE)
    assert encoder.encoded == []


class Stopping(WordEncoder):
    """Is stopped while it encodes its second chunk."""

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        if self.encoded:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_what_was_done_before_a_stop_is_kept(tmp_path: Path) -> None:
    texts = [f"text {i:03}" for i in range(200)]
    stopping, encoder = Stopping(), WordEncoder()
    with pytest.raises(KeyboardInterrupt):
        cached(tmp_path / "v", stopping, texts)
    cached(tmp_path / "v", encoder, texts)
    assert len(stopping.encoded) == 128
    assert sorted(stopping.encoded + encoder.encoded) == texts


def test_texts_that_left_are_forgotten(tmp_path: Path) -> None:
    cached(tmp_path / "v", WordEncoder(), ["stays", "goes"])
    with closing(VectorCache.open(tmp_path / "v", WordEncoder())) as cache:
        cache.encoded(["stays"], TextKind.PASSAGE)
        cache.forget_unused()
    encoder = WordEncoder()
    cached(tmp_path / "v", encoder, ["stays", "goes"])
    assert encoder.encoded == ["goes"]


@pytest.mark.parametrize("damage", ["no database", "later pages"])
def test_a_damaged_file_is_replaced(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    cached(tmp_path / "v", WordEncoder(), [f"text {i}" for i in range(100)])
    sound = (tmp_path / "v").read_bytes()
    kept = 0 if damage == "no database" else 8192
    (tmp_path / "v").write_bytes(sound[:kept] + b"damage" * (len(sound) // 6))
    assert len(cached(tmp_path / "v", WordEncoder(), ["one"])) == 1
    assert "it is set aside as v.damaged and its vectors will be computed again" in caplog.text


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_never_changes_a_vector(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    texts = [f"text {i}" for i in range(20)]
    cached(tmp_path / "v", WordEncoder(), texts)
    sound = (tmp_path / "v").read_bytes()
    mutations = Mutations(seed)
    for _ in range(20):
        (tmp_path / "v").write_bytes(mutations.flipped(sound))
        with closing(VectorCache.open(tmp_path / "v", WordEncoder())) as cache:
            found = cache.encoded(texts, TextKind.PASSAGE)
            cache.forget_unused()
        for text, encoded in zip(texts, found, strict=True):
            expected = WordEncoder().encode_query(text)
            np.testing.assert_allclose(encoded.vector, expected.vector, atol=5e-4)
            np.testing.assert_allclose(encoded.tokens, expected.tokens, atol=1e-6)
    assert "it is set aside as v.damaged" in caplog.text
    assert {path.name for path in tmp_path.iterdir()} == {"v", "v.damaged"}


def test_a_damage_found_while_reading_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one", "two"])
    with closing(sqlite3.connect(tmp_path / "v")) as connection, connection:
        connection.execute("UPDATE texts SET vector = zeroblob(1024) WHERE rowid = 1")
    encoder = WordEncoder()
    cached(tmp_path / "v", encoder, ["one", "two"])
    assert encoder.encoded == ["one", "two"]
    assert len(caplog.records) == 1


def test_another_version_of_the_file_is_set_aside(tmp_path: Path) -> None:
    cached(tmp_path / "v", WordEncoder(), ["one"])
    with closing(sqlite3.connect(tmp_path / "v")) as connection:
        connection.execute("PRAGMA user_version = 1")
    encoder = WordEncoder()
    cached(tmp_path / "v", encoder, ["one"])
    assert encoder.encoded == ["one"]


def test_a_file_in_use_by_another_program_is_not_damaged(tmp_path: Path) -> None:
    with closing(VectorCache.open(tmp_path / "v", WordEncoder())) as cache:
        with closing(sqlite3.connect(tmp_path / "v")) as other:
            other.execute("BEGIN EXCLUSIVE")
            cache._connection.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                cache.encoded(["one"], TextKind.PASSAGE)
        assert not (tmp_path / "v.damaged").exists()
        assert len(cache.encoded(["one"], TextKind.PASSAGE)) == 1


def test_a_file_that_cannot_be_opened_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        VectorCache.open(tmp_path / "v", WordEncoder())
    assert (tmp_path / "v").is_dir()
