"""`pokja check` of a document: whether the results it was made of are in the database as it was sealed with them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.starting import read_only_session
from bot.settings import Settings, SettingsError
from documents.editions import seals as editions_seals
from documents.language.wording import Wording
from domain.documents.seals import Seals
from store import documents
from usecases.documents.verifying import SAME, Verdict, verified
from usecases.library import Library


@dataclass(frozen=True, slots=True)
class Report:
    """What the check says, line by line, and whether all holds."""

    lines: tuple[str, ...]
    holds: bool


async def check_document(settings: Settings, file: Path, content: bytes, wording: Wording) -> Report:
    """The report on a file. Raises SettingsError for one that can't be read, or a database that can't be opened."""
    try:
        seals = editions_seals.read(content)
    except editions_seals.UnreadableError as error:
        sentence = wording.plain("verifying.unreadable", file=file, reason=error)
        raise SettingsError(sentence) from error
    if not seals.results:
        return Report((wording.plain("verifying.unsealed", file=file),), holds=False)
    try:
        async with read_only_session(settings) as session:
            verdicts = await verified(session, Library(settings.processes), seals.results)
            made = await documents.made_as(session, hashlib.sha256(content).hexdigest())
    except json.JSONDecodeError as error:
        raise SettingsError(wording.plain("verifying.damaged", reason=error)) from error
    copy = (
        wording.plain("verifying.printed", version=made.version, is_final=made.is_final)
        if made
        else wording.plain("verifying.edited")
    )
    head = wording.plain("verifying.head", file=file, count=len(verdicts))
    return _report(wording, head, copy, seals, verdicts)


def _report(wording: Wording, head: str, copy: str, seals: Seals, verdicts: Sequence[Verdict]) -> Report:
    told = [_told(wording, number, each) for number, each in enumerate(verdicts, 1)]
    wrong = sum(each.state != SAME for each in verdicts)
    holds = seals.is_whole and not wrong
    tampered = () if seals.is_whole else (wording.plain("verifying.tampered"),)
    count = (wording.plain("verifying.bad", count=wrong, all=len(verdicts)),) if wrong else ()
    end = (wording.plain("verifying.good"),) if holds else (*tampered, *count)
    return Report((head, *told, copy, *end), holds=holds)


def _told(wording: Wording, number: int, verdict: Verdict) -> str:
    return wording.plain(
        f"verifying.{verdict.state}",
        number=number,
        title=verdict.title or verdict.sealed.path,
        version=verdict.sealed.version,
        newest=verdict.newest,
    )
