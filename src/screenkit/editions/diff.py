"""Two editions of a list in, what was added, removed and changed between them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Designation
from screenkit.model.record import plain

#: What is compared: every field of a designation but the edition, which always differs, and the id, which never does.
FIELDS = tuple(field.name for field in attrs.fields(Designation) if field.name not in ("id", "edition"))
#: The source and the id of a designation, by which it is known in both editions.
_Key = tuple[str, str]


@attrs.frozen(kw_only=True)
class FieldChange:
    """A field of a designation that differs between two editions."""

    #: The field of `Designation`.
    field: str
    #: Its values in the old edition that the new one lacks; of a field with one value, that one.
    lost: tuple[Any, ...]
    #: Its values in the new edition that the old one lacks.
    gained: tuple[Any, ...]

    @property
    def is_order(self) -> bool:
        """True where both editions have the same values in another order."""
        return not (self.lost or self.gained)


@attrs.frozen(kw_only=True)
class ChangedDesignation:
    """A designation that both editions have and state differently."""

    #: As the old edition states it.
    before: Designation
    #: As the new edition states it.
    after: Designation

    @property
    def is_renamed(self) -> bool:
        """True where the primary name is another one."""
        return self.before.name != self.after.name

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What differs, in the order of `Designation`'s fields."""
        return tuple(
            _field_change(name, getattr(self.before, name), getattr(self.after, name))
            for name in _differing(self.before, self.after)
        )


@attrs.frozen(kw_only=True)
class EditionDiff:
    """What an edition has that an older one has not, and the other way round.

    `screener.updated(added=diff.added_or_changed, removed=diff.removed)` turns a screener of the old edition into one
    that finds what a screener of the new edition finds.
    """

    #: Designations that only the new edition has, in its order.
    added: tuple[Designation, ...]
    #: Designations that only the old edition has, in its order.
    removed: tuple[Designation, ...]
    #: Designations that both have and state differently, in the order of the new edition.
    changed: tuple[ChangedDesignation, ...]
    #: How many both have and state alike.
    unchanged: int

    @property
    def renamed(self) -> tuple[ChangedDesignation, ...]:
        """The changes of a primary name."""
        return tuple(change for change in self.changed if change.is_renamed)

    @property
    def added_or_changed(self) -> tuple[Designation, ...]:
        """What has to be searched for anew: all that was added, and what was changed as it is stated now."""
        return (*self.added, *(change.after for change in self.changed))

    @property
    def is_empty(self) -> bool:
        """True where both editions state the same."""
        return not (self.added or self.removed or self.changed)

    @property
    def counts_by_field(self) -> Mapping[str, int]:
        """Field -> how many changed designations differ in it, in the order of `Designation`'s fields."""
        counts = Counter(name for change in self.changed for name in _differing(change.before, change.after))
        return {name: counts[name] for name in FIELDS if counts[name]}

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """One plain mapping for each difference: what was added or removed whole, what was changed field by field."""
        for kind, designations in (("added", self.added), ("removed", self.removed)):
            for designation in designations:
                yield {"change": kind, **_told(designation), "designation": _stated(designation)}
        for change in self.changed:
            yield {
                "change": "changed",
                **_told(change.after),
                "renamed_from": change.before.name if change.is_renamed else None,
                "fields": {
                    one.field: {"lost": plain(one.lost), "gained": plain(one.gained), "order": one.is_order}
                    for one in change.fields
                },
            }


def compare_editions(old: Iterable[Designation], new: Iterable[Designation]) -> EditionDiff:
    """Compare two editions of a list, or of several lists.

    Designations are the same where source and id are. Raises `InvalidRecordError` where one side has two of one source
    and id, which are two editions of one list, and what the iterables raise.
    """
    before = _by_key(old, "old")
    after = _by_key(new, "new")
    both = [(before[key], designation) for key, designation in after.items() if key in before]
    changed = tuple(ChangedDesignation(before=one, after=two) for one, two in both if any(_differing(one, two)))
    return EditionDiff(
        added=tuple(designation for key, designation in after.items() if key not in before),
        removed=tuple(designation for key, designation in before.items() if key not in after),
        changed=changed,
        unchanged=len(both) - len(changed),
    )


def _by_key(designations: Iterable[Designation], side: str) -> dict[_Key, Designation]:
    found: dict[_Key, Designation] = {}
    for designation in designations:
        key = (designation.source, designation.id)
        if key in found:
            raise InvalidRecordError(
                f"the {side} side has two designations of source {designation.source or 'none'} and id"
                f" {designation.id}; give one edition of each list"
            )
        found[key] = designation
    return found


def _differing(one: Designation, other: Designation) -> Iterator[str]:
    return (name for name in FIELDS if getattr(one, name) != getattr(other, name))


def _field_change(name: str, before: object, after: object) -> FieldChange:
    lost, gained = (Counter(_values(value)) for value in (before, after))
    return FieldChange(field=name, lost=tuple((lost - gained).elements()), gained=tuple((gained - lost).elements()))


def _values(field: object) -> tuple[Any, ...]:
    """The values of a field: the items of a sequence, a text by itself, and nothing where nothing is stated."""
    if isinstance(field, tuple):
        return field
    return () if field is None or field == "" else (field,)


def _told(designation: Designation) -> dict[str, str]:
    return {
        "source": designation.source,
        "id": designation.id,
        "kind": designation.kind.value,
        "name": designation.name,
    }


def _stated(designation: Designation) -> Any:
    stated = plain(designation)
    del stated["edition"]
    return stated
