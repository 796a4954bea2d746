"""What a reader of PNG finds in our pictures are the dots that were drawn."""

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.pdf.png import png


def read(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["PNG"])


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2), st.data())
def test_the_dots_are_those_that_were_drawn(width: int, height: int, spare: int, data: st.DataObject) -> None:
    picture = [[data.draw(COLOURS) for _ in range(width)] for _ in range(height)]
    rows = [b"".join(bytes([b, g, r, 255]) for r, g, b in row) + b"\xff" * 4 * spare for row in picture]
    made = read(png(memoryview(b"".join(rows)), width, height, 4 * (width + spare)))
    found = made.convert("RGB")
    assert [[found.getpixel((x, y)) for x in range(width)] for y in range(height)] == picture
    is_grey = all(r == g == b for row in picture for r, g, b in row)
    assert made.mode == ("L" if is_grey else "RGB")


def test_a_picture_without_colour_takes_a_third_of_the_room() -> None:
    grey = b"".join(bytes([shade, shade, shade, 255]) for shade in range(100))
    assert read(png(memoryview(grey), 10, 10, 40)).mode == "L"
    assert read(png(memoryview(b"\0\0\xff\xff" + grey[4:]), 10, 10, 40)).mode == "RGB"
