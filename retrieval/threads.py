"""One thread a product: what one question needs is too little to share among processors.

Comparing a question's tokens with those of its candidates takes a quarter of a millisecond on one
thread. OpenBLAS, NumPy's library, would spread it over all processors, by threads that wait for
each other busily: up to 75 milliseconds, on a machine with other work to do. Questions and
passages are themselves shared among the processors.
"""

from __future__ import annotations

import os

ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}


def one_each() -> None:
    """Ask this for a program, before it imports NumPy; what its user has set is left alone."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
