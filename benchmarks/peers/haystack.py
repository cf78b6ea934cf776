"""Haystack: its in-memory store, searched by vectors alone and fused with BM25 by reciprocal ranks.

The set-up follows https://haystack.deepset.ai/tutorials/33_hybrid_retrieval, but without the
tutorial's ranker. The ranker is a second model, and could follow any of the systems compared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from haystack import Document as Passage
from haystack import Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.peer import DEPTH, PASSAGE_PROMPT, QUERY_PROMPT, Search
from retrieval.documents import Document


class Haystack:
    """Haystack with one embedding model and its prompts; the embedders share the loaded model."""

    def __init__(self, model: Path) -> None:
        """Store the arguments of the embedders."""
        self._embedder = {"model": str(model), "local_files_only": True, "progress_bar": False}

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index the documents once; both pipelines search the same store."""
        passages = [Passage(id=document.name, content=document.text) for document in documents]
        embedder = SentenceTransformersDocumentEmbedder(prefix=PASSAGE_PROMPT, **self._embedder)
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedder.run(documents=passages)["documents"])
        return {"Haystack, dense": self._dense(store), "Haystack, hybrid": self._hybrid(store)}

    def _dense(self, store: InMemoryDocumentStore) -> Search:
        pipeline = self._embedding_pipeline(store)
        return lambda question: _names(pipeline.run({"embedder": {"text": question}})["embeddings"])

    def _hybrid(self, store: InMemoryDocumentStore) -> Search:
        pipeline = self._embedding_pipeline(store)
        pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
        pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        pipeline.connect("embeddings", "joiner")
        pipeline.connect("words", "joiner")
        return lambda question: _names(
            pipeline.run({"embedder": {"text": question}, "words": {"query": question}})["joiner"]
        )

    def _embedding_pipeline(self, store: InMemoryDocumentStore) -> Pipeline:
        embedder = SentenceTransformersTextEmbedder(prefix=QUERY_PROMPT, **self._embedder)
        pipeline = Pipeline()
        pipeline.add_component("embedder", embedder)
        pipeline.add_component("embeddings", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
        pipeline.connect("embedder.embedding", "embeddings.query_embedding")
        return pipeline


def _names(output: dict[str, Any]) -> list[str]:
    return [passage.id for passage in output["documents"]]
