"""Text as the XML of Word, Excel and SVG files can hold it."""

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNFIT = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def storable(text: str) -> str:
    """The text without controls; halves of characters, and those that are none, become the sign for such."""
    return _UNFIT.sub("\ufffd", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
