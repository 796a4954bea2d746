"""Custom properties of a Word document, which python-docx knows nothing of (ECMA-376 part 1, §22.3)."""

from collections.abc import Mapping
from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from documents.markup.xml_text import storable

PLACE = "/docProps/custom.xml"
_SPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
_TEXTS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2  # smaller ones are kept for other things


def add(document: WordDocument, properties: Mapping[str, str]) -> None:
    """Adds custom properties to the file: texts of at most 255 characters by their names."""
    package = document.part.package
    listed = "".join(
        f'<property fmtid="{_TEXTS}" pid="{number}" name="{escape(storable(name))}">'
        f"<vt:lpwstr>{escape(storable(text))}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(properties.items(), _FIRST_ID)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties {_SPACES}>{listed}</Properties>'
    part = Part(PackURI(PLACE), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, xml.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
