"""CrossEncoderReranker: tiny random cross-encoders, and names that are none."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import CrossEncoder
from torch.nn import Identity

from retrieval.errors import RerankerError
from retrieval.reranking.cross_encoder import CrossEncoderReranker
from retrieval.reranking.loading import load_reranker
from tests.helpers.tiny_models import families

FAMILIES = families()
QUESTION = "Who spoke in Hanoi?"
PASSAGES = ("The minister spoke.", "Hội nghị ở Hà Nội diễn ra trong hai ngày.", "Hanoi")
pytestmark = pytest.mark.usefixtures("no_network")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cross-encoder")
    FAMILIES["BERT"].save_cross_encoder(made)
    return made


def test_without_a_name_there_is_none() -> None:
    assert load_reranker("") is None


@pytest.mark.parametrize("family", ["XLM-R", "BERT", "Qwen"])
def test_a_score_is_the_sigmoid_of_the_models_number(family: str, tmp_path: Path) -> None:
    FAMILIES[family].save_cross_encoder(tmp_path)
    reranker = load_reranker(str(tmp_path))
    assert reranker
    scores = reranker.scores(QUESTION, PASSAGES)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == 3
    pairs = [(QUESTION, passage) for passage in PASSAGES]
    logits = CrossEncoder(str(tmp_path)).predict(pairs, activation_fn=Identity())
    np.testing.assert_allclose(scores, 1 / (1 + np.exp(-logits)), atol=1e-5)


def test_a_model_that_leaves_its_number_as_it_is_gives_the_same_scores(
    folder: Path, tmp_path: Path
) -> None:
    CrossEncoder(str(folder), activation_fn=Identity()).save(str(tmp_path))
    same, given = CrossEncoderReranker.load(str(tmp_path)), CrossEncoderReranker.load(str(folder))
    np.testing.assert_allclose(
        same.scores(QUESTION, PASSAGES), given.scores(QUESTION, PASSAGES), atol=1e-6
    )
    assert same.identity != given.identity


def test_no_passages_have_no_scores_and_a_long_one_is_cut(folder: Path) -> None:
    reranker = CrossEncoderReranker.load(str(folder))
    assert reranker.scores(QUESTION, []).shape == (0,)
    assert reranker.scores(QUESTION, [PASSAGES[1] * 100]).shape == (1,)


def test_threads_share_a_reranker(folder: Path) -> None:
    reranker = CrossEncoderReranker.load(str(folder))
    questions = [f"{QUESTION} {'Hanoi' * (i % 5)}" for i in range(32)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: reranker.scores(question, PASSAGES), questions))
    alone = [reranker.scores(question, PASSAGES) for question in questions]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_reranker_of_the_hub_is_taken_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "models--cross-encoder--tiny"
    FAMILIES["BERT"].save_cross_encoder(cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    assert CrossEncoderReranker.load("cross-encoder/tiny").identity == (
        f"cross-encoder/tiny@{commit}"
    )


@pytest.mark.parametrize("name", ["no/such-model", "./no/such/folder", __file__])
def test_an_unknown_name_is_one_clear_line(name: str) -> None:
    with pytest.raises(RerankerError) as caught:
        load_reranker(name)
    message = str(caught.value)
    assert message.startswith(f"RERANKER={name} cannot be loaded (")
    assert message.endswith(" or leave it empty for none.")
    assert "\n" not in message


def test_a_classifier_of_several_classes_is_none(tmp_path: Path) -> None:
    FAMILIES["BERT"].save_cross_encoder(tmp_path, labels=3)
    with pytest.raises(RerankerError, match="it gives 3 numbers for a passage, not one"):
        load_reranker(str(tmp_path))


def test_an_encoder_is_none(tmp_path: Path) -> None:
    FAMILIES["BERT"].save_encoder(tmp_path)
    with pytest.raises(RerankerError, match="it was not trained to read pairs"):
        load_reranker(str(tmp_path))
