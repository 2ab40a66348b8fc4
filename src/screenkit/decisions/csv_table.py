"""Decisions as CSV files: exported, and imported all or none.

Spreadsheets treat a cell that begins with "=", "+", "-" or "@" as a formula. Such a cell is written with an apostrophe
before it, and so is a cell that begins with apostrophes and then one of these; reading removes one apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from os import PathLike
from pathlib import Path

from screenkit.atomic_file import whole_file
from screenkit.errors import MOST_FAULTS_SHOWN, DecisionError
from screenkit.model import Decision

from .register import Decisions
from .rows import COLUMNS, faults, from_texts, to_texts

#: What a spreadsheet may treat as a formula, including full-width signs and the spaces that some trim.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_ESCAPED = re.compile(f"'{_FORMULA.pattern}")


def export_csv(decisions: Decisions, path: str | PathLike[str], *, customer: str | None = None) -> int:
    """Write all decisions, or those about one customer, in the order in which they were recorded; returns how many.

    The file is in UTF-8 with a byte-order mark, which spreadsheets need. It replaces a file at that path, completely or
    not at all. Raises `DecisionError` if it can't be written.
    """
    found = [one.decision for one in decisions.history(customer=customer)]
    target = Path(path)
    try:
        with whole_file(target) as file:
            file.write(_csv(found))
    except OSError as error:
        raise DecisionError(f"{target}: can't be written: {error.strerror or error}") from error
    return len(found)


def import_csv(decisions: Decisions, path: str | PathLike[str]) -> tuple[int, int]:
    """Record all decisions of a CSV file; returns how many are new and how many were recorded before.

    Raises `DecisionError` if the file can't be read, lacks a column or has invalid rows; then no decision is recorded.
    All invalid rows are reported together, by the line in which they begin. Further columns are ignored.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DecisionError(f"{path}: can't be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: byte {error.start:,} is not UTF-8. Save the file as CSV in UTF-8.") from error
    found = _decisions(text, str(path))
    added = decisions.record(found)
    return added, len(found) - added


def _csv(found: list[Decision]) -> bytes:
    text = io.StringIO(newline="")
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    rows.writerows(map(_escaped, to_texts(decision)) for decision in found)
    return text.getvalue().encode("utf-8-sig")


def _decisions(text: str, path: str) -> list[Decision]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Decision] = []
    unfit: list[str] = []
    try:
        head = next(rows, [])
        missing = [column for column in COLUMNS if head.count(column) != 1]
        if missing:
            raise DecisionError(
                f"{path}: the first line must have each of these columns once: {', '.join(missing)}. The columns of a"
                f" decisions file are: {', '.join(COLUMNS)}."
            )
        places = [head.index(column) for column in COLUMNS]
        line = rows.line_num + 1
        for row in rows:
            if row:
                told = (
                    [f"the row has {len(row)} cells, but the first line has {len(head)}"]
                    if len(row) != len(head)
                    else []
                )
                texts = [] if told else [_unescaped(row[place]) for place in places]
                told = told or faults(texts)
                unfit += [f"line {line}: {fault}" for fault in told]
                if not unfit:
                    found.append(from_texts(texts))
            line = rows.line_num + 1
    except csv.Error as error:
        unfit.append(f"line {rows.line_num}: {error}")
    if unfit:
        shown = "".join(f"\n  - {fault}" for fault in unfit[:MOST_FAULTS_SHOWN])
        more = f"\n  - and {len(unfit) - MOST_FAULTS_SHOWN:,} more" if len(unfit) > MOST_FAULTS_SHOWN else ""
        faults_found = "1 fault" if len(unfit) == 1 else f"{len(unfit):,} faults"
        raise DecisionError(f"{path}: no decision was recorded. Correct {faults_found}:{shown}{more}")
    return found


def _escaped(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell
