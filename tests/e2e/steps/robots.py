"""Scripted members: each reads the screen of a phone and answers whatever is asked, until thanked.

They know what a person knows: the words on the screen and the kinds of keys under it. What they choose depends on
who they are, so that six of them disagree a little.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.phones.phone import Person

Message = dict[str, Any]
DONE = "✔ Terima kasih"
NOTICE = "Tutup sekarang?"
MOST_STEPS, MOST_TRIES = 400, 8
ENOUGH = 2
"""Rows, posts or sections that one member takes up before leaving the rest to the others."""
TYPED = ("ketik sendiri", "ketik jawabannya", "Ketik angkanya", "Ketik jumlahnya")
"""How a question says that it wants words or figures."""
WORDS = (
    "Pipa tua di kota lama",
    "Meter air rusak",
    "Pelanggan jarang didatangi",
    "Petugas kurang terlatih",
    "Pompa sering padam",
    "Air keruh saat hujan",
    "Data pelanggan lama",
    "Tarif belum disesuaikan",
)


@dataclass(slots=True)
class Tally:
    """What a member had to do and to read in one topic."""

    taps: int = 0
    typed: int = 0
    guiding: int = 0
    messages: int = 0
    longest_prompt: int = 0
    longest_stretch: int = 0


@dataclass(slots=True)
class Robot:
    """A member at a phone. `number` makes their choices their own."""

    person: Person
    number: int
    tally: Tally = field(default_factory=Tally)
    wordy: str = ""
    _stretch: int = 0
    _picked: int = 0
    _written: int = 0
    _refused: str = ""
    _last: str = ""

    def draws(self, what: str, among: int) -> int:
        """A choice among that many: always the same for this member and question."""
        seed = hashlib.sha256(f"{self.number}/{what}".encode()).digest()
        return int.from_bytes(seed[:4]) % among

    async def accepts(self, title: str) -> None:
        """Everything the invitation to an activity asks; an older one may still stand above it."""
        await self.person.sees(f"kegiatan {title}")
        await self.answers("Mulai mengisi")

    async def answers(self, first: str) -> None:
        """Everything that is asked after a tap."""
        self._stretch = self._picked = 0
        await self.taps(first)
        seen: Counter[str] = Counter()
        while (seen.total()) < MOST_STEPS:
            message = await self.screen()
            if DONE in message["text"]:
                return
            seen[message["text"]] += 1
            if seen[message["text"]] > MOST_TRIES:
                break
            self.read(message)
            await self.answer(message)
        raise AssertionError(f"{self.person.title} is asked for ever:\n{await self.person.screen()}")

    async def screen(self) -> Message:
        """The newest message with keys; what comes unasked meanwhile is left for later."""
        for message in reversed(await self.person.messages(6)):
            if message["buttons"] and NOTICE not in message["text"]:
                return dict(message)
        raise AssertionError(f"{self.person.title} has nothing to press:\n{await self.person.screen()}")

    def read(self, message: Message) -> None:
        """Notes how much there was to read."""
        self.tally.messages += 1
        self.tally.longest_prompt = max(self.tally.longest_prompt, len(message["text"]))
        self.wordy = max(self.wordy, message["text"], key=len)

    async def taps(self, label: str) -> None:
        """One tap."""
        self.tally.taps += 1
        self._stretch += 1
        self.tally.longest_stretch = max(self.tally.longest_stretch, self._stretch)
        await self.person.taps(label)

    async def guides(self, label: str) -> None:
        """One tap that leads the Pokja on, and answers nothing."""
        self.tally.guiding += 1
        await self.taps(label)

    async def types(self, text: str) -> None:
        """One message."""
        self.tally.typed += 1
        self._stretch += 1
        await self.person.types(text)

    async def answer(self, message: Message) -> None:
        """One step: a rest, a switch, a key, or words."""
        keys = [key for row in message["buttons"] for key in row if key.get("callback_data")]
        kinds = {
            kind: [key for key in keys if key["callback_data"].startswith(f"{kind}|")] for kind in "qtcv"
        }
        if any(key["text"] == "Lanjutkan" for key in keys):
            self._stretch = 0
            await self.taps("Lanjutkan")
        elif kinds["c"]:
            await self._switches(kinds["t"], kinds["c"])
        elif kinds["q"] and not self._asks_for_words(message, kinds["q"]):
            await self.taps(self._chosen(message, kinds["q"])["text"])
        else:
            await self.types(self._words(message))

    def _asks_for_words(self, message: Message, keys: Sequence[Message]) -> bool:
        """A text to write: the first card or contribution is written, after that it is skipped."""
        if not any(hint in message["text"] for hint in TYPED):
            return False
        skips = [key for key in keys if value_of(key) == "-"]
        again = re.search(r"/(\d+)$", key_of(keys[0]))
        return not skips or not again or again[1] == "1"

    async def _switches(self, toggles: Sequence[Message], done: Sequence[Message]) -> None:
        """One is turned on; where that was refused, another."""
        off = [key for key in toggles if key["text"].startswith("☐")]
        if len(off) == len(toggles) or done[0]["text"] == self._refused:
            self._refused = ""
            await self.taps(off[self.draws(key_of(off[0]), len(off))]["text"])
        else:
            self._refused = done[0]["text"]
            await self.taps(done[0]["text"])

    def _chosen(self, message: Message, keys: Sequence[Message]) -> Message:
        """Agreeing is the rule; one more row is not; else one's own choice."""
        labels = {key["text"]: key for key in keys}
        if "Setuju" in labels:
            noting = self.draws(message["text"], 12) == 0 and "Setuju dengan catatan" in labels
            return labels["Setuju dengan catatan" if noting else "Setuju"]
        if "lagi?" in message["text"] and "Tidak" in labels:
            return labels["Tidak"]
        if "Selesai" in labels:
            self._picked += 1
            if self._picked > ENOUGH:
                return labels["Selesai"]
        if "Ya" in labels and "Tidak" in labels:
            return labels["Ya"]
        open_ = [key for key in keys if value_of(key) != "-" and key["text"] != "Selesai"] or list(keys)
        return open_[self.draws(key_of(open_[0]), len(open_))]

    def _words(self, message: Message) -> str:
        """What fits the hint under the question; another try where the first was refused."""
        text, again = message["text"], message["text"] == self._last
        self._last = text
        if "Ketik angkanya" in text:
            return str(10 + self.draws(text, 80)) if not again else "1"
        if "Ketik jumlahnya" in text:
            return f"{1 + self.draws(text, 9)}.500.000"
        if "ketik misalnya 23/11" in text:
            return f"{1 + self.draws(text, 27)}/3/2027"
        self._written += 1
        if "Terlalu panjang" in text:
            return f"{2026 + self._written}"
        return f"{WORDS[self.draws(text, len(WORDS))]} {self.number}.{self._written}"


def key_of(button: Message) -> str:
    """The question a key answers."""
    return str(button["callback_data"]).split("|")[2]


def value_of(button: Message) -> str:
    """What a key answers."""
    return (*str(button["callback_data"]).split("|"), "", "")[3]
