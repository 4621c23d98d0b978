"""Pictures and CSV files of goods over REST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Router, Status, UploadedFile

from laotie.goods.listings import actions, queries
from laotie.goods.listings.contracts import ImportRun
from laotie.goods.listings.csv.exporting import exported
from laotie.goods.listings.csv.reading import MOST_BYTES
from laotie.goods.listings.rest.schemas import BadLineOut, ImportOut, PictureOut
from laotie.kit.pages import account_id as who
from laotie.kit.pictures import actions as pictures
from laotie.kit.pictures import queries as picture_queries

router = Router()


@router.post("/shops/{shop_id}/pictures", response={201: PictureOut})
def picture(request: HttpRequest, shop_id: UUID, file: File[UploadedFile]) -> Any:
    """Send a picture in; it is kept once a product uses it, and cleared away after a day otherwise."""
    shop = queries.kept_shop(who(request), shop_id)
    picture_id = pictures.admit_loose(file.read(pictures.MOST_BYTES + 1), shop.id)
    return Status(201, {"id": picture_id, "url": picture_queries.url(picture_id, 1080)})


@router.post("/shops/{shop_id}/imports", response={201: ImportOut})
def send(request: HttpRequest, shop_id: UUID, file: File[UploadedFile]) -> Any:
    """Send a CSV file in and learn what it would do. Nothing of the goods is written yet."""
    shop = queries.kept_shop(who(request), shop_id)
    run_id = actions.send_file(shop.id, who(request), file.name or "goods.csv", file.read(MOST_BYTES + 1))
    return Status(201, _out(queries.import_for(who(request), run_id)))


@router.get("/imports/{run_id}", response=ImportOut)
def run(request: HttpRequest, run_id: UUID) -> Any:
    """How far a file is, what it does, and every cell that cannot be used."""
    return _out(queries.import_for(who(request), run_id))


@router.post("/imports/{run_id}/carry-out", response=ImportOut)
def carry_out(request: HttpRequest, run_id: UUID) -> Any:
    """Import the good lines. A file is carried out once."""
    found = queries.import_for(who(request), run_id)
    actions.carry_out(found.id)
    return _out(queries.import_for(who(request), run_id))


@router.get("/shops/{shop_id}/export")
def export(request: HttpRequest, shop_id: UUID) -> Any:
    """All goods of the shop as CSV, as the import takes them back."""
    shop = queries.kept_shop(who(request), shop_id)
    lines = exported(shop.id, get_language() or "en")
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _out(found: ImportRun) -> ImportOut:
    bad = [
        BadLineOut(line=each.number, column=each.column, reason=_(each.sentence).format(**each.data))
        for each in found.bad
    ]
    return ImportOut.of(found, bad)
