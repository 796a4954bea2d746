"""Where a run stands, by the states of its topics and activities."""

from collections.abc import Mapping

from domain.guiding.course import Course
from domain.process.model import Process
from store.tables.core import Activity, TopicRun


def course_of(process: Process, topics: Mapping[str, TopicRun], begun: Mapping[str, Activity]) -> Course:
    """The states of a run's topics (by key) and activities (by 'topic/activity')."""
    return Course(
        process,
        {key: topic.state for key, topic in topics.items()},
        {path: activity.state for path, activity in begun.items()},
        {path: activity.id for path, activity in begun.items()},
    )
