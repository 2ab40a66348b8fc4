"""The manifests of OFAC's two lists: every published program code has an entry, the official files are named."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs
import pytest

from screenkit.model import Edition, Measure
from screenkit.sources import FORMATS, manifest, read

SDN = "us_ofac_sdn/2021-03-10/sdn.xml"
CONS_ADVANCED = "us_ofac_cons/2020-03-17/cons_advanced.xml"
CONS_ENHANCED = "us_ofac_cons/2025-01-10/cons_enhanced.xml"
CONSOLIDATED = "us_ofac_cons/2025-03-28/consolidated.xml"
#: The Consolidated Screening List's name for the SDN list; its other lists of the Treasury are the non-SDN ones.
CSL_SDN = "Specially Designated Nationals (SDN) - Treasury Department"
#: The columns of OFAC's legacy sdn.csv up to the program.
PROGRAM_COLUMN = 3


@attrs.frozen
class Seen:
    """What one reading of a published file showed."""

    edition: Edition
    unknown_programs: Mapping[str, int]
    #: Parties that nothing blocks.
    not_blocked: tuple[str, ...]


@pytest.fixture(scope="module")
def seen(shared: Callable[[str], Path]) -> Callable[[str, str], Seen]:
    """Read a published file, each once."""

    @functools.cache
    def reading(source: str, path: str) -> Seen:
        reader = read(source, shared(f"lists/{path}"))
        not_blocked = tuple(found.id for found in reader if Measure.BLOCK not in found.measures)
        return Seen(reader.edition, reader.unknown_programs, not_blocked)

    return reading


def legacy_codes(path: Path) -> frozenset[str]:
    """The program codes of the main one of OFAC's legacy files."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) > PROGRAM_COLUMN]
    return frozenset(code for row in rows for code in re.split(r"\]\s*\[", row[PROGRAM_COLUMN].strip()))


@pytest.mark.parametrize(
    ("source", "path", "count"),
    [
        ("us_ofac_sdn", SDN, 67),
        ("us_ofac_cons", CONS_ADVANCED, 8),
        ("us_ofac_cons", CONS_ENHANCED, 13),
        ("us_ofac_cons", CONSOLIDATED, 13),
    ],
)
def test_every_code_in_the_real_files_has_an_entry(
    seen: Callable[[str, str], Seen], source: str, path: str, count: int
) -> None:
    published = seen(source, path)
    assert len(published.edition.programs) == count
    assert published.edition.programs.keys() - manifest(source).programs.keys() == set()
    assert dict(published.unknown_programs) == {}


@pytest.mark.parametrize("date", ["2021-07-07", "2023-12-28"])
def test_every_code_in_the_real_legacy_files_has_an_entry(shared: Callable[[str], Path], date: str) -> None:
    published = legacy_codes(shared(f"lists/us_ofac_sdn/{date}/sdn.csv"))
    assert len(published) >= 67
    assert published - manifest("us_ofac_sdn").programs.keys() == set()


def test_every_code_of_ofac_in_the_consolidated_screening_list_has_an_entry(shared: Callable[[str], Path]) -> None:
    published: dict[str, set[str]] = {"us_ofac_sdn": set(), "us_ofac_cons": set()}
    with shared("lists/us_csl/2022-05-06/consolidated.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if "Treasury" in row["source"]:
                stated = (code.strip() for code in row["programs"].split(";"))
                source = "us_ofac_sdn" if row["source"] == CSL_SDN else "us_ofac_cons"
                published[source].update(filter(None, stated))
    assert len(published["us_ofac_sdn"]) == 72
    assert {source: found - manifest(source).programs.keys() for source, found in published.items()} == {
        "us_ofac_sdn": set(),
        "us_ofac_cons": set(),
    }


@pytest.mark.parametrize(
    ("source", "format", "old"),
    [
        ("us_ofac_sdn", "ofac_simple/sdn.xml", "<program>IRAN</program>"),
        ("us_ofac_sdn", "ofac_enhanced/sdn_enhanced.xml", ">IRAN</sanctionsProgram>"),
        ("us_ofac_sdn", "ofac_advanced/sdn_advanced.xml", "<Comment>IRAN</Comment>"),
    ],
)
def test_an_unseen_code_is_kept_verbatim_and_shown(
    excerpt: Callable[[str], Path], tmp_path: Path, source: str, format: str, old: str
) -> None:
    text = excerpt(format).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "list.xml"
    path.write_text(text.replace(old, old.replace("IRAN", "Venus (2nd) -EO 20000")), encoding="utf-8")
    reader = read(source, path)
    vessel = next(designation for designation in reader if designation.id == "90003")
    (program,) = vessel.programs
    assert program.code == "Venus (2nd) -EO 20000"
    assert (program.is_known, program.title, program.authority, program.measures) == (False, "", "", ())
    list(reader)
    assert reader.unknown_programs["Venus (2nd) -EO 20000"] == 1
    assert reader.edition.programs["Venus (2nd) -EO 20000"] == 1


def official_files() -> Iterator[tuple[str, str, str, str]]:
    for source in ("us_ofac_sdn", "us_ofac_cons"):
        for file in manifest(source).files:
            yield source, file.format, file.url.rpartition("/")[2], file.part


def test_official_files() -> None:
    assert set(official_files()) == {
        ("us_ofac_sdn", "ofac_enhanced", "SDN_ENHANCED.XML", ""),
        ("us_ofac_sdn", "ofac_advanced", "SDN_ADVANCED.XML", ""),
        ("us_ofac_sdn", "ofac_simple", "SDN.XML", ""),
        ("us_ofac_sdn", "ofac_legacy", "SDN.CSV", "sdn"),
        ("us_ofac_sdn", "ofac_legacy", "ALT.CSV", "alt"),
        ("us_ofac_sdn", "ofac_legacy", "ADD.CSV", "add"),
        ("us_ofac_sdn", "ofac_legacy", "SDN_COMMENTS.CSV", "sdn_comments"),
        ("us_ofac_cons", "ofac_enhanced", "CONS_ENHANCED.XML", ""),
        ("us_ofac_cons", "ofac_advanced", "CONS_ADVANCED.XML", ""),
        ("us_ofac_cons", "ofac_simple", "CONSOLIDATED.XML", ""),
        ("us_ofac_cons", "ofac_legacy", "CONS_PRIM.CSV", "cons_prim"),
        ("us_ofac_cons", "ofac_legacy", "CONS_ALT.CSV", "cons_alt"),
        ("us_ofac_cons", "ofac_legacy", "CONS_ADD.CSV", "cons_add"),
        ("us_ofac_cons", "ofac_legacy", "CONS_COMMENTS.CSV", "cons_comments"),
    }
    for source in ("us_ofac_sdn", "us_ofac_cons"):
        assert all(
            file.url.startswith("https://sanctionslistservice.ofac.treas.gov/") for file in manifest(source).files
        )


@pytest.mark.parametrize("source", ["us_ofac_sdn", "us_ofac_cons"])
def test_default_format_is_the_one_that_is_whole(source: str) -> None:
    stated = manifest(source)
    assert stated.formats[0] == "ofac_enhanced"
    assert set(stated.formats) == {"ofac_enhanced", "ofac_advanced", "ofac_simple", "ofac_legacy"}
    assert set(stated.formats) <= FORMATS.keys()


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("us_ofac_sdn", SDN),
        ("us_ofac_cons", CONS_ADVANCED),
        ("us_ofac_cons", CONS_ENHANCED),
        ("us_ofac_cons", CONSOLIDATED),
    ],
)
def test_minimum_counts_are_well_below_published_lists(
    seen: Callable[[str, str], Seen], source: str, path: str
) -> None:
    for kind, fewest in manifest(source).minimum_counts.items():
        assert 0.5 <= fewest / seen(source, path).edition.counts[kind] <= 0.75, kind


def test_every_program_has_a_title_and_a_measure() -> None:
    for source in ("us_ofac_sdn", "us_ofac_cons"):
        for program in manifest(source).programs.values():
            assert program.title, program.code
            assert program.measures, program.code
            assert program.is_known


@pytest.mark.parametrize(
    ("source", "code", "authority", "measures"),
    [
        ("us_ofac_sdn", "NPWMD", "E.O. 13382; 31 CFR Part 544", (Measure.BLOCK,)),
        ("us_ofac_sdn", "DPRK3", "E.O. 13722; 31 CFR Part 510", (Measure.BLOCK, Measure.TRAVEL)),
        ("us_ofac_sdn", "SDGT", "E.O. 13224, as amended by E.O. 13886; 31 CFR Part 594", (Measure.BLOCK,)),
        ("us_ofac_sdn", "UKRAINE-EO13662", "E.O. 13662; 31 CFR Part 589", (Measure.BLOCK, Measure.TRAVEL)),
        ("us_ofac_cons", "UKRAINE-EO13662", "E.O. 13662; 31 CFR Part 589", (Measure.SECTORAL,)),
        ("us_ofac_cons", "NS-PLC", "31 CFR Parts 594, 595 and 597", (Measure.REJECT,)),
        ("us_ofac_cons", "CMIC-EO13959", "E.O. 13959, as amended by E.O. 14032; 31 CFR Part 586", (Measure.SECTORAL,)),
        ("us_ofac_cons", "CAPTA", "", (Measure.SPECIAL_MEASURE,)),
    ],
)
def test_program(source: str, code: str, authority: str, measures: tuple[Measure, ...]) -> None:
    program = manifest(source).programs[code]
    assert (program.authority, program.measures) == (authority, measures)


def test_every_party_of_the_sdn_list_is_blocked_but_for_what_accompanies_a_blocking_program() -> None:
    measures = {program.code: program.measures for program in manifest("us_ofac_sdn").programs.values()}
    assert {code for code, found in measures.items() if Measure.BLOCK not in found} == {"FSE-IR", "FSE-SY", "NS-PLC"}


def test_published_sdn_list_is_blocked_throughout(seen: Callable[[str, str], Seen]) -> None:
    assert seen("us_ofac_sdn", SDN).not_blocked == ()
