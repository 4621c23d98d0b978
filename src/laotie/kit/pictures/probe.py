"""What the market makes of the bytes somebody sends: a clean image, or a BadPicture.

Nothing of the original file survives but its pixels: a file that is a picture and something else besides (a page, an
archive) leaves as a picture only, and what the camera wrote about place and time is gone.
"""

from io import BytesIO

from PIL import Image, ImageOps

from laotie.kit.pictures.errors import BadPicture, PictureTooHeavy, PictureTooLarge

WIDTHS = (160, 480, 1080)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a phone's 24 to 36 million, and memory for one decode stays below 200 MB
QUALITY = 80
EFFORT = 2  # of 6: a tenth larger than the best, a third of its time


def probe(content: bytes) -> Image.Image:
    """The upright image in RGB or RGBA, at most as large as the market shows. Raises BadPicture."""
    if len(content) > MOST_BYTES:
        raise PictureTooHeavy(field="picture", megabytes=MOST_BYTES // 1024**2)
    try:
        return _decoded(content)
    except BadPicture:
        raise
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(field="picture", megapixels=MOST_PIXELS // 10**6) from error
    except Exception as error:  # a decoder fed with hostile bytes may raise anything
        raise BadPicture(field="picture") from error


def _decoded(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise PictureTooLarge(field="picture", megapixels=MOST_PIXELS // 10**6)
        image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        upright = ImageOps.exif_transpose(image)
        see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        return upright.convert("RGBA" if see_through else "RGB")


def webp(image: Image.Image, width: int) -> bytes:
    """`image` as WebP, at most `width` pixels wide and three times as tall; never larger than it was."""
    shown = image.copy()
    shown.thumbnail((width, 3 * width), Image.Resampling.LANCZOS)
    shown.info.clear()
    written = BytesIO()
    shown.save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return written.getvalue()
