"""A Ketua who takes a Pokja through a whole guide, from her phone, with the guide beside her."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.language.wording import wording
from domain.process.model import ActivitySpec, Process, Topic
from tests.e2e.steps.robots import Message, Robot, Tally

WORDS = wording()
SETTLING = {
    "roster": "appoint",
    "narrative": "compose",
    "pairwise": "decide",
    "selection": "decide",
    "rating_rings": "decide",
    "scoring": "decide",
    "agreement": "finalise",
    "date_poll": "pick",
}
"""The move that settles what an instrument finds lacking."""
MOST_MOVES = 30


BY_MEMBERS, BY_ROOM, BY_GROUPS, ON_BEHALF = "members", "room", "groups", "on behalf"
"""How an activity is done: each for themselves, in plenary, in breakout groups, one member's part by the Ketua."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a topic took: per member in the middle, the longest unbroken stretch of answers, seconds of the clock.

    `ketua` are all taps of hers, `guiding` those that are neither answers of her own nor a facilitator's moves.
    """

    topic: str
    activities: int
    taps: float
    typed: float
    messages: float
    stretch: int
    prompt: int
    ketua: int
    guiding: int
    seconds: float


@dataclass(slots=True)
class Conductor:
    """The Ketua; `members` answer (she is one of them), `guests` where the guide asks guests.

    The activities are done in these `ways`, by turns.
    """

    process: Process
    ketua: Robot
    members: Sequence[Robot]
    guests: Sequence[Robot] = ()
    left_out: frozenset[str] = frozenset()
    ways: Sequence[str] = (BY_MEMBERS,)
    lines: list[Line] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    _turn: int = 0
    _begun: int = 0

    async def conducts(self) -> None:
        """Every topic in its order, from the menu on."""
        await self.ketua.types("/menu")
        for topic in self.process.topics():
            started = time.perf_counter()
            for robot in self.everyone:
                robot.tally = Tally()
            await self._topic(topic)
            self.lines.append(self._line(topic, time.perf_counter() - started))

    @property
    def everyone(self) -> Sequence[Robot]:
        """Members and guests."""
        return [*self.members, *self.guests]

    def _line(self, topic: Topic, seconds: float) -> Line:
        tallies = [robot.tally for robot in self.members if robot is not self.ketua]
        return Line(
            topic=topic.key,
            activities=len(topic.activities),
            taps=statistics.median(tally.taps for tally in tallies),
            typed=statistics.median(tally.typed for tally in tallies),
            messages=statistics.median(tally.messages for tally in tallies),
            stretch=max(robot.tally.longest_stretch for robot in self.everyone if robot is not self.ketua),
            prompt=max(robot.tally.longest_prompt for robot in self.everyone),
            ketua=self.ketua.tally.taps,
            guiding=self.ketua.tally.guiding,
            seconds=seconds,
        )

    async def _topic(self, topic: Topic) -> None:
        """The whole topic, along the first button of each screen: nothing is looked for."""
        await self.ketua.guides(f"Mulai topik {topic.key} ")
        await self.ketua.guides("Buka topik ini")
        for spec in topic.activities:
            way = self.ways[self._begun % len(self.ways)]
            is_left_out = f"{topic.key}/{spec.key}" in self.left_out
            prepares = is_left_out or way in {BY_GROUPS, BY_ROOM} or spec.instrument == "date_poll"
            await self.ketua.guides("Siapkan dulu" if prepares else f"Mulai: {spec.title[:40]}")
            desk = await self.ketua.person.sees(f"{spec.title}\n")
            nothing = "✎" in desk["text"] and "⚠" in desk["text"] and spec.instrument != "date_poll"
            if nothing or is_left_out:
                await self._skips(f"{topic.key}/{spec.key}")
            else:
                await self._activity(topic, spec, way)
        await self.ketua.guides("Nyatakan topik selesai")

    async def _activity(self, topic: Topic, spec: ActivitySpec, way: str) -> None:
        self._begun += 1
        if spec.instrument == "date_poll":
            await self._slots()
        screen = await self.ketua.screen()
        keys = [key["text"] for row in screen["buttons"] for key in row]
        if "■" in screen["text"]:
            pass  # it follows from earlier results, and asks nobody
        elif "Hitung hasilnya" in keys:
            await self.ketua.guides("Hitung hasilnya")
        elif "Isi di pleno, tanpa undangan" in keys and (
            way == BY_ROOM or "Mulai & undang anggota" not in keys
        ):
            await self.ketua.answers("Isi di pleno, tanpa undangan")
            await self.ketua.guides(f"Tutup: {spec.title[:40]}")
        elif way == BY_GROUPS:
            await self._divides()
            await self.ketua.guides("Mulai & undang anggota")
            await self._in_groups(topic, spec)
        else:
            if "Mulai & undang anggota" in keys:
                await self.ketua.guides("Mulai & undang anggota")
            await self._answers(topic, spec, way)
            await self.ketua.guides(f"Tutup: {spec.title[:40]}")
        await self._settles(spec)
        await self.ketua.guides("Tetapkan hasil")
        if "apa adanya?" in (await self.ketua.screen())["text"]:
            await self.ketua.guides("Ya, tetapkan")

    async def _skips(self, path: str) -> None:
        """The group does without: it chose another way, or there is nothing to work on."""
        self.skipped.add(path)
        await self.ketua.guides("Lewati kegiatan")
        await self.ketua.types("Tidak diperlukan di daerah ini")

    async def _returns(self, topic: Topic, spec: ActivitySpec, sign: str = "▶") -> None:
        """From wherever she is to the desk of an open activity."""
        await self.ketua.types("/topik")
        await self.ketua.guides(f"▶ {topic.key} ")
        await self.ketua.guides(f"{sign} {spec.title[:40]}")

    async def _slots(self) -> None:
        for day in ("besok", "lusa"):
            await self.ketua.guides("Tambah pilihan waktu")
            await self.ketua.types(day)
            await self.ketua.guides("09.00")
            await self.ketua.guides("Tanpa tempat")

    async def _divides(self) -> None:
        await self.ketua.guides("Bagi kelompok")
        await self.ketua.guides("2")
        await self.ketua.guides("Diacak, instansi tersebar")

    async def _in_groups(self, topic: Topic, spec: ActivitySpec) -> None:
        """Both groups answer; the Ketua closes each and brings them together."""
        await asyncio.gather(*(robot.accepts(spec.title) for robot in self._asked(spec)))
        await self._returns(topic, spec, "⁂")
        for group in ("Kelompok 1", "Kelompok 2"):
            await self.ketua.guides(f"▶ {group}")
            await self.ketua.guides("Tutup pengisian")
            await self.ketua.guides("‹ Pleno")
        await self.ketua.guides("Gabungkan di pleno")

    async def _on_behalf(self, topic: Topic, spec: ActivitySpec) -> None:
        """All but one answer; the Ketua enters what the one without a signal told her."""
        *others, absent = self._asked(spec)
        await asyncio.gather(*(robot.accepts(spec.title) for robot in others))
        await self._returns(topic, spec)
        await self.ketua.guides("Isi untuk anggota")
        await self.ketua.answers(absent.person.title)

    def _asked(self, spec: ActivitySpec) -> Sequence[Robot]:
        return {"anggota": self.members, "tamu": self.guests, "semua": self.everyone}[spec.answered_by]

    async def _answers(self, topic: Topic, spec: ActivitySpec, way: str) -> None:
        """Everybody who is asked at once, or all but one, for whom the Ketua answers."""
        if way == ON_BEHALF:
            await self._on_behalf(topic, spec)
        else:
            await asyncio.gather(*(robot.accepts(spec.title) for robot in self._asked(spec)))

    async def _settles(self, spec: ActivitySpec) -> None:
        """Makes the moves that are still needed before the result can be adopted."""
        for _ in range(MOST_MOVES):
            desk = await self._desk(spec)
            if "⚠" not in desk["text"]:
                return
            await self._move(spec)
        raise AssertionError(f"{spec.key} can't be adopted:\n{await self.ketua.person.screen()}")

    async def _desk(self, spec: ActivitySpec) -> Message:
        return dict(await self.ketua.person.sees(f"{spec.title}\n■"))

    async def _move(self, spec: ActivitySpec) -> None:
        self._turn += 1
        mover = Robot(self.ketua.person, self._turn, self.ketua.tally)
        await mover.taps(WORDS.plain(f"move.{SETTLING[spec.instrument]}", spec.instrument))
        for _ in range(20):
            message = await mover.screen()
            if "■" in message["text"]:
                return
            await mover.answer(message)


def table(lines: Sequence[Line]) -> str:
    """The lines, and the medians below."""
    head = (
        f"{'topik':<7}{'kegiatan':>9}{'tekan':>7}{'ketik':>7}{'layar':>7}{'runtun':>8}{'huruf':>7}"
        f"{'Ketua':>7}{'pandu':>7}{'detik':>8}"
    )
    rows = [
        f"{line.topic:<7}{line.activities:>9}{line.taps:>7.0f}{line.typed:>7.0f}{line.messages:>7.0f}"
        f"{line.stretch:>8}{line.prompt:>7}{line.ketua:>7}{line.guiding:>7}{line.seconds:>8.1f}"
        for line in lines
    ]
    middle = (
        f"{'tengah':<7}{'':>9}{statistics.median(line.taps for line in lines):>7.0f}"
        f"{statistics.median(line.typed for line in lines):>7.0f}"
        f"{statistics.median(line.messages for line in lines):>7.0f}"
    )
    return "\n".join([head, *rows, middle, f"seluruhnya {sum(line.seconds for line in lines):.0f} detik"])
