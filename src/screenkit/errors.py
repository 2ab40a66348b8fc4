"""Trouble in, one family of exceptions out.

Every exception that screenkit raises on purpose is a `ScreenkitError`. A message says where the trouble
is (file, record, field, value) and then what to do about it.
"""

from __future__ import annotations


class ScreenkitError(Exception):
    """The base of every error that screenkit raises on purpose."""


class InvalidSubjectError(ScreenkitError, ValueError):
    """What the caller wants screened can't be screened: empty, not text, too long, a date that is none."""


class InvalidRecordError(ScreenkitError, ValueError):
    """A record of the model was built from values it can't hold, such as a designation without an id."""


class InvalidPolicyError(ScreenkitError, ValueError):
    """A policy, threshold or limit is outside its documented range."""


class SourceError(ScreenkitError):
    """A list can't be read: unknown source, missing file, wrong or damaged format, faulty records."""


class UnknownSourceError(SourceError, LookupError):
    """No list with that source id has a manifest."""


class ListFormatError(SourceError):
    """A list file is not what its source publishes; `faults` holds one line for each thing found wrong."""

    def __init__(self, summary: str, faults: tuple[str, ...] = ()) -> None:
        self.summary = summary
        self.faults = faults
        shown = "".join(f"\n  - {fault}" for fault in faults[:MOST_FAULTS_SHOWN])
        hidden = len(faults) - MOST_FAULTS_SHOWN
        more = f"\n  - and {hidden:,} more, in the attribute `faults`" if hidden > 0 else ""
        super().__init__(summary + shown + more)


class NoListError(SourceError):
    """There is no list to search: an empty iterable of designations, or no installed edition."""


class StaleListError(SourceError):
    """An installed edition was last checked against its publisher's longer ago than the policy's `max_age`."""


class EditionRefusedError(SourceError):
    """A fetched or imported edition is not taken up: malformed, too small, shrunk or older than the current one."""


class FetchError(SourceError):
    """A list could not be fetched whole from where its publisher offers it."""


class StoreError(ScreenkitError):
    """The store of editions can't be used: a file in it is missing, altered or can't be written."""


class SigningError(ScreenkitError):
    """A bundle's signature is missing or wrong, or a key can't be used."""


class AuditError(ScreenkitError):
    """An audit record or log can't be used: it is malformed, altered, incomplete or out of order."""


class DecisionError(ScreenkitError):
    """A reviewer's decision or the file that holds decisions can't be used."""


class BatchError(ScreenkitError):
    """A book of customers can't be screened, or not to its end."""


class DamagedFileError(ScreenkitError):
    """A saved file can't be used: it can't be opened, is foreign, cut off, damaged or of another version."""


class CalibrationError(ScreenkitError):
    """Labelled matches, ordinary names or a book can't be measured; `faults` holds one line for each thing wrong."""

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        self.faults = faults
        super().__init__(message)


class StarterCoverageWarning(UserWarning):
    """The answer rests on the embedded starter list, which is a demonstration and no compliance coverage."""


#: How many faults the text of a `ListFormatError` quotes; the attribute holds all of them.
MOST_FAULTS_SHOWN = 20
