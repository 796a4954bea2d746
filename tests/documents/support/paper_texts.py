"""What a reader finds in files that were made: their text, in reading order."""

import io
from typing import Any

import docx
import openpyxl
from docx.table import Table
from pypdf import PdfReader


def word_text(content: bytes) -> str:
    """A Word document's lines; the cells of a row are parted by ' | '."""
    lines: list[str] = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def pdf_pages(content: bytes) -> list[str]:
    """Each page of a PDF in one line."""
    pages = PdfReader(io.BytesIO(content), strict=True).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook that have something in them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        page.title: [
            row for row in page.iter_rows(values_only=True) if any(cell not in {None, ""} for cell in row)
        ]
        for page in book
    }


def squeezed(text: str) -> str:
    """Without blanks: where a line breaks is the page's business."""
    return "".join(text.split())
