"""What is known of an installed edition in, its records and the JSON they are kept as out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Edition
from screenkit.model.record import instant, plain


@attrs.frozen(kw_only=True)
class StoredFile:
    """One raw file of an edition, kept as published."""

    #: Its name as published or imported.
    name: str
    #: SHA-256 of its bytes, the name it is kept by.
    sha256: str
    #: Its length in bytes.
    size: int
    #: Where it was fetched, empty for a file that was imported.
    url: str = ""


@attrs.frozen(kw_only=True)
class Acceptance:
    """A person's word that an edition is to be taken up although a check refused it."""

    #: Why, in the person's words.
    reason: str
    #: What each check that was overridden had found.
    overridden: tuple[str, ...]
    #: When (ISO 8601, UTC).
    when: str


@attrs.frozen(kw_only=True)
class InstalledEdition:
    """The manifest of one edition in the store; it never changes."""

    #: The source id.
    source: str
    #: The edition's hash: of its file, or of several files' hashes in order of their names (`model.Edition.sha256`).
    sha256: str
    #: The raw files, in order of their names.
    files: tuple[StoredFile, ...]
    #: The id of the format they have.
    format: str
    #: The list's title.
    title: str
    #: Who publishes it.
    publisher: str
    #: How much of the list it is: "full" for all but the starter list, which is never installed.
    coverage: str
    #: The date (ISO 8601) that the files state, or None where they state none.
    published: str | None
    #: When the files were fetched (ISO 8601, UTC).
    retrieved: str
    #: Designations per kind.
    counts: Mapping[str, int]
    #: How many names it publishes, aliases included.
    names: int
    #: Program codes, each with its count of designations.
    programs: Mapping[str, int]
    #: Those of the codes that the source's program table has no entry for.
    unknown_programs: Mapping[str, int]
    #: How many optional fields could not be parsed and were kept as text.
    notices: int
    #: The version of screenkit that read and counted it.
    reader_version: str
    #: Under which acceptance it was first taken up, or None where no check refused it.
    accepted: Acceptance | None = None

    @property
    def records(self) -> int:
        """How many designations it has."""
        return sum(self.counts.values())

    @property
    def reference(self) -> str:
        """The short text that `Store.find` finds it by."""
        return f"{self.source}@{self.sha256[:12]}"

    @property
    def edition(self) -> Edition:
        """The edition as designations and screenings name it."""
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
        """The manifest that `to_dict` gave. Raises `TypeError`, `KeyError` where it is none."""
        files = tuple(StoredFile(**file) for file in stated["files"])
        return cls(**{**stated, "files": files, "accepted": _acceptance(stated["accepted"])})


@attrs.frozen(kw_only=True)
class Validators:
    """What a publisher's server gave to ask it later whether its file is still the same."""

    #: The ETag header, verbatim, or empty.
    etag: str = ""
    #: The Last-Modified header, verbatim, or empty.
    last_modified: str = ""


@attrs.frozen(kw_only=True)
class Change:
    """One time that an edition became the current one."""

    #: The edition's sha256.
    edition: str
    #: When it became current here (ISO 8601, UTC).
    when: str
    #: Under which acceptance, or None where no check refused it.
    accepted: Acceptance | None = None


@attrs.frozen(kw_only=True)
class State:
    """What is current of one source."""

    #: The current edition.
    edition: InstalledEdition
    #: When the source was last found current: fetched, confirmed unchanged or imported (ISO 8601, UTC).
    checked: str
    #: URL -> validators of the file fetched there.
    validators: Mapping[str, Validators]
    #: Every time that an edition became current, oldest first; the last is the current edition's.
    history: tuple[Change, ...]

    @property
    def installed(self) -> str:
        """When the current edition became current (ISO 8601, UTC)."""
        return self.history[-1].when

    def to_dict(self) -> dict[str, Any]:
        """The state as plain values; the edition, which has a manifest of its own, by its hash."""
        return {
            "source": self.edition.source,
            "edition": self.edition.sha256,
            "checked": self.checked,
            "validators": plain(self.validators),
            "history": plain(self.history),
        }

    @classmethod
    def from_dict(cls, stated: Mapping[str, Any], edition: InstalledEdition) -> Self:
        """The state that `to_dict` gave, with the edition that it names."""
        validators = {url: Validators(**one) for url, one in stated["validators"].items()}
        return cls(edition=edition, checked=stated["checked"], validators=validators, history=history_of(stated))


def history_of(stated: Mapping[str, Any]) -> tuple[Change, ...]:
    """The history in what `State.to_dict` gave."""
    return tuple(Change(**{**one, "accepted": _acceptance(one["accepted"])}) for one in stated["history"])


def _acceptance(stated: Mapping[str, Any] | None) -> Acceptance | None:
    return None if stated is None else Acceptance(**{**stated, "overridden": tuple(stated["overridden"])})


def utc_text(when: dt.datetime) -> str:
    """A moment as ISO 8601 text in UTC. Raises `InvalidRecordError` for one without a time zone, or for a day."""
    if not isinstance(when, dt.datetime) or when.tzinfo is None:
        raise InvalidRecordError(f"{when.isoformat()} has no time zone; give one, such as datetime.UTC")
    try:
        return instant(when)
    except OverflowError as error:
        raise InvalidRecordError(f"{when.isoformat()} is no time that can be told in UTC") from error
