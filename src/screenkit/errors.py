"""Every exception screenkit raises on purpose: `ScreenkitError`, and a class for each kind of problem.

A message says where the problem is (file, record, field, value) and then what to do about it.
"""

from __future__ import annotations


class ScreenkitError(Exception):
    """The base of every error that screenkit raises on purpose."""


class InvalidSubjectError(ScreenkitError, ValueError):
    """The subject can't be screened: a name is empty or too long, or a fact such as a birth date is malformed."""


class InvalidRecordError(ScreenkitError, ValueError):
    """A record of the model was built from values it can't hold, such as a designation without an id."""


class InvalidPolicyError(ScreenkitError, ValueError):
    """A policy, threshold or limit is outside its documented range."""


class SourceError(ScreenkitError):
    """A list can't be read: the source is unknown, the file is missing or damaged, or records are faulty."""


class UnknownSourceError(SourceError, LookupError):
    """No source has that id."""


class ListFormatError(SourceError):
    """A list file is not in the format its source publishes; `faults` has one line for each problem."""

    def __init__(self, summary: str, faults: tuple[str, ...] = ()) -> None:
        self.summary = summary
        self.faults = faults
        shown = "".join(f"\n  - {fault}" for fault in faults[:MOST_FAULTS_SHOWN])
        hidden = len(faults) - MOST_FAULTS_SHOWN
        more = f"\n  - and {hidden:,} more, in the attribute `faults`" if hidden > 0 else ""
        super().__init__(summary + shown + more)


class NoListError(SourceError):
    """There is no list to search: no designations were given, or no edition is installed."""


class StaleListError(SourceError):
    """An installed edition was last checked with its publisher longer ago than the policy's `max_age` allows."""


class EditionRefusedError(SourceError):
    """A fetched or imported edition was not installed: it is malformed, too small or older than the current one."""


class FetchError(SourceError):
    """A list could not be downloaded completely."""


class StoreError(ScreenkitError):
    """The store of editions can't be used: a file in it is missing, altered or not writable."""


class SigningError(ScreenkitError):
    """A bundle's signature is missing or wrong, or a key can't be used."""


class AuditError(ScreenkitError):
    """An audit record or log can't be used: it is malformed, altered, incomplete or out of order."""


class DecisionError(ScreenkitError):
    """A reviewer's decision or the file that holds decisions can't be used."""


class BatchError(ScreenkitError):
    """A book of customers can't be screened, or not completely."""


class DamagedFileError(ScreenkitError):
    """A saved file can't be used: it is missing, damaged, not screenkit's or of another version."""


class ServiceError(ScreenkitError):
    """The service can't be started as asked, or its file of API keys can't be used."""


class CalibrationError(ScreenkitError):
    """Labeled matches, ordinary names or a book can't be measured; `faults` has one line for each problem."""

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        self.faults = faults
        super().__init__(message)


class StarterCoverageWarning(UserWarning):
    """The answer rests on the embedded starter list, which is a demonstration and not compliance coverage."""


#: How many faults the text of a `ListFormatError` quotes; the attribute holds all of them.
MOST_FAULTS_SHOWN = 20
