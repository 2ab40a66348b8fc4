"""A syllable of Cantonese in, in Jyutping or as Hong Kong spells names, its class out.

Hong Kong's registration of persons follows no published standard; its habits, written from
general knowledge, neither tell aspiration (陳 Chan, 張 Cheung) nor the long a (李 Lei, Lee). A class holds all
syllables of Jyutping (Linguistic Society of Hong Kong, 1993) that one spelling may stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from .han_table import every_jyutping

_JYUTPING = re.compile("(ng|gw|kw|[bpmfdtnlgkhwzcsj]|)((?:yu|[aeiou])[a-z]*|m|ng)")
_INITIALS = "b=p p=p m=m f=f d=t t=t n=n l=l g=k k=k h=h gw=kw kw=kw w=w z=c c=c s=s j=y ng="
_FINALS = (
    "aa=a aai=ai aau=au aam=am aan=an aang=ang aap=ap aat=at aak=ak ei=i ou=o yu=u eoi=ui eon=un eot=ut yun=un yut=ut "
    "oeng=eung oek=euk"
)
#: The spellings of each class of initials and finals; a spelling of two classes is read as both.
_INITIAL_SPELLINGS = "p:p,b m:m f:f t:t,d n:n l:l k:k,g h:h kw:kw,gw,qu w:w c:ch,ts,tz,c,z s:s,sh y:y,j :ng,"
_FINAL_SPELLINGS = (
    "a:a,ah,aa ai:ai,aai,ay au:au,aau,ow,ao am:am,aam,um ang:ang,aang ap:ap,aap,up ak:ak,aak,uk,ack "
    "un:un,oon,uen,eon,yun ut:ut,oot,uet,eot,yut an:an,aan,un at:at,aat,ut e:e,eh i:i,ee,y,z,ze,ei,ay,ie,ih "
    "iu:iu,ew im:im in:in eng:eng ing:ing,eng ip:ip it:it ik:ik,ick ek:ek,eck o:o,or,aw,ou,oo,oh on:on ong:ong "
    "ot:ot ok:ok u:u,oo,ue,yu ui:ui,uy,ooi,oi,eoi oi:oi,oy,oai ung:ung,oong uk:uk,ook eung:eung,eong,oeng "
    "euk:euk,eok,oek ng:ng m:m"
)


@cache
def _pairs(text: str) -> Mapping[str, str]:
    return MappingProxyType(dict(pair.split("=") for pair in text.split()))


@lru_cache(maxsize=2_048)
def class_of(jyutping: str) -> str:
    """Fold a syllable in Jyutping without tone to its class, in the letters that Hong Kong would use."""
    parts = _JYUTPING.fullmatch(jyutping)
    if parts is None:
        return jyutping
    initial, final = parts[1], parts[2]
    if final in ("m", "ng"):
        return final if initial in ("", "h") else jyutping
    return _pairs(_INITIALS).get(initial, initial) + _pairs(_FINALS).get(final, final)


@cache
def spellings() -> Mapping[str, tuple[str, ...]]:
    """Hong Kong spelling to classes: only classes that some character is read in."""
    heard = {class_of(syllable) for syllable in every_jyutping()}
    found: dict[str, dict[str, None]] = {}
    for initial, final in ((i, f) for i in _INITIAL_SPELLINGS.split() for f in _FINAL_SPELLINGS.split()):
        (onset, onsets), (rhyme, rhymes) = initial.split(":"), final.split(":")
        if onset + rhyme not in heard or (rhyme in ("ng", "m") and onset):
            continue
        # Hong Kong drops the y before an i: 葉 is Yip or Ip.
        written = [*onsets.split(","), *([""] if onset == "y" and rhyme[0] == "i" else [])]
        for one in written:
            for other in rhymes.split(","):
                found.setdefault(one + other, {})[onset + rhyme] = None
    return MappingProxyType({spelling: tuple(classes) for spelling, classes in found.items() if len(spelling) > 1})


def classes(spelling: str) -> tuple[str, ...]:
    """The classes a syllable may be read in, () where it is no syllable of Cantonese."""
    return spellings().get(spelling, ())
