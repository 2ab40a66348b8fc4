from collections.abc import Iterator
from screenkit.model import Designation
from .format import Format
from .job import Job


def read(job: Job) -> Iterator[Designation]:
    raise NotImplementedError
    yield


FORMAT = Format(id="un_sc", title="un_sc", read=read, recognizes=lambda file: False)
