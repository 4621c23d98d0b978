"""Import of goods from a CSV file, and their export."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from laotie.goods.listings import actions, queries
from laotie.goods.listings.contracts import BadLine, ImportRun
from laotie.goods.listings.csv import exporting
from laotie.goods.listings.csv.columns import BY_KEY, COLUMNS
from laotie.goods.listings.csv.reading import MOST_BYTES, read
from laotie.goods.listings.errors import NoSuchImport
from laotie.goods.listings.pages.shared import console
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, rate_limit, render, signed_in, wants_partial
from laotie.kit.pages.problems import blame
from laotie.people.merchants.contracts import Shop

SHOWN_BAD = 500


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"), widget=forms.FileInput({"accept": ".csv,text/csv,text/plain"}),
        help_text=gettext_lazy("UTF-8 or GBK, up to 5 MB and 20,000 lines."),
    )  # fmt: skip


@signed_in
@rate_limit("goods.import", 20)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What a file must look like; POST takes one in and shows what importing it would do."""
    shop = queries.shop_for(account_id(request), slug)
    form = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run_id = actions.send_file(shop.id, account_id(request), file.name, file.read(MOST_BYTES + 1))
            return redirect("listings:import_run", slug=slug, run_id=run_id)
        except MarketError as error:
            blame(form, error)
    status = 422 if request.method == "POST" else 200
    return console(
        request, shop, "import.html", status=status, form=form, columns=COLUMNS, runs=queries.imports(shop.id)
    )


@signed_in
@rate_limit("goods.import", 20)
def run(request: HttpRequest, slug: str, run_id: UUID) -> HttpResponse:
    """What a file would do, or did; POST carries it out. htmx asks again while a job works on it."""
    shop, found = _run(request, slug, run_id)
    if request.method == "POST":
        actions.carry_out(found.id)
        return redirect("listings:import_run", slug=slug, run_id=run_id)
    shown = [(each, *said(each)) for each in found.bad[:SHOWN_BAD]]
    context: dict[str, Any] = {"run": found, "bad": shown, "more": len(found.bad) - SHOWN_BAD}
    if wants_partial(request) and found.waiting:
        return render(request, "listings/parts/progress.html", shop=shop, **context)
    response = console(request, shop, "import_run.html", **context)
    if wants_partial(request):
        response["HX-Refresh"] = "true"
    return response


def said(bad: BadLine) -> tuple[str, str]:
    """The column's heading and the reason, in the reader's language."""
    language = get_language() or "en"
    heading = BY_KEY[bad.column].heading(language) if bad.column else _("Whole line")
    return heading, _(bad.sentence).format(**bad.data)


@signed_in
@require_GET
def bad_lines(request: HttpRequest, slug: str, run_id: UUID) -> HttpResponse:
    """The lines that could not be used, as they were, with a column that says why."""
    shop, found = _run(request, slug, run_id)
    file = read(queries.import_content(found.id))
    reasons: dict[int, list[str]] = {}
    for each in found.bad:
        reasons.setdefault(each.number, []).append(": ".join(said(each)))
    lines = ((line.raw, "; ".join(reasons[line.number])) for line in file.lines if line.number in reasons)
    return _csv(exporting.with_reasons(file.headings, lines, _("Reason")), f"{shop.slug}-bad-lines")


@signed_in
@require_GET
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """A file with the headings and an example."""
    queries.shop_for(account_id(request), slug)
    return _csv(exporting.template(get_language() or "en"), "laotie-goods")


@signed_in
@require_GET
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All goods of the shop, as the import takes them back."""
    shop = queries.shop_for(account_id(request), slug)
    lines = exporting.exported(shop.id, get_language() or "en")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shop.slug}-goods.csv"'
    return response


def _run(request: HttpRequest, slug: str, run_id: UUID) -> tuple[Shop, ImportRun]:
    shop = queries.shop_for(account_id(request), slug)
    found = queries.import_for(account_id(request), run_id)
    if found.merchant_id != shop.id:
        raise NoSuchImport
    return shop, found


def _csv(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
