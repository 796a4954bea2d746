"""Every document of a guide that was gone through, in every format, opened again by other programs' eyes.

The archive is left out: it holds nothing but the same files.
"""

import asyncio
import io
import multiprocessing
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from bot.app import Running
from documents.editions import printing
from documents.editions.html import html_of
from domain.documents.editions import EXCEL, PDF, WORD, ZIP, Edition
from domain.process.model import Process
from store.tables.core import Pokja
from tests.documents.support.office import SOFFICE, all_converted, all_recalculated
from tests.documents.support.paper_texts import sheets, squeezed, word_text
from usecases.documents.kinds.base import OF_POKJA, ground
from usecases.documents.kinds.registry import papers_for

WORKERS = 2
LACKING = "Belum ada:"
HAS_OFFICE = bool(SOFFICE) or os.environ.get("POKJA_REQUIRE_OFFICE") == "1"


async def every_document_can_be_had(running: Running, process: Process, folder: Path) -> None:
    """All papers of the Pokja as files; those the guide describes hold every result, and say of none that it lacks."""
    made = await _gathered(running)
    described = {each.title for each in process.documents if not each.template}
    assert described <= {edition.title for edition, _ in made}
    context = multiprocessing.get_context("forkserver")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(WORKERS, mp_context=context) as workers:
        checked = await asyncio.gather(
            *(
                loop.run_in_executor(workers, checks, edition, formats, edition.title in described)
                for edition, formats in made
            )
        )
        found = [each.faults for each in checked]
        if HAS_OFFICE:
            jobs = (
                loop.run_in_executor(workers, job, checked, folder) for job in (word_faults, excel_faults)
            )
            found += await asyncio.gather(*jobs)
    assert [fault for each in found for fault in each] == []


async def _gathered(running: Running) -> list[tuple[Edition, tuple[str, ...]]]:
    async with running.database.reading() as session:
        pokja_id: int = (await session.scalars(sa.select(Pokja.id))).one()
        where = await ground(session, running.turns.library, pokja_id, running.turns.clock.now())
        papers = [
            paper for paper in papers_for(where) if paper.about == OF_POKJA and ZIP not in paper.formats
        ]
        return [(await paper.gather(where), paper.formats) for paper in papers]


@dataclass(frozen=True)
class Checked:
    """An edition's files by format, the titles each must hold, and what is wrong with them."""

    files: dict[str, bytes]
    titles: set[str]
    faults: list[str]


def checks(edition: Edition, formats: Collection[str], whole: bool) -> Checked:
    """What becomes of an edition on paper; a `whole` one holds all its results and lacks none."""
    titles = {each.title for each in edition.sources} if whole else set()
    found = [f"{edition.title}: {name}" for name in edition.missing if whole]
    if whole and LACKING in html_of(edition):
        found.append(f"{edition.title}: {LACKING}")
    files = {kind: printing.printed(edition, kind).content for kind in formats}
    for kind, content in files.items():
        lacking = _not_in(titles, kind, content)
        found += [f"{edition.title} ({kind}): {title}" for title in sorted(lacking)]
    return Checked(files, titles, found)


def _not_in(titles: Collection[str], kind: str, content: bytes) -> set[str]:
    wanted = {squeezed(title) for title in titles}
    for text in _stretches(kind, content):
        wanted -= {title for title in wanted if title in text}
        if not wanted:
            break
    return wanted


def _stretches(kind: str, content: bytes) -> Iterator[str]:
    """The text of a file without blanks; of a PDF page by page from the last, where its results are listed."""
    if kind == PDF:
        for page in reversed(PdfReader(io.BytesIO(content), strict=True).pages):
            yield squeezed(page.extract_text())
    elif kind == WORD:
        yield squeezed(word_text(content))
    elif kind == EXCEL:
        cells = [str(cell) for rows in sheets(content).values() for row in rows for cell in row]
        yield squeezed("".join(cells))
    else:
        assert content.startswith(b"\x89PNG")


def word_faults(checked: Sequence[Checked], folder: Path) -> list[str]:
    """What LibreOffice doesn't find in the Word files that we put there."""
    titles = {f"{number}.docx": each.titles for number, each in enumerate(checked)}
    words = {f"{number}.docx": each.files[WORD] for number, each in enumerate(checked) if WORD in each.files}
    return [
        f"LibreOffice, {name}: {title}"
        for name, made in all_converted(words, "pdf", _subfolder(folder, WORD)).items()
        for title in sorted(_not_in(titles[name], PDF, made))
    ]


def excel_faults(checked: Sequence[Checked], folder: Path) -> list[str]:
    """Where LibreOffice computes another number than the bot."""
    books = {
        f"{number}.xlsx": each.files[EXCEL] for number, each in enumerate(checked) if EXCEL in each.files
    }
    theirs = all_recalculated(books, _subfolder(folder, EXCEL))
    return [fault for name, content in books.items() for fault in _differing(name, content, theirs[name])]


def _subfolder(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _differing(name: str, content: bytes, theirs: openpyxl.Workbook) -> list[str]:
    ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return [
        f"LibreOffice, {name}: {mine.title}!{cell.coordinate} {cell.value} {other[cell.coordinate].value}"
        for mine, other in zip(ours.worksheets, theirs.worksheets, strict=True)
        for row in mine.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
        and other[cell.coordinate].value != pytest.approx(cell.value, rel=1e-9, abs=1e-9)
    ]
