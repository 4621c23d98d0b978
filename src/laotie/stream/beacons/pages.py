"""`POST /beacon`: a batch of behaviour events. No database, no session, no cookie; pages never depend on its answer.

202 {"kept": 3, "dropped": 1}   the kept ones are on disk
400, 413, 429                   not a batch · too large · too many from this address
503                             the bus is away: nothing was kept for certain, sending again is safe
"""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laotie.stream.beacons.intake import LARGEST, Beacon, Fate, Malformed, events, judge
from laotie.stream.beacons.jetstream import publish
from laotie.stream.beacons.limits import Allowance, Seen
from laotie.stream.bus import BusAway, bus
from laotie.stream.counters import BEACONS

app_name = "beacons"
PATIENCE = 2.0  # seconds a batch may wait for the bus
allowance = Allowance(per_second=20, burst=600)  # a whole household, or a small office, behind one address
seen = Seen()


@csrf_exempt
@require_POST
def beacon(request: HttpRequest) -> JsonResponse:
    """Take a batch. The slot's token is what proves it; a cookie would prove nothing more."""
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return _refused(413, Fate.LIMITED, 1)
    try:
        batch = events(raw)
    except Malformed:
        return _refused(400, Fate.MALFORMED, 1)
    if not allowance.take(request.META.get("REMOTE_ADDR", ""), len(batch)):
        return _refused(429, Fate.LIMITED, len(batch))
    return _answer([judge(event) for event in batch])


def _answer(judged: Sequence[Beacon | Fate]) -> JsonResponse:
    fates = Counter(fate for fate in judged if isinstance(fate, Fate))
    fresh = {beacon.key: beacon for beacon in judged if isinstance(beacon, Beacon) and beacon.key not in seen}
    try:
        kept = keep(list(fresh.values()))
    except BusAway:
        return _refused(503, Fate.UNSENT, len(fresh))
    fates[Fate.KEPT] += kept
    fates[Fate.REPEATED] += len(judged) - fates.total()
    for fate, count in fates.items():
        BEACONS.labels(fate).inc(count)
    return JsonResponse({"kept": kept, "dropped": len(judged) - kept}, status=202)


def keep(beacons: Sequence[Beacon]) -> int:
    """Publish them and remember them; returns how many were new. Raises BusAway, and then remembers none."""
    if not beacons:
        return 0
    new = bus().run(lambda client: publish(client, beacons), PATIENCE)
    for beacon in beacons:
        seen.add(beacon.key)
    return sum(new)


def _refused(status: int, fate: Fate, count: int) -> JsonResponse:
    BEACONS.labels(fate).inc(count)
    return JsonResponse({"kept": 0}, status=status)


urlpatterns = [path("beacon", beacon, name="beacon")]
