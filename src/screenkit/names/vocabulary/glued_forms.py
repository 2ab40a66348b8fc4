"""A last word that ends with a legal form because a space was lost: `without_form`."""

from __future__ import annotations

from functools import lru_cache

from screenkit.model import Token
from screenkit.names.notation import read

from .commonness import commonness_in_names
from .terms import lexicon

#: The longest first: "TatneftOJSC" ends with "JSC" too.
_FORMS = sorted((form for (form,) in read("vocabulary/glued_forms.txt").rows(1)), key=lambda form: (-len(form), form))
_ENDINGS = tuple(_FORMS)
#: Letters that must stand before the form.
_LEAST = 5


@lru_cache(maxsize=4_096)
def without_form(word: str) -> tuple[str, str] | None:
    """A word of lower-case ASCII letters as itself and the legal form glued to it; None where there is none.

    Words that names are known to have, and terms of the tables, stay whole.

    >>> without_form("libgasltd"), without_form("zinc"), without_form("gazprom")
    (('libgas', 'ltd'), None, None)
    """
    if not word.endswith(_ENDINGS) or not (word.isascii() and word.isalpha()):
        return None
    form = next(form for form in _FORMS if word.endswith(form))
    rest = word.removesuffix(form)
    if len(rest) < _LEAST or word in lexicon().entries or commonness_in_names(Token(word, word)):
        return None
    return rest, form
