"""The rules by which a published text is divided into single names, one for each pattern of `splitting`.

A rule gives the parts that it divides a text into, or nothing where it doesn't apply. What it leaves together
a later rule may divide; a part that no rule divides is a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from screenkit.model import Kind, NameType

from .text import abbreviated, balanced, bare, groups, is_balanced, script, split, words

_LANGUAGES = {
    "russian": "ru", "belarusian": "be", "belarussian": "be", "ukrainian": "uk", "arabic": "ar", "persian": "fa",
    "farsi": "fa", "hebrew": "he", "chinese": "zh", "korean": "ko",
}  # fmt: skip
_LABEL = re.compile(rf"\b({'|'.join(_LANGUAGES)}|original script)\s*:\s*", re.IGNORECASE)
_KNOWN_AS = r"[afn]\.k\.a\.?|[afn]/k/a|(?:also|formerly|previously|now)\s+known\s+as"
_INLINE = re.compile(rf"[\s,]+({_KNOWN_AS})[\s,:]+", re.IGNORECASE)
_LEADING = re.compile(rf"({_KNOWN_AS})[\s,:]+", re.IGNORECASE)
_BRACKETED = re.compile(rf"({_KNOWN_AS}|aka|fka)[\s,:]+", re.IGNORECASE)
_CONJUNCTION = re.compile(r"(?:and|also|or)\s+(?=[^\W_a-z])")
_REMARK = re.compile(
    r"(?:previously|formerly) listed as|birth name|combat name|nom de guerre|original script|third"
    r"|false identity .*|[\w ]+ individual(?: in [\w ]+)?",
    re.IGNORECASE | re.DOTALL,
)
#: A translated byname of a person: "Rashid Al-Maghribi (the Moroccan)".
_BYNAME = re.compile(r"the [A-Z]\w+")
_TAIL = re.compile(
    r"(?:,\s*born\b.*|,?\s+and (?:any|its) (?:successor|sub-unit).*|\s+-\s+sub-unit name|\s+AKA)\Z", re.DOTALL
)
_NUMBER = re.compile(r"(?:\A|(?<=[\s;,]))\(?[a-h]\)\s+")
_OR = re.compile(r",?\s+(?:or|and|ou|или|або)\s+")
#: "Alexandra Viktorovna GAUS/GAUSS": one word in two spellings.
_ALTERNATIVES = re.compile(r"([^\W\d_]{3,})/([^\W\d_]{3,})")
_DASH = re.compile(r"\s+[-–—]\s+")
#: What follows a comma as part of the same name, without its punctuation.
_LEGAL_FORMS = frozenset(
    {
        "ltd", "limited", "llc", "inc", "co", "corp", "coltd", "pteltd", "jsc", "pjsc", "ojsc", "cjsc", "sc", "plc",
        "pc", "lp", "llp", "gmbh", "ag", "sa", "srl", "spa", "bv", "nv", "oy", "sarl", "fze", "fsue", "jr", "sr", "ii",
        "iii", "limitedliabilitycompany", "jointstockcompany", "publicjointstockcompany", "stockcompany",
        "ooo", "oao", "zao", "pao", "ao", "aktsionernoeobshchestvo", "publichnoeaktsionernoeobshchestvo",
        "ооо", "оао", "зао", "пао", "ао", "сао", "мк", "фгуп", "ано", "уп", "аат", "гк", "некоммерческоепартнерство",
        "акционерноеобщество", "публичноеакционерноеобщество", "открытоеакционерноеобщество",
        "закрытоеакционерноеобщество", "обществосограниченнойответственностью",
    }
)  # fmt: skip
#: What may be left around a part.
_AROUND = " \t\r\n\xa0,;:"
#: How many words a person's whole name has at least.
FEWEST_WORDS = 2
#: How many letters the beginnings of two spellings of one organization share.
_SHARED_LETTERS = 4
#: Each bracketed abbreviation doubles the ways to write a name.
_MOST_BRACKETS = 4


@attrs.frozen
class Context:
    """What a rule has to know about the field that a text stands in."""

    #: The kind of its target.
    kind: Kind
    #: Whether the field is a list in which commas and bare slashes separate names.
    commas: bool = False
    slashes: bool = False

    @property
    def is_person(self) -> bool:
        """True for a name of a person."""
        return self.kind is Kind.PERSON


@attrs.frozen
class Found:
    """A part of a text, with what is known about it by where it stands."""

    #: The part, verbatim.
    text: str
    #: True for an abbreviation.
    is_weak: bool = False
    #: The sort of name that a label states ("f.k.a."), else None.
    type: NameType | None = None
    #: The language that a label states ("Russian:"), ISO 639-1, else None.
    language: str | None = None


_Rule = Callable[[str, Context], tuple[Found, ...]]


def divide(found: Found, context: Context) -> Iterator[Found]:
    """Apply the first rule that fits, then divide what it gives; what no rule fits is a single name."""
    text = balanced(found.text.strip(_AROUND)).strip(_AROUND)
    for rule in _RULES:
        inside = rule(text, context)
        if inside:
            for one in inside:
                yield from divide(
                    Found(
                        one.text,
                        found.is_weak or one.is_weak,
                        one.type or found.type,
                        one.language or found.language,
                    ),
                    context,
                )
            return
    if text:
        yield attrs.evolve(found, text=text)


def _tail(text: str, _: Context) -> tuple[Found, ...]:
    match = _TAIL.search(text)
    return (Found(text[: match.start()]),) if match and match.start() else ()


def _numbered(text: str, _: Context) -> tuple[Found, ...]:
    return tuple(map(Found, _NUMBER.split(text))) if _NUMBER.search(text) else ()


def _semicolons(text: str, _: Context) -> tuple[Found, ...]:
    pieces = split(text, ";")
    return tuple(map(Found, pieces)) if len(pieces) > 1 else ()


def _labels(text: str, _: Context) -> tuple[Found, ...]:
    inside = [range(start, end) for start, end in groups(text)]
    if any(match.start() in group for match in _LABEL.finditer(text) for group in inside):
        return ()
    pieces = _LABEL.split(text)
    languages = [None, *(_LANGUAGES.get(label.casefold()) for label in pieces[1::2])]
    return tuple(map(_labeled, pieces[::2], languages)) if len(pieces) > 1 else ()


def _labeled(text: str, language: str | None) -> Found:
    return Found(text.rstrip(" (").lstrip(" )"), language=language)


def _known_as(text: str, _: Context) -> tuple[Found, ...]:
    leading = _LEADING.match(text)
    if leading:
        return (Found(text[leading.end() :], type=_type(leading[1])),)
    conjunction = _CONJUNCTION.match(text)
    if conjunction:
        return (Found(text[conjunction.end() :]),)
    inline = _INLINE.search(text)
    if inline is None or not is_balanced(text[: inline.start()]):
        return ()
    return Found(text[: inline.start()]), Found(text[inline.end() :], type=_type(inline[1]))


def _type(label: str) -> NameType:
    first = label[0].casefold()
    return {"f": NameType.FKA, "p": NameType.FKA, "n": NameType.NKA}.get(first, NameType.AKA)


def _brackets(text: str, context: Context) -> tuple[Found, ...]:
    bracketed = list(groups(text))
    for rule in (_bracketed_name, _bracketed_letters) if len(bracketed) <= _MOST_BRACKETS else ():
        for start, end in bracketed:
            inside = rule(text[:start].rstrip(), text[start + 1 : end - 1].strip(), text[end:], context)
            if inside:
                return inside
    return ()


def _bracketed_name(head: str, inner: str, tail: str, context: Context) -> tuple[Found, ...]:
    if _REMARK.fullmatch(inner) or (context.is_person and _BYNAME.fullmatch(inner)):
        return (Found(head + tail),) if head else ()
    if tail.strip() or not head:
        return ()
    known_as = _BRACKETED.match(inner)
    if known_as:
        kind = _type(known_as[1])
        names = [name for part in split(inner[known_as.end() :], ";") for name in _comma_pieces(part)]
        return (Found(head), *(Found(name, type=kind) for name in names))
    label = _LABEL.match(inner)
    if label:
        return Found(head), Found(inner[label.end() :], language=_LANGUAGES.get(label[1].casefold()))
    if len(split(inner, ";")) > 1:
        return Found(head), Found(inner)
    whole = context.is_person or min(words(head), words(inner)) >= FEWEST_WORDS
    if whole and script(inner) and script(inner) != script(head):
        return Found(head), Found(inner)
    return ()


def _bracketed_letters(head: str, inner: str, tail: str, context: Context) -> tuple[Found, ...]:
    if context.is_person or not head or not inner:
        return ()
    start = abbreviated(inner, head, inside=bool(tail.strip()))
    if start is not None:
        without = Found(head + tail)
        if bare(inner) in _LEGAL_FORMS and not tail.strip():
            return (without,)
        return without, Found(head[:start] + inner + tail, is_weak=True)
    if not tail.strip() and abbreviated(head, inner) is not None:
        return Found(inner), Found(head, is_weak=True)
    return ()


def _slashes(text: str, context: Context) -> tuple[Found, ...]:
    pieces = split(text, "/")
    if len(pieces) < 2 or (context.commas and "," in text):
        return ()
    spaced = re.search(r"\s/|/\s", text) is not None
    whole = all(words(piece) >= FEWEST_WORDS for piece in pieces)
    if context.is_person:
        return tuple(map(Found, pieces)) if whole and (spaced or context.slashes) else _alternatives(text)
    if context.slashes:
        return tuple(map(Found, pieces))
    if len(pieces) != 2:
        return ()
    if spaced and abbreviated(pieces[1].strip(), pieces[0]) == 0:
        return Found(pieces[0]), Found(pieces[1], is_weak=True)
    is_double = whole and " / " in text and _are_spellings(pieces[0], pieces[1])
    return tuple(map(Found, pieces)) if is_double else ()


def _alternatives(text: str) -> tuple[Found, ...]:
    """The whole names of a person of whom one word stands in two spellings."""
    found = _ALTERNATIVES.search(text)
    if found is None or text.count("/") > 1 or words(text) < FEWEST_WORDS:
        return ()
    return tuple(Found(text[: found.start()] + found[side] + text[found.end() :]) for side in (1, 2))


def _are_spellings(one: str, other: str) -> bool:
    """Whether two texts can be one name twice: in two scripts, or, legal forms aside, with the same beginning."""
    if script(one) != script(other):
        return True
    own = ["".join(word for word in map(bare, text.split()) if word not in _LEGAL_FORMS) for text in (one, other)]
    return own[0][:_SHARED_LETTERS] == own[1][:_SHARED_LETTERS] != ""


def _commas(text: str, context: Context) -> tuple[Found, ...]:
    if not context.commas or "/" in text:
        return ()
    pieces = _comma_pieces(text)
    if len(pieces) < 2:
        return ()
    if context.is_person:
        one_script = len({script(piece) for piece in pieces}) == 1
        whole = [piece for piece in pieces if words(_CONJUNCTION.sub("", piece)) >= FEWEST_WORDS]
        # "Баранов, Олег Анатольевич": two pieces of one script with a lone word are surname and given names.
        return () if one_script and len(pieces) == 2 > len(whole) else tuple(map(Found, whole))
    # "Министерство культуры, спорта и туризма": a small letter after the comma says the name goes on.
    goes_on = [piece[:1].islower() and not _CONJUNCTION.match(piece) for piece in pieces] + [False]
    return tuple(Found(piece) for at, piece in enumerate(pieces) if not (goes_on[at] or goes_on[at + 1]))


def _comma_pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in split(text, ","):
        joined = bool(pieces) and (bare(piece) in _LEGAL_FORMS or bare(pieces[-1]) in _LEGAL_FORMS)
        pieces[-1:] = [f"{pieces[-1]},{piece}"] if joined else [*pieces[-1:], piece]
    return [piece.strip() for piece in pieces if piece.strip()]


def _conjunctions(text: str, context: Context) -> tuple[Found, ...]:
    pieces = _OR.split(text)
    if len(pieces) < 2 or not is_balanced(text):
        return ()
    if all(script(piece) not in ("Latin", "") for piece in pieces):
        whole = [piece for piece in pieces if words(piece) >= FEWEST_WORDS]
        return tuple(map(Found, whole if context.is_person else pieces))
    counts = {words(piece) for piece in pieces}
    if not context.commas:
        is_double = not context.is_person and len(pieces) == 2 and " or " in text and "," not in text
        is_double = is_double and min(counts) >= FEWEST_WORDS and _are_spellings(pieces[0], pieces[1])
        return tuple(map(Found, pieces)) if is_double else ()
    if context.is_person:
        # "Aleksandr Evgenyevich or Evgenievich Kon’kov" gives two halves, so only three words and more are whole.
        return tuple(map(Found, pieces)) if min(counts) > FEWEST_WORDS else ()
    return tuple(map(Found, pieces)) if " and " not in text and min(counts) >= FEWEST_WORDS else ()


def _two_scripts(text: str, context: Context) -> tuple[Found, ...]:
    if not context.is_person or text.isascii():
        return ()
    sides = _DASH.split(text)
    if len(sides) == 2 and script(sides[0]) != script(sides[1]):
        return Found(sides[0]), Found(sides[1])
    found = list(re.finditer(r"\S+", text))
    scripts = [script(word[0]) for word in found]
    changes = [at for at in range(1, len(found)) if scripts[at] != scripts[at - 1]]
    if len(changes) != 1 or not {"Latin"} < {scripts[0], scripts[-1]} <= {"Latin", "Arabic", "Hebrew", "CJK"}:
        return ()
    at = found[changes[0]].start()
    whole = min(words(text[:at]), words(text[at:])) >= FEWEST_WORDS
    return (Found(text[:at]), Found(text[at:])) if whole else ()


#: In this order: what a rule leaves together, a later one may divide.
_RULES: tuple[_Rule, ...] = (
    _tail,
    _numbered,
    _semicolons,
    _labels,
    _known_as,
    _slashes,
    _brackets,
    _two_scripts,
    _commas,
    _conjunctions,
)


def is_plausible(text: str, context: Context) -> bool:
    """Whether a part can be a name: no lone letter or legal form, no half of a bracket, no alternatives."""
    letters = sum(char.isalpha() for char in text)
    if letters < 2 or bare(text) in _LEGAL_FORMS or not is_balanced(text):
        return False
    # "Aleksander/ Aleksandr or Alexander": alternatives of a part, not names.
    return not (context.is_person and (re.search(r"[/;]", text) or _OR.search(text)))
