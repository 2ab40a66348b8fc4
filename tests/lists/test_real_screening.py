"""Published lists: searching them finds what comparing finds, and no name makes it slow. Skips where absent."""

from __future__ import annotations

import os
import string
from collections.abc import Callable, Sequence
from random import Random
from time import process_time

import pytest

from screenkit import Designation, Identifier, PartialDate, Screener, Subject
from screenkit.model.name_limits import too_long
from screenkit.comparison.designations import compare_subject

#: Designations and queries of each list, by how much the laws try.
DESIGNATIONS, QUERIES = {"full": (300, 12), "long": (400, 150)}.get(os.environ.get("SCREENKIT_LAWS", ""), (150, 12))
LISTS = (("us_ofac_sdn", "2021-07-07"), ("eu_fsf", "2021-03-02"), ("un_sc", "2025-11-20"))
#: Down to the floor, up to the full score.
THRESHOLDS = (0.5, 0.6, 0.75, 0.9, 1.0)
#: A hostile name takes some 50 ms. The limit is far above what a loaded machine or an interpreted search needs: it tells
#: work that grows with the square of a name, which took half a minute.
MOST_SECONDS = 10.0


def misspelled(text: str, chance: Random) -> str:
    """A name as somebody else types it: letters dropped or swapped, words left out, joined, cut, turned round."""
    words = text.split()
    at, other = chance.randrange(max(len(text) - 1, 1)), chance.randrange(max(len(text) - 2, 1))
    dropped = text[:at] + text[at + 1 :]
    word = chance.randrange(len(words))
    given = chance.choice(
        (
            text,
            dropped,
            dropped[:other] + dropped[other : other + 2][::-1] + dropped[other + 2 :],
            f"{text[:at]} {text[at:]}",
            " ".join([*words[:word], *words[word + 1 :]]),
            " ".join([*words[:word], words[word][0], *words[word + 1 :]]),
            " ".join(reversed(words)).replace(",", ""),
            " ".join(["".join(words[:2]), *words[2:]]),
            f"{text} Trading",
        )
    )
    return given if any(map(str.isalnum, given)) else text


def asked_for(designation: Designation, other: Designation, chance: Random) -> Subject:
    """A subject like a designation: its names misspelled, its facts or another one's, and sometimes an identifier."""
    facts = chance.choice((designation, designation, other))
    weak = [name for name in designation.names if name.is_weak]
    names = weak if weak and chance.random() < 0.5 else designation.names
    chosen = [chance.choice(names).text for _ in range(chance.choice((1, 1, 2)))]
    places = [place.country for place in (*facts.nationalities, *facts.birth_places) if place.country]
    numbers: Sequence[Identifier | str] = [
        number if chance.random() < 0.5 else number.value for number in facts.identifiers if number.value.strip()
    ]
    born: PartialDate | None = chance.choice((*facts.birth_dates, None))
    return Subject(
        [misspelled(name, chance) for name in chosen],
        kind=chance.choice((None, designation.kind, other.kind)),
        birth_date=born,
        countries=places[:2],
        gender=chance.choice((None, facts.gender)),
        identifiers=chance.sample(numbers, min(len(numbers), 1)) if chance.random() < 0.4 else (),
    )


def has_native_script(designation: Designation) -> bool:
    return any(not name.text.isascii() for name in designation.names)


@pytest.mark.proofs
@pytest.mark.parametrize(("source", "edition"), LISTS, ids=[source for source, _ in LISTS])
def test_searching_a_published_list_returns_exactly_what_comparing_returns(
    source: str, edition: str, designations_of: Callable[[str], list[Designation]]
) -> None:
    chance = Random(f"{source} {edition}")
    everything = designations_of(f"{source}/{edition}")
    native = [one for one in everything if has_native_script(one)]
    chosen = chance.sample(native, min(len(native), DESIGNATIONS // 2))
    rest = [one for one in everything if one not in chosen] if len(chosen) < 50 else []
    rest = rest or [one for one in everything if not has_native_script(one)]
    chosen += chance.sample(rest, min(len(rest), DESIGNATIONS - len(chosen)))
    screener = Screener(chosen)
    hits = suppressed = 0
    with_weak = [one for one in chosen if any(name.is_weak for name in one.names)] or chosen
    for _ in range(QUERIES):
        subject = asked_for(chance.choice(chance.choice((chosen, with_weak))), chance.choice(chosen), chance)
        scores = [compare_subject(subject, one, screener.policy) for one in chosen]
        for threshold in THRESHOLDS:
            least = round(threshold * 10_000)
            found = screener.screen(subject, threshold=threshold)
            alerting = {
                one.id: strong
                for one, (strong, _) in zip(chosen, scores, strict=True)
                if strong and (strong.points >= least or strong.is_identified)
            }
            weak = {
                one.id: weakly
                for one, (_, weakly) in zip(chosen, scores, strict=True)
                if weakly and weakly.points >= least and one.id not in alerting
            }
            assert {hit.designation.id: hit.result for hit in found} == alerting, (subject, threshold)
            assert {hit.designation.id: hit.result for hit in found.suppressed} == weak, (subject, threshold)
            hits += len(alerting)
            suppressed += len(weak)
    # The run is worth something: nearly every subject is found, most of them at several thresholds.
    assert hits > 2 * QUERIES
    # Of these lists, OFAC's weak marks alone count.
    assert (suppressed > 0) is (source == "us_ofac_sdn")


_PAIRS = [f"{one}{other}" for one in string.ascii_lowercase for other in string.ascii_lowercase]
HOSTILE = {
    "300 one-letter words": " ".join((string.ascii_lowercase + "абвгдежзиклмн") * 8)[:599],
    "300 equal one-letter words": "a " * 300,
    "300 different short words": " ".join(_PAIRS[:300]),
    "trading 300 times": "trading " * 300,
    "mohammed 100 times": "mohammed " * 100,
    "100 common words": "mohammed ali trading company bank general al abu kim ltd " * 10,
    "100 initials": " ".join(f"{letter}." for letter in (string.ascii_uppercase * 4)[:100]),
    "4,096 letters in one word": "a" * 4_096,
    "4,096 different letters in one word": "".join(_PAIRS * 4)[:4_096],
    "2,000 Han characters": "中" * 2_000,
    "2,000 different Han characters": "".join(map(chr, range(0x4E00, 0x4E00 + 2_000))),
    "Hangul": "김정은" * 600,
    "Arabic": "محمد عبد الرحمن " * 100,
    "Cyrillic": "владимир иванович " * 100,
    "digits": "1234567890" * 200,
    "words of digits": " ".join(map(str, range(300))),
    "all scripts": "Kim 김정은 محمد Иванов 马晓红 ヤマハ Γιώργος יצחק გიორგი Տիգրան สมชาย " * 10,
    "all scripts in one word": "Kim김정은محمدИванов马晓红ヤマハΓιώργος" * 20,
    "words with zero-width characters": "\u200bm\u200do\u200bh\u200ca\u200bm\u200bm\u200be\u200bd " * 100,
    "zero-width characters around a letter": "\u200b" * 2_000 + "a" + "\u200b" * 2_000,
    "one comma": "al " * 100 + ", " + "abd " * 100,
} | {word: word for word in ("trading", "mohammed", "al", "kim", "ltd", "bank", "a", "ali", "company", "general", "li")}


def test_no_name_makes_a_whole_list_slow(screener_of: Callable[[str], Screener]) -> None:
    screener = screener_of("us_ofac_sdn/2023-12-28")
    took = {}
    for title, text in HOSTILE.items():
        while too_long(text):  # longer names are refused
            text = text[: len(text) * 3 // 4]
        for threshold in (None, 0.5):
            started = process_time()
            screener.screen(text, threshold=threshold)
            took[title, threshold] = process_time() - started
    assert not {asked: seconds for asked, seconds in took.items() if seconds >= MOST_SECONDS}
