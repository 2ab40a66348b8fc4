"""A number in, a bank's own list of that edition out: every record says which edition it stands in.

It imports nothing of the tests, so that the proofs in tools/ can use it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from screenkit.editions.store import Incoming, Installed, Store
from screenkit.model import Designation


def write_list(path: Path, edition: int, records: int) -> Path:
    """A house list of so many records, all under the program "EDITION-<number>"."""
    rows = "".join(
        f"H{at},Zhongxin {at},Zhongxin {at} Trading of {edition},EDITION-{edition}\n" for at in range(records)
    )
    path.write_text(f"id,name,aliases,programs\n{rows}", encoding="utf-8")
    return path


def install(store: Store, folder: Path, edition: int, records: int) -> Installed:
    """Install that edition as the source "house"."""
    path = write_list(folder / f"house{edition}.csv", edition, records)
    try:
        return store.install("house", [Incoming(path=path, name="house.csv")], retrieved=dt.datetime.now(dt.UTC))
    finally:
        path.unlink()


def edition_of(designations: list[Designation], records: int) -> int:
    """The number of the edition that these are, all of them; fails where they are mixed or not whole."""
    codes = {program.code for one in designations for program in one.programs}
    assert len(codes) == 1, f"a mixed edition: {sorted(codes)}"
    assert len(designations) == records, f"{len(designations)} records of {records}"
    return int(codes.pop().removeprefix("EDITION-"))
