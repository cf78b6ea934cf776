"""How well the retriever answers a labelled dataset."""
