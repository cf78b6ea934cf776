from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from telegram.error import InvalidToken
from telegram.ext._utils.networkloop import network_retry_loop

from bot.monitoring.logs import MaskingFormatter, configure_logging, secrets_of
from bot.settings import Settings, Webhook

SECRET = "TEST-secret_token"  # noqa: S105


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()  # pytest's own, which would be closed
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_token_is_masked_in_messages_and_tracebacks(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    try:
        raise ValueError(f"POST https://api.telegram.org/bot{settings.token}/getMe")
    except ValueError:
        logging.getLogger("bot").exception("refused: %s", settings.token)
    written = capsys.readouterr().err
    assert "refused: 123456:***" in written
    assert "ValueError: POST https://api.telegram.org/bot123456:***/getMe" in written
    assert SECRET not in written


def test_the_webhook_s_secret_is_masked(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    webhook = Webhook("https://b.example.org", "127.0.0.1", 8443, "s3cret-of-the-hook")
    configure_logging(replace(settings, webhook=webhook))
    logging.getLogger("telegram.Bot").info("secret_token: %s", "s3cret-of-the-hook")
    assert "secret_token: ***" in capsys.readouterr().err


def test_the_webhook_s_path_is_masked(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    webhook = Webhook("https://b.example.org/hook-4f1c/", "127.0.0.1", 8443, "s3cret")
    configure_logging(replace(settings, webhook=webhook))
    logging.getLogger("tornado.access").warning("403 POST /hook-4f1c/ (127.0.0.1)")
    assert capsys.readouterr().err.endswith("403 POST ***/ (127.0.0.1)\n")


def test_a_webhook_without_a_path_masks_none() -> None:
    webhook = Webhook("https://b.example.org/", "127.0.0.1", 8443, "s3cret")
    assert secrets_of(Settings(webhook=webhook)) == ("s3cret",)


def test_a_document_that_was_left_out_is_logged(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    logging.getLogger("retrieval.library").warning("Left out: %s: %s", "a.pdf", "no text")
    assert capsys.readouterr().err.endswith("WARNING retrieval.library: Left out: a.pdf: no text\n")


def test_without_secrets_nothing_is_masked() -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "abc", (), None)
    assert MaskingFormatter(()).format(record).endswith("INFO bot: abc")


@pytest.mark.parametrize(
    ("level", "shown"),
    [("DEBUG", ["debug", "info", "error"]), ("INFO", ["info", "error"]), ("ERROR", ["error"])],
)
def test_the_level_is_honoured(
    settings: Settings, capsys: pytest.CaptureFixture[str], level: str, shown: list[str]
) -> None:
    configure_logging(replace(settings, log_level=level))
    log = logging.getLogger("bot")
    log.debug("debug")
    log.info("info")
    log.error("error")
    lines = capsys.readouterr().err.splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == shown


def test_the_http_client_s_urls_are_not_logged(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    with httpx.Client(transport=transport) as client:
        client.get(f"https://api.telegram.org/bot{settings.token}/getMe")
    assert capsys.readouterr().err == ""


def test_what_the_library_received_is_not_logged(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    library = logging.getLogger("telegram.request.BaseRequest")
    try:
        raise ValueError("Expecting value: chuyện bí mật")
    except ValueError:
        library.exception('Can not load invalid JSON data: "%s"', "chuyện bí mật")
    written = capsys.readouterr().err
    assert written.endswith('telegram.request.BaseRequest: Can not load invalid JSON data: "%s"\n')
    assert "bí mật" not in written


@pytest.mark.parametrize("loop", ["Bootstrap delete Webhook", "Polling Updates"])
async def test_what_ends_the_bot_is_left_to_the_one_line_it_ends_with(
    settings: Settings, capsys: pytest.CaptureFixture[str], loop: str
) -> None:
    async def refused() -> None:
        raise InvalidToken(f"The token `{settings.token}` was rejected by the server.")

    configure_logging(settings)
    with pytest.raises(InvalidToken):
        await network_retry_loop(action_cb=refused, description=loop, interval=0, max_retries=0)
    assert capsys.readouterr().err == ""


def test_the_password_of_the_proxy_is_a_secret() -> None:
    assert secrets_of(Settings(proxy="socks5://lan:s3cret@proxy:1080")) == ("s3cret",)
