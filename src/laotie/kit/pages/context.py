"""What every template may use beside its own context."""

from typing import Any

from django.http import HttpRequest

from laotie.kit import market
from laotie.kit.pages.preferences import theme_of


def page(request: HttpRequest) -> dict[str, Any]:
    """`market`, the chosen `theme` and `here`, the address that a preference form returns to."""
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return {"market": market.current(), "theme": theme_of(request), "here": here}
