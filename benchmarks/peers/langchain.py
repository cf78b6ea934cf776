"""LangChain: its FAISS store, alone and fused with BM25 by `EnsembleRetriever` (reciprocal ranks).

https://docs.langchain.com/oss/python/integrations/retrievers/bm25 recommends a word tokenizer for
BM25 instead of splitting at spaces. NLTK's `wordpunct_tokenize` needs no data to download.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document as Passage
from langchain_core.retrievers import BaseRetriever
from langchain_huggingface import HuggingFaceEmbeddings
from nltk.tokenize import wordpunct_tokenize

from benchmarks.peers.peer import DEPTH, Search
from retrieval.documents import Document


class LangChain:
    """LangChain with one embedding model, whose prompts are read from its folder."""

    def __init__(self, model: Path) -> None:
        """Load the model."""
        self._embeddings = HuggingFaceEmbeddings(
            model_name=str(model),
            encode_kwargs={"prompt_name": "passage"},
            query_encode_kwargs={"prompt_name": "query"},
        )

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index the documents once; both retrievers search the same FAISS store."""
        passages = [Passage(page_content=d.text, metadata={"name": d.name}) for d in documents]
        store = FAISS.from_documents(passages, self._embeddings)
        dense = store.as_retriever(search_kwargs={"k": DEPTH})
        words = BM25Retriever.from_documents(passages, preprocess_func=wordpunct_tokenize, k=DEPTH)
        # The retriever named first wins ties. With dense first, LangChain's figures are better.
        both = EnsembleRetriever(retrievers=[dense, words], weights=[0.5, 0.5])
        return {"LangChain, dense": _search(dense), "LangChain, hybrid": _search(both)}


def _search(retriever: BaseRetriever) -> Search:
    return lambda question: [hit.metadata["name"] for hit in retriever.invoke(question)]
