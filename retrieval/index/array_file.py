"""An array on disk, in numpy's own format: written row by row, and mapped when it is whole.

What is mapped is read from disk where it is used, and the system may drop it again at any time:
an array of any size costs the memory of what is looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray


class ArrayFile:
    """A file that rows are appended to; it can be read once it is closed."""

    def __init__(self, path: Path, dtype: DTypeLike, row: tuple[int, ...] = ()) -> None:
        """Begin a new file of rows of the shape `row`; raises OSError where it cannot."""
        self._dtype = np.dtype(dtype)
        self._row = row
        self._length = 0
        self._file = path.open("wb")
        self._write_header()

    def append(self, rows: NDArray[Any]) -> None:
        """Write rows, shape (n, *row), behind those before."""
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).data)
        self._length += len(rows)

    def close(self) -> None:
        """Note the number of rows in the header and close the file."""
        with self._file:
            self._file.seek(0)
            self._write_header()

    def _write_header(self) -> None:
        # numpy leaves room for the first axis to grow: every header of a file is as long.
        npy.write_array_header_1_0(
            self._file,
            {
                "descr": npy.dtype_to_descr(self._dtype),
                "fortran_order": False,
                "shape": (self._length, *self._row),
            },
        )


def mapped(path: Path) -> NDArray[Any]:
    """Return the array of a file, which stays on disk; raises OSError or ValueError."""
    return np.asarray(np.load(path, mmap_mode="r"))
