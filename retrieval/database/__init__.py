"""PostgreSQL with pgvector as the home of collections: several bots search what one has built."""
