"""Logos: what is no picture, or claims too much, is refused; what is one is drawn again."""

import io
import struct
import zlib
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.paper import logos
from documents.paper.page_setup import PageSetup
from documents.pdf.writer import page_pictures
from tests.support.pictures import png

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQEABAAEAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx"
    "NDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy"
    "MjIyMjIyMjL/wAARCAAvACIDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF"
    "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW"
    "V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi"
    "4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC"
    "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
    "Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq"
    "8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD0rx942fwhcaKiS2CLfXBSU3bY2oCuWHzDpu6nIqWXx1ooJ8rxf4ZPPRrqMfr5v9K65lLE"
    "Ydl+mP6imNCzDBmkH0wP6UktW7mkppwjFKzV9e5ycfjvRyT5vi3wyo7BLuM5/OUVq6d4o8N6jdxWlj4i0u8vHB2w298js+AScKGJ"
    "PAJ/CtRoXXIinff1w5yMVKBJn5mUj0C//XpmY+iiigAprOFxnPPpTqhZf4WJJJ/OgCKW3SeQGRN7L3yQMVYjiSJdqLgdcZpVQL2G"
    "fanUAFFFFABRUFw10u37NDDJ/e8yUpj6YU5qHzdT/wCfS0/8Cm/+N0AXaKpebqf/AD6Wn/gU3/xunxSXzSgTW1skfdkuGYj8Cg/n"
    "QBaooooA/9k="
)
"""A page of 34 by 47 dots, as pdftoppm writes it."""


def read(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture), formats=["PNG"])


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("given", "kept"),
    [((300, 200), (300, 200)), ((1, 1), (1, 1)), ((960, 480), (480, 240)), ((100, 2000), (24, 480))],
)
def test_a_picture_is_drawn_anew_and_not_too_large(given: tuple[int, int], kept: tuple[int, int]) -> None:
    verdict = logos.remade(png(*given))
    assert verdict.fault == ""
    assert read(verdict.picture).size == kept


def test_a_photo_taken_sideways_stands_upright() -> None:
    sideways, turned = Image.new("RGB", (60, 20), "white"), Image.Exif()
    turned[0x0112] = 6  # orientation: the camera was held upright
    stream = io.BytesIO()
    sideways.save(stream, "JPEG", exif=turned)
    assert read(logos.remade(stream.getvalue()).picture).size == (20, 60)


def test_of_the_file_nothing_is_kept_but_what_it_shows() -> None:
    """What is hidden behind the picture, or in its remarks, doesn't come along."""
    sent = png(30, 20)
    remark = b"tEXtPosisi\x006.2 LS <script>"
    chunk = struct.pack(">I", len(remark) - 4) + remark + struct.pack(">I", zlib.crc32(remark))
    verdict = logos.remade(sent[:33] + chunk + sent[33:] + b"<script>PK\x03\x04")
    assert read(verdict.picture).size == (30, 20)
    assert b"script" not in verdict.picture
    assert b"Posisi" not in verdict.picture


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (Image.new("RGBA", (2, 2), (0, 0, 0, 0)), (255, 255, 255)),
        (Image.new("RGBA", (2, 2), (255, 0, 0, 128)), (255, 127, 127)),
        (Image.new("LA", (2, 2), (100, 128)), (177, 177, 177)),
        (Image.new("I;16", (2, 2), 40_000), (156, 156, 156)),
        (Image.new("1", (2, 2), 1), (255, 255, 255)),
        (Image.new("P", (2, 2), 0), (0, 0, 0)),
    ],
)
def test_every_kind_of_dots_is_drawn_on_white(sent: Image.Image, shown: tuple[int, ...]) -> None:
    assert read(logos.remade(saved(sent)).picture).getpixel((0, 0)) == shown


def test_a_photo_in_the_inks_of_a_printer_is_taken() -> None:
    sent = saved(Image.new("CMYK", (2, 2), (0, 255, 255, 0)), "JPEG")
    assert read(logos.remade(sent).picture).getpixel((0, 0)) == pytest.approx((254, 0, 0), abs=2)


def test_a_page_of_our_own_is_one() -> None:
    (page,) = page_pictures("<p>Lambang</p>", PageSetup(title="Lambang"))
    assert read(logos.remade(page).picture).size == (339, 480)


def test_a_photo_is_one_too() -> None:
    assert read(logos.remade(JPEG).picture).size == (34, 47)


def bomb(width: int, height: int) -> bytes:
    """A small file that claims a huge canvas."""
    sent = bytearray(png(1, 1))
    sent[16:24] = struct.pack(">II", width, height)
    sent[29:33] = struct.pack(">I", zlib.crc32(bytes(sent[12:29])))
    return bytes(sent)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        (b"", "logo_type"),
        (b"bukan gambar", "logo_type"),
        (b"GIF89a" + b"\0" * 40, "logo_type"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "logo_type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo_type"),
        (b"%PDF-1.7", "logo_type"),
        (bomb(60_000, 60_000), "logo_pixels"),
        (bomb(4_001, 1), "logo_pixels"),
        (png(1, 1)[:20], "logo_broken"),
        (JPEG[:30], "logo_broken"),
        (JPEG[:400], "logo_broken"),
        (bomb(4_000, 4_000), "logo_broken"),
        (png(300, 200)[:200], "logo_broken"),
        (png(300, 200)[:-12], "logo_broken"),
        (png(300, 200, data=b"abc"), "logo_broken"),
        (png(300, 200).replace(b"IDAT", b"IDAX"), "logo_broken"),
    ],
)
def test_what_is_no_sound_picture_is_refused(sent: bytes, fault: str) -> None:
    verdict = logos.remade(sent)
    assert (verdict.fault, verdict.picture) == (fault, b"")


@given(
    st.sampled_from([png(30, 20), JPEG]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=9),
)
def test_a_spoilt_picture_is_drawn_or_refused(sent: bytes, spoilt: list[tuple[int, int]]) -> None:
    content = bytearray(sent)
    for place, value in spoilt:
        content[place % len(content)] = value
    verdict = logos.remade(bytes(content))
    assert bool(verdict.picture) != bool(verdict.fault)
