"""The notation of tables: columns and rewrite rules in text files, read and checked in one place (docs/tables.md).

A table lies in `tables/` beside the code that reads it and is named by its folder and file: "slavic/letters.txt".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import NoReturn

import attrs

from screenkit.errors import ScreenkitError

#: What stands for nothing: a letter that is not heard, no consonant before a vowel.
NOTHING = "-"
_LICENSES = ("Apache-2.0", "Unicode-3.0")
_SECTION = re.compile(r"\[([a-z][a-z ]*)\]")
_COMMENT = re.compile(r"\s+#.*")
_CLASS = re.compile(r"\{([A-Za-z]+)\}")
_RULE = re.compile(
    r"(?P<spellings>.+?) > (?P<sound>\S+)(?: \| (?P<otherwise>\S+) \[(?P<doubt>[a-z]+)\])?"
    r"(?: / (?P<before>not .*?|.*?)\s?_\s?(?P<after>.*))?"
)


class TableError(ScreenkitError, ValueError):
    """A table of the package breaks the notation; the message names file and line."""


@attrs.frozen
class Rule:
    """One rewrite rule: what its spellings sound like, by what is before and after them."""

    spellings: tuple[str, ...]
    sound: str
    #: The second sound, and the doubt that chooses it for a whole word; both empty where a spelling has one sound.
    otherwise: str = ""
    doubt: str = ""
    #: Regular expressions of what may be before and after, with "not " for what may not; empty for anything.
    before: str = ""
    after: str = ""

    def patterns(self) -> tuple[str, ...]:
        """One regular expression for each spelling; it begins with the letters of the spelling."""
        return tuple(one + self._behind(one) + self._ahead() for one in self.spellings)

    def pattern(self) -> re.Pattern[str]:
        """One regular expression for all spellings."""
        return re.compile("|".join(self.patterns()))

    def _behind(self, spelling: str) -> str:
        sign, choices = _context(self.before, "<=", "<!")
        looks = [f"(?{sign}{choice}{spelling})" for choice in choices]
        return f"(?:{'|'.join(looks)})" if len(looks) > 1 else "".join(looks)

    def _ahead(self) -> str:
        sign, choices = _context(self.after, "=", "!")
        return f"(?{sign}{'|'.join(choices)})" if choices else ""


def _context(text: str, wanted: str, refused: str) -> tuple[str, list[str]]:
    sign, text = (refused, text[4:]) if text.startswith("not ") else (wanted, text)
    return sign, text.split(", ") if text else []


@attrs.frozen
class Table:
    """A table: the lines of its sections, each with its number in the file."""

    name: str
    lines: Mapping[str, tuple[tuple[int, str], ...]]

    def rows(self, columns: int, section: str = "") -> tuple[tuple[str, ...], ...]:
        """The rows of a section, each of so many columns; columns that are left out at the end are empty."""
        return tuple(cells for _, cells in self._cells(columns, section))

    def pairs(self, section: str = "") -> dict[str, str]:
        """The keys of a section with their values; keys that share a value are separated by ", "."""
        found: dict[str, str] = {}
        for number, (keys, value) in self._cells(2, section):
            for key in keys.split(", "):
                if found.setdefault(_written(key), _written(value)) != _written(value):
                    self._fail(number, f"{key!r} has two values")
        return found

    def lists(self, section: str = "") -> dict[str, tuple[str, ...]]:
        """The same, where a value is several of decreasing likelihood, separated by ", "."""
        return {key: tuple(map(_written, value.split(", "))) for key, value in self.pairs(section).items()}

    def letters(self, section: str = "") -> dict[str, str]:
        """Single letters with their values; letters that share a value are written together."""
        found: dict[str, str] = {}
        for number, (letters, value) in self._cells(2, section):
            for letter in letters:
                if letter in found:
                    self._fail(number, f"the letter {letter!r} is there twice")
                found[letter] = _written(value)
        return found

    def numbers(self, section: str = "") -> dict[str, int]:
        """The keys of a section with whole numbers."""
        found: dict[str, int] = {}
        for number, (keys, value) in self._cells(2, section):
            if not value.isdecimal():
                self._fail(number, f"{value!r} is not a whole number")
            found.update(dict.fromkeys(keys.split(", "), int(value)))
        return found

    def rules(self, section: str = "rules") -> tuple[Rule, ...]:
        """The rewrite rules of a section, in order; classes in braces are those of the section [classes]."""
        classes = self.pairs("classes") if "classes" in self.lines else {}
        return tuple(self._rule(number, line, classes) for number, line in self.lines[section])

    def _rule(self, number: int, line: str, classes: Mapping[str, str]) -> Rule:
        found = _RULE.fullmatch(line)
        if found is None:
            self._fail(number, "not a rule: spelling > sound | other sound [doubt] / before _ after")
        parts = {name: (text or "").strip() for name, text in found.groupdict().items()}
        unknown = [name for name in _CLASS.findall(line) if name not in classes]
        if unknown:
            self._fail(number, f"there is no class {unknown[0]!r}")
        spellings, before, after = (
            _CLASS.sub(lambda one: classes[one[1]], parts[name]) for name in ("spellings", "before", "after")
        )
        sounds = _written(parts["sound"]), _written(parts["otherwise"])
        rule = Rule(tuple(spellings.split(", ")), *sounds, parts["doubt"], before, after)
        try:
            rule.pattern()
        except re.error as error:
            self._fail(number, f"what is before or after is not a regular expression: {error}")
        return rule

    def _cells(self, columns: int, section: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        if section not in self.lines:
            raise TableError(f"{self.name} has no section [{section}]")
        for number, line in self.lines[section]:
            cells = line.split("\t")
            if len(cells) > columns or not cells[0]:
                self._fail(number, f"{len(cells)} columns, at most {columns} are wanted, the first one not empty")
            yield number, (*cells, *[""] * (columns - len(cells)))

    def _fail(self, number: int, why: str) -> NoReturn:
        raise TableError(f"{self.name}, line {number}: {why}")


def _written(cell: str) -> str:
    return "" if cell == NOTHING else cell


def read(name: str) -> Table:
    """Read a table, "slavic/letters.txt", and check its passport and its lines."""
    return parse(name, text_of(name))


def parse(name: str, text: str) -> Table:
    """Divide the text of a table into sections and lines.

    Raises `TableError` for a table without a passport, blanks around a line, and a section that is there twice.
    """
    header = text[: next((found.start() for found in re.finditer("^[^#]", text, re.MULTILINE)), len(text))]
    if "Source:" not in header or not any(license in header for license in _LICENSES):
        raise TableError(f"{name}, line 1: the comment at the top names no source or no license")
    sections: dict[str, list[tuple[int, str]]] = {}
    here = sections.setdefault("", [])
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        if line != line.strip(" "):
            raise TableError(f"{name}, line {number}: blanks at the beginning or end")
        if opened := _SECTION.fullmatch(line):
            if opened[1] in sections:
                raise TableError(f"{name}, line {number}: the section [{opened[1]}] is there twice")
            here = sections.setdefault(opened[1], [])
            continue
        here.append((number, _COMMENT.sub("", line) if "#" in line else line))
    return Table(name, MappingProxyType({section: tuple(lines) for section, lines in sections.items()}))


def text_of(name: str) -> str:
    """The text of a table."""
    folder, _, file = name.rpartition("/")
    return files("screenkit.names").joinpath(folder, "tables", file).read_text(encoding="utf-8")


def rewrite(word: str, rules: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """The word after all rules, one after the other."""
    for pattern, sound in rules:
        word = pattern.sub(sound, word)
    return word


def compiled(rules: Sequence[Rule]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Rules as `rewrite` takes them."""
    return tuple((rule.pattern(), rule.sound) for rule in rules)
