"""Loads the reranker that is named; without a name there is none."""

from __future__ import annotations

from retrieval.errors import RerankerError
from retrieval.reranking.reranker import Reranker


def load_reranker(name: str = "") -> Reranker | None:
    """Load a reranker.

    Args:
        name: A folder or a name of a cross-encoder; empty for none.

    Raises:
        RerankerError: The reranker cannot be loaded.
    """
    if not name:
        return None
    try:  # it imports torch, which takes seconds
        from retrieval.reranking.cross_encoder import CrossEncoderReranker
    except ModuleNotFoundError as error:
        raise RerankerError(
            f"RERANKER needs {error.name}, which a slim installation leaves out: "
            "pip install sentence-transformers, or use the full image."
        ) from error
    return CrossEncoderReranker.load(name)
