"""The records of a store: the manifest of an edition, and the state of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Edition
from screenkit.results.record import instant, plain


@attrs.frozen(kw_only=True)
class StoredFile:
    """One raw file of an edition, kept as published."""

    #: Its name as published or imported.
    name: str
    #: SHA-256 of its bytes, which is its file name in the store.
    sha256: str
    #: Its length in bytes.
    size: int
    #: The address it was fetched from; empty for a file that was imported.
    url: str = ""


@attrs.frozen(kw_only=True)
class Acceptance:
    """A person's decision to install an edition that a check refused."""

    #: The reason, in the person's words.
    reason: str
    #: The objections that were overridden.
    overridden: tuple[str, ...]
    #: When (ISO 8601, UTC).
    when: str


@attrs.frozen(kw_only=True)
class InstalledEdition:
    """The manifest of one edition in the store; it never changes."""

    #: The source id.
    source: str
    #: The edition's hash: of its file, or of the hashes of several files in order of their names.
    sha256: str
    #: The raw files, sorted by name.
    files: tuple[StoredFile, ...]
    #: The id of their format.
    format: str
    #: The title of the list.
    title: str
    #: The publisher of the list.
    publisher: str
    #: How much of the list it is: "full"; the starter list is never installed.
    coverage: str
    #: The date (ISO 8601) that the files state, or None if they state none.
    published: str | None
    #: When the files were fetched (ISO 8601, UTC).
    retrieved: str
    #: Number of designations by kind.
    counts: Mapping[str, int]
    #: Number of published names, including aliases.
    names: int
    #: Number of designations by program code.
    programs: Mapping[str, int]
    #: The same for the codes that the source's program table doesn't have.
    unknown_programs: Mapping[str, int]
    #: Number of optional fields that could not be parsed and were kept as text.
    notices: int
    #: The version of screenkit that read and counted it.
    reader_version: str
    #: The acceptance with which it was first installed; None if no check refused it.
    accepted: Acceptance | None = None
    #: Marks of a sample of its designations, by which the next edition is compared with it (see `turnover`).
    sample: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """The number of designations."""
        return sum(self.counts.values())

    @property
    def reference(self) -> str:
        """A short text by which `Store.find` finds it."""
        return f"{self.source}@{self.sha256[:12]}"

    @property
    def edition(self) -> Edition:
        """The edition as it is recorded in designations and screenings."""
        return Edition(
            source=self.source,
            title=self.title,
            publisher=self.publisher,
            format=self.format,
            published=self.published,
            retrieved=self.retrieved,
            sha256=self.sha256,
            coverage=self.coverage,
            counts=self.counts,
            programs=self.programs,
        )

    def to_dict(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return dict(plain(self))

    @classmethod
    def from_dict(cls, stated: Mapping[str, Any]) -> Self:
        """The manifest from the result of `to_dict`. Raises `TypeError` or `KeyError` if it is malformed."""
        files = tuple(StoredFile(**file) for file in stated["files"])
        return cls(
            **{
                **stated,
                "files": files,
                "sample": tuple(stated.get("sample", ())),
                "accepted": _acceptance(stated["accepted"]),
            }
        )


@attrs.frozen(kw_only=True)
class Validators:
    """What a server returned with a file, by which it can be asked later whether the file has changed."""

    #: The ETag header, verbatim, or empty.
    etag: str = ""
    #: The Last-Modified header, verbatim, or empty.
    last_modified: str = ""


@attrs.frozen(kw_only=True)
class Change:
    """A change of the current edition."""

    #: The edition's sha256.
    edition: str
    #: When it became current here (ISO 8601, UTC).
    when: str
    #: The acceptance; None if no check refused it.
    accepted: Acceptance | None = None


@attrs.frozen(kw_only=True)
class State:
    """The state of one source: its current edition, the last check, and its history."""

    #: The current edition.
    edition: InstalledEdition
    #: When the source was last checked: fetched, confirmed unchanged or imported (ISO 8601, UTC).
    checked: str
    #: Validators of the fetched files, by URL.
    validators: Mapping[str, Validators]
    #: Every change of the current edition, oldest first.
    history: tuple[Change, ...]

    @property
    def installed(self) -> str:
        """When the current edition became current (ISO 8601, UTC)."""
        return self.history[-1].when

    def to_dict(self) -> dict[str, Any]:
        """The state as plain values. The edition is given by its hash, since it has its own manifest."""
        return {
            "source": self.edition.source,
            "edition": self.edition.sha256,
            "checked": self.checked,
            "validators": plain(self.validators),
            "history": plain(self.history),
        }

    @classmethod
    def from_dict(cls, stated: Mapping[str, Any], edition: InstalledEdition) -> Self:
        """The state from the result of `to_dict`, with the edition that it names."""
        validators = {url: Validators(**one) for url, one in stated["validators"].items()}
        return cls(edition=edition, checked=stated["checked"], validators=validators, history=history_of(stated))


def history_of(stated: Mapping[str, Any]) -> tuple[Change, ...]:
    """The history in the result of `State.to_dict`."""
    return tuple(Change(**{**one, "accepted": _acceptance(one["accepted"])}) for one in stated["history"])


def _acceptance(stated: Mapping[str, Any] | None) -> Acceptance | None:
    return None if stated is None else Acceptance(**{**stated, "overridden": tuple(stated["overridden"])})


def utc_text(when: dt.datetime) -> str:
    """A time as ISO 8601 text in UTC. Raises `InvalidRecordError` for a time without a time zone, or for a date."""
    if not isinstance(when, dt.datetime) or when.tzinfo is None:
        raise InvalidRecordError(f"{when.isoformat()} has no time zone; give a time with one, such as datetime.UTC")
    try:
        return instant(when)
    except OverflowError as error:
        raise InvalidRecordError(f"{when.isoformat()} can't be converted to UTC") from error
