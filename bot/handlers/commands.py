"""Commands: what each does in which chats, and how it is written: /perintah@nama_bot keterangan."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
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
from bot.places.people import HELP, INVITE, MENU, OWN_DATA, POKJA_LIST
from bot.places.people import MEMBERS as MEMBER_LIST
from bot.places.reminders import ABSENCES, RULES
from bot.places.table_check import CHECK
from bot.places.topics import TOPICS
from bot.screens.people import LINK_HERE
from bot.turns import Turns
from documents.language.wording import Wording
from domain.rights import EVERYBODY, MEMBERS
from domain.roles import MANAGERS
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

    The help lists it in the words `command.<name>`, unless nobody has to type it, and so does Telegram for whoever has
    one of its `roles` in their Pokja (None: for everybody). It is carried out for everybody: use cases know the rights.
    """

    name: str
    where: str
    handle: Handle
    is_listed: bool = True
    roles: frozenset[str] | None = None
    place: str = ""


def _answers(usecase: UseCase, again: UseCase) -> Handle:
    """A use case's outcome at the end of the chat."""

    async def handle(turns: Turns, update: Update, argument: str) -> None:
        await private.say(
            turns, update, lambda work: usecase(work, argument), lambda work: again(work, argument)
        )

    return handle


def _leads_to(name: str, place: Place[...], roles: frozenset[str] | None = EVERYBODY) -> Command:
    """What a key to that place would show."""
    press = place()
    handle = _answers(
        lambda work, argument: place.follow(work, press), lambda work, argument: place.look_again(work, press)
    )
    return Command(name, PRIVATE, handle, roles=roles, place=place.name)


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
    _leads_to("menu", MENU, None),
    _leads_to("topik", TOPICS),
    _leads_to("tindaklanjut", FOLLOW_UPS, MEMBERS),
    _leads_to("pertemuan", MEETINGS),
    _leads_to("izin", ABSENCES, MEMBERS),
    _leads_to("pengingat", RULES, MEMBERS),
    _leads_to("anggota", MEMBER_LIST),
    _leads_to("siaran", BROADCASTS, MANAGERS),
    _leads_to("dokumen", PAPERS),
    _leads_to("periksa", CHECK, None),
    _leads_to("undang", INVITE, MANAGERS),
    _leads_to("grup", GROUP_CARD, MANAGERS),
    _leads_to("pokja", POKJA_LIST),
    Command("batal", PRIVATE, _answers(typed.cancel, _where_i_am)),
    _leads_to("data", OWN_DATA, None),
    _leads_to("bantuan", HELP, None),
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
    return {each.name: wording.plain(f"command.{each.name}") for each in _listed(where)}


def listed_for(wording: Wording, role: str) -> Mapping[str, str]:
    """The commands of the private chat for somebody of that role ("": in no Pokja), each with what it is for."""
    fitting = {each.name for each in _listed(PRIVATE) if each.roles is None or role in each.roles}
    return {name: what for name, what in described(wording, PRIVATE).items() if name in fitting}


def _listed(where: str) -> Sequence[Command]:
    return [each for each in COMMANDS if each.where == where and each.is_listed]


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
