"""Setting up a Pokja's paper, each part by itself."""

from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from domain import roles
from domain.dialog.questions import Answers, Choice, Confirm, File, Option, Question, Sent, Text, Value
from domain.documents import letter_numbers, nip
from domain.documents.editions import Signer
from domain.faults import Rejected
from store import documents, people
from store.tables.core import Membership, Pokja
from usecases.documents.stationery import card
from usecases.outcomes import Outcome
from usecases.work import Form, Subject, Work, require

MOST_LINES, LONGEST_LINE = 4, 90
MOST_SIGNERS = 3
MESSAGE, PICTURE = "message", "picture"
NAME, LOGO = "stationery", "logo"
MOST_BYTES = 2 * 1024 * 1024
"""Of a logo, as it is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Text):
    """A question for up to four lines of text."""

    def typed(self, text: str) -> Value:
        """The lines, tidied, without empty ones. Raises Rejected('too_many_lines')."""
        lines = [line for line in Text.typed(self, text).splitlines() if line]
        if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
            raise Rejected("too_many_lines", most=MOST_LINES, longest=LONGEST_LINE)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Text):
    """A question for a text of one line."""

    def typed(self, text: str) -> Value:
        """The text, tidied, its lines joined."""
        return Text.typed(self, " ".join(text.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nip(Text):
    """A question for the number of a civil servant (NIP)."""

    def typed(self, text: str) -> Value:
        """The number in its groups. Raises Rejected('not_a_nip')."""
        return nip.read(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering(Text):
    """A question for the pattern of letter numbers."""

    def typed(self, text: str) -> Value:
        """The pattern. Raises Rejected('not_a_numbering')."""
        return letter_numbers.read(text)


@dataclass(frozen=True, slots=True)
class SentLogo(Sent):
    """A picture that was sent, drawn again as PNG; or the fault that is wrong with it."""

    png: bytes = b""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo(File):
    """A PNG or JPEG that could be drawn again."""

    takes_text: ClassVar[bool] = True  # so that what is sent next is for it; a text is explained

    def sent(self, file: Sent) -> Value:
        """The picture in base64, for answers are plain data. Raises Rejected: logo_type and others."""
        if not isinstance(file, SentLogo) or file.fault:
            code = file.fault if isinstance(file, SentLogo) else "logo_type"
            raise Rejected(code, most_mb=MOST_BYTES // 1024**2)
        return {"name": file.name, "png": b64encode(file.png).decode()}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: what may be offered to tap depends on it."""

    work: Work
    pokja: Pokja
    answers: Answers


async def _lines(asking: Asking) -> Sequence[Question]:
    usual = Option("usual", f"PEMERINTAH {asking.pokja.region}\n{asking.pokja.name}".upper())
    longest = MOST_LINES * (LONGEST_LINE + 1)
    return (Lines(key="lines", about="kop.lines", longest=longest, suggestions=(usual,), optional=True),)


async def _address(asking: Asking) -> Sequence[Question]:
    return (Line(key="address", about="kop.address", longest=200, optional=True),)


async def _place(asking: Asking) -> Sequence[Question]:
    return (Line(key="place", about="kop.place", longest=60, optional=True),)


async def _logo(asking: Asking) -> Sequence[Question]:
    kept = await documents.stationery(asking.work.session, asking.pokja.id)
    return (Logo(key=LOGO, about=LOGO, optional=bool(kept.logo)),)


async def _signers(asking: Asking) -> Sequence[Question]:
    """Asks for signers one after the other, until there are no more."""
    names = await _names(asking)
    asked: list[Question] = []
    for number in range(1, MOST_SIGNERS + 1):
        asked += _signer(asking.pokja, names, number)
        if asking.answers.get(f"post{number}", "") is None:
            return asked[: -len(("name", "nip"))]
        if number == MOST_SIGNERS:
            break
        asked.append(Confirm(key=f"more{number}", about="signer.more", counts=False))
        if not asking.answers.get(f"more{number}"):
            break
    return asked


def _signer(pokja: Pokja, names: Sequence[str], number: int) -> list[Question]:
    posts = ("Ketua", f"Ketua {pokja.name}") if number == 1 else ("Sekretaris", "Mengetahui,")
    return [
        Line(
            key=f"post{number}",
            about="signer.first" if number == 1 else "signer.other",
            longest=80,
            suggestions=_options(posts),
            optional=number == 1,
        ),
        Line(key=f"name{number}", about="signer.name", longest=80, suggestions=_options(names)),
        Nip(key=f"nip{number}", about="nip", optional=True),
    ]


def _options(texts: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(str(number), text) for number, text in enumerate(texts))


async def _names(asking: Asking) -> list[str]:
    """Ketua and Sekretaris are those who usually sign."""
    found = await people.members(asking.work.session, asking.pokja.id, roles=roles.MANAGERS)
    return [member.name for member, _ in sorted(found, key=lambda pair: pair[0].role != roles.KETUA)]


async def _numbering(asking: Asking) -> Sequence[Question]:
    usual = Option("usual", letter_numbers.USUAL)
    return (Numbering(key="numbering", about="numbering", suggestions=(usual,)),)


async def _pictures(asking: Asking) -> Sequence[Question]:
    options = tuple(Option(each, about=f"tables.{each}") for each in (MESSAGE, PICTURE))
    return (Choice(key="pictures", about="pictures", options=options),)


ASKED: Mapping[str, Callable[[Asking], Awaitable[Sequence[Question]]]] = {
    "lines": _lines,
    "address": _address,
    "place": _place,
    LOGO: _logo,
    "signers": _signers,
    "numbering": _numbering,
    "pictures": _pictures,
}
"""The parts of the paper, and what is asked for each."""


def _given_signers(answers: Answers) -> list[dict[str, str]]:
    numbers = [number for number in range(1, MOST_SIGNERS + 1) if answers.get(f"name{number}")]
    signers = [Signer(answers[f"post{n}"], answers[f"name{n}"], answers[f"nip{n}"] or "") for n in numbers]
    return [asdict(each) for each in signers]


def _given_logo(logo: Mapping[str, str] | None) -> Mapping[str, Any]:
    return {"logo": b64decode(logo["png"]) if logo else b"", "logo_kind": "png" if logo else ""}


TAKEN: Mapping[str, Callable[[Answers], Mapping[str, Any]]] = {
    "lines": lambda answers: {"lines": (answers["lines"] or "").splitlines()},
    "address": lambda answers: {"address": answers["address"] or ""},
    "place": lambda answers: {"place": answers["place"] or ""},
    LOGO: lambda answers: _given_logo(answers[LOGO]),
    "signers": lambda answers: {"signers": _given_signers(answers)},
    "numbering": lambda answers: {"numbering": answers["numbering"]},
    "pictures": lambda answers: {"pictures": answers["pictures"] == PICTURE},
}
"""What answers change."""


async def about(work: Work, part: str) -> Subject:
    """A part of the paper of the actor's Pokja. Raises Rejected."""
    _, pokja = await work.current_as(roles.MANAGERS)
    return {"part": part, "pokja": pokja.id}


async def manager_for(work: Work, subject: Subject) -> tuple[Membership, Pokja]:
    """The actor as a manager of the Pokja the form was begun for. Raises Rejected."""
    pokja = await work.session.get_one(Pokja, subject["pokja"])
    return require(await work.member_in(pokja.id), roles.MANAGERS), pokja


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    _, pokja = await manager_for(work, subject)
    if subject["part"] not in ASKED:
        raise Rejected("unknown_button")
    return await ASKED[subject["part"]](Asking(work, pokja, answers))


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    part = subject["part"]
    return await card.change(work, *await manager_for(work, subject), part, **TAKEN[part](answers))


FORM = Form(NAME, _questions, _finish)
