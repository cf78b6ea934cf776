"""A web site on loopback: pages, and what goes wrong with sites."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{text}</p></article></body></html>"""


@dataclass(frozen=True)
class Reply:
    """What the site answers: a whole body, or what writes one part of it after the other."""

    body: bytes | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def page(cls, title: str, text: str, **headers: str) -> Reply:
        """Return a page with an article."""
        body = PAGE.format(title=title, text=text).encode()
        return cls(body, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    @classmethod
    def redirect(cls, to: str) -> Reply:
        return cls(status=302, headers={"Location": to})


@dataclass(frozen=True)
class Request:
    """A request that the site got, and when."""

    path: str
    headers: Mapping[str, str]
    time: float


@dataclass
class WebSite:
    """Answers `replies` by path, 404 for any other; keeps the `requests`."""

    replies: dict[str, Reply] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests]


@contextmanager
def web_site() -> Iterator[WebSite]:
    """Run a site, and end it with all that it still sends."""
    site, ended = WebSite(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - as the library calls it
            site.requests.append(Request(self.path, dict(self.headers), monotonic()))
            reply = site.replies.get(self.path, Reply(status=404))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not callable(reply.body):
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            try:
                for part in reply.body() if callable(reply.body) else [reply.body]:
                    if ended.is_set():
                        return
                    self.wfile.write(part)
            except OSError:  # nobody reads on
                return

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_port
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield site
        finally:
            ended.set()
            server.shutdown()


def endless(part: bytes = b"x" * 65_536) -> Callable[[], Iterator[bytes]]:
    """Return a body without an end."""

    def body() -> Iterator[bytes]:
        while True:
            yield part

    return body


def hanging(seconds: float = 5.0) -> Callable[[], Iterator[bytes]]:
    """Return a body that does not come, for longer than anyone in a test waits."""

    def body() -> Iterator[bytes]:
        threading.Event().wait(seconds)
        yield b""

    return body
