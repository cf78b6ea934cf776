"""Errors that are told to the user.

Every `UserError` carries one line that says what is wrong and what to do. The commands,
`python -m retrieval` and `python -m bot`, catch it, print the line and end with the error's exit
code. An error of any other class that ends a command is a fault of the program.

One more class lies beside what it tells of: `retrieval.refusals.UnreadableError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


class UserError(Exception):
    """Something that the user can put right; the message is one line that says how."""

    exit_code: ClassVar[int] = 1


class SettingsError(UserError):
    """A variable of the environment that is missing or wrong."""

    exit_code = 2


class EncoderError(UserError):
    """An encoder that cannot be loaded or written to the cache."""


class RerankerError(UserError):
    """A reranker that cannot be loaded."""


class CollectionError(UserError):
    """Documents or an index that cannot be used."""


class NoDocumentError(CollectionError):
    """A collection without any document that can be read."""


class DatasetError(UserError):
    """A folder that is no labelled dataset."""


@contextmanager
def full_installation(
    user: str, packages: str, error: type[UserError] = UserError
) -> Iterator[None]:
    """Let a block import what a slim installation leaves out, or say what to install.

    Args:
        user: What needs the import, a setting or a command.
        packages: What to install for it.
        error: What is raised where a module is missing.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        raise error(
            f"{user} needs {missing.name}, which a slim installation leaves out: "
            f"pip install {packages}, or use the full image."
        ) from missing
