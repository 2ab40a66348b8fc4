"""A count of customers in, a book of them out, with a few who are listed in the excerpt of the UN's list."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

from screenkit import Screener
from screenkit.books import ScreeningOptions, Summary, Task, open_book, screen_book

LISTED = ("Pak Myong Sam", "朴明三", "Example al Libi", "Abu Primer", "Example Liberation Front", "The Clerk")
HEADINGS = ("customer_id", "name", "dob", "country")
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
_SYLLABLES = ("bel", "cor", "dan", "fen", "gul", "hor", "jin", "kel", "lom", "mar", "nev", "ost", "pir", "rud", "sol")


def customers(count: int, seed: int = 1) -> list[tuple[str, str, str, str]]:
    """So many customers, one in forty of them listed, one in fifty a row that can't be screened."""
    chance = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        name = " ".join("".join(chance.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))
        if number % 40 == 0:
            name = chance.choice(LISTED)
        elif number % 97 == 0:
            name = f"{name}\nline two, of {number}"
        if number % 50 == 49:
            name = ""
        birth_date = "31.12.1970" if number % 60 == 59 else f"19{chance.randrange(40, 99)}"
        made.append((f"C{number}", name, birth_date, chance.choice(("", "de", "KP", "Libya"))))
    return made


def write_csv(path: Path, rows: list[tuple[str, str, str, str]], delimiter: str = ",") -> Path:
    """A book as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADINGS, *rows])
    return path


def screened(screener: Screener, book: Path, out: Path, **options: Any) -> Summary:  # a test's own wishes
    """Screen a book as the tests do, at a fixed time."""
    asked = {name: options.pop(name) for name in ("threshold", "limit", "decisions") if name in options}
    reading = {name: options.pop(name) for name in ("columns", "encoding", "delimiter", "format") if name in options}
    with open_book(book, **reading) as opened:
        task = Task(columns=opened.columns, options=ScreeningOptions(at=AT, **asked), format="csv")
        return screen_book(screener, opened, out, task, **options)


def results(out: Path) -> tuple[bytes, bytes]:
    """What a finished run wrote, byte by byte."""
    left = {path.name for path in out.parent.iterdir() if path.name.startswith(f"{out.name}.")}
    assert left == {f"{out.name}.{end}" for end in ("rejected.csv", "unread.csv", "summary.json")}
    return out.read_bytes(), out.with_name(f"{out.name}.rejected.csv").read_bytes()
