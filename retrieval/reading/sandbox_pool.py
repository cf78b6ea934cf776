"""Several sandboxes that parse files side by side, each file under its own limits."""

from __future__ import annotations

from queue import LifoQueue

from retrieval.documents import Document
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import Limits


class SandboxPool:
    """As many sandboxes as processors; several threads may use it at once."""

    def __init__(self, limits: Limits, size: int) -> None:
        """Store the sandboxes; the process of each starts with its first file.

        Args:
            limits: What reading one file may take.
            size: How many files are parsed at once.
        """
        self.size = size
        self._sandboxes = [Sandbox(limits) for _ in range(size)]
        # The last one used comes first: files that are parsed one by one share one process.
        self._free: LifoQueue[Sandbox] = LifoQueue()
        for sandbox in self._sandboxes:
            self._free.put(sandbox)

    @classmethod
    def of_all_processors(cls, limits: Limits) -> SandboxPool:
        """Return a pool that keeps all processors busy that this process may use."""
        import joblib  # takes up to a tenth of a second, and an index that holds does not need it

        return cls(limits, joblib.cpu_count())

    def parse(self, name: str, data: bytes) -> Document:
        """Return the document that a file's bytes hold; wait while all sandboxes are in use.

        Raises UnreadableError and CollectionError as `Sandbox.parse` does.
        """
        sandbox = self._free.get()
        try:
            return sandbox.parse(name, data)
        finally:
            self._free.put(sandbox)

    def close(self) -> None:
        """End all processes, also those that still parse a file."""
        for sandbox in self._sandboxes:
            sandbox.close()
