"""ASCII letters for a word of any script: Unidecode, for scripts that have no table of our own.

The only module that imports Unidecode (GPL-2.0-or-later).
"""

from __future__ import annotations

from unidecode import unidecode

#: The Azerbaijani open e, of which Unidecode makes a sign (@).
_OPEN_E = str.maketrans("əƏ", "aA")


def to_ascii(text: str) -> str:
    """Transliterate character by character; what Unidecode has no letters for is dropped."""
    return text if text.isascii() else unidecode(text.translate(_OPEN_E), errors="ignore")
