"""The progress of a book as a page that grows while it is screened; the style sheet shows the newest step alone.

A page that is sent piece by piece needs no script, which the page's policy forbids, and no reloading, which would take
the place and the focus from somebody who uses a screen reader.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from screenkit.service.uploaded.kept import RESULTS, Book

from .rendering import text

#: How often it is looked for progress, in seconds.
_LOOK = 0.25


async def shown_progress(book: Book, head: bytes, foot: bytes) -> AsyncIterator[bytes]:
    """The page: its head, a step for each percent, the results or the problem, and its foot."""
    yield head
    shown = -1
    while not (book.is_finished or book.problem):
        made = book.progress
        percent = _percent(made.get("done", 0), made.get("size", 0))
        if percent > shown:
            shown = percent
            yield text("step.html", percent=percent, rows=made.get("rows", 0), hits=made.get("hits", 0)).encode()
        await asyncio.sleep(_LOOK)
    if book.is_finished:
        files = {name: RESULTS[name] for name in book.files}
        yield text("results.html", book=book, summary=book.summary, files=files).encode("utf-8", "replace")
    else:
        yield text("failed.html", problem=book.problem).encode("utf-8", "replace")
    yield foot


def _percent(done: int, size: int) -> int:
    return min(100 * done // size, 99) if size else 0
