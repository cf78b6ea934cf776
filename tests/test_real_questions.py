"""The real encoder on five real documents: the passage, the excerpt and the citation expected."""

from pathlib import Path

import pytest

from benchmarks.real_questions import DOCUMENTS, Outcome, outcomes, questions
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not here")


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    index: Path = tmp_path_factory.mktemp("index")
    return Retriever.open(RetrievalSettings(seeds=DOCUMENTS, index=index))


@pytest.fixture(scope="module")
def found(retriever: Retriever) -> list[Outcome]:
    return outcomes(retriever, questions())
