"""`Metrics`: what Prometheus is told of requests, screenings and lists.

Where several processes answer, each writes its counts to files of its own in the folder that the variable
PROMETHEUS_MULTIPROC_DIR names, and whichever is asked adds them up. The library reads the variable when it is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

#: Upper ends of the classes of durations, in seconds.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
#: The media type of `Metrics.text`.
MEDIA_TYPE = CONTENT_TYPE_LATEST
#: The variable that names the folder which the processes of one service share.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The counters of one running service. None of their labels is a name or a fact of a customer."""

    def __init__(self) -> None:
        self._registry = made = CollectorRegistry()
        #: Requests, by route, method and status.
        self.requests = Counter(
            "screenkit_requests", "Requests answered.", ("route", "method", "status"), registry=made
        )
        #: How long requests took, by route.
        self.seconds = Histogram(
            "screenkit_request_seconds", "Time to answer.", ("route",), registry=made, buckets=_BUCKETS
        )
        #: Subjects screened.
        self.subjects = Counter("screenkit_subjects", "Subjects screened.", registry=made)
        #: Subjects that need a review.
        self.alerts = Counter("screenkit_alerts", "Subjects screened that need a review.", registry=made)
        #: Requests that are screened or wait for it.
        self.pending = Gauge(
            "screenkit_pending",
            "Requests that are screened or wait for it.",
            registry=made,
            multiprocess_mode="livesum",
        )

    def text(self, now: Iterable[Metric]) -> bytes:
        """All metrics in Prometheus' text format, and those of what is searched now."""
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it ships none
        once = CollectorRegistry()
        once.register(_Stated(now))
        return generate_latest(registry) + generate_latest(once)


class _Stated(Collector):
    def __init__(self, stated: Iterable[Metric]) -> None:
        self._stated = tuple(stated)

    def collect(self) -> Iterable[Metric]:
        return self._stated


def gauge(name: str, help: str, value: float) -> Metric:
    """A metric with one value."""
    return GaugeMetricFamily(name, help, value=value)


def by_source(name: str, help: str, values: Iterable[tuple[str, float]]) -> Metric:
    """A metric with a value for each source."""
    made = GaugeMetricFamily(name, help, labels=("source",))
    for source, value in values:
        made.add_metric((source,), value)
    return made


def forget_process(number: int) -> None:
    """Count what a process that has ended was doing no more; what it has done stays counted."""
    mark_process_dead(number)  # type: ignore[no-untyped-call]  # as above
