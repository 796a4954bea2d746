"""What people do about documents on their phones, as steps."""

QUIET = 0.3
"""Seconds without a word after which the bot is done: what takes longer is waited for by what is seen."""
