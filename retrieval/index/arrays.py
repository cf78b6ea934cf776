"""The arrays that an index is searched by, and that a search gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
"""The numbers of some documents, passages or sentences, shape (n,)."""

Values = NDArray[np.float32]
"""One number for each passage or sentence, shape (n,)."""

Mask = NDArray[np.bool_]
"""One truth for each document or passage, shape (n,)."""
