"""Decisions in, a CSV file out, and back: every row or none.

Spreadsheets take a cell that begins with "=", "+", "-" or "@" for a formula, whoever wrote it. Such a cell is written
with an apostrophe before it, and so is one that begins with apostrophes and then one of these; reading takes one away.
"""

from __future__ import annotations

import csv
import io
import re
from os import PathLike
from pathlib import Path

from screenkit.errors import MOST_FAULTS_SHOWN, DecisionError
from screenkit.model import Decision
from screenkit.whole_files import whole_file

from .register import Decisions
from .rows import COLUMNS, faults, from_texts, to_texts

#: What one spreadsheet or another takes for a formula, with the full-width signs and the blanks that some trim.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_ESCAPED = re.compile(f"'{_FORMULA.pattern}")


def export_csv(decisions: Decisions, path: str | PathLike[str], *, customer: str | None = None) -> int:
    """Write all decisions, or those about one customer, in the order in which they were recorded; tells how many.

    The file is in UTF-8 with a byte-order mark, by which spreadsheets know it. One of that path is replaced, whole or
    not at all. Raises `DecisionError` where it can't be written.
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
    """Record all decisions of a CSV file; tells how many are new and how many were there already.

    Raises `DecisionError` where the file can't be read, lacks a column or has unfit rows, which are told all together
    by the number of the line in which they begin; then none is recorded. Columns that it has besides are left alone.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DecisionError(f"{path}: can't be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: byte {error.start:,} is no UTF-8. Save it as CSV in UTF-8.") from error
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
                f"{path}: its first line lacks a column, or has it twice: {', '.join(missing)}. A decisions file has:"
                f" {', '.join(COLUMNS)}."
            )
        places = [head.index(column) for column in COLUMNS]
        line = rows.line_num + 1
        for row in rows:
            if row:
                told = [f"it has {len(row)} cells, the first line has {len(head)}"] if len(row) != len(head) else []
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
        raise DecisionError(f"{path}: {len(unfit):,} faults; no decision was recorded. Mend them all:{shown}{more}")
    return found


def _escaped(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell
