"""`Book` and `Shelf`: uploaded books as folders, which all processes of a service see."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

from screenkit.atomic_file import whole_file

#: How long a result is kept, in seconds, and how many are kept at most.
KEPT, _MOST = 1_800, 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
#: The files of a result, and what the page calls them.
RESULTS = {
    "hits.csv": "Hits, as CSV",
    "hits.xlsx": "Hits, what was not screened and the summary, as an Excel workbook",
    "rejected.csv": "Rows that could not be screened",
    "unread.csv": "Facts that could not be read",
    "records.jsonl": "Records of the screenings with hits",
    "summary.json": "Summary",
}


@attrs.frozen
class Book:
    """An uploaded book."""

    #: The folder with all of it.
    folder: Path

    @property
    def token(self) -> str:
        """A number that can't be guessed, by which it is found again."""
        return self.folder.name

    @property
    def work(self) -> Path:
        """The folder in which it is screened."""
        return self.folder / "work"

    @property
    def results(self) -> Path:
        """The folder with the results; it is there once they are complete."""
        return self.folder / "results"

    @property
    def is_finished(self) -> bool:
        """Whether there are results."""
        return self.results.is_dir()

    @property
    def files(self) -> list[str]:
        """The names of the results."""
        return [name for name in RESULTS if (self.results / name).is_file()]

    @property
    def about(self) -> dict[str, Any]:
        """Whose it is, and until when it is kept."""
        return _read(self.folder / "about.json")

    @property
    def progress(self) -> dict[str, Any]:
        """How far it is screened; nothing before it was opened."""
        return _read(self.folder / "progress.json")

    @property
    def problem(self) -> str:
        """Why it can't be screened; empty where it can."""
        return str(_read(self.folder / "problem.json").get("problem", ""))

    @property
    def summary(self) -> dict[str, Any]:
        """What was counted."""
        return _read(self.results / "summary.json")

    def tell(self, what: str, **stated: Any) -> None:
        """State about it, progress or problem for other processes."""
        with whole_file(self.folder / f"{what}.json") as stream:
            stream.write(json.dumps(stated).encode())


class Shelf:
    """The uploaded books of a service."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which all processes of the service share."""
        self._folder = folder / "books"

    def add(self, owner: str | None, seconds: float) -> Book:
        """A new book with an empty folder to work in, whose results are kept at most so long."""
        self._forget()
        book = Book(self._folder / secrets.token_urlsafe(32))
        book.work.mkdir(mode=0o700, parents=True)
        book.tell("about", owner=owner, until=time.time() + seconds)
        return book

    def find(self, token: str, owner: str | None) -> Book | None:
        """A book; None where there is none, it is somebody else's, or it is kept no longer."""
        self._forget()
        if not _TOKEN.fullmatch(token):
            return None
        book = Book(self._folder / token)
        about = book.about
        return book if about and about["owner"] == owner else None

    def remove(self, book: Book) -> None:
        """Remove all of a book."""
        shutil.rmtree(book.folder, ignore_errors=True)

    def _forget(self) -> None:
        there = sorted(self._books(), key=lambda one: -one[0])
        now = time.time()
        finished = 0
        for until, book in there:
            finished += book.is_finished
            if until < now or (book.is_finished and finished > _MOST):
                self.remove(book)

    def _books(self) -> Iterator[tuple[float, Book]]:
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                about = Book(path).about
                if about:
                    yield float(about["until"]), Book(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    return dict(found)
