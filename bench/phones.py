"""People at their phones: each does the next thing as soon as the bot has shown and answered the last one."""

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from bench import contestants

Push = Callable[[dict[str, Any]], None]
BOT = {"id": 1_000_000, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(slots=True)
class Phone:
    """One person's chat; `since` is when the update that is not yet replied to became available."""

    user: int
    since: float = 0.0
    is_answer: bool = False
    answers: int = 0
    taps: int = 0
    replied: bool = False
    acknowledged: bool = True
    message: int = 1
    buttons: list[dict[str, Any]] = field(default_factory=list)


class Phones:
    """All people: turns what the bot sends into what they do next, and keeps the times they waited."""

    def __init__(self, count: int, talk: str, push: Push) -> None:
        self.waits: list[tuple[float, float]] = []  # when the reply came, how long it took
        self._talk, self._push = talk, push
        self._answer = re.compile(contestants.ANSWER)
        self._random = random.Random(1)
        self._next_user = contestants.FIRST_USER
        self._count = count
        self._phones: dict[int, Phone] = {}
        self._methods: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "sendMessage": self._shown,
            "editMessageText": self._shown,
            "sendRichMessage": self._shown,
            "sendDocument": self._shown,
            "answerCallbackQuery": self._acknowledged,
            "getMe": lambda _: BOT,
        }

    def begin(self) -> None:
        for _ in range(self._count):
            self._arrive()

    def waiting(self) -> int:
        """How many people have waited for more than two seconds."""
        return sum(time.perf_counter() - phone.since > 2 for phone in self._phones.values())  # noqa: PLR2004 - as told

    def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """The bot's call of a method of the Bot API."""
        act = self._methods.get(method)
        return act(params) if act else True

    def _arrive(self) -> None:
        phone = Phone(self._next_user)
        self._next_user += 1
        self._phones[phone.user] = phone
        self._write(phone, "/start" if self._talk == "taps" else "halo")

    def _write(self, phone: Phone, text: str) -> None:
        phone.since, phone.replied, phone.is_answer = time.perf_counter(), False, self._talk == "texts"
        phone.message += 1
        command = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        person = _person(phone.user)
        message = _message(phone, text) | {"from": person, "entities": command}
        self._push({"message": message})

    def _tap(self, phone: Phone) -> None:
        answers = [button for button in phone.buttons if self._answer.search(button["text"])]
        button = self._random.choice(answers or phone.buttons[:1])
        phone.since, phone.replied, phone.acknowledged = time.perf_counter(), False, False
        phone.is_answer = bool(answers)
        phone.answers += phone.is_answer
        phone.taps += 1
        markup = {"inline_keyboard": [phone.buttons]}
        message = _message(phone, "pertanyaan") | {"from": BOT, "reply_markup": markup}
        self._push(
            {
                "callback_query": {
                    "id": f"{phone.user}{phone.taps:05}",
                    "from": _person(phone.user),
                    "message": message,
                    "chat_instance": "1",
                    "data": button["callback_data"],
                }
            }
        )

    def _shown(self, params: Mapping[str, Any]) -> dict[str, Any]:
        phone = self._phones.get(int(params["chat_id"]))
        if phone is None:
            return _message(Phone(int(params["chat_id"])), str(params.get("text", ""))) | {"from": BOT}
        phone.message = int(params.get("message_id") or phone.message + 1)
        markup = params.get("reply_markup") or {}
        markup = orjson.loads(markup) if isinstance(markup, str) else markup
        phone.buttons = [
            button for row in markup.get("inline_keyboard", []) for button in row if "callback_data" in button
        ]
        self._replied(phone)
        sent = _message(phone, str(params.get("text", ""))) | {"from": BOT, "edit_date": int(time.time())}
        return sent | ({"reply_markup": markup} if phone.buttons else {})

    def _replied(self, phone: Phone) -> None:
        finished = phone.answers >= contestants.ANSWERS
        if not phone.replied and (phone.buttons or finished or self._talk == "texts"):
            phone.replied = True
            now = time.perf_counter()
            if phone.is_answer:
                self.waits.append((now, now - phone.since))
            self._go_on(phone)

    def _acknowledged(self, params: Mapping[str, Any]) -> bool:
        phone = self._phones.get(int(str(params["callback_query_id"])[:-5]))
        if phone and not phone.acknowledged:
            phone.acknowledged = True
            self._go_on(phone)
        return True

    def _go_on(self, phone: Phone) -> None:
        if not (phone.replied and phone.acknowledged):
            return
        if self._talk == "texts":
            self._write(phone, f"halo {phone.message}")
        elif phone.answers >= contestants.ANSWERS:
            del self._phones[phone.user]
            self._arrive()
        else:
            self._tap(phone)


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"Anggota {user}", "language_code": "id"}


def _message(phone: Phone, text: str) -> dict[str, Any]:
    chat = {"id": phone.user, "type": "private", "first_name": f"Anggota {phone.user}"}
    return {"message_id": phone.message, "date": int(time.time()), "chat": chat, "text": text}
