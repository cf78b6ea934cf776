"""The bot's metrics as Prometheus reads them."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.metrics import Metrics


def samples(metrics: Metrics) -> dict[str, float]:
    """Return the bot's own samples in `metrics`, parsed as Prometheus parses them."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
        if sample.name.startswith("trichdan_") and not sample.name.endswith("_created")
    }
