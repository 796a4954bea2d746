"""A logo somebody sent, looked into and drawn again: of the file that came nothing is kept but what it shows.

Who calls this does so in a process that may die of it: decoders have had their faults.
"""

from dataclasses import dataclass

from PIL import Image, ImageOps

from documents.paper.pictures import STARTS, TOO_LARGE, encoded, opened

KIND = "png"
"""What a logo is kept as."""
SIDE = 480
"""Dots of its longer side: twice what a printer shows of a logo two centimetres high."""
FINER = 256
"""Shades of a grey picture of sixteen bits for each of one of eight."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The logo as PNG, or the fault that is wrong with what was sent: exceptions of ours don't travel well."""

    picture: bytes = b""
    fault: str = ""


def remade(content: bytes) -> Verdict:
    """The picture on white, not larger than `SIDE`; faults: logo_type, logo_pixels, logo_broken."""
    if not content.startswith(STARTS):
        return Verdict(fault="logo_type")
    try:
        opened(content).verify()  # its checksums, which decoding alone passes over
        return Verdict(_drawn(opened(content)))
    except TOO_LARGE:
        return Verdict(fault="logo_pixels")
    except Exception:  # noqa: BLE001 - whatever Pillow trips over, the file is to blame
        return Verdict(fault="logo_broken")


def _drawn(picture: Image.Image) -> bytes:
    if picture.mode.startswith("I"):  # Pillow takes everything above eight bits for white
        picture = picture.point(lambda shade: shade / FINER).convert("L")
    picture = (ImageOps.exif_transpose(picture) or picture).convert("RGBA")  # phones note which way is up
    picture.thumbnail((SIDE, SIDE))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture)
    return encoded(paper)
