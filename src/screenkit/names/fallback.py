"""A word of any script in, ASCII letters out: Unidecode, for scripts that have no table of our own.

The only module that imports Unidecode (GPL-2.0-or-later).
"""

from __future__ import annotations

from functools import lru_cache

from unidecode import unidecode


@lru_cache(maxsize=32_768)
def to_ascii(text: str) -> str:
    """Transliterate character by character; what Unidecode has no letters for is dropped."""
    return text if text.isascii() else unidecode(text, errors="ignore")
