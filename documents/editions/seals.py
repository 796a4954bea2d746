"""The seals (domain.documents.seals) that a PDF, Word or Excel file of ours carries in its own description."""

import io
import re
import zipfile
import zlib

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from documents.pdf.engine import SEPARATOR
from documents.word.properties import PLACE
from domain.documents import seals
from domain.documents.seals import Seals

ENDINGS = (".pdf", ".docx", ".xlsx")
LARGEST = 1_000_000
"""Bytes of the unpacked list; that of a whole process has some twenty thousand."""

_TEXT = re.compile(rb"<vt:lpwstr>([^<]*)</vt:lpwstr>")
_DAMAGE = (PyPdfError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, KeyError)


class UnreadableError(ValueError):
    """A file that is neither a PDF nor one of Word or Excel, is damaged, or is locked."""


def read(content: bytes) -> Seals:
    """What a file carries; nothing for one that isn't ours. Raises UnreadableError."""
    try:
        lines = _of_pdf(content) if content.startswith(b"%PDF-") else _of_package(content)
    except _DAMAGE as error:
        raise UnreadableError(type(error).__name__) from error
    return seals.read(lines)


def _of_pdf(content: bytes) -> list[str]:
    about = PdfReader(io.BytesIO(content)).metadata
    return ((about and about.keywords) or "").split(SEPARATOR)


def _of_package(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found = next((each for each in package.infolist() if each.filename == PLACE.strip("/")), None)
        if found is None or found.file_size > LARGEST:
            return []
        return [text.decode("utf-8", "replace") for text in _TEXT.findall(package.read(found))]
