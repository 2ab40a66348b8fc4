"""The result of a calibration as one HTML page that a model-validation team can file; it needs nothing from outside.

Every text from a file is escaped in one place, `_text`. A policy in the page's head also forbids scripts and anything
from elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from screenkit.model.visible import in_html, quoted_parts
from screenkit.results.record import instant

from .calibration import Calibration, Near
from .curve import CurvePoint
from .drawing import svg
from .policies import differences
from .samples import SampleFile
from .sentences import choice, limits, score

#: Words are never broken, but for digests. A table that is wider than the page scrolls by itself.
_STYLE = """
:root { color-scheme: light dark; --ink: #222; --page: #fff; --line: #999; --marked: #fbe9e7; }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --page: #1b1b1b; --line: #666; --marked: #4a2a26; } }
body { font: 16px/1.5 "DejaVu Sans", Verdana, sans-serif; color: var(--ink); background: var(--page);
  max-width: 70rem; margin: 0 auto; padding: 1rem; }
p, li, h1, h2 { overflow-wrap: break-word; }
div.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; border: 1px solid var(--line); padding: .2rem .6rem; }
thead th { white-space: nowrap; }
td.number, .figures { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number { text-align: right; }
td.digest { overflow-wrap: anywhere; min-width: 12rem; }
td.long { min-width: 22rem; overflow-wrap: break-word; }
tr.line { background: var(--marked); font-weight: bold; }
.curve { overflow-x: auto; }
.curve svg { width: 45rem; max-width: none; height: auto; }
/* The curve is drawn for paper: dark on light. */
@media screen and (prefers-color-scheme: dark) { .curve svg { filter: invert(.895) hue-rotate(180deg); } }
@media print { body { max-width: none; } .curve svg { max-width: 100%; } }
@media print { tr { break-inside: avoid; } div.table { overflow-x: visible; } }
""".strip()
#: A hash, and a text of figures: "80.0% (37.5-96.4)" or "4 of 5".
_DIGEST, _FIGURES = re.compile("[0-9a-f]{32,}"), re.compile(r"[\d.,%]+( (of|per) [\d.,]+| \([\d.,]+-[\d.,]+\))?")
#: A cell with more characters than this is a paragraph.
_LONG = 80
_TITLE = "Calibration of a screening policy"
_HEADS = ("threshold", "matches found", "recall", "names that alert", "alerts per 10,000", "non-matches that alert")
_SIDES = {True: "that alert, the closest first", False: "that do not alert, the closest first"}


def page(made: Calibration) -> str:
    """The page. The same calibration gives the same page, to the byte."""
    title = f"{_TITLE}, {instant(made.time)}"
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
        f"<h1>{_text(_TITLE)}</h1>",
        f'<p class="figures">{instant(made.time)}</p>',
        *_section("Threshold", _threshold(made)),
        *_section("Curve", ('<div class="curve">', svg(made), "</div>", *_curve(made))),
        *_section("Rows closest to the threshold", _nearest(made)),
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
    """A text that can't affect the page. Characters that change its structure or direction show as numbers."""
    return escape(in_html(str(value)), quote=True)


def _section(heading: str, parts: Iterable[str]) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{_text(heading)}</h2>"
    yield from parts
    yield "</section>"


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, marked: object = None
) -> Iterator[str]:
    """A table whose first column heads its rows. Numbers are on the right, and the row `marked` stands out."""
    yield f'<div class="table">\n<table>\n<caption>{_text(caption)}</caption>'
    yield "<thead><tr>" + "".join(f'<th scope="col">{_text(head)}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>"
    for first, *cells in rows:
        opening = '<tr class="line">' if marked is not None and first == marked else "<tr>"
        yield f'{opening}<th scope="row">{_text(first)}</th>' + "".join(map(_cell, cells)) + "</tr>"
    yield "</tbody>\n</table>\n</div>"


class _Sentence(str):
    """A sentence of English that quotes names."""


def _cell(value: object) -> str:
    if isinstance(value, _Sentence):
        parts = (f"<bdi>{_text(part)}</bdi>" if at % 2 else _text(part) for at, part in enumerate(quoted_parts(value)))
        return f'<td class="long" dir="ltr">{"".join(parts)}</td>'
    if isinstance(value, int):
        return f'<td class="number">{value:,}</td>'
    text = str(value)
    kind = ""
    if _DIGEST.fullmatch(text):
        kind = ' class="digest"'
    elif _FIGURES.fullmatch(text):
        kind = ' class="figures"'
    elif len(text) > _LONG:
        kind = ' class="long"'
    # Names are in every script; each keeps its direction to itself.
    return f"<td{kind}><bdi>{_text(text)}</bdi></td>"


def _threshold(made: Calibration) -> Iterator[str]:
    yield f"<p><strong>{score(made.choice.threshold)}</strong>. {_text(choice(made))}</p>"


def _row(head: object, point: CurvePoint) -> tuple[object, ...]:
    wrong = f"{point.wrong.count:,} of {point.wrong.of:,}" if point.wrong.of else "none labeled"
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
    yield from _table("What each threshold finds and costs, with 95% intervals", _HEADS, rows, marked=line)
    scripts = (_row(script, point) for script, point in made.scripts)
    yield from _table(f"By script of the customer's name, at {line}", ("script", *_HEADS[1:]), scripts)


def _nearest(made: Calibration) -> Iterator[str]:
    yield (
        "<p>The rows that a slightly higher or lower threshold would change. They quote customers: protect this page"
        " as you protect customer data.</p>"
    )
    for near in made.nearest:
        yield from _table(_near_caption(near), _NEAR_HEADS, _near_rows(near))


_NEAR_HEADS = ("line", "score", "customer", "listed name", "designation", "why")


def _near_caption(near: Near) -> str:
    plural = {"match": "Matches", "non-match": "Non-matches", "ordinary name": "Ordinary names"}[near.sort]
    return f"{plural} {_SIDES[near.alerts]}"


def _near_rows(near: Near) -> Iterator[tuple[object, ...]]:
    for row in near.rows:
        yield row.line, score(row.points), row.name, row.listed_name, row.designation, _Sentence(row.explanation)


def _data(made: Calibration) -> Iterator[str]:
    files = (_file("labeled matches", made.matches), _file("ordinary names", made.ordinary))
    heads = ("file", "name", "SHA-256", "rows", "repeated, counted once", "columns not used")
    yield from _table("Files of names", heads, files)
    pairs = (
        ("matches", made.line.recall.of),
        ("non-matches", made.line.wrong.of),
        ("labeled rows with the id of a designation", made.looked_up),
        ("labeled rows with a listed name", made.labeled - made.looked_up),
        ("ordinary names", made.line.alerts.of),
    )
    yield from _table("Counts", ("rows", "count"), pairs)
    editions = (
        (
            edition.source,
            edition.title,
            edition.published[:10] if edition.published else "undated",
            edition.retrieved or "not known",
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
        yield "<p>It is the default policy; no field differs.</p>"


def _versions(made: Calibration) -> Iterator[str]:
    rows = (("screenkit", made.version), *made.components, *((f"rules of {name}", text) for name, text in made.tables))
    yield from _table("What the results depend on", ("component", "version or digest"), rows)
