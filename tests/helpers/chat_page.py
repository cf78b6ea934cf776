"""The chat page in headless Chromium, as a person sees and uses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --lang=en"
    " --disable-background-networking --disable-component-update --disable-sync"
)


class ChatPage:
    """The page as a person sees and uses it; without motion, so that scrolls take no time."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self.prefer("light")
        browser.get(url)
        self.see("#rooms a")

    def prefer(self, scheme: str, motion: str = "reduce") -> None:
        """Set what the system prefers: "light" or "dark", motion "reduce" or "no-preference"."""
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": motion}
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.command("Emulation.setEmulatedMedia", features=features)

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def see(self, selector: str, text: str = "") -> WebElement:
        """Wait until an element shows that holds `text`."""
        found: list[WebElement] = self.wait(
            lambda: [element for element in self.all(selector) if text in element.text],
            f"no {selector} with {text!r}",
        )
        return found[0]

    def miss(self, selector: str) -> None:
        """Wait until nothing of the kind shows."""
        self.wait(lambda: not self.all(selector), f"{selector} stays")

    def wait(self, condition: Callable[[], Any], what: str) -> Any:  # noqa: ANN401 - what it gives
        """Wait until the condition gives something; elements may be replaced meanwhile."""
        gone = [StaleElementReferenceException]
        patient = WebDriverWait(self.browser, 10, poll_frequency=0.05, ignored_exceptions=gone)
        return patient.until(lambda _: condition(), what)

    def type(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - any value of JavaScript
        return self.browser.execute_script(script, *arguments)

    def command(self, name: str, **parameters: object) -> None:
        self.browser.execute_cdp_cmd(name, parameters)


@contextmanager
def running_browser(profile: Path) -> Iterator[Chrome]:
    """Run Chromium with its profile in a folder of its own."""
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options, Service(CHROMEDRIVER))
    try:
        yield browser
    finally:
        browser.quit()


def complaints(browser: Chrome) -> list[str]:
    """Take the errors and warnings that the browser has logged since the last call."""
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in log]
