"""Where the keys of tindak lanjut lead."""

from bot.places.base import Place, form
from usecases.follow_ups import follow_up, lists, steps
from usecases.work import Subject, Work

FOLLOW_UPS = Place("follow_ups", lists.of_pokja, more="page")
TOPIC_FOLLOW_UPS = Place("topic_follow_ups", lists.of_topic, "index", more="page")
BOARD = Place("fu_board", lists.overview, more="page", word="view")
BOARD_GROUP = Place("fu_group", lists.of_group, "number", more="page", word="view")

FOLLOW_UP = Place("follow_up", follow_up.card, "follow_up_id")
HISTORY = Place("fu_history", follow_up.history, "follow_up_id", more="page")
EVIDENCE = Place("fu_files", follow_up.evidence, "follow_up_id")


async def _offered(work: Work, index: int, number: int | None) -> Subject:
    """`number`: which of those the topic offers; none: something else."""
    return {"topic": index, "number": -1 if number is None else number}


async def _by_hand(work: Work) -> Subject:
    return {"topic": -1, "number": -1}


GIVE = form("give", follow_up.FORM, _offered, "index", more="number")
GIVE_BY_HAND = form("give_by_hand", follow_up.FORM, _by_hand)


async def _about(work: Work, follow_up_id: int) -> Subject:
    return {"follow_up": follow_up_id}


_ASKS = {each.name: each for each in steps.FORMS}

DONE = form("fu_done", _ASKS["fu_done"], _about, "follow_up_id")
BLOCKED = form("fu_blocked", _ASKS["fu_blocked"], _about, "follow_up_id")
EXTEND = form("fu_extend", _ASKS["fu_extend"], _about, "follow_up_id")
GRANT = form("fu_grant", _ASKS["fu_grant"], _about, "follow_up_id")
REFUSE = form("fu_refuse", _ASKS["fu_refuse"], _about, "follow_up_id")
HAND_OVER = form("fu_hand", _ASKS["fu_hand"], _about, "follow_up_id")
CANCEL = form("fu_cancel", _ASKS["fu_cancel"], _about, "follow_up_id")
REOPEN = form("fu_reopen", _ASKS["fu_reopen"], _about, "follow_up_id")
RESUME = Place("fu_resume", steps.resume, "follow_up_id", done_at=FOLLOW_UP)
ACCEPT = Place("fu_accept", steps.accept, "follow_up_id", done_at=FOLLOW_UP)
