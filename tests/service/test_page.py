"""The page without a browser: what it says, who may use it, and what it never does."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from http.cookiejar import Cookie
from pathlib import Path

import openpyxl
import pytest
import requests
from openpyxl.worksheet.worksheet import Worksheet

from screenkit import Decisions, EvidenceKind
from screenkit.model import Evidence
from screenkit.service.guarding.keys import KeyFile, Scope
from screenkit.service.page.marking import sides

from .server import Server, serving

ONE = {"names": "Arkadi Zhukovski", "birth_date": "1961", "countries": "ru", "customer": "C1"}


def test_a_hit_shows_its_program_and_legal_basis_first(server: Server) -> None:
    text = server.post("/", data=ONE).text
    places = [text.index(part) for part in ("EXIT", "Terminated customers", "Board order 7", 'class="entry"', "Points")]
    assert places == sorted(places)
    assert "agrees" in text
    assert re.search(r'<span class="verdict unknown">unknown</span>', text)
    assert "Lists searched" in text


def test_each_line_is_a_name(server: Server) -> None:
    text = server.post(
        "/", data={"names": "아르카디 주콥스키\r\n\r\nMaria Gonzalez Ortega\r\nشركة جوكوفسكي للشحن"}
    ).text
    assert text.count('<section class="subject">') == 3
    assert text.count("no hit</span>") == 1


def test_the_page_runs_no_script_and_loads_nothing_from_elsewhere(server: Server) -> None:
    answer = server.post("/", data=ONE)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert not re.search(r'(?:src|href|action)="(?!/(?!/)|#)', answer.text)


class _Wellformed(HTMLParser):
    """Fails for a tag that is closed where another is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script> Zhukovsky", '"><img src=x onerror=alert(1)>', "{{7*7}}", "&lt;b"]
)
def test_what_is_typed_is_shown_and_never_run(server: Server, name: str) -> None:
    text = server.post("/", data={"names": name, "customer": name}).text
    assert "<script" not in text
    assert "<img" not in text
    _Wellformed().feed(text)


def test_marks_of_direction_are_shown(server: Server) -> None:
    assert "[U+202E]" in server.post("/", data={"names": "\u202eyksvokuhZ"}).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"names": ""}, "Type a name"),
        ({"names": "x\n" * 51}, "at most 50"),
        ({"names": "a\nb", "customer": "C"}, "about one name"),
        ({"names": "x", "birth_date": "soon"}, "birth_date must be"),
        ({"names": "x", "threshold": "much"}, "a number such as"),
        ({"names": "x", "threshold": "nan"}, "threshold must be"),
        ({"names": "x" * 5_000}, "too long"),
    ],
)
def test_what_cannot_be_screened_is_said_on_the_page(server: Server, fields: dict[str, str], said: str) -> None:
    answer = server.post("/", data=fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text


def test_a_form_of_another_site_is_refused(server: Server) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert server.post("/", data=ONE, headers=headers).status_code == 403
    assert server.post("/", data=ONE, headers={"Origin": server.base}).status_code == 200


def test_a_hit_is_cleared_and_confirmed_with_a_reason(house: Path, tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path / "decisions", create=True)
    with serving(house, "--decisions", str(decisions.path)) as server:
        assert "Clear: another party" in server.post("/", data=ONE).text
        assert "Clear:" not in server.post("/", data={"names": "Arkadi Zhukovski"}).text
        entry = {"designation": "H1", "source": "house", "reviewer": "Ann", "outcome": "cleared"}
        refused = server.post("/decisions", data={**ONE, **entry, "reason": ""})
        assert "reason must be stated" in refused.text
        cleared = server.post("/decisions", data={**ONE, **entry, "reason": "another man"}).text
        assert "Cleared: house H1." in cleared
        assert "1 suppressed" in cleared
        confirmed = server.post("/decisions", data={**ONE, **entry, "outcome": "confirmed", "reason": "it is him"}).text
        assert "1 hit" in confirmed
        unknown = server.post("/decisions", data={**ONE, **entry, "designation": "H9", "reason": "x"})
        assert unknown.status_code == 422
    found = [one.decision for one in decisions.history(customer="C1")]
    assert [(one.outcome, one.reviewer, one.reason) for one in found] == [
        ("cleared", "Ann", "another man"),
        ("confirmed", "Ann", "it is him"),
    ]


def links_of(page: str) -> dict[str, str]:
    return {link.rpartition("/")[2]: link for link in re.findall(r'href="(/books/[^"]+)"', page)}


def workbook(rows: Sequence[Sequence[object]], sheets: int = 1) -> bytes:
    made = openpyxl.Workbook()
    for number in range(sheets):
        sheet = made.active if number == 0 else made.create_sheet(f"More {number}")
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_book_is_screened_and_its_result_is_downloaded(server: Server) -> None:
    book = "id,name,birth date\n1,Arkadi Zhukovski,1961\n2,Maria Gonzalez,\n3,,\n"
    answer = server.post("/books", files={"book": ("kunden.csv", book)})
    assert answer.status_code == 200
    assert answer.url.startswith(f"{server.base}/books/")
    assert "<progress " in answer.text
    links = links_of(answer.text)
    assert list(links) == ["hits.csv", "hits.xlsx", "rejected.csv", "unread.csv", "summary.json"]
    hits, rejected = server.get(links["hits.csv"]), server.get(links["rejected.csv"])
    assert hits.headers["Content-Disposition"] == 'attachment; filename="hits.csv"'
    assert "H1" in hits.text
    assert "Gonzalez" not in hits.text
    assert rejected.text.count("\n") == 2
    assert server.get(links["summary.json"]).json()["rows"] == 3
    sheets = openpyxl.load_workbook(io.BytesIO(server.get(links["hits.xlsx"]).content))
    assert sheets.sheetnames == ["Hits", "Not screened", "Unread facts", "Summary"]
    assert "H1" in [cell.value for cell in sheets["Hits"][2]]
    for other in ("../../etc/passwd", "book.csv", "%2e%2e%2fhits.csv", "..%2fabout.json", "about.json"):
        assert server.get(links["hits.csv"].replace("hits.csv", other)).status_code == 404
    assert server.get(answer.url.removeprefix(server.base)).text.count("Screened.") == 1, "it is found again"


def test_an_excel_book_is_screened_too(server: Server) -> None:
    rows = [
        ("Customers of 2026",),
        ("No", "Name", "Birth date"),
        (1, "Аркадий Жуковский", "1961"),
        (2, "M. Gonzalez", ""),
    ]
    answer = server.post("/books", files={"book": ("Kunden.XLSX", workbook(rows))})
    assert "H1" in server.get(links_of(answer.text)["hits.csv"]).text
    several = {"book": ("kunden.xlsx", workbook(rows, sheets=2))}
    refused = server.post("/books", files=several)
    assert refused.status_code == 422
    assert "several sheets have rows" in refused.text
    chosen = server.post("/books", files=several, data={"sheet": "More 1"})
    assert "H1" in server.get(links_of(chosen.text)["hits.csv"]).text


def test_what_is_no_book_is_refused(server: Server) -> None:
    for name, content in (
        ("book.exe", b"MZ"),
        ("book.xlsx", b"PK\x03\x04"),
        ("book.xls", b"\xd0\xcf\x11\xe0"),
        ("book.csv", b""),
        ("../x.csv", b"a\n1\n"),
    ):
        answer = server.post("/books", files={"book": (name, content)})
        assert answer.status_code == 422
        assert "/tmp" not in answer.text, "what is said names no folder of the machine"
    assert server.post("/books", data={"book": "no file"}).status_code == 422


def test_signing_in_with_a_key(house: Path, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    key = keys.add("ann", [Scope.SCREEN, Scope.REVIEW])
    other = keys.add("metrics", [Scope.METRICS])
    decisions = Decisions.open(tmp_path / "decisions", create=True)
    with serving(house, "--keys", str(keys.path), "--decisions", str(decisions.path)) as server:
        browser = requests.Session()
        browser.trust_env = False
        refused = browser.get(server.base)
        assert refused.status_code == 401
        assert "Sign in" in refused.text
        assert "No key in force" in browser.post(f"{server.base}/session", data={"key": "wrong"}).text
        assert "Screening" in browser.post(f"{server.base}/session", data={"key": key}).text
        (cookie,) = list[Cookie](browser.cookies)  # type: ignore[arg-type]  # typeshed takes the jar for a mapping
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert str(cookie.get_nonstandard_attr("SameSite")).lower() == "strict"
        assert key not in str(cookie.value)
        entry = {"designation": "H1", "source": "house", "reviewer": "somebody", "outcome": "cleared", "reason": "no"}
        browser.post(f"{server.base}/decisions", data={**ONE, **entry})
        book = browser.post(f"{server.base}/books", files={"book": ("b.csv", "name\nArkadi Zhukovski\n")}).text
        link = links_of(book)["hits.csv"]
        assert browser.get(server.base + link).status_code == 200
        assert server.get(link).status_code == 401
        assert server.get(link.rpartition("/")[0]).status_code == 401
        forged = str(cookie.value)[:-2] + "xx"
        assert server.get("/", cookies={cookie.name: forged}).status_code == 401
        assert server.post("/", data=ONE, cookies={cookie.name: str(cookie.value)}).status_code == 200
        stranger = requests.Session()
        stranger.trust_env = False
        assert stranger.post(f"{server.base}/session", data={"key": other}).status_code == 403
        assert stranger.get(server.base + link).status_code == 403
        second = requests.Session()
        second.trust_env = False
        second.post(f"{server.base}/session", data={"key": keys.add("ben", [Scope.SCREEN])})
        assert second.get(server.base + link).status_code == 404, "it is another's"
        assert second.get(server.base + link.rpartition("/")[0]).status_code == 404
        keys.revoke("ann")
        assert browser.get(server.base).status_code == 401
    (decided,) = decisions.history()
    assert decided.decision.reviewer == "ann", "the key says who decides, not the form"


def test_matching_parts_are_found_again() -> None:
    said = [
        Evidence(kind=EvidenceKind.WORD, points=1, query="Li", listed="LI"),
        Evidence(kind=EvidenceKind.SIMILAR_WORD, points=1, query="Alin", listed="ALINE"),
        Evidence(kind=EvidenceKind.UNMATCHED_WORD, points=0, query="von"),
    ]
    ours, listed = sides("Alin von Li", "LI, ALINE", said)
    assert [(piece.text, piece.says) for piece in ours] == [("Alin", "alike"), (" von ", ""), ("Li", "equal")]
    assert [(piece.text, piece.says) for piece in listed] == [("LI", "equal"), (", ", ""), ("ALINE", "alike")]
