"""Strangers cannot make the wiki ask a machine of its own network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from core import outside
from core.outside import Found, is_public, look_up


@pytest.mark.parametrize(
    ("machine", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        *((machine, False) for machine in ("127.0.0.1", "10.1.2.3", "192.168.0.1")),
        *((machine, False) for machine in ("169.254.169.254", "100.64.0.1", "0.1.2.3")),
        *((machine, False) for machine in ("::1", "fe80::1%eth0", "fd00::1", "::")),
        *((machine, False) for machine in ("224.0.0.1", "ff0e::1", "::ffff:10.0.0.1")),
        *((machine, False) for machine in ("64:ff9b::a00:1", "2002:a00:1::")),
    ],
)
def test_only_machines_of_the_whole_internet_are_asked(
    machine: str, public: bool
) -> None:
    assert is_public(machine) is public


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "https://[::1]/",
        "http://example.org:22/",
        "http://someone@example.org/",
        "ftp://example.org/",
        "http://[",
    ],
)
def test_what_may_not_be_asked_is_unknown(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("somebody is asked")

    monkeypatch.setattr("core.outside.socket.create_connection", connect)

    assert look_up(address) is Found.UNKNOWN


class Answers(BaseHTTPRequestHandler):
    """A web server of somebody else; the path says what it answers."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status = int(self.path[1:4])
        if status == 405 and self.command == "GET":
            status = 200
        self.send_response(status)
        if "?" in self.path:
            self.send_header("Location", self.path.partition("?")[2])
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Not on the screen."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a server on this machine was asked that counts as one of the internet."""
    handler: Any = type("Handler", (Answers,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setattr(outside, "_PORTS", {"http": server.server_port})
        monkeypatch.setattr(outside, "is_public", "127.0.0.1".__eq__)
        yield handler.asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("200", Found.THERE),
        ("404", Found.GONE),
        ("410", Found.GONE),
        ("403", Found.UNKNOWN),
        ("500", Found.UNKNOWN),
        ("405", Found.THERE),
        ("301?/404", Found.GONE),
        ("302?/302?/200", Found.THERE),
        ("302?/302", Found.UNKNOWN),
        ("302?http://127.0.0.2/200", Found.UNKNOWN),
        ("302?https://127.0.0.1:22/", Found.UNKNOWN),
    ],
)
def test_an_answer_says_whether_something_is_there(
    asked: list[str], path: str, found: Found
) -> None:
    assert look_up(f"http://127.0.0.1/{path}") is found

    assert asked[0] == f"HEAD /{path}"
    assert len(asked) <= outside.MOST_REDIRECTS + 1


def test_a_name_with_one_machine_of_our_own_is_not_asked(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machines = [(0, 0, 0, "", (machine, 80)) for machine in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr("core.outside.socket.getaddrinfo", lambda *_, **__: machines)

    assert look_up("http://example.org/200") is Found.UNKNOWN
    assert asked == []
