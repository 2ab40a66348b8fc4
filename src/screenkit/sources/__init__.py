"""Raw list files in, designations out: `read`, and the one visible mapping of formats to readers."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from screenkit.errors import InvalidSubjectError, ListFormatError, SourceError
from screenkit.model import Designation, Edition, Kind
from screenkit.model.asked import check_name

from . import (
    aliases,
    au_dfat,
    ca_sema,
    ch_seco,
    csl_csv,
    csl_json,
    eu_fsf,
    ftm,
    house,
    ofac_advanced,
    ofac_enhanced,
    ofac_legacy,
    ofac_simple,
    opensanctions_targets,
    senzing,
    uk_csv,
    uk_xml,
    un_sc,
)
from .files import ListFile, open_list_file
from .format import Format, describe
from .job import Fault, Job
from .manifest import Manifest, manifest, source_ids

__all__ = [
    "FORMATS",
    "Fault",
    "ListReader",
    "Manifest",
    "list_paths",
    "manifest",
    "read",
    "read_files",
    "source_ids",
]

Path_ = str | PathLike[str]

#: Format id -> format. A file is read by the first format of its source that recognizes it.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format.id: format
        for format in (
            ofac_enhanced.FORMAT,
            ofac_advanced.FORMAT,
            ofac_simple.FORMAT,
            ofac_legacy.FORMAT,
            un_sc.FORMAT,
            eu_fsf.FORMAT,
            uk_csv.FORMAT,
            uk_xml.FORMAT,
            ca_sema.FORMAT,
            ch_seco.FORMAT,
            au_dfat.FORMAT,
            csl_csv.FORMAT,
            csl_json.FORMAT,
            ftm.FORMAT,
            opensanctions_targets.FORMAT,
            senzing.FORMAT,
            house.FORMAT,
        )
    }
)


class ListReader(Iterator[Designation]):
    """The designations of one edition, streamed; when the stream has ended, what was counted on the way.

    A file with faults raises `ListFormatError` at its end, with all of them: a reading that was not
    exhausted says nothing about the file.
    """

    def __init__(self, job: Job, format: Format) -> None:
        self.format = format
        self._job = job
        self._kinds: Counter[Kind] = Counter()
        self._programs: Counter[str] = Counter()
        self._stream = self._checked()

    def __next__(self) -> Designation:
        return next(self._stream)

    @property
    def edition(self) -> Edition:
        """The edition, its counts those of the designations streamed so far."""
        return self._job.edition.counted(self._kinds, self._programs)

    @property
    def notices(self) -> tuple[Fault, ...]:
        """Optional fields met so far whose text could not be parsed and was kept."""
        return tuple(self._job.notices)

    @property
    def shortfalls(self) -> Mapping[str, tuple[int, int]]:
        """Kinds of which fewer designations were met so far than a whole edition has: (met, fewest expected).

        Looked at after the end of the stream, one tells of a file that was cut between two records, emptied,
        or is an excerpt; nothing in the file itself does.
        """
        expected = self._job.manifest.minimum_counts.items()
        return {kind: (self._kinds[Kind(kind)], least) for kind, least in expected if self._kinds[Kind(kind)] < least}

    @property
    def unknown_programs(self) -> Mapping[str, int]:
        """Program codes met so far that the manifest has no entry for, each with its count of designations."""
        unknown = self._job.unknown_programs()
        return {code: count for code, count in sorted(self._programs.items()) if code in unknown}

    def _checked(self) -> Iterator[Designation]:
        job = self._job
        seen: set[str] = set()
        try:
            for designation in self.format.read(job):
                if designation.id in seen:
                    job.fault(designation.id, "id", designation.id, "a second record has this id")
                    continue
                seen.add(designation.id)
                if not _has_fit_names(job, designation):
                    continue
                self._kinds[designation.kind] += 1
                self._programs.update({program.code for program in designation.programs})
                yield aliases.with_derived_names(designation)
        except UnicodeDecodeError as error:
            position = f"byte {error.start:,}" if error.start else "a byte"
            raise ListFormatError(
                f"{job.file.name}: expected UTF-8; found {position} that isn't. Fetch it again."
            ) from error
        if not seen and not job.faults:
            job.fault("-", "-", "", "the file holds no record at all; a list has some")
        if job.faults:
            raise ListFormatError(
                f"{job.manifest.title}: {len(job.faults):,} faults in {self.format.title}; the file is refused",
                tuple(map(str, job.faults)),
            )


def _has_fit_names(job: Job, designation: Designation) -> bool:
    """Whether all names can be searched; one that can't be is a fault, since its target would be missed."""
    is_fit = True
    for name in designation.names:
        try:
            check_name(name.text)
            if all(unicodedata.category(character)[0] in "CZ" for character in name.text):
                raise InvalidSubjectError("the name holds nothing but invisible characters")
        except InvalidSubjectError as error:
            is_fit = False
            job.fault(designation.id, "name", name.text.encode("utf-8", "backslashreplace").decode("utf-8"), str(error))
    return is_fit


def read(source: str, paths: Path_ | Iterable[Path_]) -> ListReader:
    """Read a published list file, or the several files that make up one list.

    `source` is a source id (see `source_ids()`), `paths` the path of a file, of a folder that holds the
    files of one edition, or several paths. Which of the source's formats it is is told from the content.
    Returns an iterator of `Designation` that streams; no network is used.

    Raises `UnknownSourceError`; `SourceError` for a file that can't be opened; `ListFormatError` for one
    that isn't the source's, is damaged or (at the end of the stream) has faulty records.
    """
    # An unknown source is told before a missing file.
    manifest(source)
    return read_files(source, map(open_list_file, list_paths(paths)))


def read_files(source: str, opened: Iterable[ListFile], *, retrieved: str | None = None) -> ListReader:
    """Read files that were opened already, fetched at that time (ISO 8601, UTC); see `read`."""
    stated = manifest(source)
    files = tuple(sorted(opened, key=lambda file: file.name))
    format = _recognize(stated, files)
    edition = Edition(
        source=source,
        title=stated.title,
        publisher=stated.publisher,
        format=format.id,
        retrieved=retrieved,
        sha256=_hash(files),
        coverage=stated.coverage,
    )
    return ListReader(Job(files=files, manifest=stated, edition=edition), format)


def list_paths(paths: Path_ | Iterable[Path_]) -> list[Path]:
    """The files of one edition: those given, and those in a folder given. Raises `SourceError` where there is none."""
    given = [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]
    found = [file for path in given for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    files = [file for file in found if not file.name.startswith(".") and (file.is_file() or not file.exists())]
    if not files:
        raise SourceError(f"{', '.join(map(str, given)) or 'no path'}: there is no file to read")
    return files


def _recognize(stated: Manifest, files: tuple[ListFile, ...]) -> Format:
    for format in (FORMATS[id] for id in stated.formats):
        if all(map(format.recognizes, files)):
            return format
    expected = " or ".join(FORMATS[id].title for id in stated.formats)
    found = "; ".join(f"{file.name} is {_identify(file)}" for file in files)
    raise ListFormatError(f"{stated.id}: expected {stated.title} as {expected}; found: {found}.")


def _identify(file: ListFile) -> str:
    titles = [format.title for format in FORMATS.values() if format.recognizes(file)]
    return titles[0] if titles else describe(file)


def _hash(files: tuple[ListFile, ...]) -> str:
    if len(files) == 1:
        return files[0].sha256()
    return hashlib.sha256("".join(file.sha256() for file in files).encode("ascii")).hexdigest()
