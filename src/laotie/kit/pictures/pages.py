"""Serving pictures where no proxy does: a picture never changes under its name."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.urls import path

from laotie.kit.pictures import store
from laotie.kit.pictures.probe import WIDTHS


def picture(request: HttpRequest, shard: str, picture_id: UUID, width: int) -> FileResponse:
    """The file, to be kept by browsers for a year; 404 for a name that is not one of ours."""
    if width not in WIDTHS or shard != picture_id.hex[-2:]:
        raise Http404
    try:
        response = FileResponse(store.path(picture_id, width).open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


app_name = "pictures"
urlpatterns = [path("media/pictures/<str:shard>/<uuid:picture_id>-<int:width>.webp", picture, name="picture")]
