"""Measurements, run by hand; every table of the docs is printed by one of these."""
