"""The rulebook for everybody, and the operators' desk on which the next one is written."""

from django.urls import path

from laotie.trust.rulebook import operator_pages, public_pages

app_name = "rulebook"
urlpatterns = [
    path("rulebook/", public_pages.in_force, name="in_force"),
    path("rulebook/compare", public_pages.compare, name="compare"),
    path("rulebook/<str:key>.toml", public_pages.raw, name="raw"),
    path("rulebook/<str:key>", public_pages.of_version, name="version"),
    path("operator/rulebook/", operator_pages.desk, name="desk"),
    path("operator/rulebook/numbers", operator_pages.numbers, name="numbers"),
    path("operator/rulebook/text", operator_pages.text, name="text"),
    path("operator/rulebook/drop", operator_pages.drop, name="drop"),
    path("operator/rulebook/publish", operator_pages.publish, name="publish"),
    path("operator/rulebook/<str:version>/withdraw", operator_pages.withdraw, name="withdraw"),
]
