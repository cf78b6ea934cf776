"""HTTP as it arrives at the demo's server: forms and JSON, tokens, and who is turned away."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot.demo.server import LARGEST_REQUEST, DemoServer
from tests.helpers.demo_client import PRIVATE, BotClient, PersonClient

NOT_FOUND = {"ok": False, "error_code": 404, "description": "Not Found"}
UNAUTHORIZED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer.running() as server:
        yield server


@pytest.fixture
def http(server: DemoServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as client:
        yield client


def test_parameters_come_in_every_form(server: DemoServer, http: httpx.Client) -> None:
    address = f"/bot{server.token}/sendMessage"
    given = {"chat_id": str(PRIVATE), "text": "<b>xin chào</b>", "parse_mode": "HTML"}
    answers = [
        http.get(address, params=given),
        http.post(address, data=given),
        http.post(address, json=given),
        http.post(address, data=given, files={"x": b"", "y": b""}),
        http.post(address, params={"chat_id": PRIVATE}, json={"text": "xin chào", "x": None}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["xin chào"] * 5
    assert answers[0].headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_case_of_a_method_does_not_matter(server: DemoServer, http: httpx.Client) -> None:
    assert http.get(f"/bot{server.token}/GETME").json()["result"]["username"] == "trichdan_bot"


def test_another_token_is_refused(server: DemoServer, http: httpx.Client) -> None:
    answer = http.post("/bot7000000001:wrong/getMe")
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


def test_an_unknown_method_is_not_found(server: DemoServer, http: httpx.Client) -> None:
    for name in ("getNothing", "_check", "__init__", "answer"):
        answer = http.post(f"/bot{server.token}/{name}")
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    assert http.post("/demo/getMe", json={}).json() == NOT_FOUND


def test_wrong_json_is_refused(server: DemoServer, http: httpx.Client) -> None:
    address, headers = f"/bot{server.token}/getMe", {"Content-Type": "application/json"}
    for body, reason in (
        ("{", "can't parse the body as JSON"),
        ("[]", "the body must be a JSON object"),
    ):
        answer = http.post(address, content=body, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["description"] == f"Bad Request: {reason}"


def test_other_hosts_and_origins_are_turned_away(server: DemoServer, http: httpx.Client) -> None:
    paths = ["/", "/demo/getRooms", f"/bot{server.token}/getMe"]
    for headers in (
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        for path in paths:
            assert http.post(path, json={}, headers=headers).status_code in (403, 405)
            assert http.get(path, headers=headers).status_code in (403, 405)
    own = {"Host": server.url.removeprefix("http://"), "Origin": server.url}
    assert http.post("/demo/getRooms", json={}, headers=own).status_code == 200


def test_a_person_speaks_json_alone(http: httpx.Client) -> None:
    given = {"chat_id": "1001", "user_id": "1001", "text": "x", "language_code": "vi"}
    assert http.post("/demo/postMessage", data=given).status_code == 415
    assert http.get("/demo/postMessage", params=given).status_code == 405


def test_the_page_runs_nothing_but_its_own_files(http: httpx.Client) -> None:
    page = http.get("/")
    assert page.headers["Content-Type"] == "text/html"
    assert page.headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert '<script type="module" src="chat.js"></script>' in page.text
    assert http.get("/chat.js").headers["Content-Type"] == "text/javascript"
    assert http.get("/../server.py").status_code == 404
    assert http.get("/%2e%2e/server.py").status_code in (403, 404)


def test_a_request_too_large_is_cut_off(server: DemoServer, http: httpx.Client) -> None:
    with pytest.raises(httpx.HTTPError):
        too_much = b"x" * (LARGEST_REQUEST + 1)
        http.post(f"/bot{server.token}/getMe", content=too_much).raise_for_status()


def test_a_fault_of_the_server_is_told_without_the_token(
    server: DemoServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.demo.api.messages.marked_up_content", broken)
    bot = BotClient(server.url, server.token)
    assert bot.refusal("sendMessage", chat_id=PRIVATE, text="x") == (500, "Internal Server Error")
    assert "RuntimeError: broken" in caplog.text
    assert server.token not in caplog.text


def test_nothing_of_a_good_call_is_logged(
    server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "tornado")
    PersonClient(server.url).say("một bí mật")
    BotClient(server.url, server.token).call("getMe")
    assert [record for record in caplog.records if record.name.startswith(("bot", "tornado"))] == []
