from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

class Scratch: ...

class Kernel:
    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], policy: Mapping[str, int]) -> None: ...
    def scratch(self) -> Scratch: ...
    def near(
        self,
        scratch: Scratch,
        lookups: list[tuple[int, str, str, int, int, int, int]],
        initial: tuple[int, int, int],
        /,
    ) -> bytes: ...
    def search(
        self,
        scratch: Scratch,
        asked: list[tuple[int, int, int, Sequence[int], bool, bytes]],
        weights: list[int],
        whole: int,
        points: int,
        sure: Collection[int],
        /,
    ) -> list[tuple[int, list[tuple[int, int, int, int]]]]: ...
    def outline(self, row: int, /) -> tuple[list[int], list[tuple[int, ...]], list[int], list[int], int]: ...
