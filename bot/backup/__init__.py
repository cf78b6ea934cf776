"""`python -m bot backup` and `restore`: what cannot be made again, in one file."""
