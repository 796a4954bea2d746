"""Topics of a process: one topic's card, opening it, closing it, skipping it; beginning its activities."""

from collections.abc import Mapping, Sequence

from domain import roles
from domain.dialog.questions import Answers, Question, Text
from domain.faults import Rejected
from domain.freezing import plain
from domain.guiding.course import SETTLED, Course
from domain.guiding.steps import in_topic
from domain.process.model import ActivitySpec, Process, Topic
from domain.process.states import AHEAD, DONE, DRAFT, OPEN, PARTED, SKIPPED
from store import activities
from store.tables.core import Activity, Membership, Pokja, Run, TopicRun
from usecases import notifying
from usecases.activities import desk, inputs, opening
from usecases.activities.course import course_of
from usecases.activities.outcomes import ROOM, Desk
from usecases.outcomes import AskFirst, Note, Outcome
from usecases.topics.outcomes import ActivityLine, TopicCard
from usecases.work import Form, Subject, Work, require


async def current_run(work: Work) -> tuple[Membership, Pokja, Run, Process]:
    """The actor's Pokja and the process it goes through. Raises Rejected('no_run')."""
    me, pokja = await work.current()
    run = await activities.current_run(work.session, pokja.id)
    if run is None:
        raise Rejected("no_run")
    return me, pokja, run, await work.library.get(work.session, run.process_version_id)


async def card(work: Work, index: int, *, whole: bool = False, note: Note | None = None) -> TopicCard:
    """A topic's card with its activities. Raises Rejected for a topic that doesn't exist."""
    me, _, run, process = await current_run(work)
    topic = topic_at(process, index)
    topics = await activities.topic_runs(work.session, run.id)
    begun = await activities.activities_of_run(work.session, run.id)
    stale = await inputs.stale_in_run(work, run, process)
    course = course_of(process, topics, begun)
    topic_run = topics.get(topic.key)
    may_guide = me.role in roles.FACILITATORS
    return TopicCard(
        index=index,
        topic=topic,
        state=topic_run.state if topic_run else AHEAD,
        reason=topic_run.reason if topic_run else "",
        activities=[_line(course, topic, spec, begun, stale) for spec in topic.activities],
        may_guide=may_guide,
        onward=in_topic(course, topic, work.now) if may_guide else None,
        whole=whole,
        note=note,
    )


def topic_at(process: Process, index: int) -> Topic:
    """The topic at a place in the process, from 0. Raises Rejected."""
    topics = list(process.topics())
    if not 0 <= index < len(topics):
        raise Rejected("unknown_button")
    return topics[index]


def _line(
    course: Course,
    topic: Topic,
    spec: ActivitySpec,
    begun: Mapping[str, Activity],
    stale: Mapping[str, Sequence[str]],
) -> ActivityLine:
    path = f"{topic.key}/{spec.key}"
    activity = begun.get(path)
    return ActivityLine(
        index=topic.activities.index(spec),
        spec=spec,
        id=activity.id if activity else None,
        state=activity.state if activity else AHEAD,
        blocked_by=next(course.awaited(spec), ""),
        stale=path in stale,
    )


async def _topic_run(
    work: Work, index: int
) -> tuple[Membership, Pokja, Run, Process, Topic, TopicRun | None]:
    """The topic's run, for those who may change it. Raises Rejected."""
    me, pokja, run, process = await current_run(work)
    require(me, roles.FACILITATORS)
    topic = topic_at(process, index)
    return me, pokja, run, process, topic, await activities.topic_run(work.session, run.id, topic.key)


async def open_topic(work: Work, index: int) -> TopicCard:
    """Opens a topic; one that was skipped is taken up after all."""
    topic = await opened(work, index)
    return await card(work, index, note=Note("topic_opened", {"title": topic.title}))


async def opened(work: Work, index: int) -> Topic:
    """The topic, open from now on where it wasn't; the group hears of it."""
    me, pokja, run, _, topic, topic_run = await _topic_run(work, index)
    if topic_run is None:
        topic_run = TopicRun(run_id=run.id, key=topic.key, opened_at=work.now, state="")
        work.session.add(topic_run)
    if topic_run.state not in {OPEN, DONE}:
        topic_run.state, topic_run.reason, topic_run.opened_at = OPEN, "", work.now
        work.record("topic.open", f"topic {topic.key}", me)
        await work.session.flush()
        reason = f"run {run.id} topic {topic.key} opened {work.now:%Y%m%d%H%M%S}"
        await notifying.tell_group(work, pokja, reason, "topic_opened", topic=plain(_shown(topic)))
    return topic


def _shown(topic: Topic) -> dict[str, object]:
    """What the group is told of a topic."""
    return {
        "title": f"{topic.key} {topic.title}",
        "objective": topic.objective,
        "outputs": topic.outputs,
        "sessions": topic.sessions,
    }


async def close_topic(work: Work, index: int, *, sure: bool = False) -> TopicCard | AskFirst:
    """Marks a topic as done; open activities must be closed first. Asks first where some were not done."""
    me, _, _, _, topic, topic_run = await _topic_run(work, index)
    if topic_run is None or topic_run.state != OPEN:
        return await card(work, index)
    await _nothing_open(work, topic_run)
    untouched = [] if sure else await _untouched(work, topic, topic_run)
    if untouched:
        facts = {"title": f"{topic.key} {topic.title}", "untouched": untouched}
        return AskFirst(step="close_topic", id=index, details=facts)
    topic_run.state, topic_run.closed_at = DONE, work.now
    work.record("topic.done", f"topic {topic.key}", me)
    await work.session.flush()
    return await card(work, index, note=Note("topic_done", {"title": topic.title}))


async def _nothing_open(work: Work, topic_run: TopicRun) -> None:
    begun = await activities.activities_of(work.session, topic_run.id)
    if any(activity.state in {OPEN, PARTED} for activity in begun.values()):
        raise Rejected("topic_has_open_activity")


async def _untouched(work: Work, topic: Topic, topic_run: TopicRun) -> list[str]:
    """Titles of the activities that have neither a result nor been skipped."""
    begun = await activities.activities_of(work.session, topic_run.id)
    settled = {key for key, each in begun.items() if each.state in SETTLED}
    return [spec.title for spec in topic.activities if spec.key not in settled]


async def begin_activity(work: Work, index: int, number: int) -> Desk:
    """Begins an activity of an open topic; members are invited when it is started at its desk. Raises Rejected."""
    me, _, run, process, topic, topic_run = await _topic_run(work, index)
    if topic_run is None or topic_run.state == SKIPPED or not 0 <= number < len(topic.activities):
        raise Rejected("topic_not_open")
    found = await activities.find_activity(work.session, run.id, topic.key, topic.activities[number].key)
    if found is None:
        found = await opening.begin(work, run, topic_run, process, topic.activities[number], me)
    elif found.state == DRAFT:
        await opening.refresh(work, run, process, found)
    return await desk.view(work, found.id)


async def begin_now(work: Work, index: int, number: int) -> Desk:
    """Begins an activity and lets members answer at once; one that isn't ready, or is the room's, is shown first."""
    shown = await begin_activity(work, index, number)
    if shown.state != DRAFT or shown.lacking or shown.asks == ROOM:
        return shown
    return await opening.start(work, shown.activity_id)


async def _why(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Why the topic is skipped. Raises Rejected where it can't be."""
    *_, topic, topic_run = await _topic_run(work, subject["topic"])
    if topic_run is not None and topic_run.state != SKIPPED:
        await _nothing_open(work, topic_run)
    title = f"{topic.key} {topic.title}"
    return (Text(key="reason", about="reason", shortest=5, longest=300, facts={"title": title}),)


async def _skip(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, _, run, _, topic, topic_run = await _topic_run(work, subject["topic"])
    if topic_run is None:
        topic_run = TopicRun(run_id=run.id, key=topic.key, opened_at=work.now)
        work.session.add(topic_run)
    topic_run.state, topic_run.reason, topic_run.closed_at = SKIPPED, answers["reason"], work.now
    work.record("topic.skip", f"topic {topic.key}", me, reason=answers["reason"])
    await work.session.flush()
    return await card(work, subject["topic"], note=Note("topic_skipped", {"title": topic.title}))


SKIP = Form("skip", _why, _skip)
