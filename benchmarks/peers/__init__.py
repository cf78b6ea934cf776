"""This project beside the libraries that people would otherwise take; see `__main__`."""
