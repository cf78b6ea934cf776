"""Haystack: its in-memory store by vectors, and joined with BM25 by reciprocal ranks.

https://haystack.deepset.ai/tutorials/33_hybrid_retrieval, without its ranker: that is a second
model, which any of the systems compared here could be followed by.
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
    """One embedding model, told its prompts; its embedders share what they have loaded."""

    def __init__(self, model: Path) -> None:
        """Store how the embedders are made."""
        self._embedder = {"model": str(model), "local_files_only": True, "progress_bar": False}

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index once; both pipelines ask the same store."""
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
