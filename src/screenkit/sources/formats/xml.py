"""The record elements of an XML file, read one at a time.

A document type definition is refused before anything in it is acted on: official lists have none, and
entities and external references need one. Elements lose their namespace; each is emptied after use, so a
file of any length needs the memory of one record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from screenkit.errors import ListFormatError
from screenkit.sources.files import ListFile
from screenkit.sources.job import Job


def local_name(tag: str) -> str:
    """Drop the namespace of a tag: "{http://...}sdnEntry" becomes "sdnEntry"."""
    return tag.rpartition("}")[2]


def records(
    file: ListFile, *tags: str, job: Job | None = None, holders: Collection[str] = (), beside: Collection[str] = ()
) -> Iterator[Element]:
    """Stream the outermost elements with one of these tags (without namespace), each complete, in file order.

    Tags inside the element have lost their namespace too. The element is emptied once the caller asks for
    the next. Where `job` is given, the root and the elements named in `holders` may hold nothing but records
    and the elements named in `holders` and `beside`; any other is a fault, since it may be a record under a
    new name. Raises `ListFormatError` with line and column where the file isn't well-formed or has a DTD.
    """
    wanted, expected = frozenset(tags), {*tags, *holders, *beside}
    open_elements: list[Element] = []
    inside = 0
    with file.open() as stream, _refusing(file):
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            element.tag = tag = local_name(element.tag)
            if event == "start":
                if job is not None and tag not in expected and _holds_records(open_elements, holders):
                    problem = f"expected {' or '.join(sorted(expected))}; what the element contains would be missed"
                    job.fault("-", tag, "", problem, file=file)
                open_elements.append(element)
                inside += tag in wanted
                continue
            open_elements.pop()
            if tag in wanted:
                inside -= 1
                if not inside:
                    yield element
            if not inside:
                element.clear()
                if open_elements:
                    open_elements[-1].remove(element)


def _holds_records(open_elements: list[Element], holders: Collection[str]) -> bool:
    return len(open_elements) == 1 or (len(open_elements) == 2 and open_elements[1].tag in holders)


def root(file: ListFile) -> Element:
    """Return the root element's start tag: local name and attributes, nothing below it."""
    with file.open() as stream, _refusing(file):
        for _, element in iterparse(stream, events=("start",), forbid_dtd=True):
            start: Element = element
            start.tag = local_name(start.tag)
            return start
    raise AssertionError("a parser ends with a root or an error")


def text(element: Element | None, path: str = "") -> str:
    """The stripped text of the element at `path` below `element`; empty where there is none."""
    found = element.find(path) if path and element is not None else element
    return (found.text or "").strip() if found is not None else ""


def texts(element: Element, path: str) -> list[str]:
    """The stripped texts, those that are not empty, of all elements at `path`, in file order."""
    return [stripped for found in element.iterfind(path) if (stripped := (found.text or "").strip())]


@contextmanager
def _refusing(file: ListFile) -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as error:
        raise ListFormatError(
            f"{file.name}: expected plain XML; found a document type definition or entity "
            f"({type(error).__name__}), which no official list has. The file is refused unread."
        ) from error
    except ParseError as error:
        line, column = error.position
        raise ListFormatError(
            f"{file.name}: expected well-formed XML to the end; found, at line {line}, column {column}: "
            f"{str(error).partition(':')[0]}. The file is damaged or cut off: fetch it again."
        ) from error
    except (UnicodeError, LookupError) as error:
        raise ListFormatError(
            f"{file.name}: expected UTF-8 XML; found an encoding that can't be read: {error}"
        ) from error
