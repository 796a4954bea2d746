"""The pieces of WordprocessingML a document is made of, as text: runs, paragraphs, fields. All text is escaped."""

import unicodedata
from collections.abc import Callable, Mapping
from html import escape

from documents.markup.runs import Mark, Run, Runs, plain
from documents.markup.xml_text import storable

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PROPERTIES: Mapping[str, str] = {
    "b": "<w:b/><w:bCs/>",
    "i": "<w:i/><w:iCs/>",
    "s": "<w:strike/>",
    "u": '<w:u w:val="single"/>',
    "a": '<w:u w:val="single"/>',
}
ORDER = ("code", "b", "i", "s", "u", "a")  # in which the schema wants them
CODE_FONT = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
Link = Callable[[str], str]  # an address → the id of its relationship


def text(said: str) -> str:
    """The XML of a text, with its line breaks."""
    lines = storable(said).split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in lines)


def run(found: Run, link: Link) -> str:
    """A run under its marks, a hyperlink if it is one."""
    tags = {mark.tag for mark in found.marks}
    wanted = "".join(_property(tag) for tag in ORDER if tag in tags) + _direction(found.text, "<w:rtl/>")
    properties = f"<w:rPr>{wanted}</w:rPr>" if wanted else ""
    written = f"<w:r>{properties}{text(found.text)}</w:r>"
    href = _href(found.marks)
    return f'<w:hyperlink r:id="{link(href)}">{written}</w:hyperlink>' if href else written


def runs(found: Runs, link: Link) -> str:
    """All the runs of a paragraph."""
    return "".join(run(each, link) for each in found)


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; `properties` are further ones, in the order of the schema."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def bidi_property(found: Runs) -> str:
    """The property of a paragraph that is written from right to left; '' for any other."""
    return _direction(plain(found), "<w:bidi/>")


def field(code: str, shown: str) -> str:
    """A field with what it shows until it is brought up to date."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    code_run = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{begin}{code_run}{SEPARATE}<w:r>{text(shown)}</w:r>{END}"


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _property(tag: str) -> str:
    return CODE_FONT if tag == "code" else PROPERTIES[tag]


def _href(marks: tuple[Mark, ...]) -> str:
    return next((mark.href for mark in marks if mark.href), "")


def _direction(said: str, element: str) -> str:
    """The element, if the text's first letter with a direction is of a script written from right to left; else ''."""
    if said.isascii():
        return ""
    strong = (unicodedata.bidirectional(sign) for sign in said)
    first = next((direction for direction in strong if direction in {"L", "R", "AL"}), "L")
    return "" if first == "L" else element
