"""The examples of every language (names/<language>/tables/examples.txt): two spellings of a name have a key in common.

A row marked `miss` is a known miss with its reason: when it becomes a match, its test fails and the mark goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest

from screenkit.names import arabic, chinese, foreign, japanese, korean, slavic, small_scripts
from screenkit.names.arabic.compounds import join_compounds
from screenkit.names.clean import clean
from screenkit.names.notation import read
from screenkit.names.split import Word, split_words

LANGUAGES: Mapping[str, ModuleType] = {
    one.__name__.rpartition(".")[2]: one for one in (arabic, chinese, foreign, japanese, korean, slavic, small_scripts)
}
#: Keys this similar are spellings of one name; Arabic script leaves vowels out, so its keys are rarely equal.
SAME = 9_000
#: A transcription leaves half of the sounds open. One in a thousand wrong words is as alike (foreign_names.py).
SAME_TRANSCRIBED = 6_500
MISS = "miss"


def examples() -> list[object]:
    found: list[object] = []
    for language in LANGUAGES:
        for native, latin, key, reason in read(f"{language}/examples.txt").rows(4):
            marks = [pytest.mark.xfail(reason=reason)] if key == MISS else []
            found.append(pytest.param(language, native, latin, key, marks=marks, id=f"{language}: {native} {latin}"))
    return found


def keys_of(language: str, text: str) -> set[str]:
    """The keys of a name: of its word, and of its readings as a whole, surname first."""
    module = LANGUAGES[language]
    words = split_words(clean(text)[0])
    if language == "arabic":
        texts = ["".join(word.text for word in words[start:stop]) for start, stop in join_compounds(words)]
        words = (Word("".join(texts), None),)
    keys = set(module.keys(words[0].text)) if len(words) == 1 else set()
    return keys | {" ".join(sound.key for sound in reading.sounds) for reading in module.readings(words)}


@pytest.mark.parametrize(("language", "native", "latin", "key"), examples())
def test_two_spellings_of_a_name_have_its_key(language: str, native: str, latin: str, key: str) -> None:
    one, other = keys_of(language, native), keys_of(language, latin)
    if key == MISS:
        assert one & other
    assert key in one
    least = SAME_TRANSCRIBED if language == "foreign" else SAME
    assert any(LANGUAGES[language].similarity(key, found) >= least for found in other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_shape(language: str) -> None:
    """No key is more similar to itself than full, and a name that is read is near itself within the edits allowed."""
    module = LANGUAGES[language]
    native, latin, *_ = read(f"{language}/examples.txt").rows(4)[0]
    for key in keys_of(language, native) | keys_of(language, latin):
        assert module.similarity(key, key) == 10_000
        assert module.edits_allowed(len(key)) in (0, 1, 2)
    assert module.edits_allowed(0) == 0
    assert not any(module.readings(()))
