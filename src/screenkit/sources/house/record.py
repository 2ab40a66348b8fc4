"""One record of a house list while it is read: its texts and objects by documented name.

A record is the same whether it came from a row or from a JSON object: documented names to a text, an object
or a list of these. lists/house/README.md says what each name means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from screenkit.sources.builder import DesignationBuilder

#: The documented columns, in the order of the documentation, each with whether a cell holds several values.
COLUMNS: Mapping[str, bool] = MappingProxyType(
    {
        "id": False,
        "name": False,
        "kind": False,
        "names": True,
        "aliases": True,
        "weak_aliases": True,
        "former_names": True,
        "programs": True,
        "program_title": True,
        "authority": True,
        "measures": True,
        "secondary_sanctions": True,
        "prohibitions": True,
        "birth_dates": True,
        "birth_places": True,
        "nationalities": True,
        "citizenships": True,
        "gender": False,
        "identifiers": True,
        "addresses": True,
        "titles": True,
        "relations": True,
        "listed_on": False,
        "remarks": False,
        "as_of": False,
        "note": False,
        "source_url": False,
    }
)
_SINGULARS = {
    "alias": "aliases",
    "weak_alias": "weak_aliases",
    "former_name": "former_names",
    "program": "programs",
    "measure": "measures",
    "prohibition": "prohibitions",
    "birth_date": "birth_dates",
    "birth_place": "birth_places",
    "nationality": "nationalities",
    "citizenship": "citizenships",
    "identifier": "identifiers",
    "address": "addresses",
    "title": "titles",
    "relation": "relations",
}
_SEPARATOR = re.compile(r"\\([|;\\])|(\|)|(;)")


def canonical(label: str) -> str:
    """The documented column that a header's text or a key names, in the singular too; else empty."""
    name = re.sub(r"[\s_-]+", "_", label.strip().casefold())
    name = _SINGULARS.get(name, name)
    return name if name in COLUMNS else ""


@attrs.frozen
class Cell:
    """The values of a cell that holds several, blanks between separators included."""

    values: tuple[str, ...]
    #: Whether a ";" stands in it that isn't written as "\\;".
    has_semicolon: bool
    #: The cell, verbatim.
    text: str


def split_cell(cell: str) -> Cell:
    r"""Split a cell at "|"; \|, \; and \\ stand for the character itself, any other backslash for itself."""
    values, start, has_semicolon = [""], 0, False
    for match in _SEPARATOR.finditer(cell):
        values[-1] += cell[start : match.start()] + (match[1] or match[3] or "")
        start = match.end()
        has_semicolon = has_semicolon or match[3] is not None
        if match[2]:
            values.append("")
    values[-1] += cell[start:]
    return Cell(tuple(value.strip() for value in values), has_semicolon, cell)


def as_text(value: object) -> str | None:
    """A text without outer white space (a number is one, in its digits); None for any other value."""
    return value.strip() if isinstance(value, str) else None


def shown(value: object) -> str:
    """A value as it stood in the list, for a message or to be kept."""
    if isinstance(value, Cell):
        return value.text
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@attrs.define(kw_only=True, eq=False)
class Record(DesignationBuilder):
    """A record while it is read: its fields, and what could not be read of it."""

    #: Documented name, or a name of the list's own, to value.
    fields: Mapping[str, object]

    def refuse(self, field: str, value: object, problem: str) -> None:
        """Report what makes the record, and so the file, unfit."""
        self.fault(field, shown(value), problem)

    def keep_value(self, field: str, value: object, problem: str) -> None:
        """Keep as text what can't be read, and count it."""
        self.keep(field, shown(value), problem)

    def items(self, field: str) -> Iterator[str | Mapping[str, object]]:
        """The field's values that are not blank: texts, and objects where the list is JSON."""
        return self.values(field, self.fields.get(field))

    def values(self, field: str, stated: object) -> Iterator[str | Mapping[str, object]]:
        """A value's values that are not blank, where it may be one or a list of them."""
        several = stated.values if isinstance(stated, Cell) else stated
        for value in several if isinstance(several, list | tuple) else (several,):
            if isinstance(value, dict):
                yield value
            elif value is not None and (text := as_text(value)) is None:
                self.keep_value(field, value, "expected a text")
            elif value is not None and text:
                yield text

    def texts(self, field: str) -> list[str]:
        """The field's texts that are not blank."""
        found = []
        for item in self.items(field):
            if isinstance(item, str):
                found.append(item)
            else:
                self.keep_value(field, item, "expected a text")
        return found

    def text(self, field: str) -> str:
        """The one text of a field; several are joined by line breaks."""
        return "\n".join(self.texts(field))

    def required(self, field: str) -> str:
        """The one text of a field that each record has; empty where it hasn't, which is a fault."""
        value = self.fields.get(field)
        text = as_text(value)
        if value is not None and text is None:
            self.refuse(field, value, "expected one text")
        elif not text:
            self.fault(field, "", f"the record has no {'ID' if field == 'id' else field}")
        return text or ""

    def choice(self, field: str, members: Mapping[str, object]) -> str:
        """The key of `members` that the field's text means; empty where there is no text, or none of them."""
        text = self.text(field)
        return self.member(field, text, members) if text else ""

    def parts(self, field: str, item: Mapping[str, object], known: tuple[str, ...]) -> dict[str, str]:
        """The texts of an object under its known keys; what else stands in it is kept and counted."""
        found = {}
        for key, value in item.items():
            text = None if value is None or key not in known else as_text(value)
            if text:
                found[key] = text
            elif value is not None and text is None:
                expected = "expected a text" if key in known else f"not one of {', '.join(known)}"
                self.keep_value(f"{field}.{key}", value, expected)
        return found

    def member(self, field: str, text: str, members: Mapping[str, object]) -> str:
        """The key of `members` that a text means, case and dots aside; else empty, and the text is kept."""
        key = text.strip().casefold().replace(".", "")
        if key in members:
            return key
        self.keep(field, text, f"expected one of: {', '.join(members)}")
        return ""
