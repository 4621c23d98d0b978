"""The hint beside a review that is being written."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from laotie.kit.pages import rate_limit, render, signed_in
from laotie.trade.hints import queries
from laotie.trade.hints.words import REASONS

LONGEST = 1000


@require_POST
@signed_in
@rate_limit("hint", per_minute=60)
def of_words(request: HttpRequest) -> HttpResponse:
    """What the words suggest so far; empty where they suggest nothing. Nothing is kept."""
    reason = queries.reason(request.POST.get("words", "")[:LONGEST])
    return render(request, "hints/of_words.html", reason=REASONS.get(reason, ""))


app_name = "hints"
urlpatterns = [path("me/hints/words", of_words, name="of_words")]
