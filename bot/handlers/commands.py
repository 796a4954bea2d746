"""Commands: what each does in which chats, and how it is written: /perintah@nama_bot keterangan."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from telegram import Message, Update

from bot.handlers import groups, private, typed
from bot.places.base import Place
from bot.places.broadcasts import BROADCASTS
from bot.places.documents import PAPERS
from bot.places.follow_ups import FOLLOW_UPS
from bot.places.meetings import MEETINGS
from bot.places.people import GROUP as GROUP_CARD
from bot.places.people import HELP, INVITE, MEMBERS, MENU, OWN_DATA, POKJA_LIST
from bot.places.reminders import ABSENCES, RULES
from bot.places.table_check import CHECK
from bot.places.topics import TOPICS
from bot.screens.people import LINK_HERE
from bot.turns import Turns
from documents.language.wording import Wording
from usecases import menu
from usecases.outcomes import Note, Outcome
from usecases.work import Work

Handle = Callable[[Turns, Update, str], Awaitable[None]]
UseCase = Callable[[Work, str], Awaitable[Outcome]]

PRIVATE, GROUP = "private", "group"
"""The two kinds of chats."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does in chats of one kind, given what follows it.

    Telegram and the help list it in the words `command.<name>`, unless nobody has to type it.
    """

    name: str
    where: str
    handle: Handle
    is_listed: bool = True


def _answers(usecase: UseCase, again: UseCase) -> Handle:
    """A use case's outcome at the end of the chat."""

    async def handle(turns: Turns, update: Update, argument: str) -> None:
        await private.say(
            turns, update, lambda work: usecase(work, argument), lambda work: again(work, argument)
        )

    return handle


def _leads_to(place: Place[...]) -> Handle:
    """What a key to that place would show."""
    press = place()
    return _answers(
        lambda work, argument: place.follow(work, press), lambda work, argument: place.look_again(work, press)
    )


async def _start(turns: Turns, update: Update, argument: str) -> None:
    """/start, in a private chat; the link of a group that is to be linked asks Telegram first."""
    if argument.startswith(LINK_HERE):
        await groups.link_from_private(turns, update, argument)
    else:
        await _answers(typed.start, typed.start)(turns, update, argument)


async def _where_i_am(work: Work, argument: str) -> Outcome:
    return await typed.where_i_am(work)


async def _unknown(work: Work, argument: str) -> Outcome:
    return await menu.show(work, Note("unknown_command"))


COMMANDS: Final = (
    Command("start", PRIVATE, _start, is_listed=False),
    Command("menu", PRIVATE, _leads_to(MENU)),
    Command("topik", PRIVATE, _leads_to(TOPICS)),
    Command("tindaklanjut", PRIVATE, _leads_to(FOLLOW_UPS)),
    Command("pertemuan", PRIVATE, _leads_to(MEETINGS)),
    Command("izin", PRIVATE, _leads_to(ABSENCES)),
    Command("pengingat", PRIVATE, _leads_to(RULES)),
    Command("anggota", PRIVATE, _leads_to(MEMBERS)),
    Command("siaran", PRIVATE, _leads_to(BROADCASTS)),
    Command("dokumen", PRIVATE, _leads_to(PAPERS)),
    Command("periksa", PRIVATE, _leads_to(CHECK)),
    Command("undang", PRIVATE, _leads_to(INVITE)),
    Command("grup", PRIVATE, _leads_to(GROUP_CARD)),
    Command("pokja", PRIVATE, _leads_to(POKJA_LIST)),
    Command("batal", PRIVATE, _answers(typed.cancel, _where_i_am)),
    Command("data", PRIVATE, _leads_to(OWN_DATA)),
    Command("bantuan", PRIVATE, _leads_to(HELP)),
    Command("start", GROUP, groups.link, is_listed=False),
    Command("papan", GROUP, groups.place_boards),
    Command("topik_ini", GROUP, groups.choose_topic),
    Command("grup", GROUP, groups.about),
    Command("bantuan", GROUP, groups.point_to_private),
)
"""Every command, in the order in which they are listed."""
OTHERWISE: Final[Mapping[str, Handle]] = {
    PRIVATE: _answers(_unknown, _where_i_am),
    GROUP: groups.point_to_private,
}
"""What a command does that isn't there."""


def described(wording: Wording, where: str) -> Mapping[str, str]:
    """The listed commands of such chats, each with what it is for."""
    return {
        each.name: wording.plain(f"command.{each.name}")
        for each in COMMANDS
        if each.where == where and each.is_listed
    }


async def on_command(turns: Turns, update: Update) -> None:
    """Carries a command out; in a group not one that names another bot."""
    message = update.message
    assert message is not None
    where = PRIVATE if message.chat.type == "private" else GROUP
    if where == GROUP and addressee_of(message) not in {"", turns.painter.bot_username.lower()}:
        return
    name = command_of(message)
    found = next((each for each in COMMANDS if (each.where, each.name) == (where, name)), None)
    handle = found.handle if found else OTHERWISE[where]
    await handle(turns, update, argument_of(message))


def command_of(message: Message) -> str:
    """The command's name, in lower case, without the bot's; empty where there is none."""
    first = (message.text or "").split(maxsplit=1)[:1]
    return first[0][1:].partition("@")[0].lower() if first and first[0].startswith("/") else ""


def addressee_of(message: Message) -> str:
    """The bot a command names, in lower case; empty where it names none."""
    first = (message.text or "").split(maxsplit=1)[:1]
    return first[0].partition("@")[2].lower() if first else ""


def argument_of(message: Message) -> str:
    """The text after the command."""
    return (message.text or "").partition(" ")[2].strip()
