"""Every published file at hand: exact counts, and every strong name found by itself. Skips where absent.

By default one strong name in `ONE_IN` is searched, among one designation in three of its list, or all of OFAC's, and none
of the lists whose names are on the others. With SCREENKIT_LAWS=full it is searched among all designations of its list, and
with SCREENKIT_FULL=1 every name of every list is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from screenkit import Designation, Edition, ListFormatError, Screener, read
from screenkit.sources import ListReader

#: What one reading of a published list gave: its designations, its edition, and how much of each sort was read.
Reading = tuple[list[Designation], Edition, Mapping[str, tuple[int, int]]]

# Folder, source id, designations, published names (None where the file's own count is of something else).
FILES = [
    ("us_ofac_sdn/2021-07-07", "us_ofac_sdn", 8_976, None),
    ("us_ofac_sdn/2023-12-28", "us_ofac_sdn", 13_821, None),
    ("us_ofac_sdn/2021-03-10", "us_ofac_sdn", 8_832, 22_926),
    ("us_ofac_cons/2025-01-10", "us_ofac_cons", 443, 1_624),
    ("us_ofac_cons/2020-03-17", "us_ofac_cons", 375, 1_290),
    ("us_ofac_cons/2025-03-28", "us_ofac_cons", 443, 1_579),
    ("un_sc/2025-04-19", "un_sc", 877, None),
    ("un_sc/2025-11-20", "un_sc", 1_000, None),
    ("eu_fsf/2021-03-02", "eu_fsf", 2_269, 9_544),
    ("ca_sema/2025-03-20", "ca_sema", 4_759, None),
    # Two of the 34,171 names are "and".
    ("us_csl/2022-05-06", "us_csl", 14_160, 34_171 - 2),
    ("ftm/2024-03-14", "ftm", 607, 3_955),
    ("au_dfat/2026-02-24", "au_dfat", 3_811, None),
    ("au_dfat/2024-12", "au_dfat", 3_062, None),
    ("us_ofac_cons/2026-03", "us_ofac_cons", 442, None),
]
#: Files whose names are nearly all in other files too.
REPEATED = ("us_ofac_sdn/2021-03-10", "us_ofac_sdn/2021-07-07", "us_csl/2022-05-06", "au_dfat/2024-12")
#: Names of the README that hit on this list.
STORY = {
    "us_ofac_sdn/2023-12-28": ("DANDONG ZHICHENG METALLIC MATERIAL CO., LTD.", "CHI, Yupeng", "RI, Hong-il"),
}
#: Indexed once for several tests, so whole in any case.
WHOLE = "us_ofac_sdn/2023-12-28"
IS_FULL = bool(os.environ.get("SCREENKIT_FULL"))
IS_SHORT = settings().max_examples < 100 and not IS_FULL
ONE_IN = 1 if IS_FULL else 40


@pytest.mark.proofs
@pytest.mark.parametrize(("folder", "source", "records", "names"), FILES, ids=[file[0] for file in FILES])
def test_counts_are_exact_and_every_strong_name_finds_its_own_designation(
    folder: str,
    source: str,
    records: int,
    names: int | None,
    reading_of: Callable[[str], Reading],
    screener_of: Callable[[str], Screener],
) -> None:
    designations, edition, _ = reading_of(folder)
    assert len(designations) == records == edition.records
    counted = Counter(name.derived_from is None for one in designations for name in one.names)
    assert names in (None, counted[True])

    if folder in REPEATED and not IS_FULL:
        return
    if IS_SHORT and folder != WHOLE:
        designations = designations[::3]
    screener = screener_of(folder) if folder == WHOLE else Screener(designations)
    policy = screener.policy
    full = policy.threshold_points(1.0)
    strong = [
        (at, listed.text)
        for at, designation in enumerate(designations)
        for listed in designation.names
        if not (listed.is_weak and policy.suppress_weak and source in policy.weak_sources)
    ]
    positions = {(one.source, one.id): at for at, one in enumerate(designations)}
    lost = []
    for at, text in strong[::ONE_IN]:
        found = screener.screen(text, threshold=1.0)
        own = {positions[hit.designation.source, hit.designation.id]: hit.points for hit in found}
        if own.get(at) != full:
            lost.append((designations[at].id, text))
    assert not lost
    for name in STORY.get(folder, ()):
        top = screener.screen(name)[0]
        assert top.points == 10_000
        assert {"DPRK3", "NPWMD", "DPRK2"} & {program.code for program in top.programs}


def test_the_damaged_download_is_refused_with_its_place(shared: Callable[[str], Path]) -> None:
    reader: ListReader = read("un_sc", shared("lists/un_sc/damaged"))
    with pytest.raises(ListFormatError, match=r"line 53, column 10.*damaged or cut off"):
        list(reader)
