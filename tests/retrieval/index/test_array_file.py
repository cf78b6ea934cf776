"""Arrays that grow on disk."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.index.array_file import ArrayFile, mapped


@pytest.mark.parametrize("counts", [[], [0], [3], [2, 0, 5], [1] * 120])
def test_rows_come_back_in_numpys_own_format(tmp_path: Path, counts: list[int]) -> None:
    rows = np.arange(2 * sum(counts), dtype=np.float32).reshape(-1, 2)
    with closing(ArrayFile(tmp_path / "a.npy", np.float32, (2,))) as file:
        for part in np.split(rows, np.cumsum(counts))[: len(counts)]:
            file.append(part)
    for array in (np.load(tmp_path / "a.npy"), mapped(tmp_path / "a.npy")):
        assert (array.dtype, array.shape) == (np.float32, rows.shape)
        assert array.tolist() == rows.tolist()


def test_rows_may_have_fields(tmp_path: Path) -> None:
    row = np.dtype([("codes", "u1", (3,)), ("scale", "<f4")])
    with closing(ArrayFile(tmp_path / "a.npy", row)) as file:
        file.append(np.array([((1, 2, 3), 0.5)], dtype=row))
    assert mapped(tmp_path / "a.npy")["codes"].tolist() == [[1, 2, 3]]
