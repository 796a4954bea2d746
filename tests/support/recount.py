"""The votes, counted again from the events alone: plain SQL and arithmetic, nothing of the project."""

import json
import sqlite3
from collections import Counter, defaultdict
from fractions import Fraction
from statistics import mean
from typing import Any

Ballot = dict[str, Any]
EVENTS = (
    "SELECT ballot, key, is_given, value FROM answer_events WHERE activity_id = ? AND ballot > 0 ORDER BY id"
)


def ballots(database: str, activity: int) -> list[Ballot]:
    """What stands on each member's ballot after all that was given and taken back."""
    standing: dict[int, Ballot] = defaultdict(dict)
    connection = sqlite3.connect(database)
    for owner, key, is_given, value in connection.execute(EVENTS, (activity,)):
        standing[owner].pop(key, None)
        if is_given:
            standing[owner][key] = json.loads(str(value))  # SQLite keeps a bare number as one
    connection.close()
    return list(standing.values())


def votes(given: list[Ballot]) -> dict[str, Counter[str]]:
    """By statement, how many chose what."""
    statements = {key for ballot in given for key in ballot if key.isalnum()}
    return {each: Counter(ballot[each] for ballot in given if each in ballot) for each in statements}


def picks(given: list[Ballot]) -> Counter[str]:
    """How often each item was picked."""
    return Counter(item for ballot in given for picked in ballot.values() for item in picked)


def wins(given: list[Ballot]) -> Counter[str]:
    """How often each item was chosen before another ('1:2~3' = 'a': item 2)."""
    pairs = [(key.split(":")[1].split("~"), value) for ballot in given for key, value in ballot.items()]
    return Counter(pair["ab".index(value)] for pair, value in pairs)


def means(given: list[Ballot]) -> dict[str, Fraction]:
    """The mean of each question that is answered by a number."""
    return {key: mean(Fraction(ballot[key]) for ballot in given) for key in given[0]}
