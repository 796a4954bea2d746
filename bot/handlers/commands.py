"""Commands as they are written: /perintah@nama_bot keterangan."""

from telegram import Message


def command_of(message: Message) -> str:
    """The command's name, in lower case, without the bot's; empty where there is none."""
    first = (message.text or "").split(maxsplit=1)[:1]
    return first[0][1:].partition("@")[0].lower() if first and first[0].startswith("/") else ""


def addressee_of(message: Message) -> str:
    """The bot a command names, in lower case; empty where it names none."""
    first = (message.text or "").split(maxsplit=1)[:1]
    return first[0].partition("@")[2].lower() if first else ""


def argument_of(message: Message) -> str:
    """What follows the command."""
    return (message.text or "").partition(" ")[2].strip()
