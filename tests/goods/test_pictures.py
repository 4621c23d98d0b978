"""Pictures: judged by content, cleaned, resized, named by us; what nobody used goes."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.test import Client
from PIL import Image

from laotie.kit import clock
from laotie.kit.pictures import actions, queries, store
from laotie.kit.pictures.errors import BadPicture, PictureTooHeavy, PictureTooLarge
from laotie.kit.pictures.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def written(image: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(picture_id: UUID, width: int) -> Image.Image:
    return Image.open(BytesIO(store.path(picture_id, width).read_bytes()))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_that_claims(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("GIF", "L")],
)
def test_every_kind_becomes_webp_in_three_widths(kind, mode):
    picture_id = actions.admit(written(Image.new(mode, (2000, 1000)), kind), None)
    sizes = []
    for width in (160, 480, 1080):
        with opened(picture_id, width) as image:
            sizes.append((image.format, image.size))
    assert sizes == [("WEBP", (160, 80)), ("WEBP", (480, 240)), ("WEBP", (1080, 540))]


def test_a_small_picture_is_not_blown_up():
    picture_id = actions.admit(written(Image.new("RGB", (200, 100)), "PNG"), None)
    with opened(picture_id, 1080) as image:
        assert image.size == (200, 100)


def test_it_is_turned_upright_and_forgets_where_it_was_taken():
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 60, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken at home"
    picture_id = actions.admit(written(image, "JPEG", exif=exif, quality=95), None)
    content = store.path(picture_id, 480).read_bytes()
    assert b"taken at home" not in content
    with opened(picture_id, 480) as upright:
        assert (upright.size, dict(upright.getexif())) == ((40, 60), {})
        red, green, _ = upright.convert("RGB").getpixel((35, 30))
        assert red > 200
        assert green < 60


@pytest.mark.parametrize("content", [
    b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"%PDF-1.7", b"\0" * 5000,
    b"<html>" + b"a" * 999, written(Image.new("RGB", (9, 9)), "BMP"), written(Image.new("RGB", (9, 9)), "TIFF"),
    written(Image.new("RGB", (400, 400)), "JPEG")[:200], b"\x89PNG\r\n\x1a\n" + b"junk" * 50,
])  # fmt: skip
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(BadPicture):
        actions.admit(content, None)
    assert list(store.files()) == []


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (7000, 7000), (40_000_001, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(width, height):
    with pytest.raises(PictureTooLarge):
        actions.admit(png_that_claims(width, height), None)


def test_a_heavy_file_is_refused_unread():
    with pytest.raises(PictureTooHeavy):
        actions.admit(b"\xff" * (10 * 1024 * 1024 + 1), None)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04 an archive", b"<?php system(1);"])
def test_of_a_file_that_is_two_things_only_the_picture_is_kept(tail):
    picture_id = actions.admit(written(Image.new("RGB", (50, 50), "teal"), "PNG") + tail, None)
    for width in (160, 480, 1080):
        assert tail not in store.path(picture_id, width).read_bytes()


def test_it_is_served_under_our_name_as_what_it_is():
    picture_id = actions.admit(written(Image.new("RGB", (50, 50)), "PNG"), None)
    response = Client().get(queries.url(picture_id, 300))
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content)[:4] == b"RIFF"
    shard = picture_id.hex[-2:]
    named = f"/media/pictures/{shard}"
    for wrong in (f"{named}/{picture_id}-999.webp", f"{named}/{uuid4()}-160.webp", "/media/pictures/../secret"):
        assert Client().get(wrong).status_code == 404


def test_what_nobody_used_goes_after_a_day():
    content = written(Image.new("RGB", (50, 50)), "PNG")
    kept, loose, used = (
        actions.admit(content, None),
        actions.admit_loose(content, None),
        actions.admit_loose(content, None),
    )
    actions.keep([used])
    assert actions.clear_orphans() == 0
    with clock.travel(clock.now() + timedelta(days=2)):
        assert actions.clear_orphans() == 1
    assert queries.existing([kept, loose, used]) == {kept, used}
    assert len(list(store.files())) == 6


def test_files_that_no_row_names_go_too():
    stray = store.path(uuid4(), 160)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    with clock.travel(clock.now() + timedelta(days=2)):
        assert actions.clear_orphans() == 1
    assert list(store.files()) == []


def test_many_are_kept_at_once_and_what_is_none_is_left_out():
    contents = [written(Image.new("RGB", (200, 100 + n), "teal"), "PNG") for n in range(5)]
    ids = actions.admit_each([*contents[:2], b"no picture", *contents[2:]], None)
    assert ids[2] is None
    kept = [picture_id for picture_id in ids if picture_id]
    assert [opened(picture_id, 160).width for picture_id in kept] == [160] * 5
    assert [Picture.objects.get(pk=picture_id).height for picture_id in kept] == [100, 101, 102, 103, 104]
