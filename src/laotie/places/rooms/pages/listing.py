"""What is on air now, and what is to come."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit.pages import render
from laotie.places.rooms import queries


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """Rooms that can be watched, and the schedule."""
    return render(request, "rooms/all.html", on_air=queries.on_air(), announced=queries.announced())
