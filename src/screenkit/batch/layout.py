"""A file of customers in, how it is written out: its format, and of text the encoding and the delimiter."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import BinaryIO

import attrs

from screenkit.errors import BatchError

#: Format -> the endings of file names that mean it.
FORMATS = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "parquet": (".parquet", ".pq"),
    "arrow": (".arrow", ".arrows", ".feather", ".ipc"),
}
_DELIMITERS = (",", ";", "\t", "|")
_TESTED = "\n\r\t,;|\"'{}[]:0aZ"
#: Bytes in which the delimiter is looked for.
_HEAD = 64 * 1024


@attrs.frozen(kw_only=True)
class Layout:
    """How a book is written."""

    #: One of `FORMATS`.
    format: str
    #: The encoding of a text file, one in which ASCII stands for itself.
    encoding: str = "utf-8"
    #: What stands between the fields of a CSV or TSV file.
    delimiter: str = ","
    #: Whether fields of a CSV or TSV file may stand in quotation marks.
    is_quoted: bool = True
    #: Bytes before the text: the byte order mark, where there is one.
    skipped: int = 0


def format_of(path: Path, stated: str | None = None) -> str:
    """The format stated, or the one that the file name's ending means. Raises `BatchError` for any other."""
    if stated is not None:
        if stated not in FORMATS:
            raise BatchError(f"{stated!r} is no format of a book; there are: {', '.join(FORMATS)}")
        return stated
    ending = path.suffix.casefold()
    for format, endings in FORMATS.items():
        if ending in endings:
            return format
    raise BatchError(f"{path}: the ending {ending!r} doesn't tell the format; say it: {', '.join(FORMATS)}")


def layout_of(
    file: BinaryIO, format: str, *, encoding: str | None = None, delimiter: str | None = None, is_quoted: bool = True
) -> Layout:
    """How a file is written, what isn't stated told from its beginning.

    Raises `BatchError` for UTF-16 and UTF-32, in which a line's end is no byte of its own, and for an unknown encoding.
    """
    if format in ("parquet", "arrow"):
        return Layout(format=format)
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        raise BatchError(f"{file.name}: is UTF-16 or UTF-32; make it UTF-8 first (iconv -f UTF-16 -t UTF-8)")
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
        pass  # told below
    raise BatchError(
        f"{stated!r} is no encoding that books are read in: one in which ASCII stands for itself, such as utf-8,"
        " windows-1252, iso8859-5, gb18030. Make the file UTF-8 first."
    )


def _delimiter(name: str, head: bytes, format: str, stated: str | None, is_quoted: bool) -> str:
    first = head.lstrip(b"\r\n").partition(b"\n")[0]
    if b"\r" in first.removesuffix(b"\r"):
        raise BatchError(f"{name}: lines end with a carriage return alone; end them with a line feed")
    if stated is not None:
        try:
            csv.reader((), delimiter=stated)
        except (TypeError, ValueError):
            stated = ""
        if not stated or stated in '\r\n"':
            raise BatchError("a delimiter has to be one character, and no quotation mark or line end")
        return stated
    if format == "tsv":
        return "\t"
    text = first.decode("latin-1")
    if is_quoted:
        text = "".join(text.split('"')[::2])
    return max(_DELIMITERS, key=text.count)
