"""The rows of an Excel workbook (Office Open XML, ECMA-376), as text.

A workbook is a ZIP of XML parts. Before openpyxl reads any of it, each part is unpacked once and counted:
one that unpacks to more than a list can be, or that holds a document type definition, is refused. Rows and
columns are bounded too, since a cell may claim any place.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from defusedxml.common import DefusedXmlException

from screenkit.errors import ListFormatError
from screenkit.sources.files import ListFile

#: How much all parts may unpack to, in bytes; Australia's list unpacks to about 10 MB.
MOST_BYTES = 256 * 1024 * 1024
#: How many rows a sheet may have; Australia's list has about 11,000.
MOST_ROWS = 250_000
#: How many columns a sheet may have; Australia's list has 19.
MOST_COLUMNS = 256
_ZIP = b"PK\x03\x04"
_WORKBOOK_PART = "xl/workbook.xml"
_CHUNK = 1 << 20
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DTD_LENGTH = len(b"<!DOCTYPE")
#: Excel escapes control characters of a text as _x000D_.
_ESCAPED = re.compile(r"_x00(09|0A|0D)_", re.IGNORECASE)
#: What zipfile, openpyxl and the XML parser raise on parts that are cut off or make no sense.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, SyntaxError, KeyError, IndexError, TypeError,
    ValueError, AttributeError, ArithmeticError,
)  # fmt: skip


@attrs.frozen
class Sheet:
    """A worksheet: its name, and its rows as stripped texts; empty cells are empty texts."""

    name: str
    rows: list[tuple[str, ...]]


def is_workbook(file: ListFile) -> bool:
    """Whether the file is a ZIP archive with an Excel workbook in it."""
    if not file.head.startswith(_ZIP):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return _WORKBOOK_PART in archive.namelist()
    except DAMAGE:
        return False


def sheets(file: ListFile) -> list[Sheet]:
    """Read all worksheets.

    Raises `ListFormatError` where the file is no workbook, is damaged, unpacks to too much or has a DTD.
    """
    check_parts(file, _WORKBOOK_PART, "an Excel workbook")
    with warnings.catch_warnings(), _refusing(file), file.open() as stream:
        # Imported when a workbook is read: it takes 7 MB, and one list of ten needs it.
        import openpyxl

        # openpyxl warns of styles and extensions that it doesn't know, none of which hold text.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # The stated dimensions may be wrong; the cells are not.
            found.append(Sheet(sheet.title, list(_rows(file, sheet.iter_rows(values_only=True)))))
        book.close()
        return found


def _rows(file: ListFile, cells: Iterator[tuple[object, ...]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(cells, start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise ListFormatError(
                f"{file.name}: expected at most {MOST_ROWS:,} rows of {MOST_COLUMNS} columns; found more, at "
                f"row {number:,}. It isn't a list as published: fetch it again."
            )
        yield tuple(map(_text, row))


def _text(value: object) -> str:
    """A cell's value as text: whole numbers without a fraction, days as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time.min else value.isoformat(" ")
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value)).strip()


def check_parts(file: ListFile, needed: str, expected: str) -> None:
    """Unpack every part once, for counting and for a look; refuse what can't be a list, or lacks the part needed."""
    with _refusing(file), file.open() as stream, zipfile.ZipFile(stream) as archive:
        left = MOST_BYTES
        for part in archive.infolist():
            left = _check_part(file, archive, part, left)
        if needed not in archive.namelist():
            raise ListFormatError(f"{file.name}: expected {expected}; found another sort of ZIP archive.")


def _check_part(file: ListFile, archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack a part for counting only; the size that the archive states for it may be a lie."""
    is_xml = part.filename.casefold().endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ListFormatError(
                    f"{file.name}: expected a workbook of at most {MOST_BYTES >> 20} MB unpacked; found more in "
                    f"{part.filename}. It isn't a list as published: fetch it again."
                )
            # A NUL is UTF-16 or UTF-32, in which a DTD could hide; Excel writes UTF-8.
            if is_xml and (_DTD.search(tail + chunk) or b"\0" in chunk):
                raise ListFormatError(
                    f"{file.name}: expected plain XML in {part.filename}; found a document type definition, "
                    "an entity or another encoding than UTF-8. The file is refused unread."
                )
            tail = chunk[-_DTD_LENGTH:]
    return left


@contextmanager
def _refusing(file: ListFile) -> Iterator[None]:
    try:
        yield
    except ListFormatError:
        raise
    except DefusedXmlException as error:
        raise ListFormatError(
            f"{file.name}: expected plain XML; found {type(error).__name__}. The file is refused unread."
        ) from error
    except DAMAGE as error:
        raise ListFormatError(
            f"{file.name}: expected a whole Excel workbook; found one that can't be read "
            f"({type(error).__name__}). The file is damaged or cut off: fetch it again."
        ) from error
