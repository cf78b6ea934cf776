"""Files -> documents: found, read by their format under limits, and cleaned."""
