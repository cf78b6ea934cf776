"""The writing side: a folder of documents and the live index made from it."""
