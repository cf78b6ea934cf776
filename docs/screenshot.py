"""Makes docs/chat.png and docs/page.png: real exchanges on the chat page, in headless Chromium.

Run `python docs/screenshot.py` in the project's folder. It starts `python -m bot demo` and needs
Debian's `chromium` and `chromium-driver`. For the second picture one of the documents is printed as
a PDF, whose page the bot then shows.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from retrieval.documents import Document
from retrieval.reading.file import read_file

QUESTION = "Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?"
CHAT, PAGE = (Path(__file__).with_name(name) for name in ("chat.png", "page.png"))
PRINTED = Path(__file__).parents[1] / "seeds" / "asean-nga-tham-van-an-ninh.md"
STYLE = "font: 15px/1.5 'Noto Serif', serif; columns: 2; column-gap: 2em; text-align: justify"
SCREEN = {"width": 1180, "height": 820, "deviceScaleFactor": 1.5, "mobile": False}
WISHES = {"prefers-color-scheme": "light", "prefers-reduced-motion": "reduce"}
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)


def main() -> None:
    """Ask on the page as a person does, and keep the pictures of the answer and of its page."""
    with browser() as page:
        with demo({}) as url:
            ask(page, url)
            page.save_screenshot(str(CHAT))
        with TemporaryDirectory() as folder:
            Path(folder, PRINTED.stem).with_suffix(".pdf").write_bytes(printed(page))
            with demo({"SEEDS_DIR": folder, "INDEX_DIR": f"{folder}-index"}) as url:
                ask(page, url)
                see(page, "//*[@class='keyboard']//button[contains(., '🖼')]").click()
                see(page, "//a[@class='photo']/img[@complete or @src]")
                page.execute_script("document.querySelector('.log').scrollTo(0, 1e6)")
                page.save_screenshot(str(PAGE))


def ask(page: Chrome, url: str) -> None:
    """Open the chat page, ask, and wait for the answer."""
    page.get(url)
    page.find_element(By.ID, "text").send_keys(QUESTION, Keys.ENTER)
    see(page, "//*[contains(@class, 'message')]//blockquote")


def see(page: Chrome, path: str) -> WebElement:
    """Return the first element that an XPath finds, once there is one."""
    found: WebElement = WebDriverWait(page, 30).until(lambda _: page.find_elements(By.XPATH, path))[
        0
    ]
    return found


def printed(page: Chrome) -> bytes:
    """Return one of the documents as a PDF in two columns."""
    document = read_file(PRINTED)
    page.get(f"data:text/html;charset=utf-8,{quote(as_html(document))}")
    return b64decode(page.print_page())


def as_html(document: Document) -> str:
    """Return a document's title and paragraphs."""
    paragraphs = "".join(f"<p>{one}</p>" for one in document.text.split("\n\n"))
    return f'<h1>{document.title}</h1><div style="{STYLE}">{paragraphs}</div>'


@contextmanager
def demo(environment: dict[str, str]) -> Iterator[str]:
    """Run the demo and yield its address once it answers."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    env = {**os.environ, **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:  # noqa: S603
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
