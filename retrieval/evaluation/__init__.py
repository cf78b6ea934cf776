"""How well the retriever answers a labelled dataset: a dataset, its evaluation, the measures."""
