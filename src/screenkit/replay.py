"""The record of a screening in, the same screening made again and all that differs from the record out."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import attrs

from screenkit.decisions import Decisions
from screenkit.differences import Difference, by_designation, by_source, compare_records
from screenkit.editions.installed_edition import InstalledEdition
from screenkit.editions.store import Store
from screenkit.errors import AuditError, NoListError, ScreenkitError
from screenkit.model import Identifier, PartialDate, Screening, Subject
from screenkit.model.record import subject_digest
from screenkit.policy import Policy
from screenkit.screener import Screener
from screenkit.sources import ListReader, read, source_ids
from screenkit.sources.starter import starter_path

#: What a record has to hold to be repeated.
_NEEDED = ("subject", "editions", "policy", "threshold", "hits", "suppressed")
#: What some systems write before a text.
_BYTE_ORDER_MARK = "\ufeff"


@attrs.frozen(kw_only=True)
class Replay:
    """What came of repeating a recorded screening."""

    #: The screening as it is made now.
    screening: Screening
    #: Where its result differs from the record.
    differences: tuple[Difference, ...]
    #: Which versions differ from the record's.
    versions: tuple[Difference, ...]

    @property
    def is_identical(self) -> bool:
        """True where the result is the recorded one to the last piece of evidence, be the versions others."""
        return not self.differences


class Replayer:
    """Repeats recorded screenings from the editions in a store; the lists read last are kept for the next record."""

    def __init__(self, store: Store | None = None) -> None:
        """Take the store; by default the user's."""
        self.store = Store() if store is None else store
        self._made: tuple[object, Screener] | None = None

    def replay(
        self,
        record: Mapping[str, Any],
        *,
        subject: Subject | None = None,
        subject_key: bytes | None = None,
        decisions: Decisions | None = None,
    ) -> Replay:
        """Repeat what `Screening.to_dict` recorded.

        A record that keeps no names needs the `subject` as it was screened, with all its facts, and the `subject_key`
        of the record. One that went by reviewers' `decisions` needs their file, whose later decisions don't count.
        Raises `AuditError` for a record that is none, lacks what is needed, is of another subject or under another key,
        or rests on editions that the store doesn't have; it names all of those. The starter list is repeated from the
        one in the package, where that is the one recorded.
        """
        check_record(record)
        is_hidden = "digest" in record["subject"]
        asked = _identified(record["subject"], subject, subject_key) if is_hidden else _subject(record["subject"])
        screener = self._screener(record)
        at = _reviewed_at(record)
        if at is not None and decisions is None:
            raise AuditError("the record went by reviewers' decisions: give the decisions file")
        found = screener.screen(
            asked,
            threshold=record["threshold"] / 10_000,
            limit=record.get("limit"),
            decisions=None if at is None else decisions,
            at=at,
        )
        again = json.loads(found.to_json(subject_key=subject_key if is_hidden else None))
        differences = list(compare_records(record, again))
        return Replay(
            screening=found,
            differences=tuple(one for one in differences if not one.is_version),
            versions=tuple(one for one in differences if one.is_version),
        )

    def _screener(self, record: Mapping[str, Any]) -> Screener:
        editions = sorted((str(edition["source"]), str(edition["sha256"])) for edition in record["editions"])
        key = (editions, json.dumps(record["policy"], sort_keys=True))
        if self._made is None or self._made[0] != key:
            readers = self._readers(editions)
            policy = _policy(record["policy"])
            self._made = key, Screener(chain.from_iterable(readers), policy=policy)
        return self._made[1]

    def _readers(self, editions: Sequence[tuple[str, str]]) -> list[ListReader]:
        missing: list[str] = []
        found: list[ListReader] = []
        sources = [source for source, _ in editions]
        for source, sha256 in editions:
            if source and sources.count(source) > 1:
                raise AuditError(
                    f"the record searched parts of two editions of {source}, by a screener that was updated; only whole"
                    " editions can be searched again"
                )
            try:
                found.append(self._reader(source, sha256))
            except NoListError as error:
                missing.append(f"\n  - {error}")
        if missing:
            raise AuditError(f"the screening can't be repeated without what it searched:{''.join(missing)}")
        return found

    def _reader(self, source: str, sha256: str) -> ListReader:
        if not sha256:
            raise NoListError(
                f"designations of {source or 'no source'} that came from no list file; they were given to the screener"
                " by hand and are in no store"
            )
        if source == "starter":
            reader = read("starter", starter_path())
            if reader.edition.sha256 != sha256:
                raise NoListError(
                    f"the starter list of sha256 {sha256}; this version of screenkit has another one"
                    f" ({reader.edition.sha256}). Use the version that the record names"
                )
            return reader
        return self.store.read(self._edition(source, sha256))

    def _edition(self, source: str, sha256: str) -> InstalledEdition:
        if source in source_ids():
            for edition in self.store.editions(source):
                if edition.sha256 == sha256:
                    return edition
        raise NoListError(
            f"{source} of sha256 {sha256}: the store {self.store.path} doesn't have it. Install the very file:"
            f" `screenkit import FILE --source {source}`"
        )


def check_record(record: object) -> None:
    """Raise `AuditError` where a value is no record of a screening; the message quotes nothing of it."""
    if not isinstance(record, Mapping):
        raise AuditError("a record of a screening is a JSON object, as Screening.to_dict() gives it")
    lacking = [key for key in _NEEDED if key not in record]
    if lacking:
        raise AuditError(f"the record lacks {', '.join(lacking)}; give it whole, as Screening.to_dict() gave it")
    try:
        by_source(record["editions"])
        by_designation(record["hits"]), by_designation(record["suppressed"])
        is_fit = all(isinstance(edition["sha256"], str) for edition in record["editions"])
        is_fit = is_fit and isinstance(record["subject"], dict) and isinstance(record["policy"], dict)
        is_fit = is_fit and type(record["threshold"]) is int
    except (LookupError, TypeError, AttributeError):
        is_fit = False
    if not is_fit:
        raise AuditError("the record is not of the form that Screening.to_dict() gives: it was altered")


def _identified(recorded: Mapping[str, Any], subject: Subject | None, key: bytes | None) -> Subject:
    """The subject given, where it is the one of a record that keeps no names."""
    if subject is None or key is None:
        raise AuditError("the record keeps no names: give the subject as it was screened, and the key of the record")
    if subject.customer is None and isinstance(recorded.get("customer"), str):
        subject = attrs.evolve(subject, customer=recorded["customer"])
    if not hmac.compare_digest(subject_digest(subject, key).encode(), str(recorded["digest"]).encode()):
        raise AuditError(
            "the subject given is not the one recorded, or the key is another one; give every name and fact as they"
            " were screened"
        )
    return subject


def _reviewed_at(record: Mapping[str, Any]) -> dt.datetime | None:
    """The time whose decisions count, of a record that went by decisions."""
    try:
        return dt.datetime.fromisoformat(record["time"]) if record.get("is_reviewed") else None
    except (LookupError, TypeError, ValueError) as error:
        raise AuditError("the record doesn't tell its time, and so not which decisions counted") from error


def _subject(stated: Mapping[str, Any]) -> Subject:
    try:
        born = stated["birth_date"]
        return Subject(
            stated["names"],
            kind=stated["kind"],
            birth_date=None if born is None else _partial_date(born),
            countries=stated["countries"],
            gender=stated["gender"],
            identifiers=tuple(Identifier(**identifier) for identifier in stated["identifiers"]),
            customer=stated.get("customer"),
        )
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # What it says may be a customer's name.
        raise AuditError(f"the record's subject can't be read ({type(error).__name__}); give it as it was") from None


def _partial_date(stated: Mapping[str, Any]) -> PartialDate:
    return PartialDate(
        text=stated["text"],
        earliest=dt.date.fromisoformat(stated["earliest"]),
        latest=dt.date.fromisoformat(stated["latest"]),
        circa=stated["circa"],
    )


def _policy(stated: Mapping[str, Any]) -> Policy:
    """The policy of a record, as far as this version has its fields; where not, the two fingerprints differ."""
    known = {field.name: stated[field.name] for field in attrs.fields(Policy) if field.name in stated}
    try:
        return Policy(**known)
    except (ScreenkitError, TypeError) as error:
        raise AuditError(f"the record's policy can't be used by this version: {error}") from error


def records(text: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records in the lines of a file, each with the number of its line.

    A file is one JSON object, or one a line: a record, or a line of an audit log. Raises `AuditError` for anything
    else, with the line.
    """
    lines = enumerate(text, 1)
    for number, line in lines:
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            if number > 1:
                raise AuditError(f"line {number:,} is no JSON; give one record, or one a line") from None
            # One record on several lines.
            record = _whole("".join((line, *(rest for _, rest in lines))))
        if isinstance(record, dict) and "record" in record and "hash" in record:
            record = record["record"]
            if "note" in record:
                continue
        try:
            check_record(record)
        except AuditError as error:
            raise AuditError(f"line {number:,}: {error}") from error
        yield number, record


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "text"
        raise AuditError(f"no record: {where} is no JSON; give one record, or one a line") from None
