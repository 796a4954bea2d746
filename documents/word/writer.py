"""Semantic HTML (documents/paper/model.py) as a Word document: real styles, headings, fields, repeated table heads."""

import io
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm

from documents.markup.runs import plain
from documents.markup.xml_text import storable
from documents.paper import reading
from documents.paper.model import (
    BODY,
    CENTER,
    NOTE,
    QUOTE,
    RIGHT,
    TITLE,
    Block,
    Contents,
    Document,
    Figure,
    Letterhead,
    Listing,
    NewPage,
    Picture,
    Section,
    Table,
    Text,
    headings,
)
from documents.paper.page_setup import PageSetup, Paper, numbered_seals, words
from documents.pdf import writer
from documents.word import properties as word_properties
from documents.word import tables
from documents.word.frame import Frames
from documents.word.styles import BULLETS, DEEP, INDENT, blank, numbered
from documents.word.tables import spacer, twips
from documents.word.xml import END, NAMESPACES, SEPARATE, bidi_property, paragraph, runs, text
from documents.zipping import unzipped, zipped

STYLES = {BODY: "", TITLE: "Title", NOTE: "Catatan", CENTER: "DiTengah", RIGHT: "DiKanan", QUOTE: "Kutipan"}
LOGO_MM = 20
SHARP = 2
"""Dots to a pixel of a drawing: 192 to the inch."""
PIXELS_PER_MM = 96 / 25.4
"""Of a figure's own size: it stands on paper with its letters at their true size."""


def word(html: str, page_setup: PageSetup) -> bytes:
    """The document as the bytes of a .docx file."""
    read = reading.read(html, page_setup.paper, landscape=page_setup.landscape) or writer.EMPTY
    document = blank()
    _describe(document, page_setup)
    _fill(document, "".join(_Writer(document, read, page_setup).parts()))
    stream = io.BytesIO()
    document.save(stream)
    return zipped(unzipped(stream.getvalue()))  # python-docx puts the clock's time into it


def _describe(document: WordDocument, page_setup: PageSetup) -> None:
    about = document.core_properties
    about.title, about.author = storable(page_setup.title)[:255], storable(page_setup.author)[:255]
    about.last_modified_by = ""
    about.comments, about.language = "", "id-ID"
    if page_setup.made_at:
        about.created = about.modified = page_setup.made_at
    if page_setup.seals:
        word_properties.add(document, numbered_seals(page_setup.seals))


def _fill(document: WordDocument, xml: str) -> None:
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for child in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        body.append(child)


class _Writer:
    """Writes the blocks of one document; keeps what they share: links, numbered lists, pictures."""

    def __init__(self, document: WordDocument, read: Document, page_setup: PageSetup) -> None:
        self._document, self._read, self._page_setup = document, read, page_setup
        self._frames = Frames(document, page_setup)
        self._room, self._wide = 0, False
        self._bookmarks = 0

    def parts(self) -> list[str]:
        """The sections, each but the last closed by a paragraph that carries its properties."""
        parts: list[str] = []
        for section in self._read:
            paper = self._paper(section)
            self._room, self._wide = paper.room(), section.landscape
            parts += [self._block(block) for block in section.blocks]
            properties = self._frames.section(paper)
            parts.append(properties if section is self._read[-1] else paragraph("", "Jarak", properties))
        return parts

    def _paper(self, section: Section) -> Paper:
        return self._page_setup.paper.turned() if section.landscape else self._page_setup.paper

    def _block(self, block: Block) -> str:
        match block:
            case Text():
                return self._text(block)
            case Table():
                return tables.table(block, self._room, self._link, wide=self._wide)
            case Listing():
                return self._listing(block, 0)
            case Figure():
                return self._figure(block)
            case _:
                return self._other(block)

    def _other(self, block: Block) -> str:
        match block:
            case Letterhead():
                return self._letterhead(block)
            case Contents():
                return self._contents()
            case NewPage():
                return paragraph('<w:r><w:br w:type="page"/></w:r>', "Jarak")
            case _:
                line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
                return paragraph("", "Jarak", line)

    def _text(self, found: Text) -> str:
        content = runs(found.runs, self._link)
        if found.level:
            return paragraph(
                self._marked(found.anchor, content), f"Heading{found.level}", bidi_property(found.runs)
            )
        return paragraph(content, STYLES[found.style], bidi_property(found.runs))

    def _marked(self, anchor: str, content: str) -> str:
        self._bookmarks += 1
        begin = f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="_{anchor}"/>'
        return f'{begin}{content}<w:bookmarkEnd w:id="{self._bookmarks}"/>'

    def _listing(self, listing: Listing, level: int) -> str:
        number = numbered(self._document, listing.start, level) if listing.ordered else BULLETS
        return "".join(self._item(item, number, level) for item in listing.items)

    def _item(self, item: Sequence[Block], number: int, level: int) -> str:
        """The item's first text beside its number, what follows below it."""
        written: list[str] = []
        lead = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for block in item:
            if isinstance(block, Text):
                written.append(paragraph(runs(block.runs, self._link), "Butir", lead))
                lead = f'<w:ind w:left="{INDENT * (level + 1)}"/>'
            elif isinstance(block, Listing):
                written.append(self._listing(block, min(level + 1, DEEP - 1)))
            else:
                written.append(self._block(block))
        return "".join(written)

    def _figure(self, figure: Figure) -> str:
        width = min(figure.picture.width / PIXELS_PER_MM, self._room) if figure.picture.width else self._room
        kept = "<w:keepNext/>" if figure.caption else ""
        drawn = paragraph(self._picture(figure.picture, width), "DiTengah", kept)
        caption = runs(figure.caption, self._link)
        return drawn + (paragraph(caption, "Caption", '<w:jc w:val="center"/>') if caption else "")

    def _picture(self, picture: Picture, width: float) -> str:
        """The picture in a run, that many millimetres wide; a drawing as PNG."""
        svg = picture.kind == "svg"
        data = _drawn(picture) if svg else picture.data
        inline = self._document.part.new_pic_inline(io.BytesIO(data), width=Mm(width))
        inline.docPr.set("descr", storable(picture.shows))
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"

    def _letterhead(self, head: Letterhead) -> str:
        lines = "".join(
            paragraph(runs(line.runs, self._link), "NamaKop" if line.level else "AlamatKop")
            for line in head.lines
        )
        side = twips(LOGO_MM + 4)
        logo = self._picture(head.logo, self._logo_width(head.logo)) if head.logo else ""
        widths = [side, twips(self._room) - 2 * side, side] if head.logo else [twips(self._room)]
        cells = [paragraph(logo, "AlamatKop"), lines, paragraph("", "AlamatKop")] if head.logo else [lines]
        drawn = "".join(_letterhead_cell(*each) for each in zip(widths, cells, strict=True))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        line = '<w:tblBorders><w:bottom w:val="double" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders>'
        size = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{line}<w:tblLayout w:type="fixed"/>'
        table = f"<w:tbl><w:tblPr>{size}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{drawn}</w:tr></w:tbl>"
        return table + spacer()

    def _logo_width(self, logo: Picture) -> float:
        """The logo's greatest width in millimetres at which it isn't too high."""
        return LOGO_MM * min(1.0, 1.2 * logo.width / logo.height) if logo.height else LOGO_MM

    def _contents(self) -> str:
        """The table of contents as a field; until it is brought up to date it shows the headings without pages."""
        entries = [
            paragraph(
                f'<w:hyperlink w:anchor="_{found.anchor}"><w:r>{text(plain(found.runs))}</w:r></w:hyperlink>',
                f"TOC{found.level}",
            )
            for found in headings(self._read)
        ]
        title = paragraph(f"<w:r>{text(words()['contents'])}</w:r>", "Title")
        begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        code = r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
        return title + paragraph(begin + code + SEPARATE) + "".join(entries) + paragraph(END)

    def _link(self, address: str) -> str:
        return self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _drawn(picture: Picture) -> bytes:
    return writer.drawing_png(picture.data.decode(), picture.width or writer.PHONE, 0, SHARP)


def _letterhead_cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
