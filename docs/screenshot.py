"""Makes docs/chat.png: a real exchange on the chat page, in headless Chromium.

Run `python docs/screenshot.py` in the project's folder. It starts `python -m bot demo` and needs
Debian's `chromium` and `chromium-driver`.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

QUESTION = "Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?"
PICTURE = Path(__file__).with_name("chat.png")
SCREEN = {"width": 1180, "height": 820, "deviceScaleFactor": 1.5, "mobile": False}
WISHES = {"prefers-color-scheme": "light", "prefers-reduced-motion": "reduce"}
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)


def main() -> None:
    """Ask on the page as a person does, and keep the picture of the answer."""
    with demo() as url, browser() as page:
        page.get(url)
        page.find_element(By.ID, "text").send_keys(QUESTION, Keys.ENTER)
        WebDriverWait(page, 30).until(
            lambda _: page.find_elements(By.CSS_SELECTOR, ".message blockquote")
        )
        page.save_screenshot(str(PICTURE))


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo and yield its address once it answers."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            for line in process.stdout or ():
                if ready := re.search(r"ready: (\S+)", line):
                    yield ready[1]
                    break
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def browser() -> Iterator[Chrome]:
    """Open a browser of its own with a screen of the picture's size."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
            options.add_argument(flag)
        page = Chrome(options, Service("/usr/bin/chromedriver"))
        features = [{"name": name, "value": value} for name, value in WISHES.items()]
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREEN)
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        try:
            yield page
        finally:
            page.quit()


if __name__ == "__main__":
    main()
