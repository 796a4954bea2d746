"""Where the keys of the process lead: its stages and topics, and beginning their activities."""

from bot.places.base import ITSELF, Place, form
from usecases.topics import framework, topic
from usecases.work import Subject, Work

TOPICS = Place("topics", framework.view, "stage")
TOPIC = Place("topic", topic.card, "index", more="whole")
OPEN_TOPIC = Place("open_topic", topic.open_topic, "index", done_at=TOPIC)
CLOSE_TOPIC = Place("close_topic", topic.close_topic, "index", more="sure", done_at=TOPIC)
BEGIN = Place("begin", topic.begin_activity, "index", more="number", done_at=ITSELF)
BEGIN_NOW = Place("begin_now", topic.begin_now, "index", more="number", done_at=BEGIN)


async def _topic(work: Work, index: int) -> Subject:
    return {"topic": index}


SKIP = form("skip", topic.SKIP, _topic, "index")
