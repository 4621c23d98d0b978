"""Counters of the web processes and gauges of the work that waits, in Prometheus' format.

Every web process counts in files of `run/metrics`; whoever is asked adds them all up.
"""

import os
import time
from collections.abc import Callable, Iterator

from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
requests = Counter("laotie_requests", "Requests answered", ["method", "route", "status"])
seconds = Histogram("laotie_request_seconds", "Time to answer", ["route"], buckets=BUCKETS)


class Counting:
    """Middleware: every answer is counted by its route, so that there are as many series as there are pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "(none)"
        counted(request.method or "", route, response.status_code, time.perf_counter() - began)
        return response


def counted(method: str, route: str, status: int, took: float) -> None:
    """Count one answer that took so many seconds."""
    requests.labels(method, route, status).inc()
    seconds.labels(route).observe(took)


class WaitingWork(Collector):
    """How much background work there is, by state. Nothing while the database is away."""

    def collect(self) -> Iterator[Metric]:
        from procrastinate.contrib.django.models import ProcrastinateJob

        jobs = GaugeMetricFamily("laotie_jobs", "Background jobs by queue and state", labels=["queue", "state"])
        try:
            rows = list(ProcrastinateJob.objects.values("queue_name", "status").annotate(jobs=Count("id")))
        except DatabaseError:
            return
        for row in rows:
            jobs.add_metric([row["queue_name"], row["status"]], row["jobs"])
        yield jobs


def registry() -> CollectorRegistry:
    """All counters of all processes of this home; of this process alone where it runs alone."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    everything = CollectorRegistry()
    multiprocess.MultiProcessCollector(everything)  # type: ignore[no-untyped-call]
    everything.register(WaitingWork())
    return everything
