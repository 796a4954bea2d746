"""A picture of dots as a PNG file, quickly: in greys where it has no colour, compressed no more than pays.

After the PNG specification (ISO/IEC 15948): signature, header, one stream of rows each preceded by its filter, end.
"""

import struct
import zlib
from typing import Final

GREY, COLOUR = (0, 1), (2, 3)
"""PNG's type of a picture of eight bits, and its bytes for a dot."""

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
LEVEL: Final = 3
UNFILTERED: Final = b"\0"


def png(dots: memoryview, width: int, height: int, stride: int) -> bytes:
    """The dots as a file: rows of `stride` bytes from the top, four for each opaque dot (blue, green, red, alpha)."""
    whole = bytes(dots)
    blue, green, red = whole[0::4], whole[1::4], whole[2::4]
    if blue == green == red:
        return _written(GREY, red, width, height, stride // 4)
    mixed = bytearray(3 * len(red))
    mixed[0::3], mixed[1::3], mixed[2::3] = red, green, blue
    return _written(COLOUR, bytes(mixed), width, height, stride // 4 * 3)


def _written(kind: tuple[int, int], data: bytes, width: int, height: int, stride: int) -> bytes:
    form, size = kind
    rows = b"".join(
        UNFILTERED + data[begin : begin + width * size] for begin in range(0, height * stride, stride)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, form, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, LEVEL)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
