"""Pictures are written by ourselves: what a reader of PNG finds in them are the dots that were drawn."""

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from documents.pdf.png import png

GREY, COLOUR = 0, 2


def chunks(data: bytes) -> dict[bytes, bytes]:
    """The parts by their names, their checksums compared."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + content),)
        found[name] = content
        at += 12 + length
    return found


def dots(data: bytes) -> tuple[int, list[list[tuple[int, ...]]]]:
    """The picture's type, and its rows of (red, green, blue)."""
    parts = chunks(data)
    width, height, depth, form, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    size = 1 if form == GREY else 3
    rows = zlib.decompress(parts[b"IDAT"])
    assert depth == 8
    assert len(rows) == height * (width * size + 1)
    assert list(parts)[-1] == b"IEND"
    found = []
    for top in range(0, len(rows), width * size + 1):
        assert rows[top] == 0
        line = rows[top + 1 : top + 1 + width * size]
        found.append([tuple(line[x : x + size]) * (3 // size) for x in range(0, len(line), size)])
    return form, found


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2), st.data())
def test_the_dots_are_those_that_were_drawn(width: int, height: int, spare: int, data: st.DataObject) -> None:
    picture = [[data.draw(COLOURS) for _ in range(width)] for _ in range(height)]
    rows = [b"".join(bytes([b, g, r, 255]) for r, g, b in row) + b"\xff" * 4 * spare for row in picture]
    made = png(memoryview(b"".join(rows)), width, height, 4 * (width + spare))
    form, found = dots(made)
    assert found == picture
    is_grey = all(r == g == b for row in picture for r, g, b in row)
    assert form == (GREY if is_grey else COLOUR)


def test_a_picture_without_colour_takes_a_third_of_the_room() -> None:
    grey = b"".join(bytes([shade, shade, shade, 255]) for shade in range(100))
    assert dots(png(memoryview(grey), 10, 10, 40))[0] == GREY
    assert dots(png(memoryview(b"\0\0\xff\xff" + grey[4:]), 10, 10, 40))[0] == COLOUR
