"""An array on disk in numpy's own format: written row by row, then mapped into memory.

The system reads a mapped array from disk where it is used, and may drop these parts again at any
time. So an array of any size takes only the memory of what is looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray


class ArrayFile:
    """A file to which rows are appended; it can be read after `close`."""

    def __init__(self, path: Path, dtype: DTypeLike, row: tuple[int, ...] = ()) -> None:
        """Create a file of rows of the shape `row`.

        Raises:
            OSError: The file cannot be written.
        """
        self._dtype = np.dtype(dtype)
        self._row = row
        self._length = 0
        self._file = path.open("wb")
        self._write_header()

    def append(self, rows: NDArray[Any]) -> None:
        """Write rows, shape (n, *row), after the earlier ones."""
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).data)
        self._length += len(rows)

    def close(self) -> None:
        """Write the number of rows into the header and close the file."""
        with self._file:
            self._file.seek(0)
            self._write_header()

    def _write_header(self) -> None:
        # numpy reserves room for a larger first axis, so the last header is as long as the first.
        npy.write_array_header_1_0(
            self._file,
            {
                "descr": npy.dtype_to_descr(self._dtype),
                "fortran_order": False,
                "shape": (self._length, *self._row),
            },
        )


def mapped(path: Path) -> NDArray[Any]:
    """Return the array of a file, mapped into memory.

    Raises:
        OSError: The file cannot be read.
        ValueError: The file holds no array.
    """
    return np.asarray(np.load(path, mmap_mode="r"))
