"""Secrets that are read from files, as containers and service managers hand them over.

`TELEGRAM_BOT_TOKEN_FILE=/run/secrets/token` stands for `TELEGRAM_BOT_TOKEN` with what is in that
file. Neither the environment nor a listing of processes shows the secret then.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import SettingsError

_MOST_BYTES = 10_000


def with_secret_files(env: Mapping[str, str], *names: str) -> Mapping[str, str]:
    """Return `env` with the variables of these names read from the files that it names.

    Raises:
        SettingsError: A file cannot be read, is empty, or its variable is set as well.
    """
    read = {name: _secret(name, env) for name in names if env.get(f"{name}_FILE")}
    return {**env, **read} if read else env


def _secret(name: str, env: Mapping[str, str]) -> str:
    file = Path(env[f"{name}_FILE"])
    if env.get(name):
        raise SettingsError(f"{name} and {name}_FILE are both set; remove one of them")
    try:
        with file.open("rb") as opened:
            value = opened.read(_MOST_BYTES).decode("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE={file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{name}_FILE={file} is no text") from None
    if not value:
        raise SettingsError(f"{name}_FILE={file} is empty")
    return value
