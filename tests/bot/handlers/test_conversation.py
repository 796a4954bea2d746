"""Somebody taps and types at random; a plain model reads the screen and says where each word must be.

A hundred short sessions in a test run; ten thousand longer ones by `make drill`.
"""

import asyncio
import itertools
import os
import re
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
import uvloop
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.callbacks import Back, Cancel, Go, Toggle, Turn, View, pack, unpack
from bot.handlers.private import SENDING
from bot.places.people import DO
from bot.screens import questions
from domain.dialog.questions import Typed
from domain.faults import Rejected
from domain.instruments.base import PLENARY
from store.tables.chats import KeptWords
from store.tables.core import Activity, Answer, Draft, Invitation
from store.tables.meetings import MeetingCheckIn, MeetingRow
from tests.bot.support.open_house import planted
from tests.bot.support.phone import PAINTER, Glass, Phone
from tests.support.worlds import meeting
from tests.support.worlds.meeting import CAST, HENDRA, SITI, World
from usecases.activities import opening
from usecases.answering import dialog
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import TaskRef
from usecases.work import Work

SESSIONS, STEPS = (int(os.environ["DRILL"]), 25) if "DRILL" in os.environ else (100, 12)
COMMANDS = ("/menu", "/siaran", "/izin", "/pokja", "/topik", "/pertemuan", "/batal", "/data")
LOOKING = (View, Back, Turn, Toggle)
"""What only changes what is seen."""
TITLES = {"kartu": "Kartu dua kolom", "tabel": "Tabel bebas", "periksa": "Daftar periksa"}
WORD = re.compile(r"kata\d+")
SITIS = 100 + list(CAST).index(SITI)
"""Her account."""
Place = tuple[str, str]
"""A task, and the key of one of its questions."""
T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What the screen asks, as somebody reads it: where a text would go, and whether it would be taken."""

    place: Place
    asked: Asked

    def takes(self, text: str) -> bool:
        """Whether the question can be answered so."""
        try:
            self.asked.task.check(self.asked.question.key, self.asked.question.read(Typed(text)))
        except Rejected:
            return False
        return True


class Conversation(RuleBasedStateMachine):
    """Siti, the Sekretaris, with her phone; the Ketua closes and opens activities meanwhile."""

    folder: Path
    world: World
    first: Glass
    tables: sa.Engine
    loop: asyncio.AbstractEventLoop
    numbers = itertools.count(1)

    @initialize()
    def a_fresh_house(self) -> None:
        """Each session begins where everything is open, and the menu on the phone."""
        cls = type(self)
        self.do(cls.world.database.close())
        cls.tables.dispose()
        shutil.copy(self.folder / "template.db", self.folder / "now.db")
        first = cls.first
        glass = Glass(dict(first.messages), first.last, numbers=itertools.count(first.last + 1))
        self.phone = Phone(cls.world, SITIS, SITI, glass, itertools.count(100))
        self.old: list[tuple[int, str]] = []

    def do(self, doing: Awaitable[T]) -> T:
        """Runs to its end."""
        return self.loop.run_until_complete(doing)  # type: ignore[arg-type, unused-ignore]

    # what there is

    def rows(self, query: Any) -> list[Any]:
        """What a query gives, straight from the file."""
        with self.tables.connect() as connection:
            return list(connection.execute(query))

    def answers(self) -> dict[Place, Any]:
        """Every answer in activities and in forms that are being filled in."""
        given = self.rows(sa.select(Answer.activity_id, Answer.ballot, Answer.key, Answer.value))
        drafts = self.rows(sa.select(Draft.id, Draft.answers))
        mine = self.world.members[SITI]
        found = {
            (str(TaskRef("a", number, None if ballot == mine else ballot)), key): value
            for number, ballot, key, value in given
        }
        return found | {
            (str(TaskRef("f", number)), key): value for number, kept in drafts for key, value in kept.items()
        }

    def reading(self, answers: Iterable[Place]) -> Reading | None:
        """The question on the screen: the one that reads just so, of those answered and those that are next."""
        seen, tasks = self.phone.screen.text, self.answers_of_mine(answers)
        return self.do(self._use(lambda work: _reading(work, tasks, seen))) if tasks else None

    def answers_of_mine(self, answers: Iterable[Place]) -> dict[str, list[str]]:
        """The keys answered in each task that may be on the screen."""
        seen = self.phone.screen.text
        tasks: dict[str, list[str]] = {
            str(TaskRef("a", row.id, ballot)): []
            for row in self.rows(OPEN)
            if TITLES[row.key] in seen
            for ballot in self.ballots(seen)
        }
        tasks |= {
            str(TaskRef("f", row.id)): []
            for row in self.rows(sa.select(Draft.id, Draft.form))
            if PAINTER.wording.plain(f"form.{row.form}.title") in seen
        }
        for task, key in answers:
            if task in tasks:
                tasks[task].append(key)
        return tasks

    def ballots(self, seen: str) -> list[int | None]:
        """Whose ballots it may be about: hers, or the plenary's or another's where the screen says for whom."""
        others = [number for name, number in self.world.members.items() if name != SITI]
        return [PLENARY, *others] if "Mengisi untuk" in seen else [None]

    async def _use(self, usecase: Callable[[Work], Awaitable[T]]) -> T:
        """A look that leaves nothing behind."""
        async with self.world.database.reading() as session:
            return await usecase(self.phone.turns.work_for(session, meeting.Actor(self.phone.user_id, SITI)))

    def remember(self) -> None:
        """Keys that were seen can be pressed later."""
        self.old += [(self.phone.glass.last, key.data) for key in self.phone.keys]

    # what Siti does

    @rule()
    def types_a_word(self) -> None:
        """The word is where the screen says, or it is on the screen, and nothing else has changed."""
        self._writes("panjang")

    @rule(number=st.sampled_from(["123456", "5000", "2,5 juta", "3", "besok", "09.30"]))
    def types_what_looks_like_something(self, number: str) -> None:
        """A number that is no running meeting's code is an answer like any other."""
        before = self.answers()
        reading = self.reading(before)
        self.do(self.phone.types(number))
        self._others_are_as_they_were(before, reading)
        self.remember()

    @rule()
    def sends_a_file(self) -> None:
        """With a word below it."""
        word = f"kata{next(self.numbers)} berkas"
        before = self.answers()
        reading = self.reading(before)
        self.do(self.phone.sends(f"{word}.pdf", word))
        changed = self._others_are_as_they_were(before, reading)
        assert changed or word in self.phone.screen.text, self.phone.screen.text
        self.remember()

    @rule()
    def types_the_code(self) -> None:
        """She is there, no answer has changed, and the question is there again."""
        code = self.rows(sa.select(MeetingRow.code))[0].code
        before = self.answers()
        reading = self.reading(before)
        self.do(self.phone.types(code))
        assert self.answers() == before
        assert len(self.rows(sa.select(MeetingCheckIn.meeting_id))) == 1
        assert reading is None or self.reading(before) is not None, self.phone.screen.text
        self.remember()

    @rule()
    def types_an_invitation(self) -> None:
        """The code of another Pokja's invitation."""
        code = self.rows(sa.select(Invitation.code).order_by(Invitation.id.desc()))[0].code
        before = self.answers()
        self.do(self.phone.types(code))
        assert self.answers() == before
        self.remember()

    @rule(command=st.sampled_from(COMMANDS))
    def types_a_command(self, command: str) -> None:
        """Which looks at something else."""
        before = self.answers()
        self.do(self.phone.types(command))
        if command != "/batal":
            assert self.answers() == before
        self.remember()

    @rule(number=st.integers(1, 3))
    def goes_to_an_activity(self, number: int) -> None:
        """By the key of the menu or of an invitation."""
        self._goes_to(number)

    @rule(number=st.integers(1, 3), back=st.integers(0, 2))
    def writes_in_an_activity(self, number: int, back: int) -> None:
        """What people do most: open one, perhaps go back a question or two, and type."""
        self._goes_to(number)
        for _ in range(back):
            self._pressed_back()
        self._writes("gagasan")

    @precondition(lambda self: self.phone.keys)
    @rule(which=st.integers(0, 40))
    def taps(self, which: int) -> None:
        """A key under what is on the screen."""
        self._pressed(self.phone.glass.last, self.phone.keys[which % len(self.phone.keys)].data)

    @precondition(lambda self: self.old)
    @rule(which=st.integers(0, 400))
    def taps_an_old_key(self, which: int) -> None:
        """One that was seen at any time, above."""
        self._pressed(*self.old[-1 - which % len(self.old)])

    # what happens around her

    @rule()
    def the_bot_starts_anew(self) -> None:
        """Nothing is remembered but what is in the database."""
        self.phone.restart()

    @rule(number=st.integers(0, 2))
    def the_ketua_closes_or_opens(self, number: int) -> None:
        """An activity."""
        row = self.rows(sa.select(Activity.id, Activity.state).order_by(Activity.id))[number]
        turn = opening.close if row.state == "open" else opening.reopen
        before = self.answers()
        self.do(self.world.does(HENDRA, lambda work: turn(work, row.id)))
        assert self.answers() == before

    # what must be so

    def _writes(self, what: str) -> None:
        word = f"kata{next(self.numbers)} {what}"
        self._sent(word, lambda: self.phone.types(word))

    def _goes_to(self, number: int) -> None:
        self._pressed(self.phone.glass.last, pack(View(TaskRef("a", number))))

    def _pressed_back(self) -> None:
        back = [key.data for key in self.phone.keys if isinstance(unpack(key.data), Back)]
        if back:
            self._pressed(self.phone.glass.last, back[0])

    def _sent(self, word: str, send: Callable[[], Awaitable[None]]) -> None:
        before = self.answers()
        reading = self.reading(before)
        self.do(send())
        changed = self._others_are_as_they_were(before, reading)
        if reading is not None and reading.takes(word):
            assert changed, f"{word} is not where the screen asked: {reading.place}"
        else:
            assert not changed, f"{word} was taken by {changed}"
            assert word in self.phone.screen.text, f"{word} is lost: {self.phone.screen.text}"
        self.remember()

    def _others_are_as_they_were(self, before: Mapping[Place, Any], reading: Reading | None) -> set[Place]:
        """What has changed, which is nothing but the answer to the question on the screen; a form may be over."""
        after = self.answers()
        changed = {
            place for place in {**before, **after} if before.get(place, after) != after.get(place, after)
        }
        if reading is None:
            assert not changed, f"{changed} by nothing that was asked"
            return changed
        task, _ = reading.place
        gone = (
            {place for place in before if place[0] == task} if not any(p[0] == task for p in after) else set()
        )
        assert changed - gone <= {reading.place}, f"{changed} instead of {reading.place}"
        return changed

    def _pressed(self, message_id: int, data: str) -> None:
        before, press, kept = self.answers(), unpack(data), self.rows(sa.select(KeptWords.id))
        if isinstance(press, Go) and press.place in {*SENDING, DO.name}:
            return  # files and pictures, and what ends a membership
        words = WORD.findall(self.phone.glass.messages[message_id].text)
        self.do(self.phone.taps(data, message_id))
        if isinstance(press, LOOKING):
            assert self.answers() == before, press
        if words and isinstance(press, Go) and press.place == "give_kept" and (press.id,) in kept:
            there = self._is_there(words[0], before) or self._is_over(press.word, before)
            assert there or words[0] in self.phone.screen.text
        if not isinstance(press, Cancel):
            self._no_text_is_overwritten(before)
        self.remember()

    def _is_there(self, word: str, before: Mapping[Place, Any]) -> bool:
        after = self.answers()
        return any(word in str(value) for place, value in after.items() if before.get(place) != value)

    def _is_over(self, task: str, before: Mapping[Place, Any]) -> bool:
        """Whether that was the last answer of a form, which is carried out and no longer a draft."""
        begun = any(place[0] == task for place in before)
        return begun and not any(place[0] == task for place in self.answers())

    def _no_text_is_overwritten(self, before: Mapping[Place, Any]) -> None:
        """A key takes an answer back or skips it, but puts no other word in the place of one."""
        for place, value in self.answers().items():
            if place in before and before[place] != value and WORD.search(str(before[place])):
                assert not WORD.search(str(value)), f"{place}: {before[place]} → {value}"


OPEN = sa.select(Activity.id, Activity.key).where(Activity.state == "open")


async def _reading(work: Work, tasks: Mapping[str, list[str]], seen: str) -> Reading | None:
    """The question that reads just so, of these tasks: one that is next, or was answered."""
    for task, answered in tasks.items():
        for key in ("", *answered):
            work.forget_where()
            try:
                shown = await dialog.show(work, TaskRef.parse(task), key)
            except Rejected:
                break
            if isinstance(shown, Asked) and seen.endswith(questions.paint(PAINTER, shown).text):
                return Reading((task, shown.question.key), shown)
    return None


def test_no_word_is_misplaced_or_lost(tmp_path: Path, sqlite_file: Path) -> None:
    shutil.copy(sqlite_file, tmp_path / "now.db")
    loop = uvloop.new_event_loop()
    Conversation.folder, Conversation.loop = tmp_path, loop
    world = Conversation.world = loop.run_until_complete(planted(tmp_path / "now.db"))
    phone = Phone(world, SITIS, SITI)
    loop.run_until_complete(phone.types("/menu"))
    Conversation.first = phone.glass
    loop.run_until_complete(world.database.close())
    shutil.copy(tmp_path / "now.db", tmp_path / "template.db")
    Conversation.tables = sa.create_engine(f"sqlite:///{tmp_path / 'now.db'}")
    try:
        run_state_machine_as_test(
            Conversation,
            settings=settings(
                max_examples=SESSIONS,
                stateful_step_count=STEPS,
                phases=[Phase.generate, Phase.shrink] if "DRILL" in os.environ else [Phase.generate],
                suppress_health_check=list(HealthCheck),
                database=None,
                derandomize="DRILL"
                not in os.environ,  # the drill looks for what is new; a suite says the same twice
            ),
        )
    finally:
        Conversation.tables.dispose()
        loop.run_until_complete(world.database.close())
        loop.close()
