"""What lies on disk and is searched."""
