"""A second reader of the best candidates: a question and a passage, read together."""
