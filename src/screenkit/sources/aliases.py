"""Designations in, the same designations out with the single names that stand inside longer published ones.

A publisher's one name often holds several. Each becomes a further `ListedName` after the published ones, with
`derived_from` set to the published text; a published name is never changed, dropped or moved. A wrong derived
name can only raise false alerts, so just these patterns are read, all of them found in published lists:

- numbered sub-lists: "Mohammad Sabet b) M. Javad Kareemi Sabet" (UN)
- semicolons: "Fazel Rahim; Fazil Rahim" (UN)
- a name and another spelling in brackets: "Jin Tiesan (金铁三)", "حسن غول (Hassan Ghul; Hassan Gul)" (UN)
- an abbreviation in brackets, letter by letter the name's own: "FOREIGN TRADE BANK (FTB)" gives the name without
  it, and the abbreviation as a weak name, since nobody published it as an alias of its own. Where more follows,
  the abbreviation stands for the head: "ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE" (OFAC) gives
  "IRGC-QODS FORCE". "(SWITZERLAND)", "(HK)", "(PVT)" are no abbreviations of the name and stay.
- the reverse: "ARIEP (All Russian Institute for Experimental Physics)" (trade.gov CSL)
- "also known as" and its kin: "SGM Most OOO (f.k.a., Obshchestvo ... SGM Most)", "FUYI SUN A/K/A FRANK SUN" (CSL)
- what leads a name: "f.k.a. Sibirskaya Neftyanaya Kompaniya OAO", "and Beijing Automation Institute" (CSL)
- remarks: "Ezatullah Haqqani (previously listed as)", "Encep Nurjaman (birth name)", "X, born 1 Jan. 1953" (UN),
  "Charter Green Light Moscow (CGLM) and any successor, sub-unit, or subsidiary thereof" (CSL)
- labels: "Amir Khazmat (original script: Амир Хазмат)" (UN), "Belarusian: Юры ..., Russian: Юрий ..." (Canada)
- slashes: "Владимир ПАВЛЕНКО / Володимир ПАВЛЕНКО" (Canada), "HARAKAT UL-MUJAHIDIN / HUM" (UN)
- two scripts side by side, of a person: "Agha Jan Alizai اغا جان عالیزی" (UN), "Saud bin Abdul - سعود بن عبد" (FtM)
- English conjunctions in other scripts: "Министерство обороны or Минобороны" (Canada)

A comma is read only in a field that is a list by its publisher's use (`names_in_list`): elsewhere it marks a
surname ("Rahman, Mohamad Iqbal") or a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from screenkit.model import Designation, Kind, ListedName, NameType, Strength

_SCRIPTS = {
    "Latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"),
    "Cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "Greek": re.compile(r"[Ͱ-Ͽἀ-῿]"),
    "Arabic": re.compile(r"[؀-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-ﻼ]"),
    "Hebrew": re.compile(r"[֐-׿]"),
    "CJK": re.compile(r"[぀-ヿ㐀-鿿가-힯]"),
}
_SPACED = "[֐-ࣿ぀-鿿가-힯]"
#: What no published name without several names in it has; most names are told by it in one look.
_HINT = re.compile(
    rf"[;/()\[\]（）:]|\bk\.a\.|known as|, born\b|^(?:and|also|or) |successor|sub-unit| (?:or|and) |[A-Za-z].*{_SPACED}|{_SPACED}.*[A-Za-z]",
    re.DOTALL,
)
_LANGUAGES = {
    "russian": "ru", "belarusian": "be", "belarussian": "be", "ukrainian": "uk", "arabic": "ar", "persian": "fa",
    "farsi": "fa", "hebrew": "he", "chinese": "zh", "korean": "ko",
}  # fmt: skip
_LABEL = re.compile(rf"\b({'|'.join(_LANGUAGES)}|original script)\s*:\s*", re.IGNORECASE)
_KNOWN_AS = r"[afn]\.k\.a\.?|[afn]/k/a|(?:also|formerly|previously|now) known as"
_INLINE = re.compile(rf"[\s,]+({_KNOWN_AS})[\s,:]+", re.IGNORECASE)
_LEADING = re.compile(rf"({_KNOWN_AS})[\s,:]+", re.IGNORECASE)
_BRACKETED = re.compile(rf"({_KNOWN_AS}|aka|fka)[\s,:]+", re.IGNORECASE)
_CONJUNCTION = re.compile(r"(?:and|also|or)\s+(?=[^\W\d_a-z])")
_REMARK = re.compile(
    r"(?:previously|formerly) listed as|birth name|combat name|nom de guerre|original script|third"
    r"|the [A-Z]\w+|false identity .*|[\w ]+ individual(?: in [\w ]+)?",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(
    r"(?:,\s*born\b.*|,?\s+and (?:any|its) (?:successor|sub-unit).*|\s+-\s+sub-unit name|\s+AKA)\Z", re.DOTALL
)
_NUMBER = re.compile(r"(?:\A|(?<=[\s;,]))\(?[a-h]\)\s+")
_OR = re.compile(r",?\s+(?:or|and)\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_OPENING = {"(": ")", "[": "]", "（": "）"}
#: What follows a comma as part of the same name, without its punctuation.
_LEGAL_FORMS = frozenset(
    "ltd limited llc inc co corp coltd pteltd jsc pjsc ojsc cjsc plc lp llp gmbh ag sa srl spa bv nv oy sarl fze fsue pc"
    " ooo oao zao pao ao ооо оао зао пао ао сао мк фгуп ано уп аат гк некоммерческоепартнерство jr sr ii iii".split()
)
#: An abbreviation with fewer letters than this counts only at the end: "(HK)" in mid-name is a place.
_LEAST_LETTERS_INSIDE = 3
_MOST_LETTERS = 15


@attrs.frozen
class _Context:
    kind: Kind
    #: Whether the field is a list in which commas and bare slashes separate names.
    commas: bool = False
    slashes: bool = False

    @property
    def is_person(self) -> bool:
        return self.kind is Kind.PERSON


@attrs.frozen
class _Found:
    text: str
    is_weak: bool = False
    type: NameType | None = None
    language: str | None = None


_Rule = Callable[[str, _Context], tuple[_Found, ...]]


def with_derived_names(designation: Designation) -> Designation:
    """Add the single names that stand inside its published names; the same object where there are none."""
    names = designation.names
    if not any(_HINT.search(name.text) for name in names):
        return designation
    context = _Context(designation.kind)
    known = {name.text for name in names}
    divided = {name.derived_from for name in names}
    derived: list[ListedName] = []
    for name in names:
        if name.text in divided or not _HINT.search(name.text):
            continue
        for found in _names_inside(name, context):
            if found.text not in known:
                known.add(found.text)
                derived.append(found)
    return attrs.evolve(designation, names=(*names, *derived)) if derived else designation


def names_in_list(name: ListedName, kind: Kind, *, commas: bool = True) -> tuple[ListedName, ...]:
    """The single names in a field that its publisher uses as a list; none where it holds just one.

    Besides the patterns of this module, bare slashes and (if `commas`) commas separate names there.
    """
    found = _names_inside(name, _Context(kind, commas=commas, slashes=True))
    return tuple(dict.fromkeys(single for single in found if single.text != name.text))


def names_in_note(alias: ListedName, note: str) -> tuple[ListedName, ...]:
    """The further spellings that a note on an alias states, of the alias's own type and strength.

    The UN prints "original script: Абу Банат", "In Arabic: سيف العدل" and, beside an alias in its own script,
    "Yunis al-Mauritani; Younis al-Mauritani" or "A, B (transliterations of original script name)".
    """
    texts = [match[1] for match in _NOTED_SCRIPT.finditer(note)]
    transliterations = _NOTED_TRANSLITERATIONS.search(note)
    bracketed = _NOTED_LIST.search(note)
    if transliterations:
        texts += transliterations[1].split(",")
    elif bracketed:
        texts += bracketed[1].split(";")
    elif _script(alias.text) != "Latin" and ";" in note:
        texts += note.removeprefix("transliterations:").partition(")")[0].split(";")
    stripped = dict.fromkeys(text.strip() for text in texts)
    return tuple(attrs.evolve(alias, text=text, parts=(), derived_from=note) for text in stripped if text and text != alias.text)


_NOTED_SCRIPT = re.compile(r"(?:original script|in arabic(?: script)?)\s*:\s*([^A-Za-z;()\d]+)", re.IGNORECASE)
_NOTED_TRANSLITERATIONS = re.compile(r"\A(.*)\(transliterations\b[^)]*\)", re.DOTALL)
_NOTED_LIST = re.compile(r"\(([^();:]+(?:;[^();:]+)+)\)")


def _names_inside(name: ListedName, context: _Context) -> Iterator[ListedName]:
    for found in _divide(_Found(name.text), context):
        text = _balanced(found.text)
        if text == name.text or not _is_plausible(text, context):
            continue
        # A person's lone given name or surname was not published as a whole name.
        weak = found.is_weak or (context.is_person and _words(text) < _FEWEST_WORDS)
        primary = found.type or (NameType.AKA if weak and name.type is NameType.PRIMARY else name.type)
        same_script = _script(text) == _script(name.text)
        yield ListedName(
            text,
            type=primary,
            strength=Strength.WEAK if weak else name.strength,
            language=found.language or (name.language if same_script else None),
            script=name.script if same_script else None,
            derived_from=name.derived_from or name.text,
        )


#: How many words a person's whole name has at least.
_FEWEST_WORDS = 2


def _divide(found: _Found, context: _Context) -> Iterator[_Found]:
    """Apply the first rule that fits, then divide what it gives; what no rule fits is a single name."""
    text = found.text.strip(" \t\r\n\xa0,;:")
    for rule in _RULES:
        inside = rule(text, context)
        if inside:
            for one in inside:
                yield from _divide(
                    _Found(
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


def _tail(text: str, _: _Context) -> tuple[_Found, ...]:
    match = _TAIL.search(text)
    return (_Found(text[: match.start()]),) if match and match.start() else ()


def _numbered(text: str, _: _Context) -> tuple[_Found, ...]:
    return tuple(map(_Found, _NUMBER.split(text))) if _NUMBER.search(text) else ()


def _semicolons(text: str, _: _Context) -> tuple[_Found, ...]:
    pieces = _split(text, ";")
    return tuple(map(_Found, pieces)) if len(pieces) > 1 else ()


def _labels(text: str, _: _Context) -> tuple[_Found, ...]:
    if any(bracket in text[: match.start()] for match in _LABEL.finditer(text) for bracket in "([") and _is_balanced(text):
        return ()
    pieces = _LABEL.split(text)
    languages = [None, *(_LANGUAGES.get(label.casefold()) for label in pieces[1::2])]
    return tuple(map(_labelled, pieces[::2], languages)) if len(pieces) > 1 else ()


def _labelled(text: str, language: str | None) -> _Found:
    return _Found(text.rstrip(" ("), language=language)


def _known_as(text: str, _: _Context) -> tuple[_Found, ...]:
    leading = _LEADING.match(text)
    if leading:
        return (_Found(text[leading.end() :], type=_type(leading[1])),)
    conjunction = _CONJUNCTION.match(text)
    if conjunction:
        return (_Found(text[conjunction.end() :]),)
    inline = _INLINE.search(text)
    if inline is None or not _is_balanced(text[: inline.start()]):
        return ()
    return _Found(text[: inline.start()]), _Found(text[inline.end() :], type=_type(inline[1]))


def _type(label: str) -> NameType:
    first = label[0].casefold()
    return {"f": NameType.FKA, "p": NameType.FKA, "n": NameType.NKA}.get(first, NameType.AKA)


def _brackets(text: str, context: _Context) -> tuple[_Found, ...]:
    groups = list(_groups(text))
    for rule in (_bracketed_name, _bracketed_letters):
        for start, end in groups:
            inside = rule(text[:start].rstrip(), text[start + 1 : end - 1].strip(), text[end:], context)
            if inside:
                return inside
    return ()


def _bracketed_name(head: str, inner: str, tail: str, context: _Context) -> tuple[_Found, ...]:
    if _REMARK.fullmatch(inner):
        return (_Found(head + tail),) if head else ()
    if tail.strip() or not head:
        return ()
    known_as = _BRACKETED.match(inner)
    if known_as:
        kind = _type(known_as[1])
        names = _split(inner[known_as.end() :], ";")
        return (_Found(head), *(_Found(name, type=kind) for name in names))
    label = _LABEL.match(inner)
    if label:
        return _Found(head), _Found(inner[label.end() :], language=_LANGUAGES.get(label[1].casefold()))
    if len(_split(inner, ";")) > 1:
        return _Found(head), _Found(inner)
    whole = context.is_person or min(_words(head), _words(inner)) >= _FEWEST_WORDS
    if whole and _script(inner) and _script(inner) != _script(head):
        return _Found(head), _Found(inner)
    return ()


def _bracketed_letters(head: str, inner: str, tail: str, context: _Context) -> tuple[_Found, ...]:
    if context.is_person or not head or not inner:
        return ()
    if _abbreviates(inner, head, inside=bool(tail.strip())):
        without = _Found(head + tail)
        if _bare(inner) in _LEGAL_FORMS and not tail.strip():
            return (without,)
        return without, _Found(inner + tail, is_weak=True)
    if not tail.strip() and _abbreviates(head, inner):
        return _Found(inner), _Found(head, is_weak=True)
    return ()


def _slashes(text: str, context: _Context) -> tuple[_Found, ...]:
    pieces = _split(text, "/")
    if len(pieces) < 2 or (context.commas and "," in text):  # noqa: PLR2004 - two sides of one separator
        return ()
    spaced = re.search(r"\s/|/\s", text) is not None
    whole = all(_words(piece) >= _FEWEST_WORDS for piece in pieces)
    if context.is_person:
        return tuple(map(_Found, pieces)) if whole and (spaced or context.slashes) else ()
    if context.slashes:
        return tuple(map(_Found, pieces))
    if spaced and len(pieces) == 2 and _abbreviates(pieces[1].strip(), pieces[0]):  # noqa: PLR2004
        return _Found(pieces[0]), _Found(pieces[1], is_weak=True)
    return ()


def _commas(text: str, context: _Context) -> tuple[_Found, ...]:
    if not context.commas or "/" in text:
        return ()
    pieces = _comma_pieces(text)
    if len(pieces) < 2:  # noqa: PLR2004 - two sides of one separator
        return ()
    if context.is_person:
        one_script = len({_script(piece) for piece in pieces}) == 1
        whole = [piece for piece in pieces if _words(_CONJUNCTION.sub("", piece)) >= _FEWEST_WORDS]
        # "Баранов, Олег Анатольевич": two pieces of one script with a lone word are surname and given names.
        return () if one_script and len(pieces) == 2 > len(whole) else tuple(map(_Found, whole))  # noqa: PLR2004
    # "Министерство культуры, спорта и туризма": a small letter after the comma says the name goes on.
    goes_on = [piece[:1].islower() and not _CONJUNCTION.match(piece) for piece in pieces] + [False]
    return tuple(_Found(piece) for at, piece in enumerate(pieces) if not (goes_on[at] or goes_on[at + 1]))


def _comma_pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _split(text, ","):
        joined = bool(pieces) and (_bare(piece) in _LEGAL_FORMS or _bare(pieces[-1]) in _LEGAL_FORMS)
        pieces[-1:] = [f"{pieces[-1]},{piece}"] if joined else [*pieces[-1:], piece]
    return [piece.strip() for piece in pieces if piece.strip()]


def _conjunctions(text: str, context: _Context) -> tuple[_Found, ...]:
    pieces = _OR.split(text)
    if len(pieces) < 2 or not _is_balanced(text):  # noqa: PLR2004 - two sides of one separator
        return ()
    if all(_script(piece) not in ("Latin", "") for piece in pieces):
        whole = [piece for piece in pieces if _words(piece) >= _FEWEST_WORDS]
        return tuple(map(_Found, whole if context.is_person else pieces))
    if not context.commas:
        return ()
    counts = {_words(piece) for piece in pieces}
    if context.is_person:
        # "Aleksandr Evgenyevich or Evgenievich Kon’kov" gives two halves, so only three words and more are whole.
        return tuple(map(_Found, pieces)) if min(counts) > _FEWEST_WORDS else ()
    return tuple(map(_Found, pieces)) if " and " not in text and min(counts) >= _FEWEST_WORDS else ()


def _two_scripts(text: str, context: _Context) -> tuple[_Found, ...]:
    if not context.is_person or _DASHLESS.fullmatch(text):
        return ()
    sides = _DASH.split(text)
    if len(sides) == 2 and _script(sides[0]) != _script(sides[1]):  # noqa: PLR2004 - two sides of one dash
        return _Found(sides[0]), _Found(sides[1])
    words = list(re.finditer(r"\S+", text))
    scripts = [_script(word[0]) for word in words]
    changes = [at for at in range(1, len(words)) if scripts[at] != scripts[at - 1]]
    if len(changes) != 1 or not {"Latin"} < {scripts[0], scripts[-1]} <= {"Latin", "Arabic", "Hebrew", "CJK"}:
        return ()
    at = words[changes[0]].start()
    whole = min(_words(text[:at]), _words(text[at:])) >= _FEWEST_WORDS
    return (_Found(text[:at]), _Found(text[at:])) if whole else ()


#: A text in basic Latin letters only has no second script.
_DASHLESS = re.compile(r"[\x00-\x7f]*")

#: In this order: what a rule leaves together, a later one may divide.
_RULES: tuple[_Rule, ...] = (
    _tail,
    _numbered,
    _semicolons,
    _labels,
    _known_as,
    _brackets,
    _slashes,
    _two_scripts,
    _commas,
    _conjunctions,
)


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each outermost bracketed part; none where brackets don't pair."""
    found: list[tuple[int, int]] = []
    closing: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if char in _OPENING:
            if not closing:
                start = at
            closing.append(_OPENING[char])
        elif char in _OPENING.values():
            if not closing or closing.pop() != char:
                return
            if not closing:
                found.append((start, at + 1))
    if not closing:
        yield from found


def _split(text: str, separator: str) -> list[str]:
    """Split at separators outside brackets, as a list without blank pieces; whole where brackets don't pair."""
    inside = [range(start, end) for start, end in _groups(text)]
    cuts = [at for at, char in enumerate(text) if char == separator and not any(at in group for group in inside)]
    edges = [-1, *cuts, len(text)]
    pieces = [text[left + 1 : right] for left, right in zip(edges, edges[1:], strict=False)]
    return [piece for piece in pieces if piece.strip()]


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _OPENING.items())


def _balanced(text: str) -> str:
    """Drop a lone bracket at either end: "(Юрий ГОВТВИН", "Минобороны Беларуси)"."""
    for opening, closing in _OPENING.items():
        if text.startswith(opening) and text.count(opening) > text.count(closing):
            text = text[1:].lstrip()
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1].rstrip()
    return text


def _is_plausible(text: str, context: _Context) -> bool:
    letters = sum(char.isalpha() for char in text)
    if letters < 2 or _bare(text) in _LEGAL_FORMS or not _is_balanced(text):  # noqa: PLR2004 - no name has one letter
        return False
    # "Aleksander/ Aleksandr or Alexander": alternatives of a part, not names.
    return not (context.is_person and (re.search(r"[/;]", text) or _OR.search(text)))


def _script(text: str) -> str:
    """The script that most letters are of; empty where there is none of those told apart here."""
    counts = {script: len(letters.findall(text)) for script, letters in _SCRIPTS.items()}
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else ""


def _words(text: str) -> int:
    """How many words; Chinese, Japanese and Korean names need no space between theirs."""
    return len(text.split()) if _script(text) != "CJK" else sum(char.isalpha() for char in text)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _abbreviates(letters: str, name: str, *, inside: bool = False) -> bool:
    """Whether `letters` is put together from the beginnings of at least two words of `name`, in their order."""
    capitals = sum(char.isupper() for char in letters)
    bare = _bare(letters)
    if " " in letters or not 2 <= len(bare) <= _MOST_LETTERS or capitals * 2 < len(bare):  # noqa: PLR2004
        return False
    if inside and len(bare) < _LEAST_LETTERS_INSIDE:
        return False
    words = re.findall(r"[^\W_]+", name.casefold())
    return len(words) > 1 and _begins(bare, words, used=0)


def _begins(letters: str, words: list[str], used: int) -> bool:
    if not letters:
        return used > 1
    for at, word in enumerate(words):
        for length in range(min(len(word), len(letters)), 0, -1):
            if letters.startswith(word[:length]) and _begins(letters[length:], words[at + 1 :], used + 1):
                return True
    return False
