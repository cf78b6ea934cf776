"""The bot's settings, read from environment variables.

Every value is checked here, once, at the start. A wrong value raises a `SettingsError` whose
message is one line that names the variable and says what it should look like.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from secrets import token_urlsafe
from urllib.parse import SplitResult, urlsplit

from retrieval.errors import SettingsError
from retrieval.secret_files import with_secret_files
from retrieval.settings import RetrievalSettings

TELEGRAM = "https://api.telegram.org"
DATABASE = "sqlite:///data/bot.sqlite3"
QUESTIONS_PER_MINUTE = 20
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Address:
    """The host and port where a server listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """The URL to which Telegram delivers updates, and the address where the bot listens for them.

    Anyone who knows the URL and the secret can pretend to be Telegram, so the `repr` shows neither.

    A URL without a path gets one that nobody can guess. It is derived from the token, so it is the
    same at each start. A given path stays as it is, because a proxy may forward only that one.
    """

    url: str = field(repr=False)
    host: str
    port: int
    secret: str = field(repr=False)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Webhook | None:
        """Read WEBHOOK_URL, WEBHOOK_LISTEN and WEBHOOK_SECRET.

        A missing secret is derived from the token, so that all replicas have the same one.

        Returns:
            The webhook, None if WEBHOOK_URL is empty.

        Raises:
            SettingsError: A value is wrong.
        """
        if not (url := env.get("WEBHOOK_URL", "").strip()):
            return None
        parts = _http_url("WEBHOOK_URL", url)
        if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
            raise SettingsError("WEBHOOK_URL must start with https:// (http:// only on loopback)")
        listen = _address("WEBHOOK_LISTEN", env.get("WEBHOOK_LISTEN") or "127.0.0.1:8443")
        token = env.get("TELEGRAM_BOT_TOKEN") or token_urlsafe()  # it is asked for at a first start
        secret = env.get("WEBHOOK_SECRET") or _derived(token, b"webhook secret")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise SettingsError("WEBHOOK_SECRET may hold 1 to 256 of A-Z, a-z, 0-9, _ and -")
        if parts.path in ("", "/"):
            url = parts._replace(path=f"/{_derived(token, b'webhook path')}").geturl()
        return cls(url, listen.host, listen.port, secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """The bot's settings.

    The `repr` leaves out the token, and the URLs of database and proxy, which may hold a password.

    Attributes:
        retrieval: The settings of the documents and their index.
        token: The bot's token, empty if none is given.
        api_url: The URL of the Bot API's server.
        proxy: The URL of the proxy by which it is reached, empty for none.
        database_url: The database, as an SQLAlchemy URL.
        allowed_ids: The people and chats that are served, empty if all are.
        admin_ids: The people who may change the documents from the chat.
        questions_per_minute: How many questions a person may ask in the long run, 0 for no limit.
        webhook: The webhook that receives updates, None for polling.
        metrics: The address that serves health and metrics, None for no such server.
        log_level: The lowest level that is logged.
        feeds: The addresses of the RSS and Atom feeds whose articles are taken.
        own_hosts: Hosts that may be fetched from though they are not on the public internet.
    """

    retrieval: RetrievalSettings = RetrievalSettings()
    token: str = field(default="", repr=False)
    api_url: str = TELEGRAM
    proxy: str = field(default="", repr=False)
    database_url: str = field(default=DATABASE, repr=False)
    allowed_ids: frozenset[int] = frozenset()
    admin_ids: frozenset[int] = frozenset()
    questions_per_minute: int = QUESTIONS_PER_MINUTE
    webhook: Webhook | None = None
    metrics: Address | None = None
    log_level: str = "INFO"
    feeds: tuple[str, ...] = ()
    own_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read every variable; an empty one has its default.

        Raises:
            SettingsError: A value is wrong.
        """
        env = with_secret_files(env, "TELEGRAM_BOT_TOKEN", "DATABASE_URL")
        api_url = (env.get("TELEGRAM_API_URL") or TELEGRAM).rstrip("/")
        _http_url("TELEGRAM_API_URL", api_url)
        metrics = env.get("METRICS_LISTEN")
        return cls(
            retrieval=RetrievalSettings.from_env(env),
            token=_given_token(env),
            api_url=api_url,
            proxy=_proxy(env.get("TELEGRAM_PROXY", "").strip()),
            database_url=env.get("DATABASE_URL") or DATABASE,
            allowed_ids=_ids("ALLOWED_IDS", env.get("ALLOWED_IDS", "")),
            admin_ids=_ids("ADMIN_IDS", env.get("ADMIN_IDS", "")),
            questions_per_minute=_count(
                "QUESTIONS_PER_MINUTE", env.get("QUESTIONS_PER_MINUTE") or str(QUESTIONS_PER_MINUTE)
            ),
            webhook=Webhook.from_env(env),
            metrics=_address("METRICS_LISTEN", metrics) if metrics else None,
            log_level=_log_level(env.get("LOG_LEVEL") or "INFO"),
            feeds=_addresses("FEEDS", env.get("FEEDS", "")),
            own_hosts=_hosts("OWN_HOSTS", env.get("OWN_HOSTS", "")),
        )

    @property
    def bot_id(self) -> int:
        """The bot's id in Telegram, which its token begins with; raises ValueError without one."""
        return int(self.token.partition(":")[0])

    @classmethod
    def for_demo(cls, env: Mapping[str, str]) -> Settings:
        """Read what the demo needs; variables about Telegram are ignored, even if they are wrong.

        Raises:
            SettingsError: A value that the demo needs is wrong.
        """
        return cls(
            retrieval=RetrievalSettings.from_env(env),
            questions_per_minute=0,  # only the person at this machine asks
            log_level=_log_level(env.get("LOG_LEVEL") or "INFO"),
            feeds=_addresses("FEEDS", env.get("FEEDS", "")),
            own_hosts=_hosts("OWN_HOSTS", env.get("OWN_HOSTS", "")),
        )


def checked_token(value: str) -> str:
    """Return a token as it is.

    Raises:
        SettingsError: It does not look like one. It is a secret all the same, and not repeated.
    """
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value):
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN does not look like 123456:ABC-def; copy it from @BotFather"
        )
    return value


def _given_token(env: Mapping[str, str]) -> str:
    value = env.get("TELEGRAM_BOT_TOKEN", "").strip()
    return checked_token(value) if value else ""


def _ids(name: str, value: str) -> frozenset[int]:
    try:
        return frozenset(int(part) for part in re.split(r"[\s,]+", value) if part)
    except ValueError:
        raise SettingsError(f"{name} must be whole numbers with commas, not {value!r}") from None


def _hosts(name: str, value: str) -> frozenset[str]:
    hosts = frozenset(part.lower().strip("[]") for part in re.split(r"[\s,]+", value) if part)
    for host in hosts:
        if not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host):
            raise SettingsError(
                f"{name} must be names or IP addresses of hosts with commas, not {host!r}"
            )
    return hosts


def _addresses(name: str, value: str) -> tuple[str, ...]:
    addresses = tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", value) if part))
    for address in addresses:
        _http_url(f"Every part of {name}", address)
    return addresses


def _count(name: str, value: str) -> int:
    if not value.strip().isdecimal():
        raise SettingsError(f"{name} must be a whole number, 0 or more, not {value!r}")
    return int(value)


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}, not {value!r}")
    return value.upper()


def _http_url(name: str, value: str) -> SplitResult:
    parts = _split(value)
    if parts is None or parts.scheme not in ("http", "https") or re.search(r"\s", value):
        raise SettingsError(f"{name} must be a URL that starts with https:// or http://")
    return parts


def _proxy(value: str) -> str:
    # The value may hold a password, so the message does not repeat it.
    parts = _split(value) if value else None
    if value and (parts is None or parts.scheme not in PROXY_SCHEMES):
        raise SettingsError(
            "TELEGRAM_PROXY must be a URL such as http://host:3128 or socks5://host:1080"
        )
    return value


def _address(name: str, value: str) -> Address:
    parts = _split(f"//{value}")
    if parts is None or not parts.hostname or parts.port is None:
        raise SettingsError(f"{name} must be host:port, such as 127.0.0.1:8443, not {value!r}")
    return Address(parts.hostname, parts.port)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:  # a port that is no number, a bracket left open
        return None


def _derived(token: str, purpose: bytes) -> str:
    """Return letters for a purpose that only the token's owner can know."""
    return hmac.digest(token.encode(), purpose, "sha256").hex()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
