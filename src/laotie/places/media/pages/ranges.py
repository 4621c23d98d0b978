"""HTTP range requests (RFC 9110, section 14) for files: one range of bytes, read in pieces."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def asked(header: str, size: int) -> range | None:
    """The bytes asked for, empty where the file has none of them; None where all are, or the header means nothing."""
    match = _RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def answer(path: Path, size: int, wanted: range | None, kind: str = "video/mp4") -> HttpResponseBase:
    """206 with the part, 200 with all, or 416."""
    if wanted is not None and not wanted:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = range(size) if wanted is None else wanted
    response = StreamingHttpResponse(_pieces(path, part), content_type=kind, status=200 if wanted is None else 206)
    response["Content-Length"] = str(len(part))
    response["Accept-Ranges"] = "bytes"
    if wanted is not None:
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def _pieces(path: Path, part: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        left = len(part)
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
