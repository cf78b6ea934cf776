"""What lies on disk and is searched: documents, vectors, words and tokens under one numbering."""
