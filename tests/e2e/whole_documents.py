"""Every document of a guide that was gone through, in every format, opened again by other programs' eyes.

The archive is left out: it holds nothing but the same files.
"""

import asyncio
import io
import multiprocessing
import os
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from bot.app import Running
from documents import printing
from documents.editions_html import html_of
from domain.editions import EXCEL, PDF, WORD, ZIP, Edition
from domain.process import Process
from store.tables import Pokja
from tests.documents.office import SOFFICE, converted, reckoned_anew
from tests.documents.paper_texts import sheets, word_text
from usecases.papers.base import OF_POKJA, ground
from usecases.papers.registry import papers_for

WORKERS = 2
LACKING = "Belum ada:"
HAS_OFFICE = bool(SOFFICE) or os.environ.get("POKJA_REQUIRE_OFFICE") == "1"


async def every_document_can_be_had(running: Running, process: Process, folder: Path) -> None:
    """All papers of the Pokja as files; those the guide describes hold every result, and say of none that it lacks."""
    made = await _gathered(running)
    described = {each.title for each in process.documents if not each.template}
    assert described <= {edition.title for edition, _ in made}
    spawn = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as workers:
        wholes = [edition.title in described for edition, _ in made]
        jobs = [
            loop.run_in_executor(workers, faults, edition, formats, whole)
            for (edition, formats), whole in zip(made, wholes, strict=True)
        ]
        if HAS_OFFICE:
            biggest = max((edition for edition, _ in made), key=lambda each: len(each.sources))
            jobs.append(loop.run_in_executor(workers, office_faults, biggest, folder))
        found = await asyncio.gather(*jobs)
    assert [fault for each in found for fault in each] == []


async def _gathered(running: Running) -> list[tuple[Edition, tuple[str, ...]]]:
    async with running.database.reading() as session:
        pokja_id: int = (await session.scalars(sa.select(Pokja.id))).one()
        where = await ground(session, running.turns.library, pokja_id, running.turns.clock.now())
        papers = [
            paper for paper in papers_for(where) if paper.about == OF_POKJA and ZIP not in paper.formats
        ]
        return [(await paper.gather(where), paper.formats) for paper in papers]


def faults(edition: Edition, formats: Collection[str], whole: bool) -> list[str]:
    """What is wrong with the files of an edition; a `whole` one holds all its results and lacks none."""
    titles = {each.title for each in edition.sources} if whole else set()
    found = [f"{edition.title}: {name}" for name in edition.missing if whole]
    if whole and LACKING in html_of(edition):
        found.append(f"{edition.title}: {LACKING}")
    for kind in formats:
        content = printing.printed(edition, kind).content
        lacking = _not_in(titles, kind, content)
        found += [f"{edition.title} ({kind}): {title}" for title in sorted(lacking)]
    return found


def _not_in(titles: Collection[str], kind: str, content: bytes) -> set[str]:
    wanted = {_squeezed(title) for title in titles}
    for text in _stretches(kind, content):
        wanted -= {title for title in wanted if title in text}
        if not wanted:
            break
    return wanted


def _stretches(kind: str, content: bytes) -> Iterator[str]:
    """The text of a file without blanks; of a PDF page by page from the last, where its results are listed."""
    if kind == PDF:
        for page in reversed(PdfReader(io.BytesIO(content), strict=True).pages):
            yield _squeezed(page.extract_text())
    elif kind == WORD:
        yield _squeezed(word_text(content))
    elif kind == EXCEL:
        cells = [str(cell) for rows in sheets(content).values() for row in rows for cell in row]
        yield _squeezed("".join(cells))
    else:
        assert content.startswith(b"\x89PNG")


def office_faults(edition: Edition, folder: Path) -> list[str]:
    """What LibreOffice makes of the edition: the same text, and the same numbers when it reckons the workbook anew."""
    word = converted(printing.printed(edition, WORD).content, "buku.docx", "pdf", folder)
    lacking = _not_in({each.title for each in edition.sources}, PDF, word)
    return [f"LibreOffice: {title}" for title in sorted(lacking)] + _differing(edition, folder)


def _differing(edition: Edition, folder: Path) -> list[str]:
    content = printing.printed(edition, EXCEL).content
    ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    theirs = reckoned_anew(content, folder)
    return [
        f"LibreOffice: {mine.title}!{cell.coordinate} {cell.value} {other[cell.coordinate].value}"
        for mine, other in zip(ours.worksheets, theirs.worksheets, strict=True)
        for row in mine.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
        and other[cell.coordinate].value != pytest.approx(cell.value, rel=1e-9, abs=1e-9)
    ]


def _squeezed(text: str) -> str:
    return "".join(text.split())
