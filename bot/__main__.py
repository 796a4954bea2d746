"""`python -m bot`: the same as the `pokja` command."""

from bot.cli import main

main()
