"""Outcome → screen: text and keys, pure. One function for each thing a person can be shown."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.screen import Screen
from bot.screens import people, questions, topics
from bot.screens.painter import Painter
from usecases import outcomes

PAINTED: Mapping[type[outcomes.Outcome], Callable[[Painter, Any], Screen]] = {
    outcomes.Asked: questions.paint,
    outcomes.Finished: topics.finished,
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
    outcomes.Topics: topics.topics,
    outcomes.TopicCard: topics.topic_card,
    outcomes.Desk: topics.desk,
    outcomes.Turnout: topics.turnout,
    outcomes.Result: topics.result,
    outcomes.FollowUps: topics.follow_ups,
    outcomes.FollowUpCard: topics.follow_up_card,
}


def paint(painter: Painter, outcome: outcomes.Outcome) -> Screen:
    """The screen of an outcome."""
    return PAINTED[type(outcome)](painter, outcome)
