"""Helpers that several tests share: fakes, clients, small files and servers."""
