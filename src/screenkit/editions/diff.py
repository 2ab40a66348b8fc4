"""The difference between two editions of a list: what was added, removed and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Designation
from screenkit.results.record import plain

#: The fields that are compared: all but the edition, which always differs, and the id, which never does.
FIELDS = tuple(field.name for field in attrs.fields(Designation) if field.name not in ("id", "edition"))
#: The source and id of a designation, which identify it in both editions.
_Key = tuple[str, str]


@attrs.frozen(kw_only=True)
class FieldChange:
    """A field of a designation that differs between two editions."""

    #: The field of `Designation`.
    field: str
    #: Its values in the old edition that the new one lacks.
    lost: tuple[Any, ...]
    #: Its values in the new edition that the old one lacks.
    gained: tuple[Any, ...]

    @property
    def is_order(self) -> bool:
        """True if both editions have the same values in a different order."""
        return not (self.lost or self.gained)


@attrs.frozen(kw_only=True)
class ChangedDesignation:
    """A designation that is different in the two editions."""

    #: The designation in the old edition.
    before: Designation
    #: The designation in the new edition.
    after: Designation

    @property
    def is_renamed(self) -> bool:
        """True if the primary name changed."""
        return self.before.name != self.after.name

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The changed fields, in the order of `Designation`'s fields."""
        return tuple(
            _field_change(name, getattr(self.before, name), getattr(self.after, name))
            for name in _differing(self.before, self.after)
        )


@attrs.frozen(kw_only=True)
class EditionDiff:
    """What was added, removed and changed from one edition to the next.

    `screener.updated(added=diff.added_or_changed, removed=diff.removed)` turns a screener of the old edition into one
    with the results of a screener of the new edition.
    """

    #: Designations that only the new edition has, in its order.
    added: tuple[Designation, ...]
    #: Designations that only the old edition has, in its order.
    removed: tuple[Designation, ...]
    #: Designations that are different in the two editions, in the order of the new edition.
    changed: tuple[ChangedDesignation, ...]
    #: The number of designations that are the same in both editions.
    unchanged: int

    @property
    def renamed(self) -> tuple[ChangedDesignation, ...]:
        """The changes of a primary name."""
        return tuple(change for change in self.changed if change.is_renamed)

    @property
    def added_or_changed(self) -> tuple[Designation, ...]:
        """What has to be screened again: all added designations, and the changed ones as they are now."""
        return (*self.added, *(change.after for change in self.changed))

    @property
    def is_empty(self) -> bool:
        """True if both editions have the same designations."""
        return not (self.added or self.removed or self.changed)

    @property
    def counts_by_field(self) -> Mapping[str, int]:
        """The number of changed designations for each changed field, in the order of `Designation`'s fields."""
        counts = Counter(name for change in self.changed for name in _differing(change.before, change.after))
        return {name: counts[name] for name in FIELDS if counts[name]}

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """One plain mapping for each difference: added and removed designations in full, changed ones by field."""
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

    A designation is identified by its source and id. Raises `InvalidRecordError` if one side has two designations with
    the same source and id, as two editions of one list have.
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
                f"the {side} side has two designations with source {designation.source or 'none'} and id"
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
    """The values of a field: the items of a sequence, one text, or nothing if nothing is stated."""
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
