"""A workbook without all that is only looks, for files that Excel opens though a part of them is not as it should be.

Kept are the sheets, their texts, and the kinds of numbers (percents and dates are told by their formats).
"""

import io
import zipfile
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
KEPT: Final = ("xl/worksheets/", "xl/sharedStrings", "xl/_rels/workbook.xml.rels", "_rels/.rels")
STANDARD_STYLES: Final = ("fonts", "font"), ("fills", "fill"), ("borders", "border")


def bare(content: bytes) -> bytes:
    """The same numbers and texts in a plain file. Raises what its parts give cause for."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        for name in names:
            if name.startswith(KEPT) and not name.startswith("xl/worksheets/_rels/"):
                new.writestr(name, old.read(name))
        new.writestr(BOOK, _book(old.read(BOOK)))
        new.writestr(STYLES, _styles(old.read(STYLES) if STYLES in names else b""))
        new.writestr(TYPES, _types(old.read(TYPES), set(new.namelist())))
    return stream.getvalue()


def _book(part: bytes) -> bytes:
    """Its sheets, and from when it counts days; no names, views or links."""
    old = fromstring(part)
    return _with_children(old, [each for each in old if _name(each) in {"workbookPr", "sheets"}])


def _styles(part: bytes) -> bytes:
    """The formats of numbers, in the same places."""
    old = fromstring(part) if part else Element(f"{{{MAIN}}}styleSheet")
    new = Element(old.tag)
    new.extend(each for each in old if _name(each) == "numFmts")
    for group, one in STANDARD_STYLES:
        SubElement(SubElement(new, f"{{{MAIN}}}{group}", count="1"), f"{{{MAIN}}}{one}")
    fill = new.find(f".//{{{MAIN}}}fill")
    if fill is not None:
        SubElement(fill, f"{{{MAIN}}}patternFill", patternType="none")
    formats = [each for group in old if _name(group) == "cellXfs" for each in group]
    kept = SubElement(new, f"{{{MAIN}}}cellXfs")
    for each in formats:
        SubElement(kept, f"{{{MAIN}}}xf", numFmtId=each.get("numFmtId") or "0")
    return bytes(tostring(new))


def _types(part: bytes, names: set[str]) -> bytes:
    """The kinds of those parts that are left."""
    old = fromstring(part)
    kept = [each for each in old if not each.get("PartName") or each.get("PartName").lstrip("/") in names]
    return _with_children(old, kept)


def _with_children(old: Any, children: list[Any]) -> bytes:
    new = Element(old.tag)
    new.extend(children)
    return bytes(tostring(new))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
