"""Counts of a part of a book, and their sums: `Counts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs

from screenkit.results import Screening

from .reading.customers import ReadRow, UnreadFact
from .reading.facts import usual_forms

#: What can't be read is counted by what it looks like, up to so many looks; all others together.
_MOST_VALUES = 1_000
OTHERS = "(others)"
_COUNTERS = ("stated_facts", "unread_facts", "unread_values", "date_forms", "by_list", "by_program")
#: Facts of which only the shape is kept, because they can be a customer's own.
_OF_ONE_CUSTOMER = frozenset({"birth_date", "identifier"})
_LONGEST_LOOK = 40


def looks_of(fact: UnreadFact) -> str:
    """What a fact that can't be read looks like: "birth_date 99.99.9999", "country Espagna"."""
    value = " ".join(fact.value.split())[:_LONGEST_LOOK]
    if fact.field in _OF_ONE_CUSTOMER:
        value = "".join("9" if one.isdigit() else "a" if one.isalpha() else one for one in value)
    return f"{fact.field} {value}"


def without(looks: Counter[str], left_out: Iterable[str]) -> Counter[str]:
    """Counts of looks, with some of them counted together as the others of their field."""
    kept = Counter(looks)
    for look in left_out:
        kept[f"{look.partition(' ')[0]} {OTHERS}"] += kept.pop(look)
    return kept


@attrs.define(kw_only=True)
class Counts:
    """How much was screened, and how many hits there were."""

    #: Customers screened.
    screened: int = 0
    #: Rows that could not be screened.
    rejected: int = 0
    #: Customers with a hit.
    customers_hit: int = 0
    #: Hits written.
    hits: int = 0
    #: Hits by a weak alias only, and hits that a reviewer cleared.
    suppressed: int = 0
    #: Suppressed hits that a reviewer cleared.
    cleared: int = 0
    #: Suppressed hits that facts contradict, and that nobody cleared.
    contradicted: int = 0
    #: Hits beyond the limit, which are not written.
    beyond_limit: int = 0
    #: Customers with a name in a script that can't be read dependably; without a hit they aren't clear.
    unread_names: int = 0
    #: Customers screened without a fact that couldn't be read.
    unread: int = 0
    #: Rows that state a fact, by its field, and those of them in which it can't be read.
    stated_facts: Counter[str] = attrs.field(factory=Counter)
    unread_facts: Counter[str] = attrs.field(factory=Counter)
    #: What the facts look like that can't be read: "birth_date 99.99.9999", "country Espagna".
    unread_values: Counter[str] = attrs.field(factory=Counter)
    #: Forms of dates in which they can be read, "%d.%m.%Y".
    date_forms: Counter[str] = attrs.field(factory=Counter)
    #: Hits by list.
    by_list: Counter[str] = attrs.field(factory=Counter)
    #: Hits by list and program, "us_ofac_sdn NPWMD"; a hit under two programs counts under each.
    by_program: Counter[str] = attrs.field(factory=Counter)

    def count(self, found: Screening) -> None:
        """Count one screening."""
        self.screened += 1
        self.unread_names += found.is_unread
        self.suppressed += len(found.suppressed)
        self.cleared += sum(hit.is_cleared for hit in found.suppressed)
        self.contradicted += sum(hit.is_set_aside and not hit.is_cleared for hit in found.suppressed)
        if not found.total:
            return
        self.customers_hit += 1
        self.hits += len(found.hits)
        self.beyond_limit += found.total - len(found.hits)
        for hit in found.hits:
            source = hit.designation.source
            self.by_list[source] += 1
            self.by_program.update({f"{source} {program.code}" for program in hit.programs})

    def count_facts(self, row: ReadRow) -> None:
        """Count the facts that a screened or rejected row states."""
        self.stated_facts.update(row.stated)
        if not row.unread:
            return
        self.unread += 1
        self.unread_facts.update({fact.field for fact in row.unread})
        for fact in row.unread:
            self.unread_values[looks_of(fact)] += 1
            if fact.field == "birth_date":
                self.date_forms.update(usual_forms(fact.value))

    def add(self, other: Counts) -> None:
        """Add the counts of another part."""
        for field in attrs.fields(Counts):
            mine, others = getattr(self, field.name), getattr(other, field.name)
            if isinstance(mine, Counter):
                mine.update(others)
            else:
                setattr(self, field.name, mine + others)
        rare = [look for look in self.unread_values if not look.endswith(OTHERS)][_MOST_VALUES:]
        self.unread_values = without(self.unread_values, rare)

    def to_dict(self) -> dict[str, Any]:
        """As plain numbers; those by list and by program have the largest first."""
        stated = attrs.asdict(self)
        for field in _COUNTERS:
            stated[field] = dict(sorted(stated[field].items(), key=lambda one: (-one[1], one[0])))
        return stated

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """The counts that `to_dict` gave."""
        counters = {field: Counter(stated[field]) for field in _COUNTERS}
        return cls(**{**stated, **counters})
