"""Readings of names in Latin or Cyrillic letters as Korean, where the whole name parses as Korean.

The name must be a surname of the table and a given name of one to three syllables, each spelled in one of the ways
of `screenkit.names.korean.spelling`. That strictness is the language detector. Where a spelling stands for several
sounds (u: ㅜ, ㅡ or ㅓ; Jongun: 종운 or 존군) each gives a reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Final

from screenkit.model.name import Reading, Role, Sound, Space
from screenkit.names.split import Word

from .phonetic import initial_sound, plain_sounds
from .spelling import SPELLINGS, Orthography
from .surnames import CUSTOMARY, SURNAME_KEYS

#: The most keys a given name is read as, and the most readings of a whole name.
MOST_GIVEN_KEYS: Final = 16
MOST_READINGS: Final = 64
#: The most syllables a given name has.
MOST_SYLLABLES: Final = 3
#: The longest word that is looked at: three times "hwang" with their customary letters.
LONGEST_WORD: Final = 20
_MOST_PARSES: Final = 64

# In Ch'oe and Ki-t'aek the apostrophe is the aspiration, which the classes do not distinguish.
_ASPIRATION: Final = re.compile("(?<=[ktpjsh])'")
# Breves as typists put them: carons, and apostrophes after the letter (OFAC: "CHO'NG").
_BREVES: Final = (("ǒ", "ŏ"), ("ǔ", "ŭ"), ("o'", "ŏ"), ("u'", "ŭ"))
# A joined given name has mostly two syllables, then one, then three.
_LIKELY_COUNT: Final = {2: 0, 1: 1, 3: 2}


def latin_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a Latin name as Korean: Kim Jong-un, KIM, Jong Un, Jongun Kim, Kim Chŏng-ŭn."""
    return islice(_readings(words, "Latin"), MOST_READINGS)


def cyrillic_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a Cyrillic name as Korean in Kontsevich's system: Ким Чен Ын, Пак Кын Хе."""
    return islice(_readings(words, "Cyrillic"), MOST_READINGS)


def is_marked(text: str) -> bool:
    """Whether a word has the breves of McCune-Reischauer, or carons for them."""
    return any(mark in text for mark in "ŏŭǒǔ")


def looks_korean(text: str) -> bool:
    """Whether a word in Latin letters looks like up to three Korean syllables: most words of other languages don't."""
    return _is_korean(text, "Latin")


def may_be_korean(words: Sequence[Word], script: str) -> bool:
    """Whether words may be a name by their syllables alone: all but the surname, of one word or two, are Korean."""
    if not 2 <= len(words) <= MOST_SYLLABLES + 2:
        return False
    foreign = [at for at, word in enumerate(words) if not _is_korean(word.text, script)]
    if not foreign:
        return True
    if len(words) == 2:
        return len(foreign) == 1 and words[foreign[0]].text in CUSTOMARY[script]
    return foreign[-1] < 2 or foreign[0] >= len(words) - 2


def _readings(words: Sequence[Word], script: str) -> Iterator[Reading]:
    if not 2 <= len(words) <= MOST_SYLLABLES + 2 or any(word.script != script for word in words):
        return
    texts = tuple([word.text for word in words])
    foreign = [at for at, text in enumerate(texts) if not _is_korean(text, script)]
    # A name written with breves has them wherever they belong: its plain o is ㅗ.
    marked = any(map(is_marked, texts))
    customary = CUSTOMARY[script]
    seen: set[tuple[str, str]] = set()
    for (start, stop), (given_start, given_stop) in _divisions(words):
        # All words of the given name are Korean syllables; a surname may be spelled by custom.
        if any(given_start <= at < given_stop for at in foreign):
            continue
        surname_text = texts[start] if stop == start + 1 else "".join(texts[start:stop])
        if surname_text not in customary:
            # Two words joined are not remembered: most pairs occur once and are no surname.
            is_foreign = start in foreign if stop == start + 1 else not _has_shape(surname_text, script, 2)
            if is_foreign:
                continue
        found = surname_readings(surname_text, script, marked)
        if not found:
            continue
        written = texts[given_start:given_stop]
        text = f"{surname_text.capitalize()} {'-'.join(written).capitalize()}"
        for given, surname in product(given_readings(written, script, marked), found):
            if (surname, given) not in seen:
                seen.add((surname, given))
                yield Reading(
                    language="ko",
                    system="kontsevich" if script == "Cyrillic" else system_of(texts),
                    space=Space.KOREAN,
                    text=text,
                    sounds=(
                        Sound(surname, Role.SURNAME, start, stop),
                        Sound(given, Role.GIVEN, given_start, given_stop),
                    ),
                )


def _divisions(words: Sequence[Word]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of surname and given name: a comma marks the surname, else it is first or last, of one or two words."""
    count = len(words)
    commas = [at for at, word in enumerate(words[:-1]) if word.before_comma]
    if commas:
        if commas[0] < 2 and len(commas) == 1:
            yield (0, commas[0] + 1), (commas[0] + 1, count)
        return
    for length in (1, 2) if count > 2 else (1,):
        yield (0, length), (length, count)
        yield (count - length, count), (0, count - length)


def surname_readings(text: str, script: str, marked: bool = False) -> tuple[str, ...]:
    """The keys of the Korean surnames that a spelling stands for; none if it is no Korean surname."""
    customary = CUSTOMARY[script].get(text)
    if customary is not None:
        return (customary,)
    return tuple(key for _, key in word_keys(text, script, marked, 2) if key in SURNAME_KEYS)


def given_readings(texts: tuple[str, ...], script: str, marked: bool = False) -> tuple[str, ...]:
    """The keys of a given name, likelier ones first: one word of up to three syllables, or a word a syllable."""
    if not 1 <= len(texts) <= MOST_SYLLABLES:
        return ()
    if len(texts) == 1:
        return tuple(key for _, key in word_keys(texts[0], script, marked, MOST_SYLLABLES))[:MOST_GIVEN_KEYS]
    parts = [word_keys(text, script, marked, 1, at == 0)[:MOST_GIVEN_KEYS] for at, text in enumerate(texts)]
    ways = sorted(product(*parts), key=lambda way: sum(rank for rank, _ in way))
    keys = dict.fromkeys(initial_sound(plain_sounds("".join(key for _, key in way))) for way in ways)
    return tuple(keys)[:MOST_GIVEN_KEYS]


# Most words of a name come again in other names.
@lru_cache(maxsize=8_192)
def word_keys(text: str, script: str, marked: bool, most: int, is_first: bool = True) -> tuple[tuple[int, str], ...]:
    """The ways a word parses as at most `most` Korean syllables: how unlikely (0 is likeliest), and the key."""
    if not _is_korean(text, script, most):
        return ()
    text = _unmarked(text)
    found: dict[str, tuple[int, int]] = {}
    for count, rank, letters in islice(_parses(text, SPELLINGS[script], marked, most), _MOST_PARSES):
        key = initial_sound(plain_sounds(letters)) if is_first else plain_sounds(letters)
        likelihood = (_LIKELY_COUNT[count], rank)
        found[key] = min(found.get(key, likelihood), likelihood)
    ways = sorted(found.items(), key=lambda way: way[1])
    return tuple((rank, key) for rank, (key, _) in enumerate(ways))


@lru_cache(maxsize=32_768)
def _is_korean(text: str, script: str, most: int = MOST_SYLLABLES) -> bool:
    """Whether a word looks like at most `most` Korean syllables: refuses other words at once."""
    return _has_shape(text, script, most)


def _has_shape(text: str, script: str, most: int) -> bool:
    return len(text) <= LONGEST_WORD and _SHAPES[script, most].fullmatch(_unmarked(text)) is not None


def _unmarked(text: str) -> str:
    """A word with its breves as breves and without apostrophes."""
    if text.isascii() and text.isalpha():
        return text
    for written, breve in _BREVES:
        text = text.replace(written, breve)
    return _ASPIRATION.sub("", text).replace("'", "")


def _shape(script: str, most: int) -> re.Pattern[str]:
    """What every word of at most `most` Korean syllables looks like."""
    spelling = SPELLINGS[script]
    initial, vowel, final = (
        "|".join(sorted(filter(None, table), key=lambda text: (-len(text), text)))
        for table in (spelling.initials, spelling.vowels, spelling.finals)
    )
    return re.compile(f"(?:(?:{initial})?(?:{vowel})(?:{final})?){{1,{most}}}")


_SHAPES = {(script, most): _shape(script, most) for script in SPELLINGS for most in range(1, MOST_SYLLABLES + 1)}


def _parses(text: str, spelling: Orthography, marked: bool, most: int, at: int = 0) -> Iterator[tuple[int, int, str]]:
    """All parses of text[at:] into 1 to `most` syllables: how many, how unlikely their sounds, and their letters."""
    for stop, rank, letters in _syllables(text, at, spelling, marked):
        if stop == len(text):
            yield 1, rank, letters
        elif most > 1:
            for count, more, rest in _parses(text, spelling, marked, most - 1, stop):
                yield count + 1, rank + more, letters + rest


def _syllables(text: str, at: int, spelling: Orthography, marked: bool) -> Iterator[tuple[int, int, str]]:
    """The syllables that begin at a place of a word: where they end, how unlikely their sounds, their letters."""
    for initial in _prefixes(text, at, spelling.initials, 3):
        if at and initial in spelling.edge_initials:
            continue
        for vowel in _prefixes(text, at + len(initial), spelling.vowels, 4):
            stop = at + len(initial) + len(vowel)
            if vowel[-1] == "h" and text[stop : stop + 1] in spelling.vowel_letters:
                continue
            sounds = spelling.vowels[vowel]
            for rank, sound in enumerate(sounds[:1] if marked else sounds):
                letters = spelling.initials[initial] + sound
                yield stop, rank, letters
                for end, more, closing in _finals(text, stop, spelling):
                    yield end, rank + more, letters + closing


def _finals(text: str, at: int, spelling: Orthography) -> Iterator[tuple[int, int, str]]:
    """The finals at a place of a word: where they end, how unlikely, and their class."""
    for final in _prefixes(text, at, spelling.finals, 2):
        end = at + len(final)
        if end < len(text) and final in spelling.edge_finals:
            continue
        # Before a vowel a consonant is the next syllable's, but for ㅇ, which never begins one.
        is_moved = len(final) == 1 and text[end : end + 1] in spelling.vowel_letters
        for rank, closing in enumerate(spelling.finals[final]):
            if closing == "x" or not is_moved:
                yield end, rank, closing


def _prefixes(text: str, at: int, table: Mapping[str, object], longest: int) -> Iterator[str]:
    for length in range(longest, -1, -1):
        prefix = text[at : at + length]
        if len(prefix) == length and prefix in table:
            yield prefix


def system_of(texts: Sequence[str]) -> str:
    """The romanization of a Latin spelling, by what only that system writes; "customary" where nothing shows it."""
    whole = " ".join(texts)
    if any(mark in whole for mark in "ŏŭǒǔ'"):
        return "mccune-reischauer"
    if any(mark in whole for mark in ("eo", "eu")):
        return "revised"
    if re.search(r"\b(?:kh|th|ph|(?:ri|ro|rim|ryu|ryang|jon)\b)", whole):
        return "dprk"
    return "customary"
