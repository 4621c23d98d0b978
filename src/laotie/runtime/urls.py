"""Every address of the market. A slice owns its own paths in `pages.py`; the REST of all slices is one API."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
