"""What happens to a tindak lanjut: its owners finish it, are stuck, ask for time or hand it on; the Ketua decides."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from domain.dialog.questions import Answers, Date, File, Person, Question, Sent, Text
from domain.dialog.reading import read_text
from domain.faults import Rejected
from domain.follow_ups import follow_up as rules
from domain.follow_ups.follow_up import (
    ACCEPT,
    ASK,
    BLOCK,
    CANCEL,
    FINISH,
    HAND_OVER,
    REFUSE,
    REOPEN,
    RESUME,
    Event,
)
from store import follow_ups
from usecases.follow_ups import notices
from usecases.follow_ups.follow_up import Found, find, member_options, note_of, shown
from usecases.follow_ups.outcomes import FollowUpCard
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

MOST_EVIDENCE = 5
LONGEST = 300
LATER = timedelta(days=731)
DOCUMENTS = (
    "image/*",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
Asking = Callable[[Work, Found, Answers], Awaitable[Sequence[Question]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(File):
    """A photo, a file or a written note; the note is what is typed, or what stands below the file."""

    takes_text: ClassVar[bool] = True
    types: tuple[str, ...] = DOCUMENTS

    def typed(self, text: str) -> dict[str, object]:
        return {"note": read_text(text, 1, LONGEST, "")}

    def sent(self, file: Sent) -> dict[str, object]:
        """What is needed to send it again, and its caption as the note."""
        kept = File.sent(self, file)
        return {**kept, "picture": file.picture, "note": " ".join(file.caption.split())[:LONGEST]}


async def happen(
    work: Work,
    follow_up_id: int,
    kind: str,
    *,
    reason: str = "",
    due: date | None = None,
    owners: Sequence[int] = (),
    files: Sequence[follow_ups.File] = (),
) -> FollowUpCard:
    """Something happens to it, brought about by the actor; whom it concerns is told. Raises Rejected."""
    found = await find(work, follow_up_id, lock=True)
    ids = tuple(str(file["file_id"]) for file in files)
    event = Event(kind, found.me.id, work.now, reason, due, tuple(owners), ids)
    rules.check(found.kept.now, event, found.me.role, work.today(found.pokja.zone))
    former = [owner.who for owner in found.kept.now.owners]
    kept, event_id = await follow_ups.record(work.session, found.kept, event, found.zone, files)
    note_of(work, kept, found.me, kind, reason=reason)
    await notices.happened(work, kept, found.pokja, found.me, event, event_id, former)
    after = Found(kept, found.me, found.pokja, found.people)
    return shown(work, after, Note(f"follow_up_{kind}"))


async def resume(work: Work, follow_up_id: int) -> FollowUpCard:
    """Notes that the obstacle is gone and the work goes on. Raises Rejected."""
    return await happen(work, follow_up_id, RESUME)


async def accept(work: Work, follow_up_id: int) -> FollowUpCard:
    """Grants the day that was asked for, as the Ketua."""
    return await happen(work, follow_up_id, ACCEPT)


def permit(work: Work, found: Found, kind: str) -> None:
    """Raises Rejected where the actor can't bring that about now, whatever the details."""
    event = Event(kind, found.me.id, work.now, "-", date.max, (0,))
    rules.check(found.kept.now, event, found.me.role, work.today(found.pokja.zone))


def _form(name: str, kind: str, ask: Asking, **given: Callable[[Answers], Any]) -> Form:
    """A form that ends in an event; `given` takes its details from the answers."""

    async def questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
        found = await find(work, subject["follow_up"])
        permit(work, found, kind)
        return await ask(work, found, answers)

    async def finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
        details = {key: take(answers) for key, take in given.items()}
        return await happen(work, subject["follow_up"], kind, **details)

    return Form(name, questions, finish)


async def _why(work: Work, found: Found, answers: Answers) -> Sequence[Question]:
    return (_reason(found),)


def _reason(found: Found) -> Question:
    return Text(key="reason", about="reason", shortest=3, longest=LONGEST, facts=_facts(found))


def _facts(found: Found) -> Mapping[str, object]:
    wish = found.kept.now.wish
    return {"text": found.kept.row.text, "due": found.kept.now.due, "wished": wish.due if wish else None}


async def _proof(work: Work, found: Found, answers: Answers) -> Sequence[Question]:
    """Asks for proofs one after the other, until there are no more."""
    given = [answers[key] for key in _proof_keys(answers)]
    keys = [f"bukti{n}" for n in range(1, min(len([g for g in given if g]) + 1, MOST_EVIDENCE) + 1)]
    return [
        Proof(key=key, about="more_proof" if n else "proof", optional=True, counts=False, facts=_facts(found))
        for n, key in enumerate(keys)
    ]


def _proof_keys(answers: Answers) -> list[str]:
    return [key for key in (f"bukti{n}" for n in range(1, MOST_EVIDENCE + 1)) if key in answers]


def _files(answers: Answers) -> list[dict[str, object]]:
    found = [answers[key] for key in _proof_keys(answers) if answers[key]]
    return [{k: v for k, v in each.items() if k != "note"} for each in found if "file_id" in each]


def _notes(answers: Answers) -> str:
    found = [answers[key] for key in _proof_keys(answers) if answers[key]]
    return "; ".join(each["note"] for each in found if each.get("note"))


async def _until(work: Work, found: Found, answers: Answers) -> Sequence[Question]:
    return (await _day(work, found, answers))[0], _reason(found)


async def _day(work: Work, found: Found, answers: Answers) -> Sequence[Question]:
    today = work.today(found.pokja.zone)
    earliest = max(found.kept.now.due + timedelta(days=1), today)
    latest = max(today, found.kept.now.due) + LATER
    day = Date(key="due", about="due", today=earliest, earliest=earliest, latest=latest, facts=_facts(found))
    return (day,)


async def _whom(work: Work, found: Found, answers: Answers) -> Sequence[Question]:
    """Asks for the new owner, anybody but the one who hands over, and then for the reason."""
    giver = _giver(found)
    options = tuple(o for o in await member_options(work, found.pokja.id) if o.value != str(giver))
    if not options:
        raise Rejected("nobody_else")
    return Person(key="who", about="who", options=options, facts=_facts(found)), _reason(found)


def _giver(found: Found) -> int:
    """Whose part is handed over: an owner's own, or (by a manager) the leader's."""
    owners = [owner.who for owner in found.kept.now.owners]
    return found.me.id if found.me.id in owners else owners[0]


async def _hand_over(work: Work, subject: Subject, answers: Answers) -> Outcome:
    """The new one takes the place of who gave it away; one who helped already moves up to it."""
    found = await find(work, subject["follow_up"], lock=True)
    new, _ = await work.active_member(found.pokja.id, int(answers["who"]))
    giver = _giver(found)
    owners = [new.id if owner.who == giver else owner.who for owner in found.kept.now.owners]
    after = list(dict.fromkeys(owners))
    return await happen(work, subject["follow_up"], HAND_OVER, owners=after, reason=answers["reason"])


def _given_day(answers: Answers) -> date:
    return date.fromisoformat(answers["due"])


def _given_reason(answers: Answers) -> str:
    return str(answers["reason"])


FORMS: Sequence[Form] = (
    _form("fu_done", FINISH, _proof, reason=_notes, files=_files),
    _form("fu_blocked", BLOCK, _why, reason=_given_reason),
    _form("fu_extend", ASK, _until, due=_given_day, reason=_given_reason),
    _form("fu_grant", ACCEPT, _day, due=_given_day),
    _form("fu_refuse", REFUSE, _why, reason=_given_reason),
    Form("fu_hand", _form("fu_hand", HAND_OVER, _whom).questions, _hand_over),
    _form("fu_cancel", CANCEL, _why, reason=_given_reason),
    _form("fu_reopen", REOPEN, _why, reason=_given_reason),
)
