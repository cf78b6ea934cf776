"""One browser for the tests of the chat page; in each of them, the test is the bot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from bot.demo.server import DemoServer
from tests.helpers.chat_page import CHROMEDRIVER, CHROMIUM, ChatPage, complaints, running_browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not (CHROMIUM and CHROMEDRIVER):
        pytest.skip("the page needs a browser: apt-get install chromium chromium-driver")
    with running_browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def page(browser: Chrome, server: DemoServer) -> Iterator[ChatPage]:
    yield ChatPage(browser, server.url)
    faults = complaints(browser)
    browser.get("about:blank")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert faults == []
