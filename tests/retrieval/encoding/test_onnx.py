"""OnnxEncoder: near the float32 model, and with the same vectors from any thread."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import joblib
import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoding import onnx
from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.encoder import Encoded, UnsupportedError
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from retrieval.language.everyday_questions import everyday_questions
from tests.helpers.paths import ROOT

Array = NDArray[np.float32]

QUESTIONS = [*everyday_questions("vi")[:8], *everyday_questions("en")[:8]]
PASSAGES = [
    "The 54th ASEAN Foreign Ministers' Meeting took place on 2 August 2021, by video.",
    "Hội nghị Bộ trưởng Ngoại giao ASEAN lần thứ 54 diễn ra trực tuyến ngày 2/8/2021.",
    "Rice is the staple food of Vietnam.",
    "one",
]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder.open()


@pytest.fixture(scope="module")
def reference() -> TorchEncoder:
    return TorchEncoder.load("")


def cosines(a: Array, b: Array) -> Array:
    lengths = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
    return np.asarray((a * b).sum(axis=-1) / lengths)


def assert_near(found: list[Encoded], expected: list[Encoded]) -> None:
    texts = [a.vector @ b.vector for a, b in zip(found, expected, strict=True)]
    tokens = [cosines(a.tokens, b.tokens) for a, b in zip(found, expected, strict=True)]
    assert min(texts) > 0.995
    assert np.median(np.concatenate(tokens)) > 0.995
    assert [a.ends.tolist() for a in found] == [b.ends.tolist() for b in expected]


def test_questions_have_the_vectors_of_the_float32_model(
    encoder: OnnxEncoder, reference: TorchEncoder
) -> None:
    assert_near(
        [encoder.encode_query(question) for question in QUESTIONS],
        [reference.encode_query(question) for question in QUESTIONS],
    )


def test_passages_have_the_vectors_of_the_float32_model(
    encoder: OnnxEncoder, reference: TorchEncoder
) -> None:
    assert_near(encoder.encode_passages(PASSAGES), reference.encode_passages(PASSAGES))


def test_vectors_depend_neither_on_neighbours_nor_on_threads(encoder: OnnxEncoder) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(encoder.encode_query, QUESTIONS))
    for together, question in zip(asked, QUESTIONS, strict=True):
        np.testing.assert_array_equal(together.vector, encoder.encode_query(question).vector)
    for together, passage in zip(encoder.encode_passages(PASSAGES), PASSAGES, strict=True):
        (alone,) = encoder.encode_passages([passage])
        np.testing.assert_array_equal(together.tokens, alone.tokens)


def test_short_passages_share_a_run_and_have_the_vectors_that_they_have_alone(
    encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joblib, "cpu_count", lambda: 1)
    runs = []
    run = encoder.token_vectors

    def counted(ids: NDArray[np.int64]) -> Array:
        runs.append(ids.shape)
        return run(ids)

    texts = ["Rice.", *PASSAGES[:2], *[f"Rice {number}" for number in range(25)]]
    alone = [encoder.encode_passages([text])[0] for text in texts]
    monkeypatch.setattr(encoder, "token_vectors", counted)
    together = encoder.encode_passages(texts)
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one.tokens, other.tokens)
        np.testing.assert_array_equal(one.vector, other.vector)
    assert len(runs) < 10
    assert max(count * length for count, length in runs) <= 128


def test_passages_are_encoded_on_as_many_threads_as_processors_may_be_used(
    encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = []

    def pool(threads: int) -> ThreadPoolExecutor:
        pools.append(threads)
        return ThreadPoolExecutor(threads)

    monkeypatch.setattr(onnx, "ThreadPoolExecutor", pool)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 3)
    assert len(encoder.encode_passages(["one", "two"])) == 2
    assert pools == [3]


def test_a_text_is_one_unit_vector_and_one_a_token(encoder: OnnxEncoder) -> None:
    (encoded,) = encoder.encode_passages(["Bộ trưởng Tô Lâm"])
    assert encoded.vector.dtype == encoded.tokens.dtype == np.float32
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-6)
    assert encoded.ends.tolist() == [2, 9, 12, 16]
    assert encoded.tokens.shape == (4, encoder.dimension) == (4, 384)


def test_no_text_has_a_vector_and_no_tokens(encoder: OnnxEncoder) -> None:
    encoded = encoder.encode_query("")
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-6)
    assert (encoded.tokens.shape, encoded.ends.tolist()) == ((0, 384), [])
    assert encoder.encode_passages([]) == []


def test_what_is_too_long_is_cut(encoder: OnnxEncoder) -> None:
    (encoded,) = encoder.encode_passages([PASSAGES[0] * 60])
    assert len(encoder.tokenizer.encode("passage: " + PASSAGES[0] * 60).ids) == 512
    assert 500 < len(encoded.tokens) < 512


def test_a_question_is_nearest_the_passage_that_answers_it(encoder: OnnxEncoder) -> None:
    question = encoder.encode_query("Hội nghị Bộ trưởng Ngoại giao ASEAN diễn ra khi nào?").vector
    english, vietnamese, rice, _ = (p.vector for p in encoder.encode_passages(PASSAGES))
    assert question @ vietnamese > question @ english > question @ rice + 0.05


def test_it_is_known_by_all_it_is_made_from(encoder: OnnxEncoder) -> None:
    """If this fails, all indexes are built anew at the next start."""
    assert encoder.identity == graph_folder().name == "multilingual-e5-small-int8-1093701befd3"


def test_a_graph_that_cannot_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "graph.onnx").write_bytes(b"no graph")
    with pytest.raises(UnsupportedError, match="graph.onnx"):
        OnnxEncoder.open(tmp_path)


def test_nobody_is_told_of_its_use(tmp_path: Path) -> None:
    """onnxruntime, as it is published, keeps what it reports in the user's cache folder."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = [sys.executable, "-c", "import retrieval.encoding.onnx"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)  # noqa: S603
    assert list(tmp_path.rglob("*")) == []
