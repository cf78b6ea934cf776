"""A made-up installation of several collections, in which it is known who may read what."""
