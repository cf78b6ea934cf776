"""LlamaIndex: its vector index, alone and fused with BM25 by `QueryFusionRetriever`.

The fusion is by reciprocal ranks. There is no language model to rephrase the question, so the
question itself is the only query.
https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion/
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from benchmarks.peers.peer import DEPTH, PASSAGE_PROMPT, QUERY_PROMPT, Search
from retrieval.documents import Document

CHUNK = 256  # tokens as LlamaIndex counts them; the model cuts off what goes beyond 512 of its own


class LlamaIndex:
    """LlamaIndex with one embedding model and its prompts."""

    def __init__(self, model: Path) -> None:
        """Load the model."""
        self._embedding = HuggingFaceEmbedding(
            model_name=str(model), query_instruction=QUERY_PROMPT, text_instruction=PASSAGE_PROMPT
        )

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index the documents once; both retrievers search the same vector index."""
        nodes = [TextNode(id_=document.name, text=document.text) for document in documents]
        index = VectorStoreIndex(nodes, embed_model=self._embedding)
        dense = index.as_retriever(similarity_top_k=DEPTH)
        words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH)
        both = QueryFusionRetriever(
            [dense, words],
            llm=MockLLM(),  # never called; the default would be a model behind an API
            mode="reciprocal_rerank",
            similarity_top_k=DEPTH,
            num_queries=1,
            use_async=False,
        )
        return {"LlamaIndex, dense": _search(dense), "LlamaIndex, hybrid": _search(both)}

    def index_of_files(self, folder: Path) -> VectorStoreIndex:
        """Read the files of a folder, cut them into chunks and embed these."""
        documents = SimpleDirectoryReader(str(folder)).load_data()
        splitter = SentenceSplitter(chunk_size=CHUNK, chunk_overlap=0)
        return VectorStoreIndex.from_documents(
            documents, embed_model=self._embedding, transformations=[splitter]
        )


def _search(retriever: BaseRetriever) -> Search:
    return lambda question: [hit.node.node_id for hit in retriever.retrieve(question)]
