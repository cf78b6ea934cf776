"""Measurements that are run by hand. They print the tables of figures in the documentation."""
