"""What goes wrong and is told to the user."""

from __future__ import annotations


class CollectionError(Exception):
    """A folder, file or index that cannot be used; the message is one line fit for the user."""
