"""No name in logs or exceptions: what is screened is confidential, and messages end up in many hands.

Faults of list files quote the published record, so `sources/` is apart. Everything else is looked at twice: as source,
for statements that would quote what holds names, and as it runs, with a marker in the place of every name and fact.
"""

from __future__ import annotations

import ast
import datetime as dt
import json
import logging
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import screenkit
from screenkit import (
    Designation,
    Identifier,
    ListedName,
    PartialDate,
    Screener,
    ScreenkitError,
    Subject,
    compare,
    normalize,
)
from screenkit.audit.log import AuditLog
from screenkit.audit.replay import Replayer, records
from screenkit.decisions import Decisions
from screenkit.editions.diff import compare_editions
from screenkit.editions.store import Store

PACKAGE = Path(screenkit.__file__).parent
#: What holds a subject's or a listed name in this package: variables and attributes, by their names.
HOLDS_NAMES = frozenset(
    {
        *(
            "asked",
            "birth_date",
            "customer",
            "gender",
            "given",
            "identifier",
            "identifiers",
            "names",
            "queries",
            "query",
        ),
        *("evidence", "hit", "hits", "readings", "records", "result", "screening", "subject", "subjects", "suppressed"),
        *("aliases", "item", "items", "listed", "matched_name", "remarks", "text", "texts", "word", "words"),
    }
)
#: Functions that make something harmless of it.
HARMLESS = frozenset({"len", "type"})
#: Expressions that look as if they quoted one, and why they don't.
ALLOWED = {
    ("editions/store.py", "text"): "a time",
    ("editions/installing.py", "listed"): "lines about a list file, which quote the published record",
    ("search/files/block_file.py", "error!r"): "of the table of a file's blocks, which holds no record",
    ("editions/store_reader.py", "error!r"): "of an edition's manifest, which holds no record",
    ("decisions/reviewing.py", "_not_one(designation, source, [hit['source'] for hit in found])"): "ids of lists",
    ("editions/bundles/bundle.py", "text"): "of a bundle's manifest",
    ("frames/request.py", "hits!r"): "an option, by its name: rows or nested",
}
LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log", "warn"})


def spoken(tree: ast.AST) -> Iterator[ast.expr]:
    """What statements that raise, warn or log say: the arguments of the calls in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (*node.exc.args, *(keyword.value for keyword in node.exc.keywords))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGS:
            owner = ast.unparse(node.func.value)
            if owner == "warnings" or owner.endswith(("log", "logger")):
                yield from node.args


def quoted(said: ast.expr) -> Iterator[str]:
    """The expressions whose values stand in a message."""
    if isinstance(said, ast.JoinedStr):
        for part in said.values:
            if isinstance(part, ast.FormattedValue):
                yield ast.unparse(part.value) + ("!r" if part.conversion == ord("r") else "")
    elif isinstance(said, ast.BinOp):
        yield from (*quoted(said.left), *quoted(said.right))
    elif not isinstance(said, ast.Constant):
        yield ast.unparse(said)


def holds_names(expression: str) -> bool:
    tree = ast.parse(expression.removesuffix("!r"), mode="eval").body
    if isinstance(tree, ast.Call) and ast.unparse(tree.func) in HARMLESS:
        return False
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Call):
        return holds_names(ast.unparse(tree.value))
    parts = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    parts |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    is_quoted_error = expression in ("error!r", "error.args")
    return is_quoted_error or bool(parts & HOLDS_NAMES) or ("designation" in parts and "name" in parts)


def test_no_statement_that_raises_warns_or_logs_quotes_a_name() -> None:
    found, seen = [], 0
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE).as_posix()
        if relative.startswith("sources/"):
            continue
        for said in spoken(ast.parse(path.read_text(encoding="utf-8"))):
            seen += 1
            found += [(relative, part) for part in quoted(said) if holds_names(part)]
    assert seen > 100
    assert not [one for one in found if one not in ALLOWED]


@pytest.mark.parametrize(
    ("statement", "is_told"),
    [
        ('raise ValueError(f"{subject!r} is none")', True),
        ('raise ValueError("no " + f"{designation.name}")', True),
        ("raise ValueError(text)", True),
        ('_log.info("screened %s", hit.matched_name.text)', True),
        ("warnings.warn(query)", True),
        ('raise ValueError(f"{len(names)} names of {type(subject).__name__}")', False),
        ('raise ValueError(f"{designation.id} is none")', False),
    ],
)
def test_the_check_tells_what_quotes_a_name(statement: str, is_told: bool) -> None:
    assert any(holds_names(part) for said in spoken(ast.parse(statement)) for part in quoted(said)) is is_told


# As it runs.

MARKER = "Qzxmarker"
KEY = b"0123456789abcdef"
NAME = f"{MARKER} Ivanovich"
SCREENER = Screener([Designation(id="1", names=[ListedName(NAME), ListedName("Ivan Petrov")])])
RECORD: dict[str, Any] = json.loads(SCREENER.screen(Subject(NAME, customer=MARKER)).to_json())

Path_ = Callable[[Path], object]
ERRORS: dict[str, Path_] = {
    "no text": lambda _: Subject([NAME, 7]),  # type: ignore[list-item]  # the mistake under test
    "a blank name": lambda _: Subject([NAME, " "]),
    "a name too long": lambda _: SCREENER.screen(NAME * 1_000),
    "no Unicode": lambda _: SCREENER.screen(NAME + "\ud800"),
    "a birth date": lambda _: Subject(NAME, birth_date=MARKER),
    "a birth date of no calendar": lambda _: Subject(NAME, birth_date="1999-02-31"),
    "a birth date of a wrong type": lambda _: Subject(NAME, birth_date=[MARKER]),  # type: ignore[arg-type]  # as above
    "a date by itself": lambda _: PartialDate.parse(MARKER),
    "a kind": lambda _: Subject(NAME, kind=MARKER),  # type: ignore[arg-type]  # as above
    "a gender": lambda _: Subject(NAME, gender=MARKER),
    "a country": lambda _: Subject(NAME, countries=[MARKER]),
    "an identifier of no type": lambda _: Subject(NAME, identifiers=["rank: " + MARKER]),
    "an identifier of a wrong type": lambda _: Subject(NAME, identifiers=[{MARKER: 1}]),  # type: ignore[list-item]  # as above
    "an identifier's sort": lambda _: Identifier(type=MARKER, value=MARKER),
    "an identifier's value": lambda _: Identifier(value=[MARKER]),  # type: ignore[arg-type]  # as above
    "a customer key too long": lambda _: Subject(NAME, customer=MARKER * 1_000),
    "no subject": lambda _: SCREENER.screen({"name": NAME}),
    "no subject of many": lambda _: list(SCREENER.screen_many([NAME, {NAME}])),  # type: ignore[list-item]  # as above
    "a blank one of many, in processes": lambda _: list(SCREENER.screen_many([NAME, ""], workers=2)),
    "a threshold": lambda _: SCREENER.screen(NAME, threshold=0.1),
    "a limit": lambda _: SCREENER.screen(NAME, limit=0),
    "a time without a zone": lambda _: SCREENER.screen(NAME, at=dt.datetime(2025, 1, 1)),
    "a comparison": lambda _: compare(NAME, "\ud800" + MARKER),
    "a normalization": lambda _: normalize(MARKER + "\udfff"),
    "one string for names": lambda _: Designation(id="1", names=NAME),
    "names of a wrong type": lambda _: Designation(id="1", names=[NAME]),
    "a name of a wrong type": lambda _: ListedName({MARKER}),  # type: ignore[arg-type]  # as above
    "a name's strength": lambda _: ListedName(NAME, strength=MARKER),
    "a name that can't be searched": lambda _: Screener([Designation(id="1", names=[ListedName(MARKER + "\ud800")])]),
    "no designations": lambda _: Screener([NAME]),  # type: ignore[list-item]  # as above
    "a designation twice": lambda _: Screener([*SCREENER, *SCREENER]),
    "a designation on one side twice": lambda _: compare_editions([*SCREENER, *SCREENER], SCREENER),
    "a designation that can't be saved": lambda folder: Screener(
        [Designation(id="1", names=[ListedName("x")], remarks=[MARKER])]  # type: ignore[arg-type]  # as above
    ).save(folder / "saved"),
    "a stale or empty store": lambda folder: Screener.open(store=folder),
    "a key too short": lambda _: SCREENER.screen(NAME).to_dict(subject_key=b"short"),
    "a record that is no JSON": lambda folder: AuditLog(folder / "log").append({NAME: object()}),
    "a record that is none": lambda folder: replayer(folder).replay({"subject": NAME}),
    "a record of what is in no store": lambda folder: replayer(folder).replay(RECORD),
    "a record's subject": lambda folder: replayer(folder).replay({**RECORD, "subject": {"names": [NAME, 1]}}),
    "a record's lines": lambda _: list(records([f'{{"{MARKER}": 1}}', f"{MARKER}"])),
    "a record of another subject": lambda folder: replayer(folder).replay(
        SCREENER.screen(MARKER).to_dict(subject_key=KEY), subject=Subject(NAME), subject_key=KEY
    ),
    "decisions without a customer key": lambda folder: SCREENER.screen(NAME, decisions=decisions(folder)),
    "a decision about nobody": lambda folder: decisions(folder).decide(RECORD, "2", **decided()),
    "a decision on no record": lambda folder: decisions(folder).decide({"hits": [NAME]}, "1", **decided()),
    "a decision on a record without names": lambda folder: decisions(folder).decide(
        SCREENER.screen(Subject(NAME, customer=MARKER)).to_dict(subject_key=KEY), "1", **decided()
    ),
}


def replayer(folder: Path) -> Replayer:
    return Replayer(Store(folder / "store"))


def decisions(folder: Path) -> Decisions:
    return Decisions.open(folder / "decisions", create=True)


def decided() -> dict[str, Any]:
    return {"outcome": "cleared", "reviewer": "R", "reason": MARKER}


def told_of(error: BaseException) -> Iterator[str]:
    """All that an exception tells, and those that it came from, where a traceback shows them."""
    yield from (str(error), repr(error), *getattr(error, "__notes__", ()))
    yield "".join(traceback.format_exception_only(error))
    for cause in (error.__cause__, None if error.__suppress_context__ else error.__context__):
        if cause is not None:
            yield from told_of(cause)


@pytest.mark.parametrize("trouble", ERRORS.values(), ids=ERRORS)
def test_no_error_tells_the_name(trouble: Path_, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        warnings.catch_warnings(record=True) as warned,
        pytest.raises(ScreenkitError) as caught,
    ):
        trouble(tmp_path)
    told = [*told_of(caught.value), caplog.text, *(str(one.message) for one in warned)]
    assert not [text for text in told if MARKER.casefold() in text.casefold()]


def test_no_log_record_tells_the_name_of_a_screening(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        screenkit.screen(NAME)
        found = SCREENER.screen(Subject(NAME, customer=MARKER), decisions=decisions(tmp_path))
        assert found.hits
        AuditLog(tmp_path / "log").append(found.to_dict())
        list(SCREENER.screen_many([NAME] * 3, workers=2))
        SCREENER.save(tmp_path / "saved")
        Screener.load(tmp_path / "saved").screen(NAME)
    told = [caplog.text, *(str(one.message) for one in warned)]
    assert len(warned) >= 1
    assert not [text for text in told if MARKER.casefold() in text.casefold()]
