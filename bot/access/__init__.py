"""Who may read which collection: the file of collections, and what people joined by a code."""
