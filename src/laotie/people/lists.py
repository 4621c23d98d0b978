"""Pages of long lists."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 24


def asked_page(request: HttpRequest, total: int, size: int = SIZE) -> tuple["Page[int]", int]:
    """The page that `?page=` asks for of a list of `total`, and the offset its rows begin at."""
    page = Paginator(range(total), size).get_page(request.GET.get("page"))
    return page, (page.number - 1) * size
