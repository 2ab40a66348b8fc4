"""Whether the screenkit that is installed works: it is compiled, it finds a listed name, and it leaves another alone.

    python tools/release/smoke.py

It searches the starter list, whatever is installed in the user's store.
"""

from __future__ import annotations

import sys
import warnings

from screenkit import Screener, StarterCoverageWarning, read
from screenkit.search.term_search import IS_COMPILED
from screenkit.sources.starter import starter_path


def main() -> None:
    warnings.simplefilter("ignore", StarterCoverageWarning)
    if not IS_COMPILED:
        sys.exit("the search is not compiled")
    screener = Screener(read("starter", starter_path()))
    found = [hit.designation.id for hit in screener.screen("이홍일")]
    if found != ["22609"]:
        sys.exit(f"이홍일 hits {found}, not 22609")
    if screener.screen("Maria Gonzalez Ortega"):
        sys.exit("Maria Gonzalez Ortega hits")
    sys.stdout.write(f"Python {sys.version.split()[0]}: compiled; a hit and no hit as expected\n")


if __name__ == "__main__":
    main()
