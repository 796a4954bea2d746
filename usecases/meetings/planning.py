"""Planning a meeting: when and where, with an agenda from the guide, everybody invited, materials to bring."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain import roles
from domain.dialog.questions import Answers, Choice, Option, Question, Several
from domain.faults import Rejected
from domain.meetings.agenda import AgendaItem, build, length
from domain.meetings.meeting import PLANNED, Plan
from domain.process.model import Process, Session, Topic
from domain.process.states import AHEAD, OPEN
from store import activities, meetings, people
from store.tables.core import Membership, Pokja, Run, TopicRun
from store.tables.meetings import MeetingMaterial, MeetingRow
from usecases.meetings.meeting import card, record, sitting
from usecases.meetings.overdue import WORDS, late_follow_ups
from usecases.meetings.plan_questions import TITLE, WHERE, answered, moment, when, where
from usecases.outcomes import Note, Outcome
from usecases.topics import topic as topic_
from usecases.work import Form, Subject, Work, require

PAUSE = 15
ANOTHER = "lain"
OPEN_TOPICS, COMING_TOPICS = 30, 3


async def _topic(work: Work, subject: Subject, answers: Answers) -> tuple[Process, Run, int | None]:
    """Which topic it is about: the one it was begun from, else the chosen one. Raises Rejected."""
    me, _, run, process = await topic_.current_run(work)
    require(me, roles.FACILITATORS)
    index = subject["topic"] if subject["topic"] >= 0 else answers.get("topic")
    return process, run, None if index is None else int(index)


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    process, run, index = await _topic(work, subject, answers)
    asked: list[Question] = []
    if subject["topic"] < 0:
        asked.append(await _which_topic(work, process, run))
    if index is None:
        return asked
    topic = topic_.topic_at(process, index)
    return [*asked, *_which_sessions(topic), *await _when_and_where(work, run, answers)]


async def _which_topic(work: Work, process: Process, run: Run) -> Choice:
    begun = await activities.topic_runs(work.session, run.id)
    every = [
        (
            Option(str(index), f"{topic.key} {topic.title}"),
            begun[topic.key].state if topic.key in begun else AHEAD,
        )
        for index, topic in enumerate(process.topics())
    ]
    running = [option for option, state in every if state == OPEN][-OPEN_TOPICS:]
    coming = [option for option, state in every if state == AHEAD][:COMING_TOPICS]
    last = [option for option, _ in every[-COMING_TOPICS:]]
    return Choice(key="topic", about="topic", options=tuple([*running, *coming] or last))


def _which_sessions(topic: Topic) -> tuple[Question, ...]:
    """Asks which of the topic's sessions the meeting takes, where there are several."""
    if len(topic.sessions) < 2:  # noqa: PLR2004 - there is nothing to choose
        return ()
    options = tuple(
        Option(str(number), f"Sesi {number + 1} ({session.minutes} menit)")
        for number, session in enumerate(topic.sessions)
    )
    return (Several(key="sessions", about="sessions", options=options),)


async def _when_and_where(work: Work, run: Run, answers: Answers) -> list[Question]:
    pokja = await work.session.get_one(Pokja, run.pokja_id)
    polled = await _polled(work, run, pokja)
    asked: list[Question] = []
    if polled:
        options = tuple(Option(key, slot["text"]) for key, slot in polled.items())
        another = Option(ANOTHER, about="another_date")
        asked.append(Choice(key="poll", about="poll", options=(*options, another)))
    if not polled or answers.get("poll") == ANOTHER:
        asked += when(work, pokja)
    places = [slot["place"] for slot in polled.values() if slot["place"]]
    former = [row.place for row in await meetings.listed(work.session, pokja.id) if row.place]
    return [*asked, *where([*places, *former][:4], answers.get("place", ""))]


async def _polled(work: Work, run: Run, pokja: Pokja) -> Mapping[str, Mapping[str, str]]:
    """Dates that were adopted by poll and are still to come, by a short key that stays the same."""
    found = [_slot(item) for item in await meetings.polled(work.session, run.id) if item.get("detail")]
    ahead = [slot for slot in found if moment(slot["day"], slot["time"], pokja.zone) > work.now]
    return {f"{slot['day'][2:].replace('-', '')}{slot['time'].replace(':', '')}": slot for slot in ahead}


def _slot(item: Mapping[str, Any]) -> Mapping[str, str]:
    """A poll's date: its detail is the moment ('2026-11-24T09:30'), its text ends with the place, if it has one."""
    day, _, clock = str(item["detail"]).partition("T")
    text = str(item["text"])
    place = text.partition(" pukul ")[2].partition(", ")[2]
    return {"day": day, "time": clock, "text": text, "place": place}


async def _plan(work: Work, subject: Subject, answers: Answers) -> Outcome:
    process, run, index = await _topic(work, subject, answers)
    me, pokja = await _me(work, run)
    topic = topic_.topic_at(process, index or 0)
    topic_run = await activities.topic_run(work.session, run.id, topic.key)
    slot: Mapping[str, Any] = (await _polled(work, run, pokja)).get(str(answers.get("poll"))) or answers
    if "day" not in slot:
        raise Rejected("meeting_past")  # the polled date went by while this was filled in
    agenda = await _agenda(work, pokja, _sessions(topic, answers))
    if topic_run is None:
        topic_run = await _opened(work, run, index or 0)
    title, where_ = f"{topic.key} {topic.title}"[:TITLE], answered(WHERE, answers, pokja.zone)
    starts = moment(slot["day"], slot["time"], pokja.zone)
    plan = Plan(title=title, starts=starts, minutes=length(agenda), agenda=agenda, **where_)
    return await _planned(work, _row(work, me, topic_run, plan), topic)


async def _opened(work: Work, run: Run, index: int) -> TopicRun:
    """Opens the topic the meeting is about."""
    topic = await topic_.opened(work, index)
    found = await activities.topic_run(work.session, run.id, topic.key)
    assert found is not None
    return found


async def _me(work: Work, run: Run) -> tuple[Membership, Pokja]:
    me, pokja = await work.current_as(roles.FACILITATORS)
    if pokja.id != run.pokja_id:
        raise Rejected("unknown_button")
    return me, pokja


def _sessions(topic: Topic, answers: Answers) -> list[Session]:
    chosen = answers.get("sessions")
    return [each for number, each in enumerate(topic.sessions) if chosen is None or str(number) in chosen]


async def _agenda(work: Work, pokja: Pokja, sessions: Sequence[Session]) -> tuple[AgendaItem, ...]:
    late = await late_follow_ups(work, pokja)
    return build(sessions, WORDS, late, PAUSE) if sessions else build([Session(60, ())], WORDS, late)


def _row(work: Work, me: Membership, topic_run: TopicRun, plan: Plan) -> MeetingRow:
    return MeetingRow(
        pokja_id=me.pokja_id,
        topic_run_id=topic_run.id,
        state=PLANNED,
        created_by=me.id,
        created_at=work.now,
        **meetings.plan_data(plan),
    )


async def _planned(work: Work, row: MeetingRow, topic: Topic) -> Outcome:
    """Keeps the plan; members and fasilitator are invited to begin with, guests are added by hand."""
    if row.starts <= work.now:
        raise Rejected("meeting_past")
    work.session.add(row)
    await work.session.flush()
    members = await people.members(work.session, row.pokja_id, roles=roles.VOTERS | roles.FACILITATORS)
    await meetings.invite(work.session, row.id, [member.id for member, _ in members])
    for text in (*topic.materials, *topic.equipment):
        work.session.add(MeetingMaterial(meeting_id=row.id, text=text[:200]))
    await work.session.flush()
    record(work, await sitting(work, row.id), "plan", starts=row.starts.isoformat())
    return await card(work, row.id, Note("meeting_planned"))


FORM = Form("meeting", _questions, _plan)
