"""The checklist of what to bring and prepare for a meeting, with a person each."""

from collections.abc import Sequence

from domain import roles
from domain.dialog.questions import Answers, Option, Person, Question, Text
from domain.faults import Rejected
from domain.meetings.meeting import COMING, IN_SESSION, PLANNED
from store import meetings, people
from store.tables.meetings import MeetingMaterial
from usecases.meetings.meeting import Sitting, record, sitting
from usecases.meetings.outcomes import MaterialLine, Materials
from usecases.outcomes import Note, Outcome
from usecases.switches import turned
from usecases.work import Form, Subject, Work, require

TICK, WHO, DROP = "tick", "who", "drop"
NOBODY = "0"
MOST = 60


async def view(work: Work, meeting_id: int, mode: str = TICK, note: Note | None = None) -> Materials:
    """The checklist; `mode` is what pressing a number does."""
    found = await sitting(work, meeting_id)
    names = {member.id: member.name for member, _ in await people.members(work.session, found.pokja.id)}
    lines = [
        MaterialLine(
            each.id,
            each.text,
            names.get(each.membership_id or 0, ""),
            each.done,
            each.membership_id == found.me.id,
        )
        for each in await meetings.materials(work.session, meeting_id)
    ]
    shown = mode if found.guides and mode in {WHO, DROP} else TICK
    return Materials(facts=found.facts(), lines=lines, may_guide=found.guides, mode=shown, note=note)


async def _material(work: Work, material_id: int) -> tuple[Sitting, MeetingMaterial]:
    kept = await work.session.get(MeetingMaterial, material_id)
    if kept is None:
        raise Rejected("unknown_button")
    found = await sitting(work, kept.meeting_id)
    if found.row.state not in {PLANNED, IN_SESSION} | COMING:
        raise Rejected("meeting_state", state=found.row.state)
    return found, kept


async def meeting_of(work: Work, material_id: int) -> int:
    """The meeting whose checklist it stands on. Raises Rejected."""
    found, _ = await _material(work, material_id)
    return found.row.id


async def tick(work: Work, material_id: int, wanted: str = "") -> Materials:
    """Marks material as ready, or not; for whoever sees to it, or who guides. Raises Rejected."""
    found, kept = await _material(work, material_id)
    if kept.membership_id != found.me.id:
        require(found.me, roles.FACILITATORS)
    done = turned(wanted, is_on=kept.done)
    if done != kept.done:
        kept.done = done
        await work.session.flush()
        record(work, found, "material", text=kept.text, done=done)
    return await view(work, found.row.id)


async def drop(work: Work, material_id: int) -> Materials:
    """Takes the material off the checklist. Raises Rejected."""
    found, kept = await _material(work, material_id)
    found.guide()
    await work.session.delete(kept)
    await work.session.flush()
    record(work, found, "material_dropped", text=kept.text)
    return await view(work, found.row.id, DROP)


async def _ask(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks what the material is (where it is new), and who sees to it."""
    found, text = await _about(work, subject)
    everybody = await people.members(work.session, found.pokja.id)
    options = tuple(Option(str(member.id), f"{member.name} ({member.instansi})") for member, _ in everybody)
    facts = {"text": text or answers.get("text", "")}
    what = () if text else (Text(key="text", about="text", shortest=3, longest=200),)
    nobody = Option(NOBODY, about="nobody")
    return (*what, Person(key="who", about="who", options=(*options, nobody), facts=facts))


async def _about(work: Work, subject: Subject) -> tuple[Sitting, str]:
    if subject["material"]:
        found, kept = await _material(work, subject["material"])
        found.guide()
        return found, kept.text
    found = await sitting(work, subject["meeting"])
    found.guide()
    if len(await meetings.materials(work.session, found.row.id)) >= MOST:
        raise Rejected("materials_full", most=MOST)
    return found, ""


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found, text = await _about(work, subject)
    who = await _who(work, found, answers["who"])
    if subject["material"]:
        _, kept = await _material(work, subject["material"])
        kept.membership_id = who
    else:
        text = answers["text"]
        work.session.add(MeetingMaterial(meeting_id=found.row.id, text=text, membership_id=who))
    await work.session.flush()
    record(work, found, "material_who", text=text, member=who)
    return await view(work, found.row.id, WHO, Note("material_set"))


async def _who(work: Work, found: Sitting, chosen: str) -> int | None:
    if chosen == NOBODY:
        return None
    member, _ = await work.active_member(found.pokja.id, int(chosen))
    return member.id


FORM = Form("meeting_material", _ask, _finish)
