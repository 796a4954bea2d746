"""A canvas that was drawn on as a PNG file: in greys where it has no colour."""

from PIL import Image

from documents.paper.pictures import encoded


def png(dots: memoryview, width: int, height: int, stride: int) -> bytes:
    """The dots as a file: rows of `stride` bytes from the top, four for each opaque dot (blue, green, red, alpha)."""
    picture = Image.frombuffer("RGB", (width, height), bytes(dots), "raw", "BGRX", stride, 1)
    red, green, blue = picture.split()
    is_grey = red.tobytes() == green.tobytes() == blue.tobytes()
    return encoded(red if is_grey else picture)
