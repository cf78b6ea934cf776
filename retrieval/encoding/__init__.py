"""Texts to vectors: the encoders, and the cache of what they computed."""
