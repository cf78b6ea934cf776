"""Measurements, run by hand; every table of the README is printed by one of these."""
