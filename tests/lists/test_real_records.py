"""Records of published files whose names and identifiers are pinned by digest: five of each list, or all of an excerpt.

Each was compared by eye with the raw file, all its names and identifiers. A digest that differs after a change of a
reader means that the record has to be looked at again, beside the file.
Skips where the files are absent; none of their content is here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

import pytest

from screenkit import Designation

#: File or folder, id -> digest of all names and identifiers.
SEEN: list[tuple[str, Mapping[str, str]]] = [
    (
        "au_dfat/2026-02-24",
        {"147": "9a8b0b6fb558e315", "2672": "f2a2df5a4bed5359", "8230": "1e2d7760b2eec607", "515": "179ab5767bc8006a", "2348": "9dab81e1fe09481c", "7586": "aff50b43a22492b6"},
    ),
    (
        "au_dfat/2024-12",
        {"2218": "0a62ec7723a3b2de", "3142": "cae65bcead999b51", "337": "58d04f9f50553f6a", "3557": "dee5794946389e2a", "402": "39930611a7305091"},
    ),
    (
        "un_sc/2025-11-20",
        {"QDi.060": "a101bd43eb878d45", "TAi.165": "6e4934d13643bba4", "KPe.001": "2fc24006c861694f", "QDi.371": "2a30e003887619c5", "QDi.395": "ce55f7fa26df2ced", "QDi.216": "88a9b67e85c245a3"},
    ),
    (
        "eu_fsf/2021-03-02",
        {"EU.27.28": "e7cb668757d19b74", "EU.3563.17": "392bfb2f6be35076", "EU.3086.89": "e2b24e56c989230f", "EU.3741.15": "943da2d7dd52f0ae", "EU.3155.86": "57d602d2bc710196"},
    ),
    (
        "eu_fsf/old-csv/eu.csv",
        {"EU.27.28": "e7cb668757d19b74", "EU.36.64": "2a0558b5da7cabe4", "EU.146.66": "5f66397aad68874d", "EU.3524.75": "dca4c9a430080e19", "EU.466.96": "afb1069a15935b9e"},
    ),
    (
        "ca_sema/2025-03-20",
        {"Belarus / Bélarus; 1, Part 1; 3": "4a9d73c1dddc15bb", "Iran; 1, Part 1; 12": "9efcbcb3c06c9c79", "Russia / Russie; 1.1; 5": "04da73ee61e1f9d5", "Russia / Russie; 1, Part 2; 592": "35cb3c126b9eee07", "Russia / Russie; 1, Part 2; 406": "4c1294e1aca41e50", "Russia / Russie; 1.1; 1": "caff94e8e11f11b9", "Russia / Russie; 1, Part 1; 492": "bdd0e893923e15a9", "Russia / Russie; 1, Part 1; 1123": "6fb8cbcb42125a6f"},
    ),
    (
        "us_ofac_cons/2026-03",
        {"9640": "6f89674d0583679c", "17016": "60d2b225b2e84fc4", "18736": "a29df930963105b5", "32153": "c540a782e34326e9", "18284": "6e98abb71864026a"},
    ),
    (
        "us_ofac_cons/2025-03-28",
        {"17250": "b78ae3842a4ae6b4", "32079": "3676b9594add022c"},
    ),
    (
        "us_ofac_cons/2020-03-17",
        {"19692": "8e00246214d6c080", "19649": "1816e26502b75713", "19686": "640163a26194b5ff"},
    ),
    (
        "us_ofac_sdn/2023-12-28",
        {"36": "24d1a7b19a636f46", "37070": "51e5343fdb918d8d", "46477": "2946247a5bf56733", "27332": "a2f28a6d59c4171c", "39619": "951e9df5489567f6"},
    ),
    (
        "us_ofac_sdn/2021-03-10",
        {"20030": "238b8c33bc90b68e", "15057": "618b29ca963fc71a", "21143": "fa6ac003ba92b728", "22554": "6953926bb4ed9da9"},
    ),
    (
        "us_csl/2022-05-06",
        {"7880": "667b073c5002106c", "26957": "4b5897b81947b8d9", "36465": "7fd1d4b20c360d1f", "18709/SSI": "d817272e1340d916"},
    ),
    (
        "us_csl/excerpts/consolidated.json",
        {"906": "34ed08279347940e", "2446250b": "3a508bbaa9d74d0a", "b6e959b59898e975daaae8fae3a8da1ec522f9f888cafc0e6401a16d": "8027ff72d2b3bfb0"},
    ),
    (
        "uk_fcdo/excerpts/UK-Sanctions-List.xml",
        {"AFG0001": "4bf58f1d2e80d963", "AQD0190": "ac0354320138329f", "AFG0007": "59bffcb6fb1f392a", "AFG0038": "0f7e45caf32cd876", "AQD0260": "433747b24ef1d6b0"},
    ),
    (
        "uk_fcdo/excerpts/UK-Sanctions-List.csv",
        {"RUS2176": "a9b41739245543d7", "AFG0001": "3f0e5caaca6c904e", "AFG0006": "e87c85d64bd8fc1b"},
    ),
    (
        "ch_seco/excerpts/consolidated-list.xml",
        {"1900": "92dbb0b940de4461", "34461": "906a98dc0f97b3ce", "46130": "0ad07695a0d717fb"},
    ),
    (
        "ftm/2024-03-14",
        {"Q63167635": "275e58eb85c95d33", "Q55976445": "de8d08b4a3f69689", "Q99637667": "a3b4b39f877836ec", "Q92418033": "5045debd74200e2e", "Q116765522": "c94905175e7e249e"},
    ),
]


def digest(designation: Designation) -> str:
    names = [[name.text, name.type, name.strength] for name in designation.names]
    identifiers = [[one.type, one.value, one.country or ""] for one in designation.identifiers]
    content = json.dumps([names, identifiers], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@pytest.mark.parametrize(("path", "seen"), SEEN, ids=[path for path, _ in SEEN])
def test_names_and_identifiers_are_what_they_were_when_looked_at(
    path: str, seen: Mapping[str, str], designations_of: Callable[[str], list[Designation]]
) -> None:
    found = {one.id: digest(one) for one in designations_of(path) if one.id in seen}
    assert found == seen
