"""The bundled encoder compared with torch float32, and with what the processor could do.

    python -m benchmarks.encoder

Both take turns in one run, so that a busy machine slows both alike. The ratios are medians over the
turns. Each side has one thread, except when all questions are encoded at once. torch gets passages
in batches of 4, with which it is fastest. The texts are the everyday questions of
retrieval/language and the paragraphs of seeds/.

The floor is the time in which one processor can do just the 8-bit products of a question. The
speed of its products is measured here too, with ONNX Runtime's product of two large matrices.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import joblib
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

from benchmarks import sides
from benchmarks.figure import Figure, ratio
from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.sentence_transformers import TorchEncoder
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.processor import Processor

_SEEDS = Path(__file__).parents[1] / "seeds"
_AT_ONCE, _PASSAGES = 32, 12
# What is asked of each kind of processor: for a question, for passages, for many questions at once.
_WITH_VNNI, _WITH_AVX2 = (8, 5, 13), (6, 2.6, 10)
_PRODUCTS = 12 * (
    4 * 384 * 384 + 2 * 384 * 1536
)  # products for a token: one for each weight of the matrices
_SIDE = 2048  # of the two square matrices whose product shows the processor's speed
_MEMORY = """
from benchmarks.process_memory import PEAK, megabytes
from retrieval.encoding.loading import load_encoder
load_encoder().encode_query("how much memory?")
print(megabytes(PEAK))
"""


def main() -> None:
    """Measure and print."""
    asked, passages = questions()[:_AT_ONCE], paragraphs()[:_PASSAGES]
    print(f"{joblib.cpu_count()} cores of {Processor.here().described}")
    figures()
    encoder = OnnxEncoder.open()
    print(_floor(encoder, asked))
    print(_nearness(encoder, asked, passages))
    print(f"peak memory of a fresh process that encoded one question: {_memory()} MB")


def figures() -> list[Figure]:
    """Time both in turns, print the time for a text, and return the ratios."""
    asked, passages = questions()[:_AT_ONCE], paragraphs()[:_PASSAGES]
    one = sides.in_turns([sides.torch_questions, sides.our_questions], asked)
    print(_line("a question", one))
    many = sides.in_turns([sides.torch_questions, sides.our_questions_at_once], asked)
    print(_line(f"a question, {_AT_ONCE} at once to torch's one", many))
    each = sides.in_turns([sides.torch_passages, sides.our_passages], passages)
    print(_line("a passage", each))
    asked_one, asked_each, asked_many = _WITH_VNNI if Processor.here().has_vnni else _WITH_AVX2
    return [
        Figure("encode a question: torch float32 / ours", ratio(one), asked_one),
        Figure("encode passages: torch float32 at its best batch / ours", ratio(each), asked_each),
        Figure(
            f"questions a second: ours, {_AT_ONCE} at once / torch, one", ratio(many), asked_many
        ),
    ]


def questions() -> list[str]:
    """Return the everyday questions, alternating between the languages."""
    pairs = zip(*(everyday_questions(language) for language in LANGUAGES), strict=True)
    return [question for pair in pairs for question in pair]


def paragraphs() -> list[str]:
    """Return paragraphs that are long enough for a passage."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(_SEEDS.glob("*.md"))]
    return [part for text in texts for part in text.strip().split("\n\n") if len(part) > 300]


def _line(what: str, seconds: sides.Seconds) -> str:
    theirs, ours = np.median(seconds, axis=1) * 1e3
    return f"{what}: torch {theirs:.2f} ms, ours {ours:.2f} ms, ratio {ratio(seconds):.1f}"


def _floor(encoder: OnnxEncoder, asked: Sequence[str]) -> str:
    lengths = [len(encoder.tokenizer.encode(f"query: {question}").ids) for question in asked]
    tokens = round(float(np.median(lengths)))
    taken = _shortest(encoder.session, {"ids": np.arange(5, 5 + tokens)[np.newaxis]}, 200)
    floor = _PRODUCTS * tokens / _products_a_second()
    return (
        f"a question of {tokens} tokens: {_PRODUCTS * tokens / 1e6:.0f} million 8-bit products, "
        f"{_PRODUCTS / 1e6:.0f} MB of weights; at least {floor * 1e3:.2f} ms, "
        f"the graph takes {taken * 1e3:.2f} ms, {taken / floor:.1f} times as long"
    )


def _products_a_second() -> float:
    """Return the 8-bit products a second that ONNX Runtime reaches on one thread."""
    shape = [_SIDE, _SIDE]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [
            helper.make_tensor_value_info("a", TensorProto.UINT8, shape),
            helper.make_tensor_value_info("b", TensorProto.INT8, shape),
        ],
        [helper.make_tensor_value_info("c", TensorProto.INT32, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    feeds = {"a": np.ones(shape, np.uint8), "b": np.ones(shape, np.int8)}
    return _SIDE**3 / _shortest(session, feeds, 10)


def _shortest(
    session: onnxruntime.InferenceSession, feeds: Mapping[str, NDArray[np.generic]], runs: int
) -> float:
    found = []
    for _ in range(runs):
        start = perf_counter()
        session.run(None, feeds)
        found.append(perf_counter() - start)
    return min(found)


def _nearness(encoder: OnnxEncoder, asked: list[str], passages: list[str]) -> str:
    reference = TorchEncoder.load(str(model_folder()))
    ours = [*map(encoder.encode_query, asked), *encoder.encode_passages(passages)]
    theirs = [*map(reference.encode_query, asked), *reference.encode_passages(passages)]
    pairs = list(zip(ours, theirs, strict=True))
    texts = [float(a.vector @ b.vector) for a, b in pairs]
    tokens = np.concatenate([_cosines(a.tokens, b.tokens) for a, b in pairs])
    return f"median cosine to torch: texts {np.median(texts):.4f}, tokens {np.median(tokens):.4f}"


def _cosines(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines: NDArray[np.float32] = (a * b).sum(axis=1) / lengths
    return cosines


def _memory() -> int:
    """Return the peak memory of a new process in MB, as Linux reports it."""
    run = [sys.executable, "-c", _MEMORY]
    return int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)  # noqa: S603


if __name__ == "__main__":
    main()
