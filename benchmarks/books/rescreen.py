"""A generated book and 700 designations that changed in; customers rescreened per second out.

    python benchmarks/books/rescreen.py                       100,000 customers, and the estimate for 1,000,000
    python benchmarks/books/rescreen.py --whole               all of 1,000,000

The delta: of what OFAC's SDN list added, removed and changed between 2021-07-07 and 2023-12-28, `--designations` drawn
with a fixed seed, in the shares that they have; the older side is the newer edition with these undone. The book is that
of `book.py`, one customer in a thousand an altered name of a designation of the delta. The time is that of
`rescreen_book`: workers are started, the book is read, changes are written. Comparing the editions is told by itself.

"processor" is the share of its time in which this process and its workers had one each; where it is far from 1,
something else was running, and the estimate by processor time is what the machine could do alone.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from book import HEADINGS, customers, write
from measure import OFAC_2023, SHARED, head, show

from screenkit import Designation, read
from screenkit.books import Columns, open_book
from screenkit.books.rescreen import delta_of, rescreen_book
from screenkit.editions.diff import EditionDiff, compare_editions

SEED = 20231228
OFAC_2021 = "us_ofac_sdn/2021-07-07"
#: The aim, in seconds, for so many customers.
AIM, WHOLE = 180, 1_000_000


def undone(new: Sequence[Designation], difference: EditionDiff, count: int) -> list[Designation]:
    """The newer edition with so many of the differences undone."""
    draw = random.Random(SEED)
    kinds = (difference.added, difference.removed, difference.changed)
    every = [(kind, at) for kind, found in enumerate(kinds) for at in range(len(found))]
    drawn = draw.sample(every, count)
    added = {difference.added[at].id for kind, at in drawn if kind == 0}
    before = {one.before.id: one.before for one in (difference.changed[at] for kind, at in drawn if kind == 2)}
    removed = [difference.removed[at] for kind, at in drawn if kind == 1]
    return [before.get(one.id, one) for one in new if one.id not in added] + removed


def worked() -> float:
    """Seconds of processor time of this process and its workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true", help=f"{WHOLE:,} customers")
    parser.add_argument("--designations", type=int, default=700)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    count = WHOLE if given.whole else given.customers
    old, new = (list(read("us_ofac_sdn", SHARED / "lists" / edition)) for edition in (OFAC_2021, OFAC_2023[1]))
    before = undone(new, compare_editions(old, new), given.designations)
    began = perf_counter()
    delta = delta_of(before, new)
    told = ", ".join(f"{number:,} {change}" for change, number in delta.counts.items())
    print(f"{told}; compared and indexed in {perf_counter() - began:.1f} s")
    changed = [one for one in (*before, *new) if (one.source, one.id) in delta.listings]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.csv"
        write(path, HEADINGS, customers(changed, count)[0])
        columns = Columns(names="name", id="customer", birth_date="birth_date", countries="country")
        with open_book(path, columns=columns) as book:
            began, busy = perf_counter(), worked()
            found = rescreen_book(delta, book, Path(folder) / "changes.csv", workers=given.workers)
            took, busy = perf_counter() - began, worked() - busy
    print(f"{found.new:,} new hits, {found.changed:,} changed, {found.ended:,} ended, {found.rejected:,} rejected\n")
    head("customers", "workers", "seconds", "names/s", "processor", f"{WHOLE:,} take", "by processor time", "aim")
    rate = WHOLE / found.rows
    cells = [f"{found.rows:,}", given.workers, f"{took:.1f}", f"{found.rows / took:,.0f}"]
    cells += [f"{busy / took / given.workers:.2f}", f"{took * rate:.0f} s", f"{busy * rate / given.workers:.0f} s"]
    show(*map(str, cells), f"{AIM} s")


if __name__ == "__main__":
    main()
