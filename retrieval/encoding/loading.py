"""Chooses and loads the encoder: the bundled one, unless another is named."""

from __future__ import annotations

import logging

from retrieval.encoding.encoder import Encoder, UnsupportedError
from retrieval.errors import EncoderError, full_installation
from retrieval.processor import Processor

log = logging.getLogger(__name__)


def load_encoder(name: str = "") -> Encoder:
    """Load an encoder.

    The bundled encoder runs as an int8 graph where the machine can run it, else as its float32
    model. The two have different identities, so that their vectors are never mixed.

    Args:
        name: A folder or a name of a sentence-transformers model; empty for the bundled encoder.

    Raises:
        EncoderError: The encoder cannot be loaded.
    """
    if slow := Processor.here().slow:
        log.warning("Answers and building the index take long here: %s.", slow)
    if not name:
        try:
            from retrieval.encoding.onnx import OnnxEncoder

            return OnnxEncoder.open()
        except (ImportError, UnsupportedError) as error:
            log.warning("The fast encoder cannot run here, a slower one does: %s", error)
    return _torch_encoder(name)


def _torch_encoder(name: str) -> Encoder:
    """Load a model with torch, whose import takes seconds that the graph does not need."""
    with full_installation("ENCODER", "sentence-transformers", EncoderError):
        from retrieval.encoding.sentence_transformers import TorchEncoder
    return TorchEncoder.load(name)
