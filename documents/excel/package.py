"""Whether a file somebody sent is an Excel file that can be read, and is no larger than it looks.

Nothing of it is parsed before all of this holds: a file of a few kilobytes can unpack to gigabytes, and an XML part
can multiply within itself.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from domain.faults import Rejected

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 60_000_000
"""Bytes of all parts together, pictures too."""

MOST_XML: Final = 20_000_000
MOST_RATIO: Final = 200
"""Unpacked bytes for each packed one; tables that people fill in stay below 50."""

FREE_BYTES: Final = 1_000_000
"""Small parts may be as dense as they like."""

MOST_PARTS: Final = 1_000
MOST_TAGS: Final = 500_000
MOST_TAGS_ASIDE: Final = 100_000
"""Ends and beginnings of elements: reading takes about 10 µs each, and in styles three times that."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
_CONTENT = ("xl/worksheets/", "xl/sharedStrings", "content.xml")
_OTHER_CODING = re.compile(
    rb"\xff\xfe|\xfe\xff|[<\s]\x00|\x00\s|\x00(?:\x00\x00)?<"  # two or four bytes for each sign
    rb"|(?:\xef\xbb\xbf)?<\?xml[^?]*?encoding\s*=\s*[\"'](?!(?:utf-8|us-ascii|iso-8859-\d+|windows-125\d)[\"'])",
    re.IGNORECASE,
)
"""How a part begins whose tags, to an XML reader, may be other bytes than those counted here."""
HEAD_BYTES: Final = 200


def check_package(content: bytes, name: str) -> None:
    """Raises Rejected with what the file is instead, and what to do."""
    if len(content) > MOST_BYTES:
        raise Rejected("excel_too_big", most_mb=MOST_BYTES // 1_000_000)
    if content.startswith(_OLE):
        raise Rejected("excel_locked" if _ENCRYPTED in content else "excel_old")
    if not content.startswith(_ZIP):
        raise Rejected("excel_csv" if name.lower().endswith(_TEXT_ENDINGS) else "excel_unknown")
    _check_zip(content, _check_parts)


def check_opendocument(content: bytes) -> None:
    """The same of a spreadsheet of LibreOffice (.ods)."""
    if len(content) > MOST_BYTES:
        raise Rejected("excel_too_big", most_mb=MOST_BYTES // 1_000_000)
    _check_zip(content, _check_open_parts)


def _check_zip(content: bytes, check: Callable[[zipfile.ZipFile], None]) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check(package)
    except _DAMAGE as error:
        raise Rejected("excel_damaged") from error


def _check_open_parts(package: zipfile.ZipFile) -> None:
    _check_sizes(package.infolist())
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Rejected("excel_locked")
    _check_xml(package)


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Rejected("excel_locked")
    _check_sizes(parts)
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "xl/vbaProject.bin" in names:
        raise Rejected("excel_macro")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Rejected("excel_unknown")
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise Rejected("excel_macro")
    _check_xml(package)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """The sizes are those the file declares; `zipfile` unpacks no more of a part than it declares."""
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > FREE_BYTES and part.file_size > MOST_RATIO * part.compress_size for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or dense:
        raise Rejected("excel_swollen")


def _check_xml(package: zipfile.ZipFile) -> None:
    """Excel writes plain UTF-8 without document types; what declares entities means harm.

    A part's name proves nothing. What holds a zero byte is a picture, and no XML, unless it is UTF-16. Entities that
    got past this would be refused by the reader of sheets and texts itself (defusedxml, which openpyxl takes).
    """
    size = tags = aside = 0
    for part in package.infolist():
        text = package.read(part)
        if _OTHER_CODING.match(text) or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Rejected("excel_damaged")
        if b"\x00" not in text[:HEAD_BYTES]:
            size += len(text)
            tags += text.count(b"<")
            aside += 0 if part.filename.startswith(_CONTENT) else text.count(b"<")
        if size > MOST_XML or tags > MOST_TAGS or aside > MOST_TAGS_ASIDE:
            raise Rejected("excel_swollen")
