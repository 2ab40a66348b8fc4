"""A calibration in, one HTML page out that a model-validation team can file: it rests on nothing outside it.

Every text from a file is escaped in one place, `_text`. A policy in the page's head forbids scripts and anything from
elsewhere besides.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from screenkit.model.record import instant

from .calibration import Calibration, Near
from .curve import CurvePoint
from .drawing import svg
from .policies import differences
from .samples import SampleFile
from .sentences import choice, limits, score

_STYLE = """
body { font: 16px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #222; background: #fff; max-width: 70rem;
  margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; border: 1px solid #999; padding: .2rem .6rem; overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.line { background: #fbe9e7; font-weight: bold; }
svg { max-width: 100%; height: auto; }
@media print { body { max-width: none; } tr { break-inside: avoid; } }
""".strip()
_HEADS = ("threshold", "matches hit", "recall", "names that alert", "alerts per 10,000", "non-matches that alert")
_CONTROLS = frozenset({"Cc", "Cs"})
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_SIDES = {True: "that alert, the nearest to the line first", False: "that do not alert, the nearest to the line first"}


def page(made: Calibration) -> str:
    """The page. It is the same for the same calibration, to the byte."""
    title = f"Calibration of a screening policy, {instant(made.time)}"
    parts = (
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_text(title)}</h1>",
        *_section("Threshold", _threshold(made)),
        *_section("Curve", (svg(made), *_curve(made))),
        *_section("Rows nearest to the threshold", _nearest(made)),
        *_section("Data", _data(made)),
        *_section("Policy", _policy(made)),
        *_section("Versions", _versions(made)),
        *_section("Limits", ("<ul>", *(f"<li>{_text(sentence)}</li>" for sentence in limits(made)), "</ul>")),
        "</main>",
        "</body>",
        "</html>",
    )
    return "\n".join(parts) + "\n"


def _text(value: object) -> str:
    """Any text, made harmless. Characters that would steer the page or turn the line around show as their numbers."""
    shown = "".join(f"[U+{ord(one):04X}]" if _steers(one) else one for one in str(value))
    return escape(shown, quote=True)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in _CONTROLS or unicodedata.bidirectional(character) in _TURNS


def _section(heading: str, parts: Iterable[str]) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{_text(heading)}</h2>"
    yield from parts
    yield "</section>"


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, marked: object = None
) -> Iterator[str]:
    """A table whose first column heads its rows; numbers stand at the right, the row of the head `marked` is marked."""
    yield f"<table>\n<caption>{_text(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{_text(head)}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>"
    for first, *cells in rows:
        opening = '<tr class="line">' if marked is not None and first == marked else "<tr>"
        yield f'{opening}<th scope="row">{_text(first)}</th>' + "".join(map(_cell, cells)) + "</tr>"
    yield "</tbody>\n</table>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f'<td class="number">{value:,}</td>'
    # Names are in every script; each keeps its direction to itself.
    return f"<td><bdi>{_text(value)}</bdi></td>"


def _threshold(made: Calibration) -> Iterator[str]:
    yield f"<p><strong>{score(made.choice.threshold)}</strong>. {_text(choice(made))}</p>"


def _row(head: object, point: CurvePoint) -> tuple[object, ...]:
    wrong = f"{point.wrong.count:,} of {point.wrong.of:,}" if point.wrong.of else "none labelled"
    return (
        head,
        f"{point.recall.count:,} of {point.recall.of:,}",
        point.recall.percent() if point.recall.of else "none",
        f"{point.alerts.count:,} of {point.alerts.of:,}",
        point.alerts.per_10_000() if point.alerts.of else "none",
        wrong,
    )


def _curve(made: Calibration) -> Iterator[str]:
    line = score(made.choice.threshold)
    rows = (_row(score(point.threshold), point) for point in made.points)
    yield from _table("What each threshold finds and costs, with 95 % intervals", _HEADS, rows, marked=line)
    scripts = (_row(script, point) for script, point in made.scripts)
    yield from _table(f"By script of the customer's name, at {line}", ("script", *_HEADS[1:]), scripts)


def _nearest(made: Calibration) -> Iterator[str]:
    yield "<p>What a little more or less would change. Rows quote customers: file the page as you file these.</p>"
    for near in made.nearest:
        yield from _table(_near_caption(near), _NEAR_HEADS, _near_rows(near))


_NEAR_HEADS = ("line of the file", "score", "customer", "listed name", "designation", "why")


def _near_caption(near: Near) -> str:
    plural = {"match": "Matches", "non-match": "Non-matches", "ordinary name": "Ordinary names"}[near.sort]
    return f"{plural} {_SIDES[near.alerts]}"


def _near_rows(near: Near) -> Iterator[tuple[object, ...]]:
    for row in near.rows:
        yield row.line, score(row.points), row.name, row.listed_name, row.designation, row.explanation


def _data(made: Calibration) -> Iterator[str]:
    files = (_file("labelled matches", made.matches), _file("ordinary names", made.ordinary))
    heads = ("file", "name", "SHA-256", "rows", "repeats, not counted again", "columns left aside")
    yield from _table("Files of names", heads, files)
    pairs = (
        ("matches", made.line.recall.of),
        ("non-matches", made.line.wrong.of),
        ("labelled rows by a designation's id", made.looked_up),
        ("labelled rows by a listed name", made.labelled - made.looked_up),
        ("ordinary names", made.line.alerts.of),
    )
    yield from _table("What was counted", ("rows", "count"), pairs)
    editions = (
        (
            edition.source,
            edition.title,
            (edition.published or "not stated")[:10],
            edition.retrieved or "not stated",
            edition.records,
            edition.sha256 or "no file",
        )
        for edition in made.editions
    )
    heads = ("source", "list", "published", "retrieved", "designations", "SHA-256")
    yield from _table("Editions searched", heads, editions)


def _file(what: str, file: SampleFile) -> tuple[object, ...]:
    return what, file.name, file.sha256, file.rows, file.repeats, ", ".join(file.unused) or "none"


def _policy(made: Calibration) -> Iterator[str]:
    policy = made.policy
    yield (
        f"<p>Fingerprint <code>{_text(policy.fingerprint)}</code>, own threshold {score(policy.threshold_points())},"
        f" floor {score(made.curve.floor)}.</p>"
    )
    found = differences(policy)
    if found:
        rows = ((field, json.dumps(default), json.dumps(value)) for field, default, value in found)
        yield from _table("Fields that differ from the default", ("field", "default", "here"), rows)
    else:
        yield "<p>It is the default policy: no field differs.</p>"


def _versions(made: Calibration) -> Iterator[str]:
    rows = (("screenkit", made.version), *made.components, *((f"rules of {name}", text) for name, text in made.tables))
    yield from _table("What the results rest on", ("component", "version or digest"), rows)
