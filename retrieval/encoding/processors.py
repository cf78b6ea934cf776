"""How many processors there are to share work among; imports nothing, for whoever asks at start."""

from __future__ import annotations

import os


def usable_processors() -> int:
    """Return how many processors this process may use: `taskset` and containers may leave some."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
