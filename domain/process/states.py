"""The states an activity and a topic go through, as they are kept."""

DRAFT, OPEN, CLOSED, ADOPTED = "draft", "open", "closed", "adopted"
PARTED = "parted"
"""Divided: breakout groups work on their copies; the whole waits to bring them together."""

AHEAD, DONE, SKIPPED = "ahead", "done", "skipped"
