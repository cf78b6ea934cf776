"""A Citus cluster that is there already: CITUS_URL names its coordinator."""

from __future__ import annotations

import os

import pytest


def empty_citus() -> str:
    """Drop the collections in the cluster's database and return its URL; skip without one."""
    url = os.environ.get("CITUS_URL", "")
    if not url:
        pytest.skip("CITUS_URL names no Citus cluster")
    import psycopg  # the driver is optional

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^trichdan(_[0-9a-f]{32})?$'"
        )
        for (schema,) in found.fetchall():
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
    return url
