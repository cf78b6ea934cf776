"""ENCODER takes models of the families that public encoders come from, here tiny random ones."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from retrieval.encoding.sentence_transformers import TorchEncoder
from tests.helpers.tiny_models import Family, families

FAMILIES = families()
QUESTION = "Bộ trưởng Tô Lâm phát biểu ở đâu?"
PASSAGES = ("Hội nghị ở Hà Nội.", "The minister spoke on 2 August.", "Lào 🙂 x")

each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))


def loaded(family: Family, folder: Path) -> TorchEncoder:
    family.save_encoder(folder)
    return TorchEncoder.load(str(folder))


@each_family
def test_vectors_are_the_models_own_with_its_prompts(family: Family, tmp_path: Path) -> None:
    encoder, model = loaded(family, tmp_path), SentenceTransformer(str(tmp_path))
    assert encoder.dimension == 32
    question = encoder.encode_query(QUESTION).vector
    assert question.dtype == np.float32
    prompts = family.prompts
    before, ahead = prompts.get("query", ""), prompts.get("document", prompts.get("passage", ""))
    given = model.encode(before + QUESTION, prompt="", convert_to_tensor=True).float().numpy()
    np.testing.assert_allclose(question, given, atol=0.02)  # bfloat16 has 8 bits
    for encoded, passage in zip(encoder.encode_passages(PASSAGES), PASSAGES, strict=True):
        given = model.encode(ahead + passage, prompt="", convert_to_tensor=True).float().numpy()
        np.testing.assert_allclose(encoded.vector, given, atol=0.02)
        assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)


@each_family
def test_tokens_cover_the_text_and_nothing_of_the_prompt(family: Family, tmp_path: Path) -> None:
    encoder = loaded(family, tmp_path)
    texts = [(encoder.encode_query(QUESTION), QUESTION)]
    texts += zip(encoder.encode_passages(PASSAGES), PASSAGES, strict=True)
    for encoded, text in texts:
        assert encoded.tokens.shape == (len(encoded.ends), 32)
        assert encoded.ends.tolist() == sorted(encoded.ends.tolist())
        assert encoded.ends[0] > 0
        assert encoded.ends[-1] == len(text)
        assert len(encoded.ends) > len(text.split())


@each_family
def test_a_text_that_is_too_long_is_cut(family: Family, tmp_path: Path) -> None:
    encoder = loaded(family, tmp_path)
    (encoded,) = encoder.encode_passages([PASSAGES[0] * 60])
    assert 64 < len(encoded.ends) < 128
    assert encoded.tokens.shape == (len(encoded.ends), 32)
