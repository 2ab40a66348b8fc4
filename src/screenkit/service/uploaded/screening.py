"""`Uploads`: takes books in, has each screened in a process of its own, and records it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import pickle
import shutil
import sys
from pathlib import Path
from typing import BinaryIO

from screenkit.books.output.records import hashed
from screenkit.errors import BatchError, ScreenkitError
from screenkit.screener import Screener
from screenkit.service.guarding.jobs import BusyError
from screenkit.service.state import Service

from .child import REFUSED, Work
from .kept import KEPT, Book, Shelf
from .workbooks import refuse_bomb

_log = logging.getLogger("screenkit.service")
_ENDINGS = (".csv", ".tsv", ".jsonl", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
#: How many books a process of the service has screened at a time.
_MOST_AT_ONCE = 2
#: How often it is looked whether a book was opened, in seconds.
_LOOK = 0.05
_FAILED = "The book can't be read: it is damaged, or takes more memory or time than a book may."


class Uploads:
    """The books that are screened by one process of the service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        #: All books of the service.
        self.shelf = Shelf(service.settings.folder)
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, name: str, content: BinaryIO, sheet: str | None, owner: str | None) -> Book:
        """Begin to screen a book, and return it once it was opened.

        Raises `BatchError` for a file that is no book, and `BusyError` where enough are being screened.
        """
        ending = Path(name).suffix.lower()
        if ending not in _ENDINGS:
            raise BatchError(f"Upload a file that ends in {', '.join(_ENDINGS)}.")
        if len(self._tasks) >= _MOST_AT_ONCE:
            raise BusyError
        limit = self._service.settings.book_time_limit
        book = self.shelf.add(owner, limit + KEPT)
        task = asyncio.create_task(self._screened(book, f"book{ending}", content, sheet))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        while not (task.done() or book.progress):
            await asyncio.wait({task}, timeout=_LOOK)
        problem = book.problem
        if problem:
            self.shelf.remove(book)
            raise BatchError(problem)
        return book

    async def close(self) -> None:
        """End what is being screened."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _screened(self, book: Book, name: str, content: BinaryIO, sheet: str | None) -> None:
        try:
            async with asyncio.timeout(self._service.settings.book_time_limit):
                order = await asyncio.to_thread(self._prepared, book, name, content, sheet)
                code = await _run(order)
            if code == 0:
                await asyncio.to_thread(self._finish, book)
            elif code != REFUSED:
                _log.error("book failed", extra={"fields": {"exit_code": code}})
                book.tell("problem", problem=_FAILED)
        except TimeoutError:
            book.tell("problem", problem=_FAILED)
        except BatchError as error:
            book.tell("problem", problem=str(error))
        except (ScreenkitError, OSError) as error:
            _log.error("book failed", extra={"fields": {"error": type(error).__name__}})
            book.tell("problem", problem="The service can't do this now; its log says why.")

    def _prepared(self, book: Book, name: str, content: BinaryIO, sheet: str | None) -> bytes:
        """The order for the process that screens the book."""
        with (book.work / name).open("wb") as stream:
            shutil.copyfileobj(content, stream)
        refuse_bomb(book.work / name)
        settings, screener = self._service.settings, self._service.lists.screener
        if not screener.is_in_file:
            # The process would have to index all of it again.
            screener.save(book.folder / "index")
            screener = Screener.load(book.folder / "index", policy=screener.policy)
        work = Work(
            book=book,
            name=name,
            sheet=sheet,
            screener=screener,
            decisions=settings.decisions,
            is_recorded=settings.audit is not None,
            subject_key=settings.subject_key,
        )
        return pickle.dumps(work)

    def _finish(self, book: Book) -> None:
        """Record the book, and then publish its results: nothing is shown that could not be recorded."""
        audit = self._service.settings.audit
        if audit is not None:
            files = {path.name: hashed(path) for path in sorted(book.work.iterdir()) if path.name != "summary.json"}
            summary = json.loads((book.work / "summary.json").read_bytes())
            audit.append({"batch": {**summary, "files": files}})
        os.replace(book.work, book.results)


async def _run(order: bytes) -> int:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "screenkit.service.uploaded.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        # What a library says when it fails may quote the book.
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await process.communicate(order)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0
