"""Raw list files in, designations out: `read`, and the mapping of formats to readers."""

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
from screenkit.model.subject import check_name

from .aliases import splitting as aliases
from .au import reader as au_dfat
from .ca import reader as ca_sema
from .ch import reader as ch_seco
from .csl import csv_reader as csl_csv
from .csl import json_reader as csl_json
from .eu import csv_reader as eu_csv
from .eu import reader as eu_fsf
from .files import ListFile, is_page, open_list_file
from .fincen import reader as fincen
from .format import Format, describe
from .ftm import reader as ftm
from .ftm import targets_csv as opensanctions_targets
from .house import reader as house
from .job import Fault, Job
from .jp import asset_freezes as jp_mof
from .jp import reader as jp_meti
from .manifest import Manifest, is_source, manifest, source_ids
from .ofac import advanced as ofac_advanced
from .ofac import enhanced as ofac_enhanced
from .ofac import legacy as ofac_legacy
from .ofac import simple as ofac_simple
from .senzing import reader as senzing
from .shares import Shares
from .ua import reader as ua_nsdc
from .uk import csv_reader as uk_csv
from .uk import ods_reader as uk_ods
from .uk import xml_reader as uk_xml
from .un import reader as un_sc
from .wb import reader as world_bank

__all__ = [
    "FORMATS",
    "Fault",
    "ListReader",
    "Manifest",
    "is_source",
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
            eu_csv.FORMAT,
            uk_csv.FORMAT,
            uk_xml.FORMAT,
            uk_ods.FORMAT,
            ca_sema.FORMAT,
            ch_seco.FORMAT,
            au_dfat.FORMAT,
            jp_meti.FORMAT,
            jp_mof.FORMAT,
            ua_nsdc.FORMAT,
            world_bank.FORMAT,
            fincen.FORMAT,
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
    """The designations of one edition, streamed, and what was counted on the way.

    A file with faults raises `ListFormatError` at its end, with all of them: until the stream has ended, nothing
    can be said about the whole file.
    """

    def __init__(self, job: Job, format: Format) -> None:
        self.format = format
        self._job = job
        self._kinds: Counter[Kind] = Counter()
        self._programs: Counter[str] = Counter()
        self._shares = Shares()
        self._stream = self._checked()

    def __next__(self) -> Designation:
        return next(self._stream)

    @property
    def edition(self) -> Edition:
        """The edition, with the counts of the designations streamed so far."""
        return self._job.edition.counted(self._kinds, self._programs)

    @property
    def notices(self) -> tuple[Fault, ...]:
        """Optional fields read so far whose text could not be parsed and was kept."""
        return tuple(self._job.notices)

    @property
    def losses(self) -> tuple[Fault, ...]:
        """Those of the notices that say that something published, no name or identifier, is missing."""
        return tuple(self._job.losses)

    @property
    def new_fields(self) -> tuple[Fault, ...]:
        """Those of the notices that are about a column or an element that the format isn't known to have."""
        return tuple(self._job.new_fields)

    @property
    def shortfalls(self) -> Mapping[str, tuple[int, int]]:
        """Kinds with fewer designations so far than a whole edition has: (found, fewest expected).

        After the end of the stream, one means a file that was cut between two records or emptied, or an excerpt;
        nothing in the file itself tells that.
        """
        expected = self._job.manifest.minimum_counts.items()
        return {kind: (self._kinds[Kind(kind)], least) for kind, least in expected if self._kinds[Kind(kind)] < least}

    @property
    def shares(self) -> Mapping[str, tuple[int, int]]:
        """Of birth dates, countries, birth places, addresses and identifiers so far: (read, stated)."""
        return self._shares.counts()

    @property
    def unknown_programs(self) -> Mapping[str, int]:
        """Program codes read so far that the manifest doesn't have, each with its count of designations."""
        unknown = self._job.unknown_programs()
        return {code: count for code, count in sorted(self._programs.items()) if code in unknown}

    def _checked(self) -> Iterator[Designation]:
        job = self._job
        seen: set[str] = set()
        try:
            for designation in self.format.read(job):
                if designation.id in seen:
                    job.fault(designation.id, "id", designation.id, "a second record has this ID")
                    continue
                seen.add(designation.id)
                if not _has_fit_names(job, designation):
                    continue
                self._kinds[designation.kind] += 1
                self._programs.update({program.code for program in designation.programs})
                self._shares.take(designation)
                yield aliases.with_derived_names(designation)
        except UnicodeDecodeError as error:
            raise ListFormatError(
                f"{job.file.name}: expected UTF-8; found a byte that isn't. Fetch it again."
            ) from error
        if not seen and not job.faults:
            job.fault("-", "-", "", "the file has no records")
        if job.faults:
            count = "1 fault" if len(job.faults) == 1 else f"{len(job.faults):,} faults"
            raise ListFormatError(
                f"{job.manifest.title}: {count} in {self.format.title}; the file is refused",
                tuple(map(str, job.faults)),
            )


def _has_fit_names(job: Job, designation: Designation) -> bool:
    """Whether all names can be searched; one that can't be is a fault, since its target would be missed."""
    is_fit = True
    for name in designation.names:
        try:
            check_name(name.text)
            if all(unicodedata.category(character)[0] in "CZ" for character in name.text):
                raise InvalidSubjectError("the name has only invisible characters")
        except InvalidSubjectError as error:
            is_fit = False
            job.fault(designation.id, "name", name.text.encode("utf-8", "backslashreplace").decode("utf-8"), str(error))
    return is_fit


def read(source: str, paths: Path_ | Iterable[Path_], *, strict: bool = False) -> ListReader:
    """Read a published list file, or the several files that make up one list.

    `source` is a source id (see `source_ids()`), `paths` the path of a file, of a folder that holds the
    files of one edition, or several paths. The content tells which of the source's formats it is.
    Returns an iterator that streams each `Designation`; no network is used. A file in which a name, an alias or an
    identifier is lost is refused; with `strict`, so is one in which anything else is, such as half a remark.

    Raises `UnknownSourceError`; `SourceError` for a file that can't be opened; `ListFormatError` for one
    that isn't the source's, is damaged or (at the end of the stream) has faulty records.
    """
    stated = manifest(source)  # An unknown source is reported before a missing file.
    return _reader(stated, map(open_list_file, list_paths(paths)), strict=strict)


def read_files(
    source: str, opened: Iterable[ListFile], *, retrieved: str | None = None, strict: bool = False
) -> ListReader:
    """Read files that are open already; `retrieved` is when they were fetched (ISO 8601, UTC). See `read`."""
    return _reader(manifest(source), opened, retrieved=retrieved, strict=strict)


def _reader(stated: Manifest, opened: Iterable[ListFile], *, strict: bool, retrieved: str | None = None) -> ListReader:
    files = tuple(sorted(opened, key=lambda file: file.name))
    format = _recognize(stated, files)
    edition = Edition(
        source=stated.id,
        title=stated.title,
        publisher=stated.publisher,
        format=format.id,
        retrieved=retrieved,
        sha256=_hash(files),
        coverage=stated.coverage,
    )
    return ListReader(Job(files=files, manifest=stated, edition=edition, is_strict=strict), format)


def list_paths(paths: Path_ | Iterable[Path_]) -> list[Path]:
    """The files of one edition: those given, and those in the folders given. Raises `SourceError` if there are none."""
    given = [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]
    found = [file for path in given for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    files = [file for file in found if not file.name.startswith(".") and (file.is_file() or not file.exists())]
    if not files:
        raise SourceError(f"{', '.join(map(str, given)) or 'no path'}: no file to read")
    return files


def _recognize(stated: Manifest, files: tuple[ListFile, ...]) -> Format:
    for format in (FORMATS[id] for id in stated.formats):
        if all(map(format.recognizes, files)):
            return format
    expected = " or ".join(FORMATS[id].title for id in stated.formats)
    found = "; ".join(f"{file.name} is {_identify(file)}" for file in files)
    raise ListFormatError(f"{stated.id}: expected {stated.title} as {expected}; found: {found}.")


def _identify(file: ListFile) -> str:
    titles = [format.title for format in FORMATS.values() if not is_page(file) and format.recognizes(file)]
    return titles[0] if titles else describe(file)


def _hash(files: tuple[ListFile, ...]) -> str:
    if len(files) == 1:
        return files[0].sha256()
    return hashlib.sha256("".join(file.sha256() for file in files).encode("ascii")).hexdigest()
