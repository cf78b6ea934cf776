from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Address, Settings, Webhook
from retrieval.errors import SettingsError
from retrieval.settings import Limits, RetrievalSettings
from tests.helpers.paths import ROOT

TOKEN = "123456:ABC-def_1"  # noqa: S105


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.token == ""
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/bot.sqlite3"
    assert settings.allowed_ids == frozenset()
    assert settings.admin_ids == frozenset()
    assert settings.questions_per_minute == 20
    assert settings.webhook is None
    assert settings.metrics is None
    assert settings.log_level == "INFO"
    assert settings.own_hosts == frozenset()
    assert settings.retrieval == RetrievalSettings.from_env({})


def test_empty_variables_are_the_defaults() -> None:
    names = [line.partition("=")[0] for line in env_example() if line and not line.startswith("#")]
    assert Settings.from_env(dict.fromkeys(names, "")) == Settings()


def test_every_variable_is_read() -> None:
    settings = Settings.from_env(
        {
            "TELEGRAM_BOT_TOKEN": f" {TOKEN}\n",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "TELEGRAM_PROXY": "socks5://user:secret@proxy:1080",
            "SEEDS_DIR": "documents",
            "INDEX_DIR": "index",
            "ENCODER": "intfloat/multilingual-e5-base",
            "RERANKER": "BAAI/bge-reranker-v2-m3",
            "FEEDS": "https://bao.vn/rss/tin-moi.rss http://bao.vn/atom, https://bao.vn/rss/tin-moi.rss",
            "OWN_HOSTS": "Intranet.example.org, 10.0.0.5 [::1]",
            "MAX_FILE_MB": "5",
            "PARSE_SECONDS": "60",
            "DATABASE_URL": "postgresql://bot@db/bot",
            "ALLOWED_IDS": "7, -100\n8,",
            "ADMIN_IDS": "7",
            "QUESTIONS_PER_MINUTE": " 6",
            "WEBHOOK_URL": "https://bot.example.org/telegram/4f1c",
            "WEBHOOK_LISTEN": "0.0.0.0:9000",
            "WEBHOOK_SECRET": "s3cret_-",
            "METRICS_LISTEN": "127.0.0.1:9100",
            "LOG_LEVEL": "debug",
        }
    )
    assert settings == Settings(
        token=TOKEN,
        api_url="http://127.0.0.1:8081",
        proxy="socks5://user:secret@proxy:1080",
        retrieval=RetrievalSettings(
            Path("documents"),
            Path("index"),
            "intfloat/multilingual-e5-base",
            "BAAI/bge-reranker-v2-m3",
            limits=Limits(5, 60),
        ),
        database_url="postgresql://bot@db/bot",
        allowed_ids=frozenset({7, -100, 8}),
        admin_ids=frozenset({7}),
        questions_per_minute=6,
        webhook=Webhook(
            "https://bot.example.org/telegram/4f1c",
            "0.0.0.0",  # noqa: S104
            9000,
            "s3cret_-",
        ),
        metrics=Address("127.0.0.1", 9100),
        log_level="DEBUG",
        feeds=("https://bao.vn/rss/tin-moi.rss", "http://bao.vn/atom"),
        own_hosts=frozenset({"intranet.example.org", "10.0.0.5", "::1"}),
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "TELEGRAM_BOT_TOKEN",
            "my token",
            "TELEGRAM_BOT_TOKEN does not look like 123456:ABC-def; copy it from @BotFather",
        ),
        (
            "TELEGRAM_API_URL",
            "api.telegram.org",
            "TELEGRAM_API_URL must be a URL that starts with https:// or http://",
        ),
        (
            "TELEGRAM_API_URL",
            "http://[::1",
            "TELEGRAM_API_URL must be a URL that starts with https:// or http://",
        ),
        (
            "TELEGRAM_PROXY",
            "proxy:3128",
            "TELEGRAM_PROXY must be a URL such as http://host:3128 or socks5://host:1080",
        ),
        (
            "TELEGRAM_PROXY",
            "ftp://proxy:3128",
            "TELEGRAM_PROXY must be a URL such as http://host:3128 or socks5://host:1080",
        ),
        ("ALLOWED_IDS", "7, Lan", "ALLOWED_IDS must be whole numbers with commas, not '7, Lan'"),
        ("ADMIN_IDS", "@lan", "ADMIN_IDS must be whole numbers with commas, not '@lan'"),
        (
            "QUESTIONS_PER_MINUTE",
            "-1",
            "QUESTIONS_PER_MINUTE must be a whole number, 0 or more, not '-1'",
        ),
        (
            "LOG_LEVEL",
            "LOUD",
            "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, not 'LOUD'",
        ),
        (
            "WEBHOOK_URL",
            "bot.example.org",
            "WEBHOOK_URL must be a URL that starts with https:// or http://",
        ),
        (
            "WEBHOOK_URL",
            "http://bot.example.org",
            "WEBHOOK_URL must start with https:// (http:// only on loopback)",
        ),
        (
            "WEBHOOK_LISTEN",
            "9000",
            "WEBHOOK_LISTEN must be host:port, such as 127.0.0.1:8443, not '9000'",
        ),
        (
            "WEBHOOK_LISTEN",
            "localhost:http",
            "WEBHOOK_LISTEN must be host:port, such as 127.0.0.1:8443, not 'localhost:http'",
        ),
        (
            "METRICS_LISTEN",
            "9100",
            "METRICS_LISTEN must be host:port, such as 127.0.0.1:8443, not '9100'",
        ),
        ("MAX_FILE_MB", "x", "MAX_FILE_MB must be a whole number above 0, not 'x'"),
        (
            "FEEDS",
            "https://bao.vn/rss bao.vn/atom",
            "Every part of FEEDS must be a URL that starts with https:// or http://",
        ),
        (
            "OWN_HOSTS",
            "https://intranet/",
            "OWN_HOSTS must be names or IP addresses of hosts with commas, not 'https://intranet/'",
        ),
        (
            "WEBHOOK_SECRET",
            "mật khẩu",
            "WEBHOOK_SECRET may hold 1 to 256 of A-Z, a-z, 0-9, _ and -",
        ),
    ],
)
def test_a_wrong_value_ends_in_one_line_that_names_the_variable(
    name: str, value: str, message: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"WEBHOOK_URL": "https://bot.example.org", name: value})
    assert str(raised.value) == message


def test_the_demo_reads_nothing_that_concerns_telegram() -> None:
    env = {
        "TELEGRAM_BOT_TOKEN": "my token",
        "TELEGRAM_API_URL": "api.telegram.org",
        "ALLOWED_IDS": "Lan",
        "WEBHOOK_URL": "bot.example.org",
        "SEEDS_DIR": "documents",
        "LOG_LEVEL": "debug",
    }
    assert Settings.for_demo(env) == Settings(
        retrieval=RetrievalSettings(seeds=Path("documents")),
        questions_per_minute=0,
        log_level="DEBUG",
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_a_webhook_on_loopback_may_be_plain(host: str) -> None:
    webhook = Webhook.from_env({"WEBHOOK_URL": f"http://{host}:8443/hook"})
    assert webhook is not None
    assert webhook.url == f"http://{host}:8443/hook"
    assert (webhook.host, webhook.port) == ("127.0.0.1", 8443)


def test_a_webhook_may_listen_on_an_ipv6_address() -> None:
    env = {"WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_LISTEN": "[::1]:9000"}
    webhook = Webhook.from_env(env)
    assert webhook is not None
    assert (webhook.host, webhook.port) == ("::1", 9000)


def test_a_webhook_without_secret_gets_one_that_only_the_token_tells() -> None:
    secrets = []
    for token in (TOKEN, TOKEN, "123456:another", "", ""):
        env = {"WEBHOOK_URL": "https://b.example.org", "TELEGRAM_BOT_TOKEN": token}
        webhook = Webhook.from_env(env)
        assert webhook is not None
        assert re.fullmatch("[0-9a-f]{64}", webhook.secret)
        assert webhook.secret not in webhook.url
        secrets.append(webhook.secret)
    assert secrets[0] == secrets[1]  # all replicas have the same one
    assert len(set(secrets)) == 4  # where there is no token yet, it is a random one


@pytest.mark.parametrize("url", ["https://bot.example.org", "https://bot.example.org:8443/"])
def test_a_webhook_without_a_path_gets_one_that_nobody_can_guess(url: str) -> None:
    urls: dict[str, str] = {}
    for token in (TOKEN, TOKEN, "123456:another"):
        webhook = Webhook.from_env({"WEBHOOK_URL": url, "TELEGRAM_BOT_TOKEN": token})
        assert webhook is not None
        assert urls.setdefault(token, webhook.url) == webhook.url  # the same at each start
        assert re.fullmatch(re.escape(url.rstrip("/")) + "/[0-9a-f]{64}", webhook.url)
    assert len(set(urls.values())) == 2


def test_a_webhook_s_own_path_stays_as_it_is() -> None:
    webhook = Webhook.from_env({"WEBHOOK_URL": "https://bot.example.org/hook?a=b"})
    assert webhook is not None
    assert webhook.url == "https://bot.example.org/hook?a=b"


def test_no_secret_shows() -> None:
    settings = Settings.from_env(
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "DATABASE_URL": "postgresql://bot:pass-word@db/bot",
            "WEBHOOK_URL": "https://bot.example.org/telegram/4f1c",
            "WEBHOOK_SECRET": "s3cret",
        }
    )
    for secret in ("ABC-def_1", "pass-word", "4f1c", "s3cret"):
        assert secret not in repr(settings)


def env_example() -> list[str]:
    example = ROOT / ".env.example"
    return example.read_text(encoding="utf-8").splitlines()


def test_the_example_file_names_every_variable_and_sets_none() -> None:
    assigned = [line for line in env_example() if line and not line.startswith("#")]
    assert assigned == [
        "TELEGRAM_BOT_TOKEN=",
        "TELEGRAM_BOT_TOKEN_FILE=",
        "TELEGRAM_API_URL=",
        "TELEGRAM_PROXY=",
        "ALLOWED_IDS=",
        "ADMIN_IDS=",
        "QUESTIONS_PER_MINUTE=",
        "SEEDS_DIR=",
        "INDEX_DIR=",
        "ENCODER=",
        "RERANKER=",
        "FAISS_INDEX=",
        "FEEDS=",
        "OWN_HOSTS=",
        "COLLECTIONS=",
        "COLLECTION_URL=",
        "COLLECTION_URL_FILE=",
        "HNSW_EF_SEARCH=",
        "MAX_FILE_MB=",
        "PARSE_SECONDS=",
        "PARSE_MEMORY_MB=",
        "OCR=",
        "DATABASE_URL=",
        "DATABASE_URL_FILE=",
        "WEBHOOK_URL=",
        "WEBHOOK_LISTEN=",
        "WEBHOOK_SECRET=",
        "METRICS_LISTEN=",
        "LOG_LEVEL=",
    ]
