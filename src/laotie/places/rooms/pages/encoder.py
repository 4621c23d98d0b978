"""A piece of the host's desk: the stream key for OBS and other encoders, shown, renewed and revoked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laotie.kit.errors import BadInput
from laotie.kit.pages import account_id, rate_limit, render, signed_in
from laotie.places.rooms import queries, video

LIMIT = rate_limit("room.encoder", 30)


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
@LIMIT
def encoder(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The host's own, and nobody else's: helpers do not see it."""
    me = account_id(request)
    session = queries.hosted(me, session_id)
    if request.method == "POST":
        _act(me, request.POST.get("act", ""))
    return render(
        request, "rooms/parts/encoder.html", session=session, key=video.encoder_key(me),
        address=video.encoder_address(request.get_host()),
    )  # fmt: skip


def _act(me: UUID, act: str) -> None:
    """Raises BadInput."""
    if act == "renew":
        video.renew_encoder_key(me)
    elif act == "revoke":
        video.revoke_encoder_key(me)
    else:
        raise BadInput(field="act")
