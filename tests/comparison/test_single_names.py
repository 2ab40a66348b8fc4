"""A customer's single name is compared with the surnames of listed persons, and with nothing else."""

from __future__ import annotations

import pytest

from screenkit import Designation, ListedName, Policy, Screener, compare
from screenkit.model import EvidenceKind

FOUND = (
    ("Putin", "PUTIN, Vladimir Vladimirovich"),
    ("maduro", "MADURO MOROS, Nicolas"),
    ("Mr. Deripaska", "DERIPASKA, Oleg Vladimirovich"),
    ("President Maduro", "MADURO MOROS, Nicolas"),
    ("Президент Мадуро", "MADURO MOROS, Nicolas"),
    ("Ayatollah Khamenei", "KHAMENEI, Ali Husseini"),
    ("Mullah Baradar", "Abdul Ghani Baradar"),
    ("ملا برادر", "BARADAR, Abdul Ghani"),
    ("al-Assad", "ASSAD, Maher"),
    ("Zawahiri", "AL ZAWAHIRI, Dr. Ayman"),
    ("Сечин", "SECHIN, Igor Ivanovich"),
    ("Soleymani", "SOLEIMANI, Qasem"),
    ("마두로", "MADURO MOROS, Nicolas"),
    # Transcriptions lack sounds: the syllables of no script are those of Russian.
    ("메드베데프", "MEDVEDEV, Dmitry Anatolyevich"),
    ("카디로프", "KADYROV, Ramzan Akhmatovich"),
    ("拉夫罗夫", "LAVROV, Sergei Viktorovich"),
    ("カディロフ", "KADYROV, Ramzan Akhmatovich"),
)
APART = (
    ("Kim", "KIM, Jong Un", "many have it"),
    ("Mohammed", "MOHAMMED, Khalid Shaikh", "many have it"),
    ("Nicolas", "MADURO MOROS, Nicolas", "a given name"),
    ("Igorevich", "SECHIN, Ivan Igorevich", "a father's name"),
    ("Maduro Ltd", "MADURO MOROS, Nicolas", "a firm"),
    ("Maduro Perez", "MADURO MOROS, Nicolas", "two names"),
    ("Amir Soleimani", "SOLEIMANI, Qasem", "Amir is a given name more often than a title"),
    ("Prigozhin", "PRIGOZHIN GROUP HOLDING", "a firm"),
    ("Sechkin", "SECHIN, Igor Ivanovich", "a letter more may be another name"),
    ("马", "MA, Xiaohong", "a syllable"),
    ("카디예프", "KADYROV, Ramzan Akhmatovich", "another syllable"),
)


@pytest.mark.parametrize(("query", "listed"), FOUND)
def test_a_single_name_finds_the_person_whose_surname_it_is(query: str, listed: str) -> None:
    designation = Designation(id="1", names=[ListedName(listed)])
    (hit,) = Screener([designation]).screen(query).hits
    assert hit.points == compare(query, designation).points < 8_000
    assert sum(item.points for item in hit.evidence) == hit.points
    gained = [item for item in hit.evidence if item.kind is EvidenceKind.SINGLE_NAME]
    assert len(gained) == 1
    assert gained[0].points > 0


@pytest.mark.parametrize(("query", "listed", "why"), APART)
def test_what_is_no_single_name_of_a_surname_gains_nothing(query: str, listed: str, why: str) -> None:
    score = compare(query, listed)
    assert not any(item.kind is EvidenceKind.SINGLE_NAME for item in score.evidence), (why, score.explain())


def test_the_rarer_the_single_name_the_higher_it_stands() -> None:
    common, rare = compare("Castro", "CASTRO, Jorge"), compare("Deripaska", "DERIPASKA, Oleg")
    assert Policy().threshold_points() < common.points < rare.points


@pytest.mark.parametrize(("name", "loss"), [("Esperanza Silva", 1_000), ("Silva Esperanza Duque", 1_000)])
def test_a_person_is_not_what_has_one_of_the_names_alone(name: str, loss: int) -> None:
    taken = [one for one in compare(name, "ESPERANZA").evidence if one.kind is EvidenceKind.UNMATCHED_WORD]
    assert [one.points for one in taken] == [-loss] + [0] * (len(taken) - 1)
    assert compare(name, "ESPERANZA").points < Policy().threshold_points()


@pytest.mark.parametrize("name", ["Esperanza Trading", "Esperanza Ltd", "Captain Esperanza", "Esperanza 2"])
def test_what_is_added_to_a_firm_or_ship_is_no_surname(name: str) -> None:
    taken = [one.points for one in compare(name, "ESPERANZA").evidence if one.kind is EvidenceKind.UNMATCHED_WORD]
    assert not any(taken)
