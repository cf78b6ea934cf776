"""The files of a model that is named by its folder or by its name in the Hugging Face hub.

This module alone speaks to the hub.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import snapshot_download
from transformers.utils import logging as transformers_logging

_OTHER_BACKENDS = ["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]


@dataclass(frozen=True)
class ModelFiles:
    """A model's folder, and an identity that changes when its files do."""

    folder: Path
    identity: str

    @classmethod
    def of(cls, name: str) -> ModelFiles:
        """Find a model's files.

        Only a model of the hub is downloaded, and only if it is not in the hub's cache.

        Args:
            name: A model's folder, or its name in the hub; without a slash it is one of the
                organisation sentence-transformers.

        Raises:
            Exception: The hub or its cache does not have them; its library decides on the class.
        """
        folder = Path(name).expanduser()
        if folder.is_dir():
            return cls(folder, _fingerprint(folder))
        repository = name if "/" in name else f"sentence-transformers/{name}"
        # The hub's cache names the folder after the model's commit.
        fetched = Path(snapshot_download(repository, ignore_patterns=_OTHER_BACKENDS))
        return cls(fetched, f"{name}@{fetched.name}")


@contextmanager
def without_progress_bars() -> Iterator[None]:
    """Hide the progress bars that transformers shows while it loads a model."""
    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _fingerprint(folder: Path) -> str:
    """Return a hash over the names and the bytes of all files in `folder`."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
