"""Names as Latvian, Lithuanian, Hungarian and Azerbaijani write them, in the usual spelling: `usual_forms`.

Latvian and Lithuanian give every man's name an ending, which declension needs (Jurijs Ušakovs, Jurijus Ušakovas), and
Hungarian spells with its own digraphs (Szergej, Csajka). German, French and Polish spellings need no other form: their
letters are in tables/spellings.txt. Azerbaijani has letters that Russian and English write in several ways (Əhməd:
Ахмед, Агмад, Ahmad, Ehmed), in Latin and, until 1991, in Cyrillic.
"""

from __future__ import annotations

import re

from screenkit.names.notation import compiled, read, rewrite

_TABLE = read("slavic/exonyms.txt")
_LANGUAGES = tuple(
    (
        re.compile("|".join(trait for trait, _ in _TABLE.rows(2, f"{language} traits"))),
        compiled(_TABLE.rules(f"{language} rules")),
    )
    for language in ("latvian", "lithuanian", "hungarian", "azerbaijani", "azerbaijani with e")
)
# What every word with a trait has: a look that spares the engine most words.
_MAY_HAVE_TRAIT = re.compile("s$|sz|[cz]s|[gt]y[aeiou]|[cqəğҝҹһәғ]")


def usual_forms(word: str) -> tuple[str, ...]:
    """The usual spellings of a casefolded word that is written as those languages do.

    >>> usual_forms("ušakovs"), usual_forms("ušakovas"), usual_forms("csajka"), usual_forms("collins")
    (('ušakov',), ('ušakov',), ('chajka',), ())
    """
    if not _MAY_HAVE_TRAIT.search(word):
        return ()
    return tuple(dict.fromkeys(rewrite(word, rules).lower() for traits, rules in _LANGUAGES if traits.search(word)))
