"""Topics of a process: the list, a topic's card, opening and closing it."""

from domain import roles
from domain.faults import Rejected
from domain.freezing import plain
from domain.process import Process, Topic, qualified
from store import activities, talks
from store.tables import Activity, Membership, Pokja, Run, TopicRun
from usecases import announcing, desk
from usecases.outcomes import ActivityLine, Desk, Note, Outcome, TopicCard, TopicLine, Topics
from usecases.work import Work, require


async def current_run(work: Work) -> tuple[Membership, Pokja, Run, Process]:
    """The actor's Pokja and the process it goes through. Raises Rejected('no_run')."""
    me, pokja = await work.current()
    run = await activities.current_run(work.session, pokja.id)
    if run is None:
        raise Rejected("no_run")
    return me, pokja, run, await work.library.get(work.session, run.process_version_id)


async def listing(work: Work) -> Outcome:
    """All topics by stage, with what is open and what is done."""
    _, _, run, process = await current_run(work)
    states = {key: topic.state for key, topic in (await activities.topic_runs(work.session, run.id)).items()}
    indexes = {topic.key: index for index, topic in enumerate(process.topics())}
    stages = [
        (
            stage.title,
            [TopicLine(indexes[t.key], t.key, t.title, states.get(t.key, "ahead")) for t in stage.topics],
        )
        for stage in process.stages
    ]
    return Topics(process=process.title, stages=stages)


async def card(work: Work, index: int, *, whole: bool = False, note: Note | None = None) -> TopicCard:
    """A topic's card with its activities. Raises Rejected for a topic that doesn't exist."""
    me, _, run, process = await current_run(work)
    topic = topic_at(process, index)
    topic_run = await activities.topic_run(work.session, run.id, topic.key)
    begun = await activities.activities_of(work.session, topic_run.id) if topic_run else {}
    return TopicCard(
        index=index,
        topic=topic,
        state=topic_run.state if topic_run else "ahead",
        activities=[_line(topic, number, begun) for number in range(len(topic.activities))],
        may_guide=me.role in roles.FACILITATORS,
        whole=whole,
        note=note,
    )


def topic_at(process: Process, index: int) -> Topic:
    """The topic at a place in the process, from 0. Raises Rejected."""
    topics = list(process.topics())
    if not 0 <= index < len(topics):
        raise Rejected("unknown_button")
    return topics[index]


def _line(topic: Topic, number: int, begun: dict[str, Activity]) -> ActivityLine:
    spec = topic.activities[number]
    activity = begun.get(spec.key)
    waits = next((title for title in _awaited(topic, number, begun)), "")
    return ActivityLine(
        number, spec, activity.id if activity else None, activity.state if activity else "ahead", waits
    )


def _awaited(topic: Topic, number: int, begun: dict[str, Activity]) -> list[str]:
    """Titles of activities of this topic that must be adopted before this one can begin."""
    spec = topic.activities[number]
    needed = {qualified(topic.key, ref) for ref in (spec.items_from, spec.shown_from) if ref}
    return [
        each.title
        for each in topic.activities
        if f"{topic.key}/{each.key}" in needed
        and (each.key not in begun or begun[each.key].state != desk.ADOPTED)
    ]


async def open_topic(work: Work, index: int) -> TopicCard:
    """Opens a topic."""
    me, pokja, run, process = await current_run(work)
    require(me, roles.FACILITATORS)
    topic = topic_at(process, index)
    if await activities.topic_run(work.session, run.id, topic.key) is None:
        work.session.add(TopicRun(run_id=run.id, key=topic.key, opened_at=work.now))
        talks.note(
            work.session, "topic.open", f"topic {topic.key}", work.now, pokja_id=pokja.id, user_id=me.user_id
        )
        await work.session.flush()
        await announcing.tell_group(
            work, pokja, f"run {run.id} topic {topic.key} opened", "topic_opened", topic=plain(_shown(topic))
        )
    return await card(work, index, whole=True, note=Note("topic_opened", {"title": topic.title}))


def _shown(topic: Topic) -> dict[str, object]:
    """What the group is told of a topic."""
    return {
        "title": f"{topic.key} {topic.title}",
        "objective": topic.objective,
        "outputs": topic.outputs,
        "sessions": topic.sessions,
    }


async def close_topic(work: Work, index: int) -> TopicCard:
    """Marks a topic as done; open activities must be closed first."""
    me, pokja, run, process = await current_run(work)
    require(me, roles.FACILITATORS)
    topic = topic_at(process, index)
    topic_run = await activities.topic_run(work.session, run.id, topic.key)
    if topic_run is None or topic_run.state == "done":
        return await card(work, index)
    begun = await activities.activities_of(work.session, topic_run.id)
    if any(activity.state == desk.OPEN for activity in begun.values()):
        raise Rejected("topic_has_open_activity")
    topic_run.state, topic_run.closed_at = "done", work.now
    talks.note(
        work.session, "topic.done", f"topic {topic.key}", work.now, pokja_id=pokja.id, user_id=me.user_id
    )
    await work.session.flush()
    return await card(work, index, note=Note("topic_done", {"title": topic.title}))


async def begin_activity(work: Work, index: int, number: int) -> Desk:
    """Begins an activity of an open topic; members are invited when it is started at its desk. Raises Rejected."""
    me, _, run, process = await current_run(work)
    require(me, roles.FACILITATORS)
    topic = topic_at(process, index)
    topic_run = await activities.topic_run(work.session, run.id, topic.key)
    if topic_run is None or not 0 <= number < len(topic.activities):
        raise Rejected("topic_not_open")
    found = await activities.find_activity(work.session, run.id, topic.key, topic.activities[number].key)
    if found is None:
        found = await desk.begin(work, run, topic_run, process, topic.activities[number], me)
    return await desk.view(work, found.id)
