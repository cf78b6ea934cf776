"""The writing side: the documents' folder, and the live index that is built from it."""
