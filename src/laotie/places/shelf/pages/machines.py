"""Pages for machines: robots.txt and the sitemap."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from laotie.goods.catalogue import queries as catalogue

IN_PART = 5000  # addresses in one file; the protocol allows 50,000
XML = "application/xml"


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Goods and shops may be indexed; what belongs to a person, and endless lists, may not."""
    sitemap_address = request.build_absolute_uri(reverse("shelf:sitemap"))
    return render(request, "shelf/robots.txt", {"sitemap": sitemap_address}, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the sitemap's parts."""
    numbers = range(1, 2 + catalogue.listed_count() // IN_PART)
    parts = [request.build_absolute_uri(reverse("shelf:sitemap_part", args=[number])) for number in numbers]
    return render(request, "shelf/sitemap.xml", {"parts": parts}, content_type=XML)


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part: a stretch of the products; the first begins with the home page and the categories."""
    if not 1 <= number <= 1 + catalogue.listed_count() // IN_PART:
        raise Http404
    paths = [reverse("shelf:product", args=[each]) for each in catalogue.listed_ids((number - 1) * IN_PART, IN_PART)]
    if number == 1:
        slugs = [node.slug for node in catalogue.all_categories().values()]
        paths = [reverse("shelf:home"), *(reverse("shelf:category", args=[slug]) for slug in slugs), *paths]
    addresses = [request.build_absolute_uri(path) for path in paths]
    return render(request, "shelf/sitemap_part.xml", {"addresses": addresses}, content_type=XML)
