"""Tindak lanjut: those the guide offers after a topic, each given to a person with a day; the owner says 'selesai'."""

from collections.abc import Sequence
from datetime import date

from domain import roles
from domain.faults import Rejected
from domain.process import FollowUpSpec
from domain.questions import Answers, Date, Option, Person, Question, Text
from store import followups, people, talks
from store.tables import FollowUp, Membership, Pokja
from usecases import announcing, topics
from usecases.forms import Form, Subject
from usecases.outcomes import FollowUpCard, FollowUpLine, FollowUps, Note, Outcome
from usecases.work import Work, require

OWN_IDEA = "lain"
"""The source key of a tindak lanjut that isn't the guide's."""


async def of_topic(work: Work, index: int, note: Note | None = None) -> FollowUps:
    """A topic's tindak lanjut, and those the guide offers that nobody has yet."""
    me, pokja, _, process = await topics.current_run(work)
    topic = topics.topic_at(process, index)
    kept = await followups.of_pokja(work.session, pokja.id, topic.key)
    given = {follow_up.source for follow_up, _ in kept}
    return FollowUps(
        title=f"{topic.key} {topic.title}",
        lines=[_line(*pair, me) for pair in kept],
        offered=[
            (n, spec) for n, spec in enumerate(topic.follow_ups) if f"{topic.key}/{spec.key}" not in given
        ],
        topic_index=index,
        may_guide=me.role in roles.FACILITATORS,
        today=work.today(pokja.zone),
        note=note,
    )


async def of_pokja(work: Work) -> FollowUps:
    """All tindak lanjut of the Pokja."""
    me, pokja = await work.current()
    kept = await followups.of_pokja(work.session, pokja.id)
    return FollowUps(
        title=pokja.name, lines=[_line(*pair, me) for pair in kept], today=work.today(pokja.zone)
    )


def _line(follow_up: FollowUp, owner: Membership, me: Membership) -> FollowUpLine:
    return FollowUpLine(
        follow_up.id,
        follow_up.text,
        f"{owner.name} ({owner.instansi})",
        follow_up.due,
        follow_up.state,
        owner.id == me.id,
    )


async def card(work: Work, follow_up_id: int, note: Note | None = None) -> FollowUpCard:
    """One tindak lanjut of the actor's Pokja. Raises Rejected."""
    follow_up, owner, me, pokja = await _mine(work, follow_up_id)
    topic = follow_up.source.split("/", maxsplit=1)[0]
    return FollowUpCard(
        line=_line(follow_up, owner, me), topic=topic, today=work.today(pokja.zone), note=note
    )


async def finish(work: Work, follow_up_id: int) -> FollowUpCard:
    """The owner, or a manager, says it is done."""
    follow_up, owner, me, pokja = await _mine(work, follow_up_id)
    if me.id != owner.id:
        require(me, roles.MANAGERS)
    if follow_up.state != "done":
        follow_up.state, follow_up.done_at = "done", work.now
        await _record(work, follow_up, me, "done")
        facts = {"text": follow_up.text, "name": owner.name, "by": me.name}
        await announcing.tell_managers(
            work, pokja, f"follow-up {follow_up.id} done", "follow_up_done", **facts
        )
    return await card(work, follow_up_id, Note("follow_up_done"))


async def _mine(work: Work, follow_up_id: int) -> tuple[FollowUp, Membership, Membership, Pokja]:
    found = await followups.with_owner(work.session, follow_up_id)
    if found is None:
        raise Rejected("unknown_button")
    user = await work.user()
    me = require(await people.membership(work.session, found[0].pokja_id, user.id), frozenset(roles.ROLES))
    return *found, me, await work.session.get_one(Pokja, found[0].pokja_id)


async def _record(work: Work, follow_up: FollowUp, me: Membership, action: str) -> None:
    talks.note(
        work.session, f"follow_up.{action}", f"follow_up {follow_up.id}", work.now,
        pokja_id=follow_up.pokja_id, user_id=me.user_id, text=follow_up.text,
    )  # fmt: skip
    await work.session.flush()


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    me, pokja, spec = await _offer(work, subject)
    require(me, roles.FACILITATORS)
    everyone = await people.members(work.session, pokja.id)
    options = tuple(Option(str(member.id), f"{member.name} ({member.instansi})") for member, _ in everyone)
    what = () if spec else (Text(key="text", about="text", shortest=5, longest=200),)
    facts = {"text": spec.text if spec else answers.get("text", ""), "days": spec.days if spec else 0}
    today = work.today(pokja.zone)
    return (
        *what,
        Person(key="owner", about="owner", options=options, facts=facts),
        Date(key="due", about="due", today=today, earliest=today, facts=facts),
    )


async def _offer(work: Work, subject: Subject) -> tuple[Membership, Pokja, FollowUpSpec | None]:
    me, pokja, _, process = await topics.current_run(work)
    topic, number = topics.topic_at(process, subject["topic"]), subject["number"]
    if number >= len(topic.follow_ups):
        raise Rejected("unknown_button")
    return me, pokja, topic.follow_ups[number] if number >= 0 else None


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, pokja, spec = await _offer(work, subject)
    _, _, _, process = await topics.current_run(work)
    topic = topics.topic_at(process, subject["topic"])
    owner = await people.member_with_user(work.session, int(answers["owner"]))
    if owner is None or owner[0].pokja_id != pokja.id:
        raise Rejected("unknown_member")
    follow_up = FollowUp(
        pokja_id=pokja.id,
        text=spec.text if spec else answers["text"],
        owner_id=owner[0].id,
        due=date.fromisoformat(answers["due"]),
        source=f"{topic.key}/{spec.key if spec else OWN_IDEA}",
        created_by=me.id,
        created_at=work.now,
    )
    work.session.add(follow_up)
    await work.session.flush()
    await _record(work, follow_up, me, "give")
    await announcing.tell_owner(work, follow_up, owner[1], pokja)
    return await of_topic(work, subject["topic"], Note("follow_up_given", {"name": owner[0].name}))


FORM = Form("follow_up", _questions, _finish)
