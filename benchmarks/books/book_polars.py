"""A book and lists in, its matches out: the script that a user would write with Polars and rapidfuzz.

    python benchmarks/books/book_polars.py BOOK.csv LISTED.csv MATCHES.csv SCORER CUTOFF

LISTED.csv has the columns source, id and name. Every name is compared with every listed one, as unidecode text in lower
case, in blocks that two threads share.
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process
from unidecode import unidecode

BLOCK = 500


def main() -> None:
    """Run as a script."""
    book, listed_path, out, scorer, cutoff = sys.argv[1:]
    listed = pl.read_csv(listed_path, infer_schema=False)
    texts = [unidecode(name).lower() for name in listed["name"]]
    with open(out, "w", encoding="utf-8") as matches:
        matches.write("customer,row\n")
        for part in pl.read_csv(book, infer_schema=False).iter_slices(BLOCK):
            names = [unidecode(name).lower() for name in part["name"]]
            scores = process.cdist(
                names, texts, scorer=getattr(fuzz, scorer), score_cutoff=float(cutoff), workers=2, dtype=np.uint8
            )
            keys = part["customer"]
            matches.writelines(f"{keys[int(row)]},{column}\n" for row, column in zip(*np.nonzero(scores), strict=True))


if __name__ == "__main__":
    main()
