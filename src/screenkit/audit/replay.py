"""Replay: a recorded screening is repeated, and every difference from the record is reported."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import attrs

from screenkit.audit.differences import Difference, by_designation, by_source, compare_records
from screenkit.audit.references import Contexts
from screenkit.decisions import Decisions
from screenkit.editions.store import Store
from screenkit.editions.store_records import InstalledEdition
from screenkit.errors import AuditError, NoListError, ScreenkitError
from screenkit.model import Identifier, PartialDate, Subject
from screenkit.policy import Policy
from screenkit.results import Screening
from screenkit.results.record import subject_digest
from screenkit.screener import Screener
from screenkit.sources import ListReader, is_source, read
from screenkit.sources.starter import starter_path

#: What a record must have to be repeated.
_NEEDED = ("subject", "editions", "policy", "threshold", "hits", "suppressed")
#: Some systems write it before a text.
_BYTE_ORDER_MARK = "\ufeff"


@attrs.frozen(kw_only=True)
class Replay:
    """The result of repeating a recorded screening."""

    #: The screening as it is now.
    screening: Screening
    #: The differences of the result from the record.
    differences: tuple[Difference, ...]
    #: The versions that differ from those of the record.
    versions: tuple[Difference, ...]

    @property
    def is_identical(self) -> bool:
        """True if the result is exactly the recorded one, to the last piece of evidence; versions may differ."""
        return not self.differences


class Replayer:
    """Repeats recorded screenings with the editions in a store. The lists read last are kept for the next record."""

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
        """Repeat a screening from its record, the result of `Screening.to_dict`.

        If the record was made without the subject's names, give the `subject` as it was screened, with all its facts,
        and the `subject_key` of the record. If `decisions` were applied, give their file; later decisions are ignored.
        A screening of the starter list is repeated if the package has the same starter list.

        Raises `AuditError` if the record is malformed or incomplete, if the subject or key is not that of the record,
        or if the store lacks editions that were searched, all of which are named.
        """
        check_record(record)
        is_hidden = "digest" in record["subject"]
        asked = _identified(record["subject"], subject, subject_key) if is_hidden else _subject(record["subject"])
        screener = self._screener(record)
        at = _reviewed_at(record)
        if at is not None and decisions is None:
            raise AuditError("reviewers' decisions were applied in this screening: give the decisions file")
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
                    f"the screening searched parts of two editions of {source}, because its screener was updated; only"
                    " complete editions can be searched again"
                )
            try:
                found.append(self._reader(source, sha256))
            except NoListError as error:
                missing.append(f"\n  - {error}")
        if missing:
            raise AuditError(f"the screening can't be repeated, because these editions are missing:{''.join(missing)}")
        return found

    def _reader(self, source: str, sha256: str) -> ListReader:
        if not sha256:
            raise NoListError(
                f"designations of {source or 'no source'} that were given to the screener directly; they are not in a"
                " list file or a store"
            )
        if source == "starter":
            reader = read("starter", starter_path())
            if reader.edition.sha256 != sha256:
                raise NoListError(
                    f"the starter list with SHA-256 {sha256}; this version of screenkit has another one"
                    f" ({reader.edition.sha256}). Use the version that the record names."
                )
            return reader
        return self.store.read(self._edition(source, sha256))

    def _edition(self, source: str, sha256: str) -> InstalledEdition:
        if is_source(source):
            for edition in self.store.editions(source):
                if edition.sha256 == sha256:
                    return edition
        raise NoListError(
            f"{source} with SHA-256 {sha256} is not in the store {self.store.path}. Install the same file:"
            f" `screenkit import FILE --source {source}`"
        )


def check_record(record: object) -> None:
    """Raise `AuditError` if a value is not the record of a screening; the message doesn't quote it."""
    if not isinstance(record, Mapping):
        raise AuditError("the record of a screening must be a JSON object, as Screening.to_dict() returns it")
    lacking = [key for key in _NEEDED if key not in record]
    if lacking:
        raise AuditError(
            f"the record lacks {', '.join(lacking)}; give the complete record, as Screening.to_dict() returned it"
        )
    try:
        by_source(record["editions"])
        by_designation(record["hits"]), by_designation(record["suppressed"])
        is_fit = all(isinstance(edition["sha256"], str) for edition in record["editions"])
        is_fit = is_fit and isinstance(record["subject"], dict) and isinstance(record["policy"], dict)
        is_fit = is_fit and type(record["threshold"]) is int
    except (LookupError, TypeError, AttributeError):
        is_fit = False
    if not is_fit:
        raise AuditError("the record doesn't have the form that Screening.to_dict() returns: it was altered")


def _identified(recorded: Mapping[str, Any], subject: Subject | None, key: bytes | None) -> Subject:
    """The subject given for a record without names. Raises `AuditError` if it is not the one recorded."""
    if subject is None or key is None:
        raise AuditError(
            "the record was made without names: give the subject as it was screened, and the key of the record"
        )
    if subject.customer is None and isinstance(recorded.get("customer"), str):
        subject = attrs.evolve(subject, customer=recorded["customer"])
    if not hmac.compare_digest(subject_digest(subject, key).encode(), str(recorded["digest"]).encode()):
        raise AuditError(
            "the subject or the key is not the one of the record; give the key, and every name and fact as they were"
            " screened"
        )
    return subject


def _reviewed_at(record: Mapping[str, Any]) -> dt.datetime | None:
    """The time up to which decisions count; None if the record was made without decisions."""
    try:
        return dt.datetime.fromisoformat(record["time"]) if record.get("is_reviewed") else None
    except (LookupError, TypeError, ValueError) as error:
        raise AuditError("the record doesn't state its time, so it isn't known which decisions were applied") from error


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
        # The error may quote a customer's name.
        raise AuditError(f"the subject in the record can't be read ({type(error).__name__}): it was altered") from None


def _partial_date(stated: Mapping[str, Any]) -> PartialDate:
    return PartialDate(
        text=stated["text"],
        earliest=dt.date.fromisoformat(stated["earliest"]),
        latest=dt.date.fromisoformat(stated["latest"]),
        circa=stated["circa"],
    )


def _policy(stated: Mapping[str, Any]) -> Policy:
    """The policy of a record. Fields that this version doesn't have are left out; then the fingerprints differ."""
    known = {field.name: stated[field.name] for field in attrs.fields(Policy) if field.name in stated}
    try:
        return Policy(**known)
    except (ScreenkitError, TypeError) as error:
        raise AuditError(f"this version can't use the policy in the record: {error}") from error


def records(text: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records in a file, each with the number of its line.

    The file has one JSON object, or one in each line: a record, or a line of an audit log. Raises `AuditError` for
    anything else, with the line.
    """
    lines = enumerate(text, 1)
    contexts = Contexts()
    for number, line in lines:
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            if number > 1:
                raise AuditError(f"line {number:,} is not JSON; give one record, or one in each line") from None
            # One record in several lines.
            record = _whole("".join((line, *(rest for _, rest in lines))))
        place = number
        if isinstance(record, dict) and "record" in record and "hash" in record:
            place, record = record.get("line", number), record["record"]
            if not isinstance(record, dict) or "note" in record or "batch" in record:
                continue
        try:
            if isinstance(record, dict):
                if contexts.take(place, record):
                    continue
                record = contexts.whole(record)
            check_record(record)
        except AuditError as error:
            raise AuditError(f"line {number:,}: {error}") from error
        yield number, record


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "text"
        raise AuditError(f"{where} is not JSON; give one record, or one in each line") from None
