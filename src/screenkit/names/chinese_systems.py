"""A syllable of Mandarin in, its spellings out: Wade-Giles, MPS II, Tongyong, Gwoyeu Romatzyh; and back.

Syllables are in pinyin without tones, ü as "v"; tables/mandarin.txt lists them. The systems are written from general
knowledge; Wade-Giles is compared with pypinyin in tests, the others with nothing row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from .han_table import rows

#: Pinyin's j, q and x are followed by ü, which is written u (Scheme for the Chinese Phonetic Alphabet, 1958).
_HIDDEN_UMLAUT = re.compile("(?<=[jqx])u|(?<=^y)u")
_INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcs]|")
#: Wade-Giles, as libraries used it (Giles 1892).
_WADE_INITIALS = "b=p p=p' d=t t=t' g=k k=k' j=ch q=ch' x=hs zh=ch ch=ch' z=ts c=ts' r=j m=m f=f n=n l=l h=h sh=sh s=s"
_WADE_FINALS = "ian=ien ie=ieh ve=üeh v=ü van=üan vn=ün ong=ung iong=iung uo=o"
_WADE_WHOLE = (
    "zhi=chih chi=ch'ih shi=shih ri=jih zi=tzu ci=tz'u si=szu,ssu er=erh yi=i,yi yan=yen ye=yeh you=yu yong=yung yv=yü "
    "yve=yüeh yvan=yüan yvn=yün gui=kuei kui=k'uei guo=kuo kuo=k'uo huo=huo shuo=shuo ge=ko,ke ke=k'o,k'e he=ho e=o,e "
    "lve=lüeh,lio nve=nüeh wo=wo"
)
#: MPS II (Ministry of Education, Taipei, 1986).
_MPS_INITIALS = "zh=j ch=ch sh=sh r=r z=tz c=ts j=j q=ch x=sh"
_MPS_FINALS = "ao=au iao=iau ong=ung iong=iung iu=iou ui=uei v=iu ve=iue van=iuan vn=iun"
_MPS_WHOLE = "zhi=jr chi=chr shi=shr ri=r zi=tz ci=tsz si=sz yv=yu yve=yue yvan=yuan yvn=yun yong=yung yao=yau"
#: Tongyong pinyin (Ministry of Education, Taipei, 2002).
_TONGYONG_INITIALS = "zh=jh q=c x=s"
_TONGYONG_FINALS = "iu=iou ui=uei v=yu ve=yue van=yuan vn=yun iong=yong"
_TONGYONG_WHOLE = (
    "zhi=jhih chi=chih shi=shih ri=rih zi=zih ci=cih si=sih feng=fong weng=wong wen=wun yv=yu yve=yue yvan=yuan yvn=yun"
)
#: Gwoyeu Romatzyh (Ministry of Education, Peking, 1928): initials, finals of the first tone, and of the third.
_GR_INITIALS = "zh=j q=ch x=sh z=tz c=ts"
_GR_FINALS = "ao=au iao=iau iu=iou ui=uei un=uen v=iu ve=iue van=iuan vn=iun er=el"
_GR_ZERO = (
    "yi=i ya=ia ye=ie yao=iau you=iou yan=ian yin=in yang=iang ying=ing yong=iong wu=u wa=ua wo=uo wai=uai wei=uei "
    "wan=uan wen=uen wang=uang weng=ueng yv=iu yve=iue yvan=iuan yvn=iun"
)
_GR_THIRD = (
    "a=aa o=oo e=ee ai=ae ei=eei au=ao ou=oou an=aan en=een ang=aang eng=eeng ong=oong el=eel y=yy i=ii ia=ea ie=iee "
    "iau=eau iou=eou ian=ean in=iin iang=eang ing=iing iong=eong u=uu ua=oa uo=uoo uai=oai uei=oei uan=oan uen=oen "
    "uang=oang ueng=oeng iu=eu iue=eue iuan=euan iun=eun"
)


@cache
def _pairs(text: str) -> Mapping[str, str]:
    return MappingProxyType(dict(pair.split("=") for pair in text.split()))


@lru_cache(maxsize=2_048)
def umlauted(syllable: str) -> str:
    """Write the hidden ü of ju, qu, xu, yu as "v"."""
    return _HIDDEN_UMLAUT.sub("v", syllable)


@lru_cache(maxsize=2_048)
def _split(syllable: str) -> tuple[str, str]:
    initial = _INITIAL.match(syllable)
    length = initial.end() if initial else 0
    return syllable[:length], syllable[length:]


def _spell(syllable: str, initials: str, finals: str, whole: str) -> tuple[str, ...]:
    syllable = umlauted(syllable)
    if (own := _pairs(whole).get(syllable)) is not None:
        return tuple(own.split(","))
    initial, final = _split(syllable)
    spelled = _pairs(finals).get(final, final) if initial else final
    return tuple(_pairs(initials).get(initial, initial) + form for form in spelled.split(","))


def wade_giles(syllable: str) -> tuple[str, ...]:
    """The spellings in Wade-Giles: aspiration as "'", ü kept, circumflex and breve dropped."""
    return _spell(syllable, _WADE_INITIALS, _WADE_FINALS, _WADE_WHOLE)


def gwoyeu(syllable: str, tone: str) -> str:
    """The spelling in Gwoyeu Romatzyh, where the letters tell the tone ("1" to "4")."""
    syllable = umlauted(syllable)
    zero = _pairs(_GR_ZERO).get(syllable)
    initial, final = ("", zero) if zero is not None else _split(syllable)
    if zero is None:
        sibilant = final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s")
        final = "y" if sibilant else _pairs(_GR_FINALS).get(final, final)
        initial = _pairs(_GR_INITIALS).get(initial, initial)
    return {"1": _gr_first, "2": _gr_second, "3": _gr_third, "4": _gr_fourth}[tone](initial, final)


def _gr_first(initial: str, final: str) -> str:
    return initial + ("h" if initial in ("m", "n", "l", "r") else "") + final


def _gr_second(initial: str, final: str) -> str:
    if initial in ("m", "n", "l", "r"):
        return initial + final
    if final in ("i", "u") and not initial:
        return {"i": "yi", "u": "wu"}[final]
    if final[0] == "i":
        keeps_i = final == "i" or (not initial and final[1] not in "aeou")
        return initial + ("yi" if keeps_i else "y") + final[1:]
    if final[0] == "u":
        return initial + ("wu" if final == "u" else "w" + final[1:])
    vowels = re.match("[aeiouy]+", final)
    at = vowels.end() if vowels else 0
    return initial + final[:at] + "r" + final[at:]


def _gr_third(initial: str, final: str) -> str:
    third = _pairs(_GR_THIRD).get(final, final)
    if initial:
        return initial + third
    if final[0] == "i":
        return "y" + third if third[0] == "i" and final != "ie" else "y" + third.lstrip("i")
    if final[0] == "u":
        return "w" + third if final == "u" else "w" + third.lstrip("u")
    return third


def _gr_fourth(initial: str, final: str) -> str:
    if not initial and final[0] == "i":
        final = ("y" if final[1:2] in tuple("aeou") else "yi") + final[1:]
    elif not initial and final[0] == "u":
        final = ("w" if len(final) > 1 else "wu") + final[1:]
    for end, written in (
        ("ng", "nq"),
        ("n", "nn"),
        ("l", "ll"),
        ("ai", "ay"),
        ("ei", "ey"),
        ("au", "aw"),
        ("ou", "ow"),
    ):
        if final.endswith(end):
            return initial + final[: -len(end)] + written
    return initial + final + "h"


@cache
def tones() -> Mapping[str, str]:
    """The syllables of Mandarin, each with the tones it is read in."""
    return MappingProxyType({row[0]: row[1] for row in rows("mandarin.txt")})


def bare(spelling: str) -> str:
    """A spelling without apostrophes and with u for ü: what most lists print."""
    return spelling.replace("'", "").replace("ü", "u")


@cache
def wade_giles_table(has_apostrophes: bool, has_umlauts: bool) -> Mapping[str, tuple[str, ...]]:
    """Wade-Giles spelling to syllables; marks that a text doesn't print are dropped, which makes it ambiguous."""
    found: dict[str, dict[str, None]] = {}
    for syllable in tones():
        for spelling in wade_giles(syllable):
            spelling = spelling if has_apostrophes else spelling.replace("'", "")
            spelling = spelling if has_umlauts else spelling.replace("ü", "u")
            found.setdefault(spelling, {})[syllable] = None
    return MappingProxyType({spelling: tuple(syllables) for spelling, syllables in found.items()})


@cache
def taiwan_table() -> Mapping[str, tuple[str, ...]]:
    """Spelling to syllables by all systems in use in Taiwan at once, Wade-Giles first.

    Names in Taiwan mix systems, since every passport bearer chooses (Ma Ying-jeou: Wade-Giles and Gwoyeu Romatzyh).
    """
    found: dict[str, dict[str, None]] = {}
    for syllable, spelling in _taiwan_spellings():
        found.setdefault(spelling, {})[syllable] = None
    return MappingProxyType({spelling: tuple(syllables) for spelling, syllables in found.items()})


def _taiwan_spellings() -> Iterator[tuple[str, str]]:
    for syllable in tones():
        for spelling in wade_giles(syllable):
            yield syllable, bare(spelling)
    for syllable in tones():
        yield syllable, syllable
        for system in (
            (_TONGYONG_INITIALS, _TONGYONG_FINALS, _TONGYONG_WHOLE),
            (_MPS_INITIALS, _MPS_FINALS, _MPS_WHOLE),
        ):
            for spelling in _spell(syllable, *system):
                yield syllable, spelling
    for syllable, heard in tones().items():
        for tone in heard.replace("5", ""):
            yield syllable, gwoyeu(syllable, tone)
