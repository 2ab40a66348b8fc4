"""The result of measuring a policy, with everything that a report of it states: `Calibration`, `calibrate`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from os import PathLike
from typing import Any

import attrs

from screenkit.model import Edition
from screenkit.names.script import scripts_of
from screenkit.policy import Policy
from screenkit.results.record import instant, plain
from screenkit.screener import Screener
from screenkit.search.files.snapshot import components, library_version, tables

from .choosing import Choice, Wanted, choose
from .curve import Curve, CurvePoint
from .measuring import Outcome, Sort, curve_of, measure
from .policies import differences
from .samples import SampleFile, read_samples

#: How many rows of each sort are shown on each side of the threshold by default.
NEAREST = 5
#: The group of names without a script: digits and symbols only.
NO_SCRIPT = "no script"


@attrs.frozen(kw_only=True)
class Near:
    """The rows of one sort on one side of the threshold that are closest to it."""

    #: What the rows show.
    sort: Sort
    #: Whether they alert.
    alerts: bool
    #: The rows, the closest first.
    rows: tuple[Outcome, ...]


@attrs.frozen(kw_only=True)
class Calibration:
    """What a policy finds and costs on a user's own names, and everything that the figures depend on."""

    #: The file of labeled matches.
    matches: SampleFile
    #: The file of ordinary names.
    ordinary: SampleFile
    #: The editions searched.
    editions: tuple[Edition, ...]
    #: The policy, whose own threshold is not always the one chosen.
    policy: Policy
    #: What each threshold finds and costs.
    curve: Curve
    #: What was asked for.
    wanted: Wanted
    #: The chosen threshold.
    choice: Choice
    #: What the chosen threshold finds and costs for each script of the names, in order of the scripts.
    scripts: tuple[tuple[str, CurvePoint], ...]
    #: The rows closest to the threshold.
    nearest: tuple[Near, ...]
    #: How many labeled rows give the id of a designation; the others give a listed name.
    looked_up: int
    #: Version of screenkit.
    version: str
    #: Versions of Unicode's data and of the packages that results depend on.
    components: tuple[tuple[str, str], ...]
    #: Digests of the rules and tables.
    tables: tuple[tuple[str, str], ...]
    #: When it was made.
    time: dt.datetime

    @property
    def labeled(self) -> int:
        """How many labeled rows there are."""
        return len(self.curve.matches) + len(self.curve.non_matches)

    @property
    def line(self) -> CurvePoint:
        """What the chosen threshold finds and costs."""
        return self.curve.at(self.choice.threshold)

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """The curve at every hundredth, at the policy's own threshold and at the chosen one."""
        return self.curve.points((self.policy.threshold_points(), self.choice.threshold))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, ready for JSON; shares in hundred-thousandths, thresholds in points."""
        return {
            "time": instant(self.time),
            "version": self.version,
            "components": dict(self.components),
            "tables": dict(self.tables),
            "matches": plain(self.matches),
            "ordinary": plain(self.ordinary),
            "editions": [{**plain(edition), "records": edition.records} for edition in self.editions],
            "policy": {"fingerprint": self.policy.fingerprint, **plain(self.policy)},
            "differences": [
                {"field": field, "default": default, "value": value}
                for field, default, value in differences(self.policy)
            ],
            "wanted": {name: None if one is None else str(one) for name, one in _fields(self.wanted)},
            "choice": {**plain(self.choice), "is_reached": self.choice.is_reached},
            "line": _plain_point(self.line),
            "curve": list(map(_plain_point, self.points)),
            "scripts": [{"script": script, **_plain_point(point)} for script, point in self.scripts],
            "nearest": plain(self.nearest),
        }


def calibrate(
    screener: Screener,
    matches: str | PathLike[str],
    ordinary: str | PathLike[str],
    *,
    at: dt.datetime,
    wanted: Wanted | None = None,
    nearest: int = NEAREST,
    date_format: str | Iterable[str] | None = None,
    workers: int = 1,
) -> Calibration:
    """Measure a screener's policy on a CSV file of labeled matches and one of ordinary names.

    `at` is the time stated in the result. `nearest` is how many rows of each sort are kept on each side of the
    threshold. `date_format` is how dates of birth are written if not ISO 8601 ("%d/%m/%Y"). Equal files, editions,
    policy, version and time give an equal result, whatever the number of `workers`. Raises `CalibrationError` with all
    faults of both files.
    """
    wanted = wanted or Wanted()
    samples = read_samples(matches, ordinary, screener.designations, date_format=date_format)
    outcomes = measure(screener, samples, at=at, workers=workers)
    policy = screener.policy
    curve = curve_of(outcomes, policy)
    choice = choose(curve, wanted, policy.threshold_points())
    return Calibration(
        matches=samples.labeled_file,
        ordinary=samples.ordinary_file,
        editions=screener.editions,
        policy=policy,
        curve=curve,
        wanted=wanted,
        choice=choice,
        scripts=_by_script(outcomes, policy, choice.threshold),
        nearest=_nearest(outcomes, choice.threshold, nearest),
        looked_up=sum(bool(pair.targets) for pair in samples.labeled),
        version=library_version(),
        components=components(),
        tables=tables(),
        time=at,
    )


def _by_script(outcomes: Iterable[Outcome], policy: Policy, line: int) -> tuple[tuple[str, CurvePoint], ...]:
    """By the scripts of the customer's name; several are joined by " + "."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[" + ".join(sorted(scripts_of(outcome.name))) or NO_SCRIPT].append(outcome)
    return tuple((script, curve_of(groups[script], policy).at(line)) for script in sorted(groups))


def _nearest(outcomes: Iterable[Outcome], line: int, count: int) -> tuple[Near, ...]:
    found = []
    explained = [outcome for outcome in outcomes if outcome.explanation]
    for sort in Sort:
        for alerts in (True, False):
            side = [one for one in explained if one.sort is sort and (one.points >= line) is alerts]
            side.sort(key=lambda one: (abs(one.points - line), one.line))
            if side[:count]:
                found.append(Near(sort=sort, alerts=alerts, rows=tuple(side[:count])))
    return tuple(found)


def _fields(wanted: Wanted) -> Iterable[tuple[str, Any]]:
    return (("recall", wanted.recall), ("alerts", wanted.alerts))


def _plain_point(point: CurvePoint) -> dict[str, Any]:
    shares = {"recall": point.recall, "alerts": point.alerts, "wrong": point.wrong}
    return {"threshold": point.threshold, **{name: share.to_dict() for name, share in shares.items()}}
