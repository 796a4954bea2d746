"""Outcome → screen: text and keys, pure. One function for each thing a person can be shown."""

from dataclasses import replace

from bot.screen import Screen
from bot.screens import (
    asking,
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
from bot.screens.painter import Painted, Painter, shown_for
from usecases import outcomes
from usecases.activities import trace_outcomes
from usecases.activities.outcomes import Desk, ExcelForm, FaultyForm, Result, Turnout
from usecases.answering.outcomes import Answers, Asked, Finished, Paused, Unplaced
from usecases.menu import Menu, Welcome
from usecases.people.outcomes import GroupCard, Invited, MemberCard, Members, OwnData, PokjaList
from usecases.topics.outcomes import Framework, TopicCard

PAINTED: Painted = {
    Answers: questions.answers,
    Asked: questions.paint,
    Finished: topics.finished,
    Paused: topics.paused,
    Unplaced: questions.unplaced,
    trace_outcomes.Material: tracing.material,
    trace_outcomes.Rows: tracing.rows_to_trace,
    trace_outcomes.Trace: tracing.trace,
    outcomes.Said: people.said,
    Welcome: people.welcome,
    Menu: people.menu,
    Members: people.members,
    MemberCard: people.member_card,
    outcomes.Sure: people.sure,
    outcomes.AskFirst: asking.ask_first,
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


def paint(painter: Painter, outcome: outcomes.Outcome, **how: object) -> Screen:
    """The screen of an outcome; `how` a question is shown (page, mask). Its keys act on the Pokja it is of."""
    screen = PAINTED[type(outcome)](painter, outcome, **how)
    where = outcome.where
    if where is None:
        return screen
    return shown_for(where.id, screen if where.is_active else _elsewhere(painter, screen, where.name))


def _elsewhere(painter: Painter, screen: Screen, pokja: str) -> Screen:
    """Said above what is of another Pokja than the one commands lead to."""
    line = painter.wording.page("screens/elsewhere", pokja=pokja)
    rich = f"<p>{line}</p>{screen.rich}" if screen.rich else ""
    return replace(screen, text=f"{line}\n\n{screen.text}", rich=rich)
