"""Answers in, a real HTTP or HTTPS server on loopback out, and a real forward proxy; what they were asked is kept."""

from __future__ import annotations

import gzip
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import attrs


@attrs.define
class Asked:
    """One request as it came."""

    line: str
    headers: Mapping[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed or gives up is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """Looks the path up among the answers."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(Asked(self.requestline, dict(self.headers.items())))
        answer = self.site.answers.get(urlsplit(self.path).path)
        if answer is None:
            self.reply(404)
        else:
            answer(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; names of headers have underscores for hyphens."""
        self.start(status, {"Content-Length": str(len(body)), **named(headers)})
        if status != 304:
            self.wfile.write(body)

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


Answer = Callable[[Handler], None]


def named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


class Site:
    """A server and its answers by path."""

    def __init__(self, host: str, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self._server = _Server((host, 0), type("SiteHandler", (Handler,), {"site": self}))
        if context is not None:
            # The handshake belongs to the connection's thread: a client that stalls in it must not stop the others.
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.scheme = "http" if context is None else "https"
        self.host, self.port = host, self._server.server_port

    def url(self, path: str, *, user: str = "", host: str = "") -> str:
        return f"{self.scheme}://{user and user + '@'}{host or self.host}:{self.port}{path}"

    def __enter__(self) -> Site:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def file(body: bytes, *, etag: str = "", last_modified: str = "", piece: int = 0, pause: float = 0) -> Answer:
    """A file as a good server offers it: conditional, in ranges, and gzip'd only by `gzipped`."""

    def answer(handler: Handler) -> None:
        validators = {name: value for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if value}
        asked = handler.headers
        known = asked.get("If-None-Match")
        unchanged = known == etag if known else bool(last_modified) and asked.get("If-Modified-Since") == last_modified
        if unchanged and (etag or last_modified):
            handler.start(304, validators)
            return
        start = 0
        if asked.get("Range") and asked.get("If-Range") in (etag or None, last_modified or None):
            start = int(asked["Range"].removeprefix("bytes=").removesuffix("-"))
        if start >= len(body) > 0 and start:
            handler.reply(416, Content_Range=f"bytes */{len(body)}")
            return
        status, extent = (206, {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}) if start else (200, {})
        handler.start(status, {**validators, **extent, "Content-Length": str(len(body) - start)})
        step = piece or len(body) or 1
        for at in range(start, len(body), step):
            handler.wfile.write(body[at : at + step])
            time.sleep(pause)

    return answer


def gzipped(body: bytes, *, etag: str = "") -> Answer:
    """A file that is sent gzip'd."""
    packed = gzip.compress(body, mtime=0)
    return lambda handler: handler.reply(200, packed, Content_Encoding="gzip", **({"ETag": etag} if etag else {}))


def failing(status: int, body: bytes = b"", **headers: str) -> Answer:
    return lambda handler: handler.reply(status, body, **headers)


def moved(to: str, status: int = 301) -> Answer:
    return lambda handler: handler.reply(status, b"moved", Location=to)


def cut(body: bytes, after: int, *, length: int | None = None, **headers: str) -> Answer:
    """A body that ends, with the connection, after so many bytes of what was announced."""

    def answer(handler: Handler) -> None:
        handler.start(200, {"Content-Length": str(len(body) if length is None else length), **named(headers)})
        handler.wfile.write(body[:after])
        handler.hang_up()

    return answer


def cut_chunked(body: bytes, after: int) -> Answer:
    """A chunked body without its last chunk."""

    def answer(handler: Handler) -> None:
        handler.start(200, {"Transfer-Encoding": "chunked"})
        handler.wfile.write(b"%x\r\n%s\r\n" % (after, body[:after]))
        handler.hang_up()

    return answer


def silent(seconds: float, body: bytes = b"", after: int = 0) -> Answer:
    """Nothing for a while: before the answer, or after so many bytes of its body."""

    def answer(handler: Handler) -> None:
        if body:
            handler.start(200, {"Content-Length": str(len(body))})
            handler.wfile.write(body[:after])
            handler.wfile.flush()
        time.sleep(seconds)
        handler.hang_up()

    return answer


def in_turn(*answers: Answer) -> Answer:
    """One answer for each request; the last for all further ones."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


class _ProxyHandler(BaseHTTPRequestHandler):
    """A forward proxy: whole addresses are asked for, CONNECT is tunneled."""

    protocol_version = "HTTP/1.1"
    seen: list[str]
    routes: Mapping[str, str]

    def do_CONNECT(self) -> None:
        self.seen.append(f"CONNECT {self.path}")
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as there:
            self.send_response(200, "Connection established")
            self.end_headers()
            ends = {self.connection: there, there: self.connection}
            while True:
                ready, _, _ = select.select(list(ends), [], [], 10)
                for end in ready:
                    data = end.recv(65_536)
                    if not data:
                        self.close_connection = True
                        return
                    ends[end].sendall(data)
                if not ready:
                    return

    def do_GET(self) -> None:
        self.seen.append(f"GET {self.path}")
        there = urlsplit(self.path)
        connection = HTTPConnection(self.routes.get(there.netloc, there.netloc), timeout=10)
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        connection.request("GET", there.path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length", "server", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@contextmanager
def proxy(**routes: str) -> Iterator[tuple[str, list[str]]]:
    """Run a proxy: its address, and what it was asked. `routes` are names of hosts that it alone knows."""
    seen: list[str] = []
    server = _Server(("127.0.0.1", 0), type("SeeingProxy", (_ProxyHandler,), {"seen": seen, "routes": routes}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
