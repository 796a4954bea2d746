"""The `pokja` command, and `python -m bot`."""


def main() -> None:
    """Runs a command. What it needs is loaded here: worker processes load the program's first module again."""
    from bot.cli.main import main as command  # noqa: PLC0415 - see above

    command()


if __name__ == "__main__":
    main()
