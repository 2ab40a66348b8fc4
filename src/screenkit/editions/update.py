"""Updating the store: lists are fetched from their publishers, checked, and become current.

If one source can't be updated, its outcome says so, and the other sources are updated.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import filelock

from screenkit.errors import (
    EditionRefusedError,
    FetchError,
    ListFormatError,
    NoListError,
    ScreenkitError,
    SourceError,
    StoreError,
)
from screenkit.sources import manifest, source_ids

from .download.addresses import check_address, is_open, recorded
from .download.partial_download import PartialDownload
from .download.request import FetchedFile, FetchLimits, FileRequest, Progress
from .fetch import fetch
from .store import Incoming, Store
from .store_records import InstalledEdition, State, Validators

_UNFIT_FOR_NAMES = re.compile(r"[^\w.-]")


class Verdict(StrEnum):
    """The result of updating a source."""

    #: There is a new current edition.
    UPDATED = "updated"
    #: The publisher still offers the current edition.
    UNCHANGED = "unchanged"
    #: What was fetched failed a check; the old edition is kept.
    REFUSED = "refused"
    #: The list could not be fetched, or the store can't be written; the old edition is kept.
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Outcome:
    """The outcome for one source, and its current edition."""

    #: The source id.
    source: str
    #: The result.
    verdict: Verdict
    #: The current edition, or None if there is none.
    edition: InstalledEdition | None = None
    #: The edition that was current before, or None if there was none.
    previous: InstalledEdition | None = None
    #: What a person has to know, one line each.
    announcements: tuple[str, ...] = ()
    #: Why it was refused or failed, and what to do; empty for a success.
    error: str = ""
    #: The files that were refused; they are kept until the next update of the source.
    kept: tuple[Path, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether the current edition is the one that the publisher offers."""
        return self.verdict in (Verdict.UPDATED, Verdict.UNCHANGED)

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain values; editions by reference and date."""
        edition, previous = self.edition, self.previous
        return {
            "source": self.source,
            "verdict": self.verdict.value,
            "edition": edition.reference if edition else None,
            "sha256": edition.sha256 if edition else None,
            "published": edition.published if edition else None,
            "retrieved": edition.retrieved if edition else None,
            "designations": edition.records if edition else None,
            "previous": previous.reference if previous else None,
            "previous_designations": previous.records if previous else None,
            "announcements": list(self.announcements),
            "error": self.error,
            "kept": [str(path) for path in self.kept],
        }


def default_sources(store: Store) -> tuple[str, ...]:
    """The sources to update by default: every official list, and other installed lists that can be fetched."""
    installed = store.sources()
    stated = [manifest(source) for source in source_ids()]
    return tuple(one.id for one in stated if one.default_files and (not one.is_on_request or one.id in installed))


def update(
    store: Store,
    sources: Sequence[str],
    *,
    urls: Mapping[str, Sequence[str]] | None = None,
    accept_change: str | None = None,
    strict: bool = False,
    index: bool = False,
    limits: FetchLimits | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Update sources one after the other, and yield the outcome of each.

    `urls` has, by source, the addresses to fetch instead of the publisher's, such as those of a mirror; give all parts
    of the list. `accept_change` is a person's reason to install an edition that a check refuses. With `strict`, a file
    of which anything is lost is refused. With `index`, an edition is indexed before it replaces another one. `progress`
    is called with the number of bytes received.

    Raises `UnknownSourceError`, or `SourceError` for a source without a valid address, before anything is fetched.
    """
    given = urls or {}
    plans = [
        _Plan(
            store=store,
            source=source,
            wanted=_wanted(source, given.get(source, ())),
            accept_change=accept_change,
            strict=strict,
            index=index,
            limits=limits or FetchLimits(),
            progress=progress,
        )
        for source in dict.fromkeys(sources)
    ]
    return (plan.outcome() for plan in plans)


def _wanted(source: str, given: Sequence[str]) -> tuple[FileRequest, ...]:
    official = manifest(source).default_files
    if given:
        wanted = tuple(FileRequest(url=url, name=_name(url, source), is_given=True) for url in given)
    else:
        wanted = tuple(FileRequest(url=file.url, name=file.name or _name(file.url, source)) for file in official)
    if not wanted:
        raise SourceError(
            f"{source}: nobody offers this list for download. Give an address with --url, or use `screenkit import`."
        )
    for one in wanted:
        check_address(one)
    if len({one.name.lower() for one in wanted}) < len(wanted):
        raise SourceError(f"{source}: two of the addresses end in the same file name; give each part of the list once")
    return wanted


def _name(url: str, source: str) -> str:
    """The last part of the path of an address, as a valid file name."""
    last = _UNFIT_FOR_NAMES.sub("_", re.split(r"[?#]", url)[0].rpartition("/")[2]).lstrip(".")
    return last or source


@attrs.frozen(kw_only=True)
class _Plan:
    """The update of one source."""

    store: Store
    source: str
    wanted: tuple[FileRequest, ...]
    accept_change: str | None
    strict: bool
    index: bool
    limits: FetchLimits
    progress: Progress | None

    @property
    def folder(self) -> Path:
        """The folder that its files are downloaded to."""
        return self.store.path / "incoming" / self.source

    def outcome(self) -> Outcome:
        """Carry it out."""
        before: State | None = None
        try:
            with self._alone():
                before = self._current()
                return self._carried_out(before)
        except (ListFormatError, EditionRefusedError) as error:
            kept = tuple(path for path in (self.folder / one.name for one in self.wanted) if path.exists())
            return self._unsuccessful(Verdict.REFUSED, before, error, kept)
        except StoreError as error:
            # Don't fill the disk with files that can't be used.
            shutil.rmtree(self.folder, ignore_errors=True)
            return self._unsuccessful(Verdict.FAILED, before, error)
        except ScreenkitError as error:
            return self._unsuccessful(Verdict.FAILED, before, error)

    def _carried_out(self, before: State | None) -> Outcome:
        asked = dt.datetime.now(dt.UTC)
        fetched = self._fetched(self._known(before))
        validators = {recorded(one.wanted.url): one.validators for one in fetched}
        if before is not None and not any(one.is_new for one in fetched):
            with self.store.writing():
                # The answer was about the edition that was current when the publisher was asked.
                if self.store.current(self.source).edition.sha256 == before.edition.sha256:
                    self.store.checked(self.source, asked, validators)
            edition = before.edition
            return Outcome(source=self.source, verdict=Verdict.UNCHANGED, edition=edition, previous=edition)
        installed = self.store.install(
            self.source,
            [Incoming(path=self.folder / one.wanted.name, url=recorded(one.wanted.url)) for one in fetched],
            retrieved=asked,
            validators=validators,
            accept_change=self.accept_change,
            strict=self.strict,
            index=self.index,
        )
        shutil.rmtree(self.folder, ignore_errors=True)  # Whatever is left is overwritten by the next update.
        overridden = installed.accepted.overridden if installed.accepted else ()
        told = [*installed.announcements, *(f"{self.source}: accepted: {line}" for line in overridden)]
        if any(is_open(one.url) for one in self.wanted):
            told.append(f"{self.source}: fetched over plain http; the list could have been altered on the way")
        return Outcome(
            source=self.source,
            verdict=Verdict.UPDATED if installed.is_new else Verdict.UNCHANGED,
            edition=installed.edition,
            previous=installed.previous,
            announcements=tuple(told),
        )

    def _fetched(self, known: Mapping[str, Validators]) -> list[FetchedFile]:
        """Fetch the parts that have changed. If one has, fetch all of them, so that they are from the same time."""

        def one(part: FileRequest) -> FetchedFile:
            partial = PartialDownload(self.folder, part.name, part.url)
            return fetch(part, partial, limits=self.limits, progress=self.progress)

        fetched = [one(attrs.evolve(part, validators=known.get(recorded(part.url)))) for part in self.wanted]
        if not any(part.is_new for part in fetched):
            return fetched
        return [part if part.is_new else one(attrs.evolve(part.wanted, validators=None)) for part in fetched]

    def _current(self) -> State | None:
        try:
            return self.store.current(self.source)
        except NoListError:
            return None
        except StoreError:
            if self.accept_change is None:
                raise
            return None  # The person accepts the damage, and the store records it.

    def _known(self, before: State | None) -> Mapping[str, Validators]:
        """The validators to send; none if a file is damaged or unreadable, so that it is fetched again."""
        if before is None:
            return {}
        try:
            self.store.read(before.edition)
        except (StoreError, SourceError):
            return {}
        return before.validators

    def _unsuccessful(
        self, verdict: Verdict, before: State | None, error: ScreenkitError, kept: tuple[Path, ...] = ()
    ) -> Outcome:
        edition = before.edition if before else None
        return Outcome(
            source=self.source, verdict=verdict, edition=edition, previous=edition, error=str(error), kept=kept
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only update of the source. A second one waits, and then mostly finds nothing new."""
        lock = filelock.FileLock(self.folder.with_name(f"{self.source}.lock"), timeout=self.limits.total_seconds)
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except filelock.Timeout as error:
            raise FetchError(
                f"{self.source}: another update of this list is running. Try again when it has finished."
            ) from error
        except OSError as error:
            reason = error.strerror or error
            raise StoreError(f"{self.folder.parent}: can't be written: {reason}. Correct the permissions.") from error
        try:
            yield
        finally:
            lock.release()
