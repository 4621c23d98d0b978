"""The record of privileged acts: filtered, and as CSV."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.http import urlencode

from laotie.kit import clock, market
from laotie.kit.pages import account_id, operator_only, render
from laotie.people.audit import queries
from laotie.people.audit.contracts import AuditEntry, AuditFilter
from laotie.people.audit.forms import AuditForm

SIZE = 50
COLUMNS = ("at", "actor_id", "actor", "act", "object_kind", "object_id", "data")


@operator_only
def acts(request: HttpRequest) -> HttpResponse:
    """Who did what to which thing, newest first."""
    form = AuditForm(request.GET)
    page = Paginator(queries.acts(account_id(request), _filter(form)), SIZE).get_page(request.GET.get("page"))
    entries = [queries.entry(row) for row in page.object_list]
    query = urlencode([(name, str(value)) for name, value in request.GET.items() if value and name != "page"])
    return render(request, "audit/acts.html", form=form, page=page, entries=entries, query=query)


@operator_only
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same acts as CSV, all of them, one line at a time."""
    rows = queries.acts(account_id(request), _filter(AuditForm(request.GET))).iterator(chunk_size=500)
    name = f"audit-{market.current().day(clock.now())}.csv"
    lines = _lines(queries.entry(row) for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(entries: Iterator[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)  # spreadsheets take the file for UTF-8 by this mark
    for entry in entries:
        data = json.dumps(entry.data, ensure_ascii=False)
        cells = [entry.at.isoformat(), entry.actor_id, entry.actor, entry.act, entry.object_kind, entry.object_id, data]
        yield writer.writerow([_harmless(str(cell)) for cell in cells])


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is kept as text."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def _filter(form: AuditForm) -> AuditFilter:
    form.is_valid()
    clean = form.cleaned_data
    until = clean.get("until")
    return AuditFilter(
        act=clean.get("act") or "",
        words=clean.get("words") or "",
        object_id=clean.get("object_id"),
        since=_midnight(clean.get("since")),
        until=_midnight(until + timedelta(days=1) if until and until < date.max else until),
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, market.current().zone) if day else None


app_name = "audit"
urlpatterns = [
    path("operator/audit", acts, name="acts"),
    path("operator/audit.csv", export, name="csv"),
]
