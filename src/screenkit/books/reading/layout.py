"""How a book is written: its format, and for text its encoding and delimiter."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import BinaryIO

import attrs

from screenkit.errors import BatchError

#: Format -> its endings of file names.
FORMATS = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "parquet": (".parquet", ".pq"),
    "arrow": (".arrow", ".arrows", ".feather", ".ipc"),
    "excel": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
}
_DELIMITERS = (",", ";", "\t", "|")
_TESTED = "\n\r\t,;|\"'{}[]:0aZ"
#: Bytes in which the delimiter is searched for.
_HEAD = 64 * 1024


@attrs.frozen(kw_only=True)
class Layout:
    """How a book is written."""

    #: One of `FORMATS`.
    format: str
    #: The encoding of a text file, one that contains ASCII.
    encoding: str = "utf-8"
    #: What separates the fields of a CSV or TSV file.
    delimiter: str = ","
    #: Whether fields of a CSV or TSV file may be in quotation marks.
    is_quoted: bool = True
    #: Bytes before the text: the byte order mark, if there is one.
    skipped: int = 0
    #: The sheet of a workbook; None for the only one that has rows.
    sheet: str | None = None


def format_of(path: Path, stated: str | None = None) -> str:
    """The format stated, or the one of the file name's ending. Raises `BatchError` for any other."""
    if stated is not None:
        if stated not in FORMATS:
            raise BatchError(f"format must be one of {', '.join(FORMATS)}, not {stated!r}")
        return stated
    ending = path.suffix.casefold()
    for format, endings in FORMATS.items():
        if ending in endings:
            return format
    raise BatchError(f"{path}: the ending {ending!r} doesn't tell the format; state one of {', '.join(FORMATS)}")


def layout_of(
    file: BinaryIO,
    format: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    is_quoted: bool = True,
    sheet: str | None = None,
) -> Layout:
    """How a file is written. What isn't stated is recognized from the beginning of the file.

    Raises `BatchError` for UTF-16 and UTF-32, in which the end of a line is not a single byte, and for an unknown
    encoding.
    """
    if sheet is not None and format != "excel":
        raise BatchError(f"{file.name}: is no workbook, and has no sheets; leave out --sheet")
    if format in ("parquet", "arrow", "excel"):
        return Layout(format=format, sheet=sheet)
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        raise BatchError(f"{file.name}: is UTF-16 or UTF-32; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)")
    skipped = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    return Layout(
        format=format,
        encoding=_encoding(encoding),
        delimiter="" if format == "jsonl" else _delimiter(file.name, head[skipped:], format, delimiter, is_quoted),
        is_quoted=is_quoted,
        skipped=skipped,
    )


def _encoding(stated: str | None) -> str:
    if stated is None:
        return "utf-8"
    try:
        name = codecs.lookup(stated).name
        if name == "utf-8-sig" or _TESTED.encode(name) == _TESTED.encode("ascii"):
            return name.removesuffix("-sig")
    except (LookupError, UnicodeError):
        pass  # the error below says so
    raise BatchError(
        f"books can't be read in the encoding {stated!r}. Use one that contains ASCII, such as utf-8,"
        " windows-1252, iso8859-5 or gb18030, or convert the file to UTF-8 first."
    )


def _delimiter(name: str, head: bytes, format: str, stated: str | None, is_quoted: bool) -> str:
    first = head.lstrip(b"\r\n").partition(b"\n")[0]
    if b"\r" in first.removesuffix(b"\r"):
        raise BatchError(f"{name}: lines end with only a carriage return; end them with a line feed")
    if stated is not None:
        try:
            csv.reader((), delimiter=stated)
        except (TypeError, ValueError):
            stated = ""
        if not stated or stated in '\r\n"':
            raise BatchError("delimiter must be one character, but not a quotation mark or the end of a line")
        return stated
    if format == "tsv":
        return "\t"
    text = first.decode("latin-1")
    if is_quoted:
        text = "".join(text.split('"')[::2])
    return max(_DELIMITERS, key=text.count)
