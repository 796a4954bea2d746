"""What a Word document is set in: its styles, its numbered lists, its language."""

import functools
import io
from collections.abc import Mapping

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from documents.paper.page_setup import A4, BODY_PT, FAMILY, SMALL_PT, TABLE_PT, WIDE_TABLE_PT
from documents.word.xml import NAMESPACES

CENTERED, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
HEADINGS: Mapping[int, tuple[float, int, int]] = {
    1: (15, 16, 8),
    2: (13, 14, 6),
    3: (11.5, 12, 4),
    4: (11, 10, 4),
}
"""Points of a heading's letters, of the room above and of the room below."""
BULLETS, NUMBERS = 900, 901
DEEP = 3
INDENT = 397  # twips: 7 mm


def blank() -> WordDocument:
    """An empty document with every style that documents/word/writer.py names."""
    return docx.Document(io.BytesIO(_template()))


@functools.cache
def _template() -> bytes:
    """Made once: setting up the styles takes as long as writing some ten pages."""
    document = docx.Document()
    _prepare(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: WordDocument) -> None:
    _body(document)
    for level, (size, above, below) in HEADINGS.items():
        style = _styled(document, f"Heading {level}", size, above, below, bold=True)
        style.font.italic = level == max(HEADINGS)
        style.paragraph_format.keep_with_next = True
    title = _styled(document, "Title", 16, 4, 14, bold=True)
    title.paragraph_format.alignment = CENTERED
    _without(title, "w:pBdr")
    _styled(document, "Caption", TABLE_PT, 4, 3, bold=True)
    for name in ("Header", "Footer"):
        _without(_styled(document, name, SMALL_PT - 0.5, 0, 0), "w:tabs")
    _own(document)
    _contents(document)
    _lists(document)


def _own(document: WordDocument) -> None:
    """The styles of our own; their ids are their names without blanks."""
    _styled(document, "Isi Tabel", TABLE_PT, 2, 2)
    _styled(document, "Isi Tabel Lebar", WIDE_TABLE_PT, 2, 2)
    _styled(document, "Kepala Tabel", TABLE_PT, 2, 2, bold=True).paragraph_format.alignment = CENTERED
    _styled(document, "Tanpa Garis", BODY_PT, 1, 1)
    _styled(document, "Di Tengah", BODY_PT, 0, 6).paragraph_format.alignment = CENTERED
    _styled(document, "Di Kanan", BODY_PT, 0, 6).paragraph_format.alignment = RIGHT
    _styled(document, "Catatan", SMALL_PT, 0, 6)
    _styled(document, "Kutipan", BODY_PT, 0, 6).paragraph_format.left_indent = Mm(8)
    _styled(document, "Jarak", 4, 0, 0)
    _styled(document, "Nama Kop", 13, 0, 0, bold=True).paragraph_format.alignment = CENTERED
    _styled(document, "Alamat Kop", SMALL_PT + 0.5, 0, 0).paragraph_format.alignment = CENTERED
    _styled(document, "Butir", BODY_PT, 0, 2)


def _contents(document: WordDocument) -> None:
    """The lines of the table of contents, as Word fills it in: dots up to the page's number."""
    for level in (1, 2):
        style = _styled(document, f"toc {level}", BODY_PT, 3 * (2 - level), 2, bold=level == 1)
        style.element.set(qn("w:styleId"), f"TOC{level}")
        style.paragraph_format.left_indent = Mm(7 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(
            Mm(A4.room()), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _body(document: WordDocument) -> None:
    """The body's font for every script, and Indonesian as the language to be checked in."""
    _styled(document, "Normal", BODY_PT, 0, 6)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = None if defaults is None else defaults.find(".//" + qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), "id-ID")


def _styled(
    document: WordDocument, name: str, size: float, above: int, below: int, *, bold: bool = False
) -> ParagraphStyle:
    styles = document.styles
    known = name in styles
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if not known:
        style.base_style = styles["Normal"]
    _font(style, size, bold=bold)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.0 if "Tabel" in name or name == "Jarak" else 1.1
    return style


def _font(style: ParagraphStyle, size: float, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = FAMILY, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FAMILY)


def _without(style: ParagraphStyle, what: str) -> None:
    """Takes out what python-docx's own template gives the style."""
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn(what)):
        properties.remove(found)


def _lists(document: WordDocument) -> None:
    """The bullets and the numbers every list takes after; they have to stand before the template's own."""
    numbering = document.part.numbering_part.element
    for at, (number, ordered) in enumerate(((BULLETS, False), (NUMBERS, True))):
        levels = "".join(_level(level, ordered=ordered) for level in range(DEEP))
        kind = f'w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        numbering.insert(at, parse_xml(f"<w:abstractNum {NAMESPACES} {kind}{levels}</w:abstractNum>"))
    numbering.append(_number(BULLETS, BULLETS, ""))


def numbered(document: WordDocument, start: int, level: int) -> int:
    """The number of a list of its own, begun at `start`."""
    numbering = document.part.numbering_part.element
    number = NUMBERS + len(numbering)
    override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    numbering.append(_number(number, NUMBERS, override))
    return number


def _number(number: int, kind: int, override: str) -> BaseOxmlElement:
    taken = f'<w:abstractNumId w:val="{kind}"/>{override}'
    return parse_xml(f'<w:num {NAMESPACES} w:numId="{number}">{taken}</w:num>')


def _level(level: int, *, ordered: bool) -> str:
    kind, sign = ("decimal", f"%{level + 1}.") if ordered else ("bullet", "•")
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )
