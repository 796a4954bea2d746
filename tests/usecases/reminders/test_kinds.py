"""Whatever reminds can be looked for, told in words, opened, and has its rules."""

from dataclasses import fields

from bot.screens.reminders import OPENS
from documents.language.wording import wording
from domain.reminders.rules import PATTERNS, SETTINGS, Rules
from usecases.reminders.kinds.registry import KINDS
from usecases.reminders.rules_form import ASKED

WORDS = wording()


def test_every_kind_is_known_everywhere():
    assert set(KINDS) == set(PATTERNS) == set(OPENS)
    keys = ("reminder.line.{}", "reminder.rules.{}", "button.open_{}_line")
    assert [key.format(kind) for kind in PATTERNS for key in keys if not WORDS.has(key.format(kind))] == []


def test_every_rule_can_be_read_and_what_is_offered_has_its_words():
    assert {each.name for each in fields(Rules)} == set(SETTINGS)
    for name in ASKED.keys() - {"hours"}:
        setting = SETTINGS[name]
        keys = [f"option.{setting.unit}.{value}" for value in setting.offered]
        assert [
            key for key in (f"button.rule_{name}", f"form.rule.{name}", *keys) if not WORDS.has(key)
        ] == []


def test_every_pattern_follows_rules_there_are():
    named = {rule for each in PATTERNS.values() for rule in (each.days, each.minutes) if rule}
    assert named <= set(SETTINGS)
