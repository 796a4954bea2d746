"""A Pokja with a meeting that goes its way through the use cases, and its papers as they can be had at any moment."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from documents.editions import printing
from domain import roles
from domain.documents.editions import WORD, Edition
from domain.meetings.agenda import CLOSING, ORDINARY, REVIEW, AgendaItem
from domain.meetings.meeting import PLANNED
from store import activities, meetings
from store.engine.database import Database
from store.tables.core import ProcessVersion, TopicRun
from store.tables.documents import Stationery
from store.tables.meetings import MeetingMaterial, MeetingRow, MinuteCorrection, MinuteEntry
from tests.documents.support.paper_texts import word_text
from tests.support.cast import BUDI, FITRI, HENDRA, RINA, SITI, TONO
from tests.support.process_files import source
from tests.support.worlds.founding import Newcomer, founded, joined, set_out
from usecases.activities import adopting, opening
from usecases.documents.kinds.base import ground
from usecases.documents.kinds.registry import find
from usecases.library import Library
from usecases.meetings import (
    attendance,
    changing,
    closing,
    corrections,
    follow_ups,
    inviting,
    live,
    minutes,
    replying,
)
from usecases.registry import FORMS
from usecases.topics import topic as topic_
from usecases.work import Actor, Work

BEGINNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Monday, 09.00 WIB; the meeting is the day after at the same hour."""
CAST: Mapping[str, tuple[str, str, str]] = {
    HENDRA: (roles.KETUA, "Bappeda", "Kepala Bappeda"),
    SITI: (roles.SEKRETARIS, "Dinas Kesehatan", "Kepala Bidang Penyehatan Lingkungan"),
    BUDI: (roles.ANGGOTA, "Dinas PUPR", "Kepala Seksi Sanitasi"),
    RINA: (roles.ANGGOTA, "Dinas Lingkungan Hidup", "Kepala Seksi Persampahan"),
    FITRI: (roles.FASILITATOR, "Konsultan Pendamping", "Fasilitator Kabupaten"),
    TONO: (roles.TAMU, "PDAM Tirta Maju", "Direktur Teknik"),
}
AGENDA = (
    AgendaItem(1, REVIEW, "Meninjau hasil pertemuan lalu", 15),
    AgendaItem(2, ORDINARY, "Paparan hasil pendataan", 60),
    AgendaItem(3, CLOSING, "Menetapkan jadwal berikutnya", 45),
)
PROCESS = source("rapat")
STATIONERY: Mapping[str, Any] = {
    "lines": ["PEMERINTAH KABUPATEN SUKAMAJU", "KELOMPOK KERJA AIR MINUM DAN SANITASI"],
    "address": "Jalan Merdeka 1, Sukamaju 40123, telepon (021) 555-0100",
    "place": "Sukamaju",
    "signers": [
        {"post": "Sekretaris Pokja", "name": SITI, "nip": "19800101 200501 2 001"},
        {"post": "Ketua Pokja", "name": HENDRA, "nip": "19700101 199501 1 001"},
    ],
}


@dataclass
class World:
    """A Pokja at a moment; `members` are membership numbers by name."""

    database: Database
    library: Library
    now: datetime
    pokja_id: int = 0
    meeting: int = 0
    members: dict[str, int] = field(default_factory=dict)

    async def does(self, name: str, usecase: Callable[[Work], Awaitable[Any]]) -> Any:
        """Somebody carries out a use case."""
        async with self.database.transaction() as session:
            number = 100 + list(CAST).index(name)
            return await usecase(Work(session, Actor(number, name), self.now, self.library, FORMS))

    async def follows(self, source: str) -> None:
        """The Pokja is on its way through this process from now on."""
        async with self.database.transaction() as session:
            (await session.scalars(sa.select(ProcessVersion))).one().source = source
        self.library = Library(Path("/nonexistent"))

    async def adds(self, *rows: Any) -> None:
        """Rows straight into the tables."""
        async with self.database.transaction() as session:
            session.add_all(rows)

    async def edition(self, key: str, subject: int | None = None) -> Edition:
        """A paper's edition as it would be made now."""
        async with self.database.reading() as session:
            about = self.meeting if subject is None else subject
            found = await ground(session, self.library, self.pokja_id, self.now, about)
            paper = find(found, key)
            assert paper is not None
            return await paper.gather(found)

    async def printed(self, key: str, kind: str, subject: int | None = None) -> bytes:
        """A paper as a file."""
        return printing.printed(await self.edition(key, subject), kind).content

    def invites(self, name: str) -> Callable[[Work], Awaitable[Any]]:
        """Turns somebody's invitation on or off while the meeting is planned."""
        return lambda work: inviting.toggle(work, self.meeting, self.members[name], 0)

    async def announced(self) -> None:
        """The Ketua invited everybody."""
        await self.does(HENDRA, lambda work: changing.announce(work, self.meeting))

    async def replies(self, name: str, form: Any, **answers: str) -> None:
        """An answer to the invitation."""
        await self.does(name, lambda work: form.finish(work, {"meeting": self.meeting}, answers))

    async def opened(self, *, by: str = HENDRA, late: int = 0) -> None:
        """Somebody began the meeting, that many minutes after its time."""
        self.now = BEGINNING + timedelta(days=1, minutes=late)
        await self.does(by, lambda work: live.start(work, self.meeting))

    async def comes(self, name: str, *, minutes_later: int = 0) -> None:
        """Somebody checks in."""
        self.now += timedelta(minutes=minutes_later)
        await self.does(name, lambda work: attendance.come(work, self.meeting))

    async def held(self) -> None:
        """The meeting in full: three come, one is represented, one is absent with a reason, the guest without."""
        await self.replies(FITRI, replying.DECLINE, reason="Dinas luar ke provinsi")
        await self.opened(late=5)
        await self.comes(HENDRA)
        await self.comes(SITI)
        await self.does(HENDRA, self._marks(BUDI, "here"))
        self.now += timedelta(minutes=25)
        subject = {"meeting": self.meeting, "member": self.members[RINA]}
        deputy = {"deputy": "Agus Salim, staf perencanaan"}
        await self.does(HENDRA, lambda work: attendance.CAME.finish(work, subject, deputy))
        await self.does(SITI, lambda work: live.tick(work, self.meeting, 1))
        await self.writes(2, "decision", "Data pelanggan dipakai per kecamatan")
        await self.writes(2, "note", "Tiga kecamatan belum menyetor data")
        await self.gives("Mengumpulkan data tiga kecamatan", BUDI, "2026-12-01", SITI)

    def _marks(self, name: str, mode: str) -> Callable[[Work], Awaitable[Any]]:
        return lambda work: attendance.mark(work, self.meeting, self.members[name], mode)

    async def writes(self, item: int, kind: str, text: str) -> None:
        """The Sekretaris writes something down."""
        subject = {"meeting": self.meeting, "item": item, "kind": kind}
        await self.does(SITI, lambda work: minutes.ENTRY.finish(work, subject, {"text": text}))

    async def gives(self, text: str, owner: str, due: str, *others: str) -> None:
        """A tindak lanjut is given at the meeting."""
        lead = str(self.members[owner])
        answers = {
            "text": text,
            "owner": lead,
            "due": due,
            f"others.{lead}": [str(self.members[each]) for each in others],
        }
        subject = {"meeting": self.meeting, "item": 2}
        await self.does(SITI, lambda work: follow_ups.FORM.finish(work, subject, answers))

    async def closed(self) -> None:
        """The minutes go round."""
        subject = {"meeting": self.meeting}
        await self.does(SITI, lambda work: closing.CLOSE.finish(work, subject, {"until": "2026-11-26"}))

    async def corrected(self) -> None:
        """A member's correction is taken up, another's refused."""
        await self.wants("Dua kecamatan belum menyetor data")
        await self.wants("Nama saya salah tulis")
        async with self.database.reading() as session:
            kept = [
                each.id
                for each in await session.scalars(sa.select(MinuteCorrection).order_by(MinuteCorrection.id))
            ]
            note = await session.scalar(sa.select(MinuteEntry.id).where(MinuteEntry.kind == "note"))
        taken = {"entry": str(note), "text": "Dua kecamatan belum menyetor data"}
        await self.does(SITI, lambda work: corrections.TAKE.finish(work, {"correction": kept[0]}, taken))
        refused = {"reason": "Sudah benar di daftar hadir"}
        await self.does(SITI, lambda work: corrections.REFUSE.finish(work, {"correction": kept[1]}, refused))

    async def wants(self, text: str) -> None:
        """A member asks for a correction."""
        subject, answers = {"meeting": self.meeting}, {"item": "0", "text": text}
        await self.does(BUDI, lambda work: corrections.CORRECT.finish(work, subject, answers))

    async def final(self) -> None:
        """The Ketua made the minutes final."""
        self.now += timedelta(days=4)
        await self.does(HENDRA, lambda work: closing.finalise(work, self.meeting))

    async def votes(self, *, adopt: bool = True) -> int:
        """The agreement of the topic: the first statement with a note, the second refused; perhaps adopted."""
        activity = await self.does(HENDRA, self._begin)
        stands = {
            HENDRA: ("agree", "object"),
            SITI: ("note", "object"),
            BUDI: ("agree", "abstain"),
            RINA: ("object", "agree"),
        }
        words = {"note": "Berlaku setelah anggaran tersedia", "object": "Belum tersedia dalam APBD"}
        async with self.database.transaction() as session:
            for name, given in stands.items():
                member = self.members[name]
                for number, stand in enumerate(given, 1):
                    await self._saves(session, activity, member, f"s{number}", stand, words.get(stand, ""))
        await self.does(HENDRA, lambda work: opening.close(work, activity))
        if adopt:
            await self.does(HENDRA, lambda work: adopting.adopt(work, activity, sure=True))
        return int(activity)

    async def asks(self) -> None:
        """The agreement of the topic is open, and everybody is asked."""
        await self.does(HENDRA, self._begin)

    async def _begin(self, work: Work) -> int:
        begun = await topic_.begin_activity(work, 0, 0)
        return int((await opening.start(work, begun.activity_id)).activity_id)

    async def _saves(self, session: Any, activity: int, member: int, key: str, stand: str, text: str) -> None:
        await activities.save_answer(session, activity, member, key, stand, member, self.now)
        if text:
            words = f"{key}+{stand[0]}"
            await activities.save_answer(session, activity, member, words, text, member, self.now)


async def planted(
    database: Database, *, plan: Mapping[str, Any] | None = None, names: Any = tuple(CAST)
) -> World:
    """A Pokja with these people, an open topic, and a meeting about it that is planned, everybody being invited."""
    world = World(database, Library(Path("/nonexistent")), BEGINNING)
    async with database.transaction() as session:
        work = Work(session, Actor(100, HENDRA), BEGINNING, world.library, FORMS)
        pokja = await founded(work)
        world.pokja_id = pokja.id
        for name in names:
            newcomer = Newcomer(100 + list(CAST).index(name), name, *CAST[name])
            world.members[name] = (await joined(work, pokja, newcomer)).id
        await set_out(work, pokja, "rapat", PROCESS)
    await world.does(HENDRA, lambda work: topic_.open_topic(work, 0))
    async with database.transaction() as session:
        world.meeting = await _meeting(session, world, plan or {})
    return world


async def _meeting(session: Any, world: World, plan: Mapping[str, Any]) -> int:
    topic = await session.scalar(sa.select(TopicRun))
    given = {"title": "1.1 Isu dan rencana", "place": "Aula Bappeda", "agenda": AGENDA, **plan}
    agenda = meetings.agenda_data(given.pop("agenda"))
    row = MeetingRow(
        pokja_id=world.pokja_id,
        topic_run_id=topic.id,
        starts=BEGINNING + timedelta(days=1),
        minutes=120,
        agenda=agenda,
        state=PLANNED,
        created_by=world.members[HENDRA],
        created_at=BEGINNING,
        **given,
    )
    session.add(row)
    await session.flush()
    await meetings.invite(session, row.id, world.members.values())
    session.add(MeetingMaterial(meeting_id=row.id, text="Proyektor", membership_id=world.members[BUDI]))
    return int(row.id)


def stationery(world: World, **changed: Any) -> Stationery:
    """The Pokja's paper: a letterhead and two signers."""
    return Stationery(pokja_id=world.pokja_id, **{**STATIONERY, **changed})


async def words_of(world: World, key: str) -> str:
    """A paper's text as Word has it."""
    return word_text(await world.printed(key, WORD))
