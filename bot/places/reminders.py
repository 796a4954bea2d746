"""Where the keys of reminders, absences and their rules lead."""

from bot.places.base import Place, form
from bot.places.follow_ups import FOLLOW_UPS
from usecases.reminders import absences, rules_form, sending
from usecases.work import Subject, Work

SNOOZE = Place("snooze", sending.snooze, "subject_id", word="kind", done_at=FOLLOW_UPS)


async def _nothing(work: Work) -> Subject:
    return {}


ABSENCES = Place("absences", absences.view)
ABSENCE = form("absence", absences.FORM, _nothing)
ABSENCE_OFF = Place("absence_off", absences.cancel, "absence_id", done_at=ABSENCES)


async def _rule(work: Work, rule: str) -> Subject:
    return {"rule": rule}


RULES = Place("rules", rules_form.view)
RULE = form("rule", rules_form.FORM, _rule, word="rule")
