"""Hostile requests: refused with 4xx, or screened where they are odd names; never a fault, never a traceback."""

from __future__ import annotations

import io
import json
import os
import random
import socket
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from .server import Server, serving

#: How many made-up requests are sent; SCREENKIT_FULL=1 sends ten thousand.
COUNT = 10_000 if os.environ.get("SCREENKIT_FULL") else 300
JSON = {"Content-Type": "application/json"}

REFUSED: dict[str, bytes] = {
    "a name of 1 MB": b'{"name": "' + b"x" * 1_000_000 + b'"}',
    "a name of 900 KB": b'{"name": "' + b"x" * 900_000 + b'"}',
    "deep lists": b"[" * 100_000,
    "deep lists, closed": b'{"name": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "NaN": b'{"name": "x", "threshold": NaN}',
    "infinity": b'{"name": "x", "threshold": 1e999}',
    "a huge number": b'{"name": "x", "limit": ' + b"9" * 5_000 + b"}",
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a lone surrogate as a field": b'{"name": "x", "\\udfff": 1}',
    "half a pair": b'{"name": "\\ud83d\\u0041"}',
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "a NUL": b'{"name": "x", "customer": "a\\u0000b"}',
    "cut off": b'{"name": "x',
    "nothing": b"",
    "no object": b'"x"',
    "null": b"null",
    "a wrong type": b'{"name": {"$ne": null}}',
    "a list of names in lists": b'{"names": [["x"]]}',
    "a number for a name": b'{"name": 1}',
    "true for a limit": b'{"name": "x", "limit": true}',
    "a negative limit": b'{"name": "x", "limit": -1}',
    "only blanks": '{"name": "\u200b\u3000 "}'.encode(),
    "an odd date": b'{"name": "x", "birth_date": "99999-99-99"}',
    "a list for a country": b'{"name": "x", "countries": [["cn"]]}',
    "an object for an identifier": b'{"name": "x", "identifiers": [{"type": "__proto__", "value": "x"}]}',
    "too many names": b'{"names": [' + b'"x",' * 50 + b'"x"]}',
    "too many subjects": b'{"subjects": [' + b'{"name":"x"},' * 500 + b'{"name":"x"}]}',
}
ODD = [
    "\u202eevil\u202c",
    "a\u0301" * 300,
    "﷽" * 300,
    "\u200d" * 50 + "Li",
    "𒀱" * 200,
    "🏳️‍🌈" * 100,
    "' OR 1=1 --",
    "${jndi:ldap://x}",
]
PATHS = [
    *("/entities/../../etc/passwd", "/entities/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/entities/..%00", "/entities/%ff"),
    *(
        "/entities/house:~ffffffffffff~",
        "/entities/house:~d800~",
        "/entities/:",
        "/entities/" + "a" * 5_000,
        "//etc/passwd",
    ),
    *(
        "/books/../../etc/passwd",
        "/books/x/%2e%2e%2fkeys.json",
        "/style.css/../../app.py",
        "/templates/base.html",
        "/static/x",
    ),
]


@pytest.fixture(scope="module")
def hostile(house: Path) -> Iterator[Server]:
    """A server whose log is looked at in the end: nothing that was sent may have been a fault."""
    with serving(house) as running:
        yield running
        events = [line["event"] for line in running.log]
        assert "fault" not in events
        assert "Traceback" not in running.text


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_no_request_is_refused(hostile: Server, body: bytes) -> None:
    for path in ("/screen", "/match/default"):
        answer = hostile.post(path, data=body, headers=JSON)
        assert 400 <= answer.status_code < 500
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert len(answer.content) < 100_000


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_screened_or_refused(hostile: Server, name: str) -> None:
    for answer in (
        hostile.screen({"name": name}),
        hostile.post("/match/default", json={"queries": {name: {"schema": name, "properties": {"name": name}}}}),
        hostile.get("/v2/search", params={"name": name}),
        hostile.get("/search/default", params={"q": name}),
        hostile.post("/", data={"names": name, "customer": name}),
    ):
        assert answer.status_code in (200, 400, 422)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(hostile: Server, path: str) -> None:
    address = hostile.base.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), 10) as connection:
        # As it is: a client would tidy it up.
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.split(b" ")[1] in (b"404", b"400", b"422")
    assert b"root:" not in answer


SMUGGLED = [
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: +5",
    "Content-Length: -1",
    "Content-Length: 5, 5",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: xchunked",
    "Bad Header: x",
    f"X: {'y' * 200_000}",
]


@pytest.mark.parametrize("headers", SMUGGLED, ids=lambda headers: headers[:40])
def test_smuggled_headers_hide_no_second_request(hostile: Server, headers: str) -> None:
    address = hostile.base.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), 10) as connection:
        connection.settimeout(3)
        hidden = "GET /lists HTTP/1.1\r\nHost: localhost\r\n\r\n"
        request = f"POST /screen HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n0\r\n\r\n{hidden}"
        answer = b""
        try:
            connection.sendall(request.encode())
            while part := connection.recv(65_536):
                answer += part
        except (TimeoutError, ConnectionError):
            pass
    assert b"sha256" not in answer
    assert b" 200 " not in answer.split(b"\r\n")[0]


FIELDS = [
    *("name", "names", "kind", "birth_date", "countries", "gender", "identifiers", "customer", "threshold", "limit"),
    *("subjects", "queries", "schema", "properties", "params", "type", "value", "country"),
]


def made_up(chance: random.Random, depth: int = 0) -> Any:
    """A value such as nobody sends."""
    texts = [
        "",
        "x",
        "Zhukovsky",
        "\x00",
        "\u202e",
        "é" * 50,
        "1961",
        "cn",
        "IMO 9110236",
        "passport:1:xx",
        "9" * 300,
        *ODD,
    ]
    leaves = [None, True, -1, 0, 1, 2**63, 10**30, 0.5, 1e308, -0.0, *texts]
    if depth > 3 or chance.random() < 0.6:
        return chance.choice(leaves)
    if chance.random() < 0.5:
        return [made_up(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice([*FIELDS, *texts]): made_up(chance, depth + 1) for _ in range(chance.randrange(6))}


KINDS = ("json", "json", "json", "headers", "query", "path", "form")
MATCHING = ("/screen", "/match/default", "/match/house?limit=1")
SEARCHING = ("/search/default", "/v2/search", "/match/default", "/entities/house:H1/adjacent", "/lists")
PARAMETERS = ("q", "name", "limit", "offset", "schema", "topics", "minMatch", "birthDate", "filter", "threshold")
HEADERS = ("X-Request-ID", "Authorization", "X-API-Key", "Cookie", "Content-Type", "Origin", "Host")
TYPED = ("names", "kind", "birth_date", "threshold", "identifiers", "key", "designation", "outcome")
FIRST = ("entities", "books", "search", "match", "v2", "x")


def made_up_text(chance: random.Random) -> str:
    return chance.choice([*ODD, "", "x", "Zhukovsky", "9" * 300, "../../etc/passwd", "%00", "1e999"])


def made_up_body(chance: random.Random) -> bytes:
    asked = made_up(chance)
    if chance.random() < 0.5:
        asked = {"name": "x", "queries": {}, chance.choice(FIELDS): asked}
    body = json.dumps(asked).encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice([b"\xff", b"\\ud800", b"NaN", b"[" * 1_000, b"\x00"]) + body[at:]
    return body


def made_up_request(chance: random.Random) -> tuple[str, str, dict[str, Any]]:
    """A request such as nobody sends: its method, path, and what goes with it."""
    kind = chance.choice(KINDS)
    if kind == "json":
        return "POST", chance.choice(MATCHING), {"data": made_up_body(chance), "headers": JSON}
    if kind == "headers":
        value = made_up_text(chance).encode().strip()
        return "POST", "/screen", {"data": made_up_body(chance), "headers": {**JSON, chance.choice(HEADERS): value}}
    if kind == "path":
        pieces = [
            quote(made_up_text(chance), safe=chance.choice(["", "/", "/%."])) for _ in range(chance.randint(1, 3))
        ]
        return "GET", "/" + "/".join([chance.choice(FIRST), *pieces]), {}
    names = PARAMETERS if kind == "query" else TYPED
    stated = {chance.choice(names): made_up_text(chance) for _ in range(3)}
    if kind == "query":
        return "GET", chance.choice(SEARCHING), {"params": stated}
    return "POST", chance.choice(["/", "/decisions", "/session"]), {"data": stated}


def test_made_up_requests_never_fail(hostile: Server) -> None:
    chance = random.Random(17)
    codes = Counter[int]()
    with requests.Session() as session:
        session.trust_env = False
        for _ in range(COUNT):
            method, path, options = made_up_request(chance)
            answer = session.request(method, hostile.base + path, timeout=30, allow_redirects=False, **options)
            codes[answer.status_code] += 1
            assert answer.status_code < 500, (method, path, options)
            assert b"Traceback" not in answer.content
    print(dict(codes))
    assert set(codes) <= {200, 303, 400, 401, 403, 404, 405, 421, 422}


def archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook_of(rows: str) -> bytes:
    """The least that is a workbook, with these rows as they are."""
    relation = (
        '<Relationships xmlns="{0}/relationships"><Relationship Id="r1" Type="{1}/{2}" Target="{3}"/></Relationships>'
    )
    return archive(
        {
            "_rels/.rels": relation.format(_PACKAGE, _OFFICE, "officeDocument", "xl/workbook.xml").encode(),
            "xl/_rels/workbook.xml.rels": relation.format(_PACKAGE, _OFFICE, "worksheet", "worksheets/a.xml").encode(),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/worksheets/a.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
        }
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


#: Two cells at opposite corners: a table of all that is between them would take half a terabyte.
FAR_APART = workbook_of(f'<row r="1">{cell("A1", "name")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>')


def unpacked(stated: int) -> bytes:
    """An archive of 60 MB of blanks that states another size."""
    packed = archive({"xl/workbook.xml": b" " * 60_000_000})
    return packed.replace((60_000_000).to_bytes(4, "little"), stated.to_bytes(4, "little"))


BOMBS: dict[str, Callable[[], bytes]] = {
    "far.xlsx": lambda: FAR_APART,
    "unpacked.xlsx": lambda: unpacked(4_000_000_000),
    "unpacked.ods": lambda: unpacked(4_000_000_000),
    "lying.xlsx": lambda: unpacked(1),
    "cut.xlsx": lambda: FAR_APART[:-40],
    "bomb.xlsx": lambda: b"PK\x03\x04" + b"\0" * 100_000,
    "deep.jsonl": lambda: b"[" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_no_book(hostile: Server, name: str) -> None:
    answer = hostile.post("/books", files={"book": (name, BOMBS[name]())})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert hostile.get("/healthz").status_code == 200


def test_an_odd_book_is_screened_or_refused(hostile: Server) -> None:
    for name, content in (
        ("long.csv", b"name\n" + b"x" * 5_000_000),
        ("wide.csv", b"name," + b"a," * 500_000 + b"\n"),
        ("quotes.csv", b'name\n"' + b'"' * 1_000_001),
    ):
        assert hostile.post("/books", files={"book": (name, content)}).status_code in (200, 422)
    assert hostile.post("/books", files={"book": ("big.csv", b"x" * 10_100_000)}).status_code == 413
    many = {f"field{at}": "x" for at in range(200)}
    assert hostile.post("/", data=many).status_code in (400, 422)
