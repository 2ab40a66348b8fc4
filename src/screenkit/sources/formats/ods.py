"""The rows of an OpenDocument spreadsheet (ODF, ISO/IEC 26300), as text.

The document is a ZIP with the cells in content.xml, which is read as a stream. The same bounds hold as for an
Excel workbook: what unpacks to more than a list can be, or holds a document type definition, is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from screenkit.errors import ListFormatError
from screenkit.sources.files import ListFile

from .xlsx import DAMAGE, MOST_COLUMNS, MOST_ROWS, check_parts

_CONTENT = "content.xml"
_ZIP = b"PK\x03\x04"
_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})


def is_spreadsheet(file: ListFile) -> bool:
    """Whether the file is an OpenDocument spreadsheet; its first part says so."""
    return file.head.startswith(_ZIP) and _MIMETYPE in file.head[:200]


def rows(file: ListFile) -> Iterator[tuple[int, list[str]]]:
    """Stream the rows that hold something of all sheets, each with its number; cells are stripped.

    Raises `ListFormatError` where the file is damaged, unpacks to too much or has a DTD.
    """
    check_parts(file, _CONTENT, "an OpenDocument spreadsheet")
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive, archive.open(_CONTENT) as content:
            number = 0
            for _, element in iterparse(content, events=("end",), forbid_dtd=True):
                if element.tag == f"{_TABLE}table":
                    number = 0
                elif element.tag == f"{_TABLE}table-row":
                    cells = _cells(file, element)
                    if any(cells):
                        yield number + 1, cells
                    number += _repeated(element, "rows")
                    if number > MOST_ROWS and any(cells):
                        raise ListFormatError(f"{file.name}: expected at most {MOST_ROWS:,} rows; found more.")
                    element.clear()
    except (ParseError, DefusedXmlException, *DAMAGE) as error:
        raise ListFormatError(
            f"{file.name}: expected a whole OpenDocument spreadsheet; found one that can't be read "
            f"({type(error).__name__}). The file is damaged or cut off: fetch it again."
        ) from error


def _cells(file: ListFile, row: Element) -> list[str]:
    found: list[str] = []
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text, count = _text(cell), _repeated(cell, "columns")
        if text and len(found) + count > MOST_COLUMNS:
            raise ListFormatError(f"{file.name}: expected at most {MOST_COLUMNS} columns; found more.")
        # Empty cells are repeated to the edge of the sheet.
        found += [text] * min(count, MOST_COLUMNS - len(found))
    while found and not found[-1]:
        found.pop()
    return found


def _text(cell: Element) -> str:
    """A cell's text; of a date its ISO form, since its text is as its sheet shows it."""
    if cell.get(f"{_OFFICE}value-type") == "date":
        return cell.get(f"{_OFFICE}date-value", "")[: len("YYYY-MM-DD")]
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.iterfind(f"{_TEXT}p")).strip()


def _repeated(element: Element, what: str) -> int:
    stated = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(stated) if stated.isdecimal() else 1
