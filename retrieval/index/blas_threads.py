"""One thread for each matrix product: a question is too small to share among processors.

Comparing a question's tokens with those of its candidates takes a quarter of a millisecond on one
thread. OpenBLAS, NumPy's library, would spread the product over all processors, with threads that
wait for each other in busy loops: that takes up to 75 milliseconds on a machine with other work to
do. Questions run side by side instead.
"""

from __future__ import annotations

import os

from threadpoolctl import threadpool_limits

_CHOSEN_BY_USER = "OPENBLAS_NUM_THREADS"


def limit_blas_threads() -> None:
    """Let the BLAS libraries that this process has loaded use one thread from now on.

    Where the user has set OPENBLAS_NUM_THREADS, that number of threads stays.
    """
    if not os.environ.get(_CHOSEN_BY_USER):
        threadpool_limits(limits=1, user_api="blas")
