"""Outcome → screen: text and keys, pure. One function for each thing a person can be shown."""

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
from bot.screens.painter import Painted, Painter
from usecases import outcomes
from usecases.activities import trace_outcomes
from usecases.activities.outcomes import Desk, ExcelForm, FaultyForm, Result, Turnout
from usecases.answering.outcomes import Asked, Finished, Paused
from usecases.menu import Menu, Welcome
from usecases.people.outcomes import GroupCard, Invited, MemberCard, Members, OwnData, PokjaList
from usecases.topics.outcomes import Framework, TopicCard

PAINTED: Painted = {
    Asked: questions.paint,
    Finished: topics.finished,
    Paused: topics.paused,
    trace_outcomes.Material: tracing.material,
    trace_outcomes.Rows: tracing.rows_to_trace,
    trace_outcomes.Trace: tracing.trace,
    outcomes.Said: people.said,
    Welcome: people.welcome,
    Menu: people.menu,
    Members: people.members,
    MemberCard: people.member_card,
    outcomes.Sure: people.sure,
    Invited: people.invited,
    PokjaList: people.pokja_list,
    GroupCard: people.group_card,
    OwnData: people.own_data,
    Framework: topics.framework,
    TopicCard: topics.topic_card,
    Desk: topics.desk,
    ExcelForm: excel.form,
    FaultyForm: excel.faulty,
    Turnout: topics.turnout,
    Result: topics.result,
    **follow_ups.PAINTED,
    **reminders.PAINTED,
    **broadcasts.PAINTED,
    **table_check.PAINTED,
    **documents.PAINTED,
    **meetings_live.PAINTED,
}


def paint(painter: Painter, outcome: outcomes.Outcome) -> Screen:
    return PAINTED[type(outcome)](painter, outcome)
