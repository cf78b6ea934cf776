"""Memory that was freed, given back to the system.

The C library of Linux keeps what a program frees, for its next need. Opening and indexing need much
more for a moment than answering does for days: loading the pieces of the encoder's tokenizer alone
leaves 20 MB. `malloc_trim` gives back whole free pages (its manual page: malloc_trim(3)).
"""

from __future__ import annotations

import ctypes
import sys


def give_back_freed_memory() -> None:
    """Give free pages back to the system, where its C library can do so; takes milliseconds."""
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
