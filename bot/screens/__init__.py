"""Outcome → screen: text and keys, pure. One function for each thing a person can be shown."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.screen import Screen
from bot.screens import (
    broadcasts,
    documents,
    excel,
    follow_ups,
    meetings_live,
    people,
    questions,
    reminders,
    table_check,
    topics,
    tracing,
)
from bot.screens.painter import Painter
from usecases import outcomes
from usecases.activities import trace_outcomes

PAINTED: Mapping[type[outcomes.Outcome], Callable[[Painter, Any], Screen]] = {
    outcomes.Asked: questions.paint,
    outcomes.Finished: topics.finished,
    outcomes.Paused: topics.paused,
    trace_outcomes.Material: tracing.material,
    trace_outcomes.Rows: tracing.rows_to_trace,
    trace_outcomes.Trace: tracing.trace,
    outcomes.Said: people.said,
    outcomes.Welcome: people.welcome,
    outcomes.Menu: people.menu,
    outcomes.Members: people.members,
    outcomes.MemberCard: people.member_card,
    outcomes.Sure: people.sure,
    outcomes.Invited: people.invited,
    outcomes.PokjaList: people.pokja_list,
    outcomes.GroupCard: people.group_card,
    outcomes.OwnData: people.own_data,
    outcomes.Framework: topics.framework,
    outcomes.TopicCard: topics.topic_card,
    outcomes.Desk: topics.desk,
    outcomes.ExcelForm: excel.form,
    outcomes.FaultyForm: excel.faulty,
    outcomes.Turnout: topics.turnout,
    outcomes.Result: topics.result,
    **follow_ups.PAINTED,
    **reminders.PAINTED,
    **broadcasts.PAINTED,
    **table_check.PAINTED,
    **documents.PAINTED,
    **meetings_live.PAINTED,
}


def paint(painter: Painter, outcome: outcomes.Outcome) -> Screen:
    """The screen of an outcome."""
    return PAINTED[type(outcome)](painter, outcome)
