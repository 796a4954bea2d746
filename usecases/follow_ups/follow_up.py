"""Tindak lanjut: looking one up, its history and its files, and giving a new one to somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from domain import roles
from domain.dialog.questions import Answers, Date, Option, Person, Question, Several, Text
from domain.faults import Rejected
from domain.follow_ups import follow_up as rules
from domain.follow_ups.board import days_late
from domain.follow_ups.follow_up import GIVE, Event
from domain.process.model import FollowUpSpec
from store import follow_ups, people
from store.follow_ups import Kept
from store.tables.core import FollowUp, Membership, Pokja
from usecases.follow_ups import lists, notices
from usecases.follow_ups.outcomes import Evidence, EvidenceFile, FollowUpCard, FollowUpHistory, HistoryLine
from usecases.outcomes import Note, Outcome
from usecases.topics import topic as topic_
from usecases.work import Form, Subject, Work, require

OWN_IDEA = "lain"
"""The source key of a tindak lanjut that isn't the guide's."""
NO_TOPIC = "umum"
"""The topic in the source of one that was given by hand."""
NEWEST, PAGE = 3, 6
"""How many of its history stand on the card, and on a page of the history."""
MOST_OWNERS = 59
"""Besides the one who leads: what the mask of a button has room for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A tindak lanjut as somebody of its Pokja meets it; `people` are all who ever were in it, by number."""

    kept: Kept
    me: Membership
    pokja: Pokja
    people: Mapping[int, Membership]

    @property
    def zone(self) -> ZoneInfo:
        """The Pokja's time zone."""
        return ZoneInfo(self.pokja.zone)

    def named(self, who: int) -> str:
        """Name and office of a member."""
        member = self.people.get(who)
        return f"{member.name} ({member.instansi})" if member else ""


async def find(work: Work, follow_up_id: int, *, lock: bool = False) -> Found:
    """A tindak lanjut of a Pokja the actor is in. Raises Rejected."""
    kept = await follow_ups.find(work.session, follow_up_id, lock=lock)
    if kept is None:
        raise Rejected("unknown_button")
    me = await work.member_in(kept.row.pokja_id)
    if not lists.may_read(me, kept):
        raise Rejected("not_allowed", role=me.role)
    everyone = await people.everyone(work.session, kept.row.pokja_id)
    return Found(kept, me, await work.session.get_one(Pokja, kept.row.pokja_id), everyone)


async def card(work: Work, follow_up_id: int, note: Note | None = None) -> FollowUpCard:
    """The tindak lanjut's card, with what the actor may do. Raises Rejected."""
    return shown(work, await find(work, follow_up_id), note)


def shown(work: Work, found: Found, note: Note | None = None) -> FollowUpCard:
    """The card of a tindak lanjut."""
    now, row = found.kept.now, found.kept.row
    lines = [_line(found, event) for event in reversed(now.history)]
    return FollowUpCard(
        id=row.id,
        text=row.text,
        topic=row.source.split("/", maxsplit=1)[0],
        owners=[found.named(owner.who) for owner in now.owners],
        state=now.state,
        due=now.due,
        first_due=now.first_due,
        late=days_late(now, work.today(found.pokja.zone)),
        wish=_line(found, now.wish) if now.wish else None,
        history=lines[:NEWEST],
        happened=len(lines),
        files=sum(line.files for line in lines),
        offers=rules.open_to(now, found.me.id, found.me.role),
        zone=found.pokja.zone,
        note=note,
    )


def _line(found: Found, event: Event) -> HistoryLine:
    names = [found.named(who) for who in event.owners]
    by = found.people[event.by].name if event.by in found.people else ""
    return HistoryLine(event.at, by, event.kind, event.reason, event.due, names, len(event.evidence))


async def history(work: Work, follow_up_id: int, page: int = 0) -> FollowUpHistory:
    """A page of all that happened to it, the newest first. Raises Rejected."""
    found = await find(work, follow_up_id)
    events = list(reversed(found.kept.now.history))
    return FollowUpHistory(
        id=follow_up_id,
        text=found.kept.row.text,
        lines=[_line(found, event) for event in events[page * PAGE : (page + 1) * PAGE]],
        total=len(events),
        page=page,
        zone=found.pokja.zone,
    )


async def evidence(work: Work, follow_up_id: int) -> Evidence:
    """The files that prove it, for members. Raises Rejected."""
    found = await find(work, follow_up_id)
    kept = await follow_ups.files_of(work.session, follow_up_id)
    if not kept:
        raise Rejected("no_evidence")
    files = [
        EvidenceFile(file["file_id"], bool(file.get("picture")), found.people[event.by].name, event.at)
        for event, file in kept
    ]
    return Evidence(id=follow_up_id, text=found.kept.row.text, files=files, zone=found.pokja.zone)


async def give(
    work: Work, me: Membership, pokja: Pokja, text: str, owners: Sequence[int], due: date, source: str
) -> Kept:
    """Gives it to these members, the first of whom leads, and tells them. Raises Rejected.

    `source` tells where it comes from: 'topic/key', or 'umum/lain' for one given by hand.
    """
    event = Event(GIVE, me.id, work.now, due=due, owners=tuple(owners))
    rules.give(event, work.today(pokja.zone))
    row = FollowUp(
        pokja_id=pokja.id,
        text=text,
        owner_id=owners[0],
        due=due,
        source=source,
        created_by=me.id,
        created_at=work.now,
    )
    kept = await follow_ups.give(work.session, row, event, ZoneInfo(pokja.zone))
    note_of(work, kept, me, GIVE, owners=list(owners), due=due.isoformat())
    await notices.given(work, kept, pokja, me, owners)
    return kept


def note_of(work: Work, kept: Kept, me: Membership, kind: str, **details: object) -> None:
    """Notes an action on the tindak lanjut in the audit trail."""
    work.record(f"follow_up.{kind}", f"follow_up {kept.row.id}", me, text=kept.row.text, **details)


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    me, pokja, spec = await _offer(work, subject)
    require(me, roles.FACILITATORS)
    options = await member_options(work, pokja.id)
    what = () if spec else (Text(key="text", about="text", shortest=5, longest=200),)
    facts = {"text": spec.text if spec else answers.get("text", ""), "days": spec.days if spec else 0}
    today, lead = work.today(pokja.zone), str(answers.get("owner", ""))
    others = tuple(option for option in options if option.value != lead)[:MOST_OWNERS]
    also = Several(
        key=f"others.{lead}", about="others", options=others, optional=True, counts=False, facts=facts
    )
    return (
        *what,
        Person(key="owner", about="owner", options=options, facts=facts),
        *((also,) if others and lead else ()),
        Date(key="due", about="due", today=today, earliest=today, facts=facts),
    )


async def member_options(work: Work, pokja_id: int) -> tuple[Option, ...]:
    """The active members, to choose from."""
    everyone = await people.members(work.session, pokja_id)
    return tuple(Option(str(member.id), f"{member.name} ({member.instansi})") for member, _ in everyone)


async def _offer(work: Work, subject: Subject) -> tuple[Membership, Pokja, FollowUpSpec | None]:
    """Who gives it, in which Pokja, and what the guide offers (None: something else)."""
    if subject["topic"] < 0:
        return *await work.current(), None
    me, pokja, _, process = await topic_.current_run(work)
    topic, number = topic_.topic_at(process, subject["topic"]), subject["number"]
    if number >= len(topic.follow_ups):
        raise Rejected("unknown_button")
    return me, pokja, topic.follow_ups[number] if number >= 0 else None


async def _source(work: Work, subject: Subject, spec: FollowUpSpec | None) -> str:
    if subject["topic"] < 0:
        return f"{NO_TOPIC}/{OWN_IDEA}"
    _, _, _, process = await topic_.current_run(work)
    return f"{topic_.topic_at(process, subject['topic']).key}/{spec.key if spec else OWN_IDEA}"


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, pokja, spec = await _offer(work, subject)
    require(me, roles.FACILITATORS)
    owners = [int(answers["owner"]), *map(int, answers.get(f"others.{answers['owner']}") or ())]
    chosen = [(await work.active_member(pokja.id, who))[0] for who in owners]
    text, due = spec.text if spec else answers["text"], date.fromisoformat(answers["due"])
    kept = await give(work, me, pokja, text, owners, due, await _source(work, subject, spec))
    note = Note("follow_up_given", {"names": [member.name for member in chosen]})
    if subject["topic"] < 0:
        return await card(work, kept.row.id, note)
    return await lists.of_topic(work, subject["topic"], note=note)


FORM = Form("follow_up", _questions, _finish)
