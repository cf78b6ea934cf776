"""Which encoder is loaded: the bundled one, unless another is named."""

from __future__ import annotations

import logging

from retrieval.encoding.encoder import Encoder, UnsupportedError

log = logging.getLogger(__name__)


def load_encoder(name: str = "") -> Encoder:
    """Load the encoder of a sentence-transformers folder or name; the bundled one if it is empty.

    The bundled one runs as an int8 graph, where it can; its float32 model is known by another
    identity, so that no vector of the one is ever compared with the other's. Raises
    EncoderError where none can be loaded.
    """
    if not name:
        try:
            from retrieval.encoding.onnx import OnnxEncoder

            return OnnxEncoder.open()
        except (ImportError, UnsupportedError) as error:
            log.warning("The fast encoder cannot run here, a slower one does: %s", error)
    from retrieval.encoding.sentence_transformers import (
        TorchEncoder,  # imports torch: seconds, which the graph does without
    )

    return TorchEncoder.load(name)
