"""Laws of merging: segments that are put together are the segment that indexing everything at once makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Designation, Edition, Identifier, ListedName, Policy, Screener, read
from screenkit.search.arrays import Block, Section
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.merging import merged_blocks
from screenkit.search.files.snapshot import KIND, WHOLE, save_merged, save_segments
from screenkit.search.segment import LiveSegment, Segment
from screenkit.sources.starter import starter_path

#: What a merged segment has otherwise: each list keeps its own records.
OF_RECORDS = {"designations", "designations offsets", "programs", "programs offsets", "part starts"}

WORDS = (
    "Kim", "Jong", "Un", "Ri", "Li", "al-Rahman", "Abd", "Bank", "of", "Trading", "Co", "Ltd", "II", "2", "A.", "V",
    "광선은행", "Kwangson", "광선", "은행", "조선", "丹东", "银行", "至诚",
    "Mikhail", "Mikhaylov", "Михаил", "김정은", "李红日", "北京", "محمد", "Zhongxin", "Petrel", "Müller", "P.F.L.P.",
    "Proletarskiy-zavod-promyshlennoy-kompanii",
)  # fmt: skip
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
designations = st.builds(
    lambda texts, number, kind: Designation(
        id="1",
        kind=kind,
        names=[ListedName(text) for text in texts],
        identifiers=() if number is None else [Identifier(type="passport", value=f"AB12345{number}")],
    ),
    st.lists(names, min_size=1, max_size=3),
    st.none() | st.integers(0, 9),
    st.sampled_from(["unknown", "person", "organization"]),
)


def editions(lists: Sequence[Sequence[Designation]]) -> list[list[Designation]]:
    """Lists, each an edition of its own whose designations have ids of their own."""
    return [
        [
            attrs.evolve(one, id=f"{number}-{at}", edition=Edition(source=f"list {number}", title="a list"))
            for at, one in enumerate(held)
        ]
        for number, held in enumerate(lists)
    ]


def saved(lists: Sequence[Sequence[Designation]], folder: Path) -> list[Section]:
    """The segment of each list, saved and opened."""
    parts = []
    for number, one in enumerate(lists):
        save_segments(folder / str(number), [LiveSegment.whole(Segment.made(one, Policy()))])
        parts.append(Section(Blocks.open(folder / str(number), KIND), WHOLE))
    return parts


def plain(block: Block) -> object:
    """A block as something that can be compared."""
    return block if isinstance(block, bytes) else (block.dtype, block.shape, np.ascontiguousarray(block).tobytes())


def refute_difference(lists: Sequence[Sequence[Designation]], folder: Path) -> None:
    """Fail where segments merged differ from the segment of all."""
    whole = Segment.made([one for held in lists for one in held], Policy())
    blocks, merged = dict(whole.blocks()), merged_blocks(saved(lists, folder))
    assert blocks.keys() == merged.keys()
    differing = {name for name, block in blocks.items() if plain(block) != plain(merged[name])}
    assert differing <= OF_RECORDS


@settings(max_examples=30)
@given(st.lists(st.lists(designations, min_size=1, max_size=4), min_size=1, max_size=4))
def test_merged_segments_are_bit_for_bit_the_segment_of_all(lists: list[list[Designation]]) -> None:
    with TemporaryDirectory() as folder:
        refute_difference(editions(lists), Path(folder))


def starter(*cuts: int) -> list[list[Designation]]:
    """The starter list cut at these places, each piece an edition of its own."""
    every = list(read("starter", starter_path()))
    return editions([every[start:stop] for start, stop in pairwise((0, *cuts, len(every)))])


def test_the_starter_list_cut_in_three_is_put_together_again(tmp_path: Path) -> None:
    refute_difference(starter(7, 40), tmp_path)


def test_what_was_merged_is_opened_searched_and_merged_again(tmp_path: Path) -> None:
    lists = starter(7, 40)
    every = [one for held in lists for one in held]
    parts = saved(lists, tmp_path)
    save_merged(tmp_path / "two", parts[:2], {})
    save_merged(tmp_path / "three", [Section(Blocks.open(tmp_path / "two", KIND), WHOLE), parts[2]], {})
    opened, made = Screener.load(tmp_path / "three"), Screener(every)
    assert tuple(opened.designations) == tuple(every)
    assert [opened.designations[at] for at in (0, 6, 7, -1)] == [every[at] for at in (0, 6, 7, -1)]
    assert opened.editions == made.editions
    for designation in every:
        for name in designation.names:
            found, expected = opened.screen(name.text, threshold=0.5), made.screen(name.text, threshold=0.5)
            assert found.hits == expected.hits


@pytest.mark.parametrize("cuts", [(0, 7), (7, 7), (7, 10_000)])
def test_a_list_without_designations_is_merged_too(cuts: tuple[int, int], tmp_path: Path) -> None:
    refute_difference(starter(*cuts), tmp_path)
