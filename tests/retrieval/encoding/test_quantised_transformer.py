"""The quantised encoder in the clothes of sentence-transformers."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.quantised_transformer import QuantisedTransformer, sentence_transformer

TEXTS = ["one", "The staple food of Vietnam is rice.", ""]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder.open()


def test_questions_and_documents_have_the_encoders_vectors(encoder: OnnxEncoder) -> None:
    model = sentence_transformer(encoder)
    own = np.stack([encoded.vector for encoded in encoder.encode_passages(TEXTS)])
    np.testing.assert_allclose(model.encode_document(TEXTS, batch_size=3), own, atol=1e-6)
    question = encoder.encode_query(TEXTS[0]).vector
    np.testing.assert_allclose(model.encode_query(TEXTS[0]), question, atol=1e-6)
    np.testing.assert_allclose(model.similarity(question, own)[0], own @ question, atol=1e-6)


def test_what_is_saved_can_be_loaded(encoder: OnnxEncoder, tmp_path: Path) -> None:
    QuantisedTransformer(encoder).save(str(tmp_path))
    loaded = sentence_transformer(QuantisedTransformer.load(str(tmp_path)).encoder)
    again = sentence_transformer(encoder).encode_query("xin chào")
    np.testing.assert_array_equal(loaded.encode_query("xin chào"), again)
