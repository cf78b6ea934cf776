"""Updates come in, calls go out."""
