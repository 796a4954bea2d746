"""People with phones, for tests that read like the flow they prove.

    async with Simulator(url) as sim:
        siti = await sim.person("Siti Aminah")
        await siti.starts()
        await siti.sees("Selamat datang")
        await siti.taps("Gabung")

Nothing here sleeps: every step waits for what the bot does, up to `patience` seconds.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import Self

from simulator.control.client import ControlClient, ControlRefusedError
from simulator.control.within import ControlWithin
from simulator.json_types import JsonList, JsonObject
from simulator.phones.chat import ReadableChat
from simulator.phones.screen import pinned_lines
from simulator.simulation import Simulation

_NOT_FOUND = 404


class Simulator:
    """A running simulator."""

    def __init__(
        self,
        url: str,
        *,
        patience: float = 5.0,
        quiet: float = 0.2,
        zone: tzinfo = UTC,
        world: Simulation | None = None,
    ) -> None:
        """`patience`: how long to wait for the bot; `quiet`: after that much silence it is done; `zone`: people's.

        Where the simulator runs in this very loop, phones may be given its `world`: they ask it without HTTP.
        """
        self.control = ControlClient(url) if world is None else ControlWithin(url, world)
        self.patience = patience
        self.quiet = quiet
        self.zone = zone

    async def __aenter__(self) -> Self:
        """Open for the length of a block."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connection."""
        await self.close()

    async def close(self) -> None:
        """Close the connection to the simulator."""
        await self.control.close()

    async def person(self, name: str, *, username: str = "") -> Person:
        """Somebody new with a phone."""
        view = await self.control.post("/control/users", name=name, username=username)
        return Person(self, view["id"], view["name"])

    async def people(self, *names: str) -> list[Person]:
        """Several people at once."""
        return [await self.person(name) for name in names]

    async def group(
        self,
        title: str,
        people: list[Person],
        *,
        with_bot: bool = False,
        supergroup: bool = False,
        forum: bool = False,
    ) -> Group:
        """A group; the first of `people` made it and owns it. A `forum` is a supergroup with topics."""
        view = await self.control.post(
            "/control/groups",
            title=title,
            creator=people[0].id,
            members=[person.id for person in people],
            with_bot=with_bot,
            supergroup=supergroup,
            forum=forum,
        )
        return Group(self, view["id"], title)

    async def faults(self) -> JsonList:
        """Calls of the bot that break the Bot API's contract; a test wants none."""
        found: JsonList = await self.control.get("/control/faults")
        return found

    async def counters(self) -> JsonObject:
        """Calls by method, errors by code, refusals, pending updates, answered taps."""
        counted: JsonObject = await self.control.get("/control/counters")
        return counted

    async def calls(self, method: str | None = None) -> JsonList:
        """Every call the bot made, in order."""
        made: JsonList = await self.control.get("/control/calls", method=method)
        return made

    async def tap_reports(self) -> JsonList:
        """Every tap, with whether it was answered."""
        reports: JsonList = await self.control.get("/control/taps")
        return reports

    async def forward(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """Move the clock on."""
        step = seconds + 3600 * hours + 86400 * days
        await self.control.post("/clock", forward=step)

    async def now(self) -> float:
        """The simulated time."""
        return float((await self.control.get("/clock"))["now"])

    async def local(self) -> datetime:
        """The same as clocks on the wall show it."""
        return datetime.fromtimestamp(await self.now(), self.zone)

    async def switches(self, **switches: object) -> None:
        """Set rich="on"|"404"|"400", styles=…, flood=…, latency=…, share_500=…, share_429=… ."""
        await self.control.post("/control/switches", **switches)

    async def fails(self, kind: str, count: int = 1, **details: object) -> None:
        """Let the next `count` calls fail: "drop", "429", "500"; method=…, after_effect=… ."""
        await self.control.post("/control/failures", kind=kind, next=count, **details)

    async def handled_everything(self) -> None:
        """Wait until the bot has confirmed every update; AssertionError when it does not."""
        version = -1
        while (await self.counters())["pending_updates"]:
            changed = await self.wait(after=version)
            assert changed["changed"], "the bot left updates unconfirmed"
            version = changed["version"]

    async def wait(self, after: int, chat_id: int | None = None) -> JsonObject:
        """Wait until a chat, or anything, changes after a version."""
        query = {"after": after, "chat_id": chat_id, "timeout": self.patience}
        changed: JsonObject = await self.control.get("/control/wait", **query)
        return changed


class Person(ReadableChat):
    """Somebody with a phone; reading means the private chat with the bot."""

    def __init__(self, sim: Simulator, user_id: int, name: str) -> None:
        """Made by `Simulator.person`."""
        super().__init__(sim, user_id, name)
        self.sim: Simulator = sim
        self.id = user_id
        self.name = name

    async def starts(self, payload: str = "", *, settles: bool = True) -> None:
        """Press Start, perhaps with the payload of a link."""
        await self._does("start", payload=payload, settles=settles)

    async def types(self, text: str, *, reply_to: int | None = None, settles: bool = True) -> None:
        """Type a text or command to the bot."""
        await self._does("text", text=text, reply_to=reply_to, settles=settles)

    async def taps(self, label: str, *, settles: bool = True) -> JsonObject:
        """Tap the newest button with this label; waits for it, and for the bot to react.

        An exact label goes before one that only begins so. AssertionError when there is no such
        button, or the bot leaves the tap unanswered.
        """
        return await self._taps(self, label, settles=settles)

    async def taps_in(self, group: Group, label: str, *, settles: bool = True) -> JsonObject:
        """The same in a group."""
        return await self._taps(group, label, settles=settles)

    async def types_in(
        self,
        group: Group,
        text: str,
        *,
        reply_to: int | None = None,
        topic: int | None = None,
        settles: bool = True,
    ) -> None:
        """Type a text or command in a group, or in a topic of it."""
        where = {"chat_id": group.chat_id, "topic": topic}
        await self._does("text", text=text, reply_to=reply_to, settles=settles, **where)

    async def forges(
        self,
        data: str,
        message_id: int | None = None,
        *,
        chat_id: int | None = None,
        inaccessible: bool = False,
        settles: bool = True,
    ) -> JsonObject:
        """Send button data no button offers; to the newest bot message unless one is given."""
        given: JsonObject = {"data": data, "message_id": message_id, "chat_id": chat_id}
        return await self._does("tap", settles=settles, inaccessible=inaccessible, **given)

    async def opens(self, link: str, group: Group | None = None, *, settles: bool = True) -> None:
        """Open a t.me link; one with startgroup adds the bot to `group`."""
        group_id = group.chat_id if group else None
        await self._does("open", link=link, group_id=group_id, chat_id=group_id, settles=settles)

    async def sends_sticker(self, emoji: str = "👍", *, settles: bool = True) -> None:
        """Send a sticker."""
        await self._does("sticker", emoji=emoji, settles=settles)

    async def sends_contact(self, *, settles: bool = True) -> None:
        """Send one's own contact."""
        await self._does("contact", settles=settles)

    async def sends_document(
        self, name: str, content: bytes, *, caption: str = "", settles: bool = True
    ) -> None:
        """Send a file."""
        encoded = base64.b64encode(content).decode()
        given = {"name": name, "content": encoded, "caption": caption}
        await self._does("document", settles=settles, **given)

    async def sends_photo(self, content: bytes, *, caption: str = "", settles: bool = True) -> None:
        """Send a PNG or JPEG picture."""
        encoded = base64.b64encode(content).decode()
        given = {"name": "foto.png", "content": encoded, "caption": caption}
        await self._does("photo", settles=settles, **given)

    async def blocks(self) -> None:
        """Block the bot."""
        await self._does("block", settles=False)

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._does("unblock", settles=False)

    async def deactivates(self) -> None:
        """Delete the account."""
        await self._does("deactivate", settles=False)

    async def leaves(self, group: Group) -> None:
        """Leave a group."""
        await self._does("leave", chat_id=group.chat_id, settles=False)

    async def toast(self) -> str:
        """What the bot's answer to the last tap said; empty for none."""
        answers = await self.sim.control.get(f"/control/users/{self.id}/toasts")
        return str(answers[-1]["answer"]["text"]) if answers else ""

    async def last_answer(self) -> JsonObject:
        """The whole last answer: text, show_alert, url."""
        answers = await self.sim.control.get(f"/control/users/{self.id}/toasts")
        return dict(answers[-1]["answer"]) if answers else {}

    async def commands(self, group: Group | None = None) -> list[str]:
        """The commands in this person's menu."""
        chat_id = group.chat_id if group else None
        path = f"/control/users/{self.id}/commands"
        menu = await self.sim.control.get(path, chat_id=chat_id)
        return [command["command"] for command in menu]

    async def _taps(self, place: ReadableChat, label: str, *, settles: bool) -> JsonObject:
        after = -1
        while True:
            try:
                given = {"label": label, "chat_id": place.chat_id}
                return await self._does("tap", settles=settles, **given)
            except ControlRefusedError as refusal:
                if refusal.status != _NOT_FOUND:
                    raise
            # The first wait only tells the version: what changes after it is waited for.
            waited = await self.sim.wait(after, place.chat_id)
            if not waited["changed"]:
                raise place.complaint(f"has no button {label!r} to tap", await place.messages(6))
            after = waited["version"]

    async def _does(self, action: str, *, settles: bool, **arguments: object) -> JsonObject:
        path = f"/control/users/{self.id}/{action}"
        event: JsonObject = await self.sim.control.post(path, **arguments)
        if settles and event["update_ids"]:
            await self._settles(event, arguments.get("chat_id") or self.id)
        return event

    async def _settles(self, event: JsonObject, chat_id: object) -> None:
        query_id = event.get("tap", {}).get("query_id")
        result = await self.sim.control.get(
            "/control/settled",
            chat_id=chat_id,
            since=event["version"],
            update_ids=",".join(str(update_id) for update_id in event["update_ids"]),
            query_id=query_id,
            typed=event.get("message", {}).get("message_id"),
            quiet=self.sim.quiet,
            timeout=self.sim.patience,
        )
        if query_id and not result["answered"]:
            raise self.complaint("got no answer to a tap", await self.messages())


class Group(ReadableChat):
    """A group as its members read it."""

    def __init__(self, sim: Simulator, chat_id: int, title: str) -> None:
        """Made by `Simulator.group`."""
        super().__init__(sim, chat_id, title)
        self.sim: Simulator = sim

    async def adds(self, person: Person | str, by: Person | None = None) -> None:
        """A member, the owner unless told otherwise, adds somebody; "bot" adds the bot."""
        await self._manages("members", person, by)

    async def removes(self, person: Person | str, by: Person | None = None) -> None:
        """Remove somebody; "bot" removes the bot."""
        await self._manages("remove", person, by)

    async def makes(
        self, person: Person | str, status: str, by: Person | None = None, **rights: bool
    ) -> None:
        """Give somebody a status: "administrator" (with `rights`), "member", "restricted", "creator" and so on."""
        await self._manages("status", person, by, status=status, rights=rights)

    async def begins_topic(self, name: str) -> int:
        """A new topic of a forum; returns its number."""
        made = await self.sim.control.post(f"/control/groups/{self.chat_id}/topics", name=name)
        return int(made["thread_id"])

    async def changes_topic(self, topic: int, change: str) -> None:
        """Let the owner "close", "reopen" or "delete" a topic."""
        await self.sim.control.post(f"/control/groups/{self.chat_id}/topics/{topic}", change=change)

    async def sees_pinned(self, *lines: str) -> None:
        """Wait until exactly the messages that begin so are pinned, oldest first."""
        chat = await self.chat(1000)
        while (found := pinned_lines(chat)) != list(lines):
            if not (await self.sim.wait(chat["chat"]["version"], self.chat_id))["changed"]:
                raise self.complaint(f"has {found} pinned, not {list(lines)}", chat["messages"][-6:])
            chat = await self.chat(1000)

    async def upgrades(self) -> Group:
        """Become a supergroup, which has another id."""
        event = await self.sim.control.post(f"/control/groups/{self.chat_id}/upgrade")
        return Group(self.sim, event["group"]["id"], self.title)

    async def mutes(self, *, on: bool = True) -> None:
        """Forbid members to write."""
        await self.sim.control.post(f"/control/groups/{self.chat_id}/mute", on=on)

    async def is_deleted(self) -> None:
        """Be gone for all."""
        await self.sim.control.post(f"/control/groups/{self.chat_id}/delete")

    async def _manages(self, action: str, person: Person | str, by: Person | None, **more: object) -> None:
        subject = person.id if isinstance(person, Person) else person
        actor = by.id if by else None
        path = f"/control/groups/{self.chat_id}/{action}"
        await self.sim.control.post(path, user_id=subject, by=actor, **more)
