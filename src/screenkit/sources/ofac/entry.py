"""One party of OFAC's lists while it is read, piece by piece and in OFAC's words.

The three XML formats divide an entry alike (names, programs, features, documents) and differ in how they
print it; `Entry` is what their readers fill. A feature goes where its label says; one without a field of its
own becomes a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

import attrs

from screenkit.model import (
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    NamePart,
    NameType,
    PartialDate,
    Program,
    Relation,
)
from screenkit.sources.builder import DesignationBuilder

from . import vocabulary

SDN_LIST = vocabulary.LISTS["us_ofac_sdn"]


def document_note(country: str, *, issued: str = "", expires: str = "", more: Iterable[str] = ()) -> str:
    """Put what is said about a document as OFAC's remarks do: "(Iran) issued 1999 expires 12 Jan 2009"."""
    stated = (
        f"({country})" if country else "",
        f"issued {issued}" if issued else "",
        f"expires {expires}" if expires else "",
        ", ".join(filter(None, more)),
    )
    return " ".join(filter(None, stated))


@attrs.define(kw_only=True, eq=False)
class Entry(DesignationBuilder):
    """One party while it is read, as the three XML formats state it."""

    #: Program codes in published order.
    codes: list[str] = attrs.field(factory=list)
    #: Number of an executive order -> the directives under it that the entry names.
    directives: dict[str, set[str]] = attrs.field(factory=dict)

    def state_kind(self, text: str) -> None:
        """Take the kind of party; one that is no known word is kept as a fact."""
        found = vocabulary.KINDS.get(text.casefold())
        self.kind = found or Kind.UNKNOWN
        if found is None:
            self.keep_as_fact("Type", text, "not a known type of party; kept as a fact")

    def name_type(self, text: str) -> NameType:
        """Read an alias type; one that is no known word counts as a.k.a. and is kept as a fact."""
        found = vocabulary.NAME_TYPES.get(text.casefold())
        if found is None:
            self.keep_as_fact("Alias type", text, "not a known alias type; read as a.k.a.")
        return found or NameType.AKA

    def name_parts(self, stated: Iterable[tuple[str, str]]) -> tuple[NamePart, ...]:
        """Name a name's parts, given as (type, text); a type that is no known word is its own role."""
        return tuple(
            NamePart(role=vocabulary.ROLES.get(type.casefold(), type.casefold()), text=text)
            for type, text in stated
            if text
        )

    def state_lists(self, stated: Iterable[tuple[str, str]]) -> None:
        """Take the lists that the party is on, given as (list, ISO date of its entry there).

        An entry of the consolidated list is on one of the lists in it too, from whose date it counts, and
        may be on the SDN list, which is the other source.
        """
        own = []
        is_sdn = vocabulary.LISTS.get(self.job.manifest.id) == SDN_LIST
        for name, date in stated:
            self.facts.append(("Sanctions list", f"{name}, {date}" if date else name))
            if date and (name == SDN_LIST) == is_sdn:
                own.append(date)
        self.listed_on = min(own, default=None)

    def sanctions_type(self, text: str) -> None:
        """Take what the listing entails, in OFAC's words, which are kept as a fact."""
        self._directive(text)
        self.facts.append(("Sanctions type", text))
        measure = vocabulary.MEASURES.get(text.casefold())
        if measure is None:
            self.notice("sanctions type", text, "not a known sanctions type; kept as a fact")
        elif measure not in self.measures:
            self.measures.append(measure)

    def feature(
        self,
        label: str,
        value: str,
        *,
        country: str | None = None,
        note: str = "",
        date: PartialDate | None = None,
    ) -> None:
        """Put a feature or an identity document where its label says.

        `country` is the issuing country's code, `note` what the publisher adds; `date` is the value as a
        date where the format states one.
        """
        self._directive(f"{label} {value}")
        if (measure := vocabulary.menu_measure(value)) and self.measures and measure not in self.measures:
            # Only beside stated measures; without any, the entry has those of its programs.
            self.measures.append(measure)
        if vocabulary.states_secondary_sanctions(label, value):
            self.secondary_sanctions.append(f"{label} {value}")
        elif vocabulary.states_prohibition(label):
            self.prohibitions.append(f"{label} {value}")
        elif self._biography(label.casefold(), label, value, date):
            pass
        elif type := vocabulary.identifier_type(label, value):
            number = vocabulary.imo_number(value) if type is IdentifierType.IMO else None
            self.identifiers.append(
                Identifier(type=type, value=number or value, country=country, label=label, note=note)
            )
            return
        else:
            self.facts.append((label.rstrip(" :-"), f"{value} ({note})" if note else value))
            return
        if note:
            self.facts.append((label, f"{value} ({note})"))

    def unnumbered(self, label: str, note: str) -> None:
        """Keep what is said about a document whose number isn't stated."""
        if note:
            self.facts.append((label, note))

    def left_over(self, element: Element, known: Iterable[str]) -> None:
        """Keep, as facts, what stands in elements that the format's specification didn't have so far."""
        for child in element:
            if child.tag not in known:
                text = " ".join(filter(None, map(str.strip, child.itertext())))
                if text:
                    self.state(child.tag, text)
                    self.new_field(child.tag, text)

    def finished(self) -> Designation | None:
        """The designation; None, with a fault, where a name or the primary name is missing."""
        if not self.is_faulty and (not self.names or self.names[0].type is not NameType.PRIMARY):
            self.fault("name", "", "the record has no primary name")
        if not self.is_faulty and not self.codes:
            self.notice("program", "", "the record states no program")
        self.programs += self._programs()
        self.identifiers = vocabulary.whose_numbers(self.identifiers, self.kind)
        return self.designation("name")

    def _biography(self, key: str, label: str, value: str, date: PartialDate | None) -> bool:
        places = {
            "place of birth": self.birth_places,
            "nationality country": self.nationalities,
            "citizenship country": self.citizenships,
        }
        if key == "birthdate":
            if date is not None:
                self.birth_dates.append(date)
            else:
                self.state_birth_date(label, value)
        elif key == "gender":
            self.state_gender(label, value)
        elif key == "title":
            self.titles.append(value)
        elif key in places:
            places[key].append(vocabulary.place(value))
        elif key in vocabulary.RELATIONS:
            self.relations.append(Relation(type=key, name=value))
        else:
            return False
        return True

    def _directive(self, statement: str) -> None:
        if found := vocabulary.directive(statement):
            order, directive = found
            self.directives.setdefault(order, set()).add(directive)

    def _programs(self) -> tuple[Program, ...]:
        details = {f"EO{order}": ", ".join(sorted(directives)) for order, directives in self.directives.items()}
        return tuple(
            self.job.program(code, detail=details.get(code.rpartition("-")[2], ""))
            for code in dict.fromkeys(self.codes)
        )
