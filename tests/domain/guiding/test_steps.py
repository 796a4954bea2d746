"""What waits for whoever guides: a table of facts, and what holds of any."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import roles
from domain.guiding import steps
from domain.guiding.course import Course
from domain.guiding.steps import Applicant, MeetingStanding, Situation, Standing, next_steps
from store.process_files import FOLDER, load

PROCESS = load(FOLDER / "stpp-kesehatan.yaml")
FIRST, SECOND = list(PROCESS.topics())[:2]
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPENED = NOW - 24 * HOUR
OPEN = Standing(1, "Isu", "open", OPENED, total=6)
CLOSED = Standing(1, "Isu", "closed", OPENED, closed_at=NOW - HOUR)
MEETING = MeetingStanding(1, "Rapat", "announced", OPENED, NOW - 3 * HOUR, NOW - HOUR)


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        (OPEN, steps.RUNNING),
        (replace(OPEN, done=5), steps.RUNNING),
        (replace(OPEN, done=6), steps.CLOSE),
        (replace(OPEN, total=0), steps.RUNNING),
        (replace(OPEN, done=2, filled=True), steps.CLOSE),
        (replace(OPEN, total=0, in_plenary=True), steps.FILL),
        (replace(OPEN, total=0, in_plenary=True, filled=True), steps.CLOSE),
        (replace(OPEN, closes_at=NOW + 25 * HOUR), steps.RUNNING),
        (replace(OPEN, closes_at=NOW + 23 * HOUR), steps.DUE),
        (replace(OPEN, closes_at=NOW + 23 * HOUR, done=6), steps.CLOSE),
        (replace(OPEN, closes_at=NOW - HOUR), steps.TIME_OVER),
        (replace(OPEN, closes_at=OPENED - HOUR), steps.RUNNING),
        (CLOSED, steps.ADOPT),
        (replace(CLOSED, lacks=True), steps.DECIDE),
        (replace(CLOSED, of_group=True), None),
        (replace(OPEN, done=6, of_group=True), steps.CLOSE),
        (replace(OPEN, state="parted", pending_groups=1), steps.RUNNING),
        (replace(OPEN, state="parted"), steps.UNITE),
    ],
)
def test_an_activity_waits_for(activity: Standing, kind: steps.Kind | None) -> None:
    found = next_steps(Situation(NOW, activities=[activity]), roles.KETUA)
    assert [step.kind for step in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("meeting", "kind"),
    [
        (MEETING, steps.NOT_HELD),
        (replace(MEETING, ends=NOW + HOUR), None),
        (replace(MEETING, state="planned"), None),
        (replace(MEETING, state="planned", starts=NOW + HOUR), steps.ANNOUNCE),
        (replace(MEETING, state="held"), steps.CIRCULATE),
        (replace(MEETING, state="correcting", until=NOW + HOUR), None),
        (replace(MEETING, state="correcting", until=NOW), steps.FINALISE),
        (replace(MEETING, state="correcting", until=NOW, undecided=2), steps.CORRECTIONS),
    ],
)
def test_a_meeting_waits_for(meeting: MeetingStanding, kind: steps.Kind | None) -> None:
    found = next_steps(Situation(NOW, meetings=[meeting]), roles.KETUA)
    assert [step.kind for step in found] == ([kind] if kind else [])


def _course(topics: dict[str, str], activities: dict[str, str]) -> Course:
    return Course(PROCESS, topics, activities, {path: number for number, path in enumerate(activities, 1)})


def _told(course: Course) -> list[tuple[str, str]]:
    found = next_steps(Situation(NOW, course), roles.KETUA)
    return [(step.kind.name, step.title) for step in found]


def test_a_process_leads_from_topic_to_activity_to_the_end_of_the_topic_and_on() -> None:
    first = {f"{FIRST.key}/{spec.key}": "adopted" for spec in FIRST.activities}
    path, *_ = first
    title = FIRST.activities[0].title
    assert _told(_course({}, {})) == [("open_topic", f"{FIRST.key} {FIRST.title}")]
    assert _told(_course({FIRST.key: "open"}, {})) == [("begin", title)]
    assert _told(_course({FIRST.key: "open"}, {path: "draft"})) == [("begin", title)]
    assert _told(_course({FIRST.key: "open"}, {path: "open"})) == []
    assert _told(_course({FIRST.key: "open"}, first)) == [("close_topic", f"{FIRST.key} {FIRST.title}")]
    assert _told(_course({FIRST.key: "done"}, first)) == [("open_topic", f"{SECOND.key} {SECOND.title}")]
    assert _told(_course({topic.key: "done" for topic in PROCESS.topics()}, {})) == []


ACTIVITIES = st.builds(
    Standing,
    id=st.integers(1, 5),
    title=st.just("Isu"),
    state=st.sampled_from(["open", "closed", "parted"]),
    opened_at=st.just(OPENED),
    closes_at=st.sampled_from([None, NOW - HOUR, NOW + HOUR]),
    done=st.integers(0, 3),
    total=st.integers(3, 6),
    lacks=st.booleans(),
)
MEETINGS = st.builds(
    MeetingStanding,
    id=st.integers(1, 5),
    title=st.just("Rapat"),
    state=st.sampled_from(["planned", "announced", "held", "correcting"]),
    planned_at=st.just(OPENED),
    starts=st.just(NOW - 3 * HOUR),
    ends=st.sampled_from([NOW - HOUR, NOW + HOUR]),
    until=st.sampled_from([None, NOW - HOUR]),
    undecided=st.integers(0, 2),
)
SITUATIONS = st.builds(
    Situation,
    now=st.just(NOW),
    course=st.sampled_from([None, _course({}, {}), _course({FIRST.key: "open"}, {})]),
    activities=st.lists(ACTIVITIES, max_size=4),
    meetings=st.lists(MEETINGS, max_size=2),
    applicants=st.lists(st.builds(Applicant, st.integers(1, 9), st.just("Budi"), st.just(NOW)), max_size=2),
    stale=st.sampled_from([(), ((7, "Isu"),)]),
)


@given(SITUATIONS)
def test_whoever_may_do_more_sees_more_in_the_same_order(found: Situation) -> None:
    of = {role: next_steps(found, role) for role in roles.ROLES}
    for less, more in (("fasilitator", "sekretaris"), ("sekretaris", "ketua")):
        assert [step for step in of[more] if step in of[less]] == list(of[less])
    assert of[roles.ANGGOTA] == of[roles.TAMU] == ()
    assert all(step.since <= NOW for step in of[roles.KETUA])


@given(SITUATIONS)
def test_an_activity_that_is_under_way_always_waits_for_the_ketua(found: Situation) -> None:
    shown = {step.id for step in next_steps(replace(found, course=None, stale=()), roles.KETUA)}
    assert {each.id for each in found.activities} <= shown
