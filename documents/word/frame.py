"""What stands around the pages of a Word document: their size, the foot with the page's number, the draft mark."""

from html import escape
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.paper.page_setup import MARGINS_MM, PageSetup, Paper, words
from documents.word.tables import twips
from documents.word.xml import NAMESPACES, field, paragraph, text

EDGE_MM = 10  # from the sheet's edge to head and foot


class Frames:
    """The heads and feet of a document: one pair for each paper, shared by all sections on it."""

    def __init__(self, document: WordDocument, page_setup: PageSetup) -> None:
        self._document, self._page_setup = document, page_setup
        self._made: dict[Paper, str] = {}

    def section(self, paper: Paper) -> str:
        """The properties of a section on that paper."""
        if paper not in self._made:
            self._made[paper] = self._references(paper)
        top, right, bottom, left = map(twips, MARGINS_MM)
        turned = ' w:orient="landscape"' if paper.width > paper.height else ""
        return (
            f'<w:sectPr {NAMESPACES}>{self._made[paper]}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
            f'w:header="{twips(EDGE_MM)}" w:footer="{twips(EDGE_MM)}" w:gutter="0"/></w:sectPr>'
        )

    def _references(self, paper: Paper) -> str:
        part: Any = self._document.part  # these two methods of python-docx have no types
        header, header_id = part.add_header_part()
        footer, footer_id = part.add_footer_part()
        _fill(header.element, self._head())
        _fill(footer.element, self._foot(paper))
        return (
            f'<w:headerReference w:type="default" r:id="{header_id}"/>'
            f'<w:footerReference w:type="default" r:id="{footer_id}"/>'
        )

    def _head(self) -> str:
        if not self._page_setup.draft:
            return paragraph("", "Header")
        note = f"<w:r><w:rPr><w:b/></w:rPr>{text(words()['draft_note'])}</w:r>"
        return paragraph(note + _watermark(words()["draft"]), "Header", '<w:jc w:val="right"/>')

    def _foot(self, paper: Paper) -> str:
        """The page setup's note on the left, the page's number on the right of one line."""
        before, _, rest = words()["page"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        number = f"{_run(before)}{field('PAGE', '1')}{_run(between)}{field('NUMPAGES', '1')}{_run(after)}"
        content = f"{_run(self._page_setup.note)}<w:r><w:tab/></w:r>{number}"
        line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="999999"/></w:pBdr>'
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(paper.room())}"/></w:tabs>'
        return paragraph(content, "Footer", line + stop)


def _run(said: str) -> str:
    return f"<w:r>{text(said)}</w:r>" if said else ""


def _fill(element: BaseOxmlElement, xml: str) -> None:
    """The head's or foot's content, in the place of the empty paragraph it came with."""
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        element.append(child)


def _watermark(said: str) -> str:
    """The word across the page, as Word itself makes it: VML behind the text."""
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:320pt;height:105pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    outline = 'coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e"'
    path = '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/>'
    letters = "font-family:Arial;font-size:1pt;font-weight:bold"
    drawn = f'<v:textpath style="{letters}" string="{escape(said)}"/>'
    look = 'fillcolor="#ececec" stroked="f"'
    shape = f'<v:shape id="TandaDraf" type="#_x0000_t136" style="{place}" {look}>{drawn}</v:shape>'
    return f'<w:r><w:pict><v:shapetype id="_x0000_t136" {outline}>{path}</v:shapetype>{shape}</w:pict></w:r>'
