"""Switches: a button says which way it turns its switch, so that two people who press at once don't turn it back."""

ON, OFF = "on", "off"
"""The word a button carries. One of old carries none: it turns the switch to where it isn't."""


def turned(word: str, *, is_on: bool) -> bool:
    """Whether the switch is on after a button with that word."""
    return not is_on if word not in {ON, OFF} else word == ON


def word_to_turn(*, is_on: bool) -> str:
    """What the button of a switch carries that is seen as it is now."""
    return OFF if is_on else ON
