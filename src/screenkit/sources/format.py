"""A list's file format: how it is recognized and what reads it.

A `Format` is recognized by its content (an XML root and namespace, a header line, a JSON key), never by
the file's name, because a wrong file may well have the right name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator

import attrs

from screenkit.model import Designation

from .files import ListFile, is_page
from .job import Job

#: The one signature that all readers share.
Reader = Callable[[Job], Iterator[Designation]]

_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)([^>]*)>", re.DOTALL)
_BINARY = (
    (b"PK\x03\x04", "a ZIP archive that isn't a whole Excel workbook, or is another list's"),
    (b"\xd0\xcf\x11\xe0", "an old binary Excel file (.xls)"),
    (b"%PDF", "a PDF file"),
)
_KEY = re.compile(rb'"((?:[^"\\]|\\.)*)"\s*:')


@attrs.frozen(kw_only=True)
class Format:
    """One official format and its reader."""

    #: The id by which manifests name it, such as "un_xml".
    id: str
    #: What a message calls it, such as "UN Security Council consolidated XML".
    title: str
    #: The reader.
    read: Reader
    #: Whether a file's first bytes are of this format. A format of several files recognizes each of them.
    recognizes: Callable[[ListFile], bool]


def xml_root(file: ListFile) -> tuple[str, str]:
    """The root element's local name and the text of its attributes; two empty texts where it isn't XML."""
    prolog = _PROLOG.match(file.head)
    match = _ROOT.match(file.head, prolog.end() if prolog else 0)
    if match is None:
        return "", ""
    return match[1].decode("ascii", "replace"), match[2].decode("utf-8", "replace")


def first_row(file: ListFile, *, delimiter: str = ",") -> list[str]:
    """The fields of the first line read as CSV, stripped; empty where the line is none or the file no text."""
    if b"\0" in file.head:
        return []
    line = file.head.decode("utf-8", "replace").lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    try:
        return [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def json_keys(file: ListFile) -> frozenset[str]:
    """The keys that occur in the head of a JSON or JSON lines file; empty where it doesn't begin as one."""
    if not file.head.lstrip().startswith((b"{", b"[")):
        return frozenset()
    return frozenset(key.decode("utf-8", "replace") for key in _KEY.findall(file.head))


def describe(file: ListFile) -> str:
    """Say in a few words what an unrecognized file looks like, for a message."""
    for magic, found in _BINARY:
        if file.head.startswith(magic):
            return found
    if is_page(file):
        return "an HTML page, perhaps an error page; fetch it again"
    name, _ = xml_root(file)
    if name:
        return f"XML with the root <{name}>"
    if json_keys(file):
        return f"JSON with the keys {', '.join(sorted(json_keys(file))[:8])}"
    line = file.head.decode("utf-8", "replace").strip().split("\n", 1)[0].strip()
    return f"a file that begins {line[:60]!r}"
