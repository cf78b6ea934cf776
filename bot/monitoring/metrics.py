"""The bot's metrics for Prometheus. No other module imports prometheus-client.

Labels name what the bot did and how it ended. They never hold a user's words or identity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
SEARCH_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


@dataclass(frozen=True, slots=True)
class Metrics:
    """The metrics of one bot, in a registry of their own."""

    registry: CollectorRegistry
    questions: Counter
    search_seconds: Histogram
    calls: Counter

    @classmethod
    def new(cls) -> Metrics:
        """Create the metrics, all at zero."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        return cls(
            registry=registry,
            questions=Counter(
                "trichdan_questions",
                "Questions searched for, by where they were asked and how that ended.",
                ["asked", "outcome"],
                registry=registry,
            ),
            search_seconds=Histogram(
                "trichdan_search_seconds",
                "Seconds from a search's start to its answer.",
                buckets=SEARCH_BUCKETS,
                registry=registry,
            ),
            calls=Counter(
                "trichdan_bot_api_calls",
                "Calls of the Bot API, by method and HTTP status or error.",
                ["method", "outcome"],
                registry=registry,
            ),
        )

    def called(self, method: str, outcome: str) -> None:
        """Count a call of the Bot API; `outcome` is its HTTP status or the name of its error."""
        self.calls.labels(method, outcome).inc()

    def show(self, name: str, documentation: str, value: Callable[[], float]) -> None:
        """Add a gauge whose value is computed when it is read.

        Args:
            name: The gauge's name, without the prefix `trichdan_`.
            documentation: The help text that Prometheus shows.
            value: Returns the current value; may be called from any thread.
        """
        Gauge(f"trichdan_{name}", documentation, registry=self.registry).set_function(value)

    def text(self) -> bytes:
        """Return all metrics in the text format that `CONTENT_TYPE` names."""
        return generate_latest(self.registry)
