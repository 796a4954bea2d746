"""Pictures to send."""

import io
import struct
import zlib

from PIL import Image


def png(width: int, height: int, *, data: bytes | None = None) -> bytes:
    """A red picture; `data` replaces its dots."""
    dots = data if data is not None else b"".join(b"\0" + b"\xc8\0\0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(dots)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in dots."""
    return Image.open(io.BytesIO(picture), formats=["PNG"]).size


PIXEL = png(1, 1)
