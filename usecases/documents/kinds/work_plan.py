"""Rencana Kerja: the calendar of topics, the tables a process puts into its work plan, who signs; and the poster."""

from dataclasses import replace

from domain.documents.editions import A3, PDF, PICTURE, Edition
from domain.process.model import WORK_PLAN, DocumentSpec
from usecases.documents.kinds import dossier, planning
from usecases.documents.kinds.base import WITH_EXCEL, Ground, Paper

DEFAULT = DocumentSpec("rencana-kerja", "Rencana Kerja", (), WORK_PLAN)
"""For a process that names no work plan of its own: the calendar and the members."""

NO_CALENDAR = "jadwal (proses belum dimulai)"


def paper(spec: DocumentSpec) -> Paper:
    """The work plan that a process describes."""

    async def gather(ground: Ground) -> Edition:
        return await _edition(ground, spec)

    return Paper(spec.key, spec.title, gather, formats=WITH_EXCEL)


async def _edition(ground: Ground, spec: DocumentSpec) -> Edition:
    whole = await dossier.edition(ground, spec)
    calendar = await planning.calendar(ground)
    people = () if spec.sections else await _people(ground)  # else the process says itself who does what
    facts = {**whole.facts, "calendar": calendar, "agreed": _agreed(calendar), "members": people}
    known = {each.path for each in whole.sources}
    return replace(
        whole,
        template="work_plan",
        facts=facts,
        missing=whole.missing if calendar.phases else (NO_CALENDAR, *whole.missing),
        signers=await planning.signers(ground, whole),
        sources=(*whole.sources, *(each for each in calendar.source() if each.path not in known)),
    )


def _agreed(calendar: planning.Calendar) -> dossier.Part | None:
    """The adopted calendar, that it stands among what the plan rests on."""
    found = calendar.agreed
    return dossier.Part(calendar.path, found.title, "", found) if found else None


async def _people(ground: Ground) -> list[tuple[str, str, str, str]]:
    """Name, instansi, office and role of everybody."""
    found = await planning.members(ground)
    return [(each.name, each.instansi, each.jabatan, each.role) for each in found]


async def _poster(ground: Ground) -> Edition:
    calendar = await planning.calendar(ground)
    facts = {
        "calendar": calendar,
        "headline": ground.process.title if ground.process else "",
        "bearers": [each for each in await _people(ground) if each[-1] in planning.BEARERS],
    }
    return ground.edition(
        "poster",
        POSTER.title,
        facts,
        missing=() if calendar.phases else (NO_CALENDAR,),
        sources=tuple(calendar.source()),
        paper=A3,
        landscape=True,
    )


POSTER = Paper("poster", "Poster jadwal kerja (A3)", _poster, formats=(PDF, PICTURE))
"""The whole process on a wall."""
