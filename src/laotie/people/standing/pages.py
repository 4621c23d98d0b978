"""What a shop may do today, what it might before, and (through a slot) why."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from laotie.kit import clock
from laotie.kit.pages import account_id, render, signed_in
from laotie.people.standing import queries, words

SHOWN = 60


@require_safe
@signed_in
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's standing, for everyone in its team."""
    shop = queries.shop_for(account_id(request), slug)
    return render(
        request,
        "standing/mine.html",
        shop=shop,
        console_title=shop.name,
        now=words.Row(queries.of(shop.id, clock.now()), turned=False),
        rows=words.rows(queries.history(shop.id, SHOWN)),
    )


app_name = "standing"
urlpatterns = [path("seller/<slug:slug>/standing", mine, name="mine")]
