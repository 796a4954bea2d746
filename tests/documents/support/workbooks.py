"""What people do with a form in Excel: put something into cells, save it again."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

HEAD, FIRST = 5, 6
"""Rows of the sheet, as Excel counts them."""


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """The form with these cells of its sheet filled in: {'B6': 'Pipa'}."""
    book = opened(content)
    for place, value in cells.items():
        book["Isian"][place] = value
    return saved(book)


def edited(content: bytes, edit: Callable[[Any], object]) -> bytes:
    """The form after anything else that can be done to a workbook."""
    book = opened(content)
    edit(book)
    return saved(book)


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the sheet that have something in them, below the head."""
    lines = opened(content)["Isian"].iter_rows(min_row=FIRST, values_only=True)
    return [line for line in lines if line[0] or line[1]]


def with_part(content: bytes, name: str, part: bytes, *, instead_of: str = "") -> bytes:
    """The package with a part more, or with other content in one."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != (instead_of or name):
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return stream.getvalue()


OLD_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "Workbook".encode("utf-16-le") + bytes(500)
LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
)
"""How the old format and a workbook with a password begin: both are boxes of streams with names."""


def bomb(content: bytes) -> bytes:
    """A sheet of 300 MB that packs to 300 KB."""
    return with_part(content, "xl/worksheets/sheet1.xml", b"<c>" + b" " * 300_000_000)
