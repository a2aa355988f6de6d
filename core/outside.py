"""Asking a web server of somebody else whether an address leads anywhere.

The address comes from a stranger, so no machine of our own network is ever asked: every
name is looked up here, and the connection goes to the very address that was looked at.
Redirects are followed by hand, each of them looked at in the same way.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from enum import Enum, auto
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit

PATIENCE_S = 5.0
MOST_REDIRECTS = 3
WHO_ASKS = "Mozilla/5.0 (compatible; ThrillWiki link check)"
_PORTS = {"http": 80, "https": 443}
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# Servers that do not answer a question for the head alone.
_ASK_WHOLE = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED})
# Names that the whole internet knows nothing of.
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)})


class Found(Enum):
    """What is known of an address."""

    THERE = auto()
    GONE = auto()
    UNKNOWN = auto()  # it could not be asked, or did not say


class NotForUs(Exception):
    """The address leads into a network that is nobody's business."""


def look_up(address: str) -> Found:
    """Whether something is at an address. Never raises, and waits some seconds."""
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, further = _asked(address)
            if status in _GONE:
                return Found.GONE
            if not 300 <= status < 400:
                return Found.THERE if status < 300 else Found.UNKNOWN
            address = urljoin(address, further)
    except socket.gaierror as problem:
        return Found.GONE if problem.errno in _NO_SUCH_NAME else Found.UNKNOWN
    except (NotForUs, OSError, http.client.HTTPException, ValueError):
        return Found.UNKNOWN
    return Found.UNKNOWN


def is_public(machine: str) -> bool:
    """Whether anybody may ask this machine, given by its number."""
    number = ip_address(machine.partition("%")[0])
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or _translated(number)
        if inner is not None:
            return is_public(str(inner))
        if number.teredo is not None:
            return False
    return number.is_global and not number.is_multicast


def _translated(number: IPv6Address) -> object:
    """The IPv4 machine behind 64:ff9b::/96, through which networks reach the old."""
    is_behind = int(number) >> 32 == int(IPv6Address("64:ff9b::")) >> 32
    return ip_address(int(number) & 0xFFFFFFFF) if is_behind else None


def _asked(address: str) -> tuple[int, str]:
    """The status, and where a redirect leads."""
    answer = _request("HEAD", address)
    return _request("GET", address) if answer[0] in _ASK_WHOLE else answer


def _request(method: str, address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    host, port = parts.hostname, _PORTS.get(parts.scheme)
    # Services of other kinds stand behind other ports.
    is_usual = port is not None and parts.port in (None, port)
    if host is None or not is_usual or "@" in parts.netloc:
        raise NotForUs(address)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    connection = _CONNECTIONS[parts.scheme](host, port, timeout=PATIENCE_S)
    try:
        headers = {"User-Agent": WHO_ASKS, "Accept": "*/*"}
        connection.request(method, _in_ascii(target), headers=headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def _in_ascii(target: str) -> str:
    return "".join(
        letter if letter.isascii() else "".join(f"%{b:02X}" for b in letter.encode())
        for letter in target
    )


def _open(host: str, port: int) -> socket.socket:
    """A connection to one of the public machines of that name."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    machines = [str(where[0]) for *_, where in known]
    # One of them may be public to let the others pass.
    if not machines or not all(map(is_public, machines)):
        raise NotForUs(host)
    return socket.create_connection((machines[0], port), PATIENCE_S)


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = _open(self.host, self.port)


class _Safe(http.client.HTTPSConnection):
    def connect(self) -> None:
        context = ssl.create_default_context()
        plain = _open(self.host, self.port)
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


_CONNECTIONS: dict[str, Callable[..., http.client.HTTPConnection]] = {
    "http": _Plain,
    "https": _Safe,
}
