"""A file becomes a `Document`: found, read under limits, cleaned."""
