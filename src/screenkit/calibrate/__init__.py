"""Measuring a policy on a bank's own names: what each threshold finds and costs, and what another policy changes."""

from .calibration import Calibration, calibrate
from .changes import Change, changes
from .choosing import Wanted
from .drawing import svg
from .page import page
from .policies import read_policy
from .samples import read_book

__all__ = [
    "Calibration",
    "Change",
    "Wanted",
    "calibrate",
    "changes",
    "page",
    "read_book",
    "read_policy",
    "svg",
]
