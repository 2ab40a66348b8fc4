"""The single names inside longer published names, added to their designations.

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
- slashes: "Владимир ПАВЛЕНКО / Володимир ПАВЛЕНКО" (Canada), "HARAKAT UL-MUJAHIDIN / HUM" (UN), "OAO CMK / AO CMK"
  (UK), "Alexandra Viktorovna GAUS/GAUSS" (Australia). Without blanks a slash mostly joins parts of one name of an
  organization ("IMPORT/EXPORT", "Army/Front/Party", "SYRIA/THE LEVANT"), and is left alone
- two scripts side by side, of a person: "Agha Jan Alizai اغا جان عالیزی" (UN), "Saud bin Abdul - سعود بن عبد" (FtM)
- conjunctions between names in other scripts, "Министерство обороны or Минобороны" (Canada), or between two
  spellings of one name, "Iran Saffron Company or Iransaffron Co." (EU)

A comma is read only in a field that is a list by its publisher's use (`names_in_list`): elsewhere it marks a
surname ("Rahman, Mohamad Iqbal") or a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from screenkit.model import Designation, Kind, ListedName, NameType, Strength

from .patterns import FEWEST_WORDS, Context, Found, divide, is_plausible
from .text import bare, script, words

#: What a name has that holds several, and few others have.
_HINT = re.compile(
    r"[;/()\[\]（）:]|\bk\.a\.|, born\b|^(?:and|also|or) |successor|sub-unit| (?:or|and|или|або) |known\s+as|\sAKA$"
)
_LATIN = re.compile("[A-Za-z]")
#: Scripts that occur beside a Latin spelling without anything between them.
_BESIDE = re.compile("[֐-ࣿ぀-鿿가-힯]")
#: No list prints a name near as long; what is longer is not divided, so that any text takes bounded time.
_MOST_CHARACTERS = 1_000
_NOTED_SCRIPT = re.compile(r"(?:original script|in arabic(?: script)?)\s*:\s*([^A-Za-z;()\d]+)", re.IGNORECASE)
_NOTED_TRANSLITERATIONS = re.compile(r"\A(.*)\(transliterations\b[^)]*\)", re.DOTALL)
_NOTED_LIST = re.compile(r"\(([^();:]+(?:;[^();:]+)+)\)")


def with_derived_names(designation: Designation) -> Designation:
    """Add the single names that stand inside its published names; the same object where there are none."""
    names = designation.names
    if not any(_may_hold_several(name.text) for name in names):
        return designation
    context = Context(designation.kind)
    known = {name.text for name in names}
    # A reader may have divided a name itself.
    divided = {name.derived_from for name in names}
    derived: list[ListedName] = []
    for name in names:
        if name.derived_from or name.text in divided or not _may_hold_several(name.text):
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
    found: dict[str, ListedName] = {}
    for single in _names_inside(name, Context(kind, commas=commas, slashes=True)):
        found.setdefault(single.text, single)
    return tuple(found.values())


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
    elif script(alias.text) != "Latin" and ";" in note:
        texts += note.removeprefix("transliterations:").partition(")")[0].split(";")
    stripped = dict.fromkeys(text.strip() for text in texts)
    stated = [text for text in stripped if text and text != alias.text]
    return tuple(attrs.evolve(alias, text=text, parts=(), derived_from=note) for text in stated)


def _may_hold_several(text: str) -> bool:
    if _HINT.search(text):
        return True
    return not text.isascii() and bool(_BESIDE.search(text) and _LATIN.search(text))


def _names_inside(name: ListedName, context: Context) -> Iterator[ListedName]:
    if len(name.text) > _MOST_CHARACTERS:
        return
    for found in divide(Found(name.text), context):
        text = found.text
        if bare(text) == bare(name.text) or not is_plausible(text, context):
            continue
        # A person's lone given name or surname was not published as a whole name.
        weak = found.is_weak or (context.is_person and words(text) < FEWEST_WORDS)
        type = found.type or (NameType.AKA if weak and name.type is NameType.PRIMARY else name.type)
        same_script = script(text) == script(name.text)
        yield ListedName(
            text,
            type=type,
            strength=Strength.WEAK if weak else name.strength,
            language=found.language or (name.language if same_script else None),
            script=name.script if same_script else None,
            derived_from=name.derived_from or name.text,
        )
