"""Loads the reranker that is named; without a name there is none."""

from __future__ import annotations

from retrieval.errors import RerankerError, full_installation
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
    with full_installation("RERANKER", "sentence-transformers", RerankerError):
        # This imports torch, which takes seconds.
        from retrieval.reranking.cross_encoder import CrossEncoderReranker
    return CrossEncoderReranker.load(name)
