"""What people do on their phones, as steps that flow tests are written in."""

from collections.abc import Sequence

from simulator.json_types import JsonObject
from simulator.phones.phone import Group, Person, Simulator

PROCESS = "Penyusunan Skema Tindakan"
"""Who lives in most tests: the Ketua first, then members."""


async def data_of(person: Person, label: str) -> str:
    """What the newest button with this label carries: to press it as people do who tap twice, or much later."""
    for message in reversed(await person.messages()):
        keys = [key for row in message["buttons"] for key in row if key["text"].startswith(label)]
        if keys:
            return str(keys[0]["callback_data"])
    raise person.complaint(f"has no button {label!r}", await person.messages())


async def answer_to(person: Person, press: JsonObject) -> str:
    """What the bot answers to a press (made with `settles=False`) that hardly changes anything on the screen.

    Over as soon as the press is answered and its update confirmed, whereas one that settles waits for a change.
    """
    settled = await person.sim.control.get(
        "/control/settled",
        chat_id=person.id,
        since=press["version"],
        update_ids=",".join(map(str, press["update_ids"])),
        query_id=press["tap"]["query_id"],
        quiet=0.01,
        timeout=person.sim.patience,
    )
    if not settled["answered"]:
        raise person.complaint("got no answer to a tap", await person.messages())
    return await person.toast()


async def refusal(person: Person, data: str) -> str:
    """What the bot answers to somebody who presses a button that does nothing for them (any more)."""
    return await answer_to(person, await person.forges(data, settles=False))


async def found_pokja(
    ketua: Person, name: str = "Pokja Air Minum", *, process: str = PROCESS, until: str = ""
) -> None:
    """Everything a Ketua answers to make a Pokja; with `until` up to the question whether all is right."""
    await ketua.starts()
    await ketua.taps("Buat Pokja baru")
    await ketua.types(name)
    await ketua.types("Kabupaten Sukamaju")
    await ketua.taps(process)
    await ketua.taps("WIB")
    await ketua.types("besok")
    await ketua.taps(ketua.title)
    await ketua.types("Bappeda")
    await ketua.types("Kepala Bidang")
    if until:
        await ketua.sees_button(until)
        return
    await ketua.taps("Ya")
    await ketua.sees("Undangan")


async def invitation_link(ketua: Person) -> str:
    """The link the Ketua would send round."""
    await ketua.types("/undang")
    message = await ketua.sees("Kode:")
    return next(word for word in str(message["text"]).split() if "start=" in word)


async def guest_link(ketua: Person) -> str:
    """The link for guests."""
    await ketua.types("/undang")
    message = await ketua.sees("Untuk tamu")
    return [word for word in str(message["text"]).split() if "start=" in word][-1]


async def joins(person: Person, link: str, instansi: str) -> None:
    """A newcomer says who they are."""
    await person.opens(link)
    await person.taps(person.title)
    await person.types(instansi)
    await person.types("Kepala Seksi")
    await person.sees("sudah disampaikan")


async def assemble(sim: Simulator, *names: str, process: str = PROCESS) -> tuple[Person, list[Person]]:
    """A Pokja: the first is its Ketua, the others have joined."""
    ketua, *others = await sim.people(*names)
    await found_pokja(ketua, process=process)
    link = await invitation_link(ketua)
    for number, person in enumerate(others, 1):
        await joins(person, link, f"Dinas {number}")
        await ketua.sees(f"{person.title}\n")
        await ketua.taps("Terima")
        await person.sees("Selamat bergabung")
    return ketua, others


async def to_group_link(ketua: Person) -> str:
    """The link with which the Ketua adds the bot to a group."""
    await ketua.types("/grup")
    message = await ketua.sees("Belum ada grup")
    return next(str(key["url"]) for row in message["buttons"] for key in row if key.get("url"))


async def link_group(
    sim: Simulator, ketua: Person, others: Sequence[Person], title: str = "Grup Pokja"
) -> Group:
    """The Ketua makes a group and links it."""
    group = await sim.group(title, [ketua, *others])
    await ketua.opens(await to_group_link(ketua), group)
    await group.sees("sekarang terhubung")
    return group


async def opens_topic(ketua: Person, title: str = "2.1") -> None:
    """Opens a topic and stays on its card; one that is not in the stage shown is found by its stage."""
    await ketua.types("/topik")
    if title == "2.1":
        await ketua.taps("Tahap 2")
    await ketua.taps(f"○ {title}")
    await ketua.taps("Buka topik ini")


async def begins(ketua: Person, title: str) -> None:
    """From the topic's card: begins an activity and invites members."""
    await ketua.taps(f"○ {title}")
    await ketua.taps("Mulai & undang anggota")


async def writes_cards(person: Person, *columns: Sequence[str]) -> None:
    """Answers an invitation to write cards: for each column some, then done."""
    await person.taps("Mulai mengisi")
    for cards in columns:
        for card in cards:
            await person.types(card)
            await person.sees(f"• {card}", last=1)  # the message before has a key of that name, too
        await person.taps("Selesai" if cards else "Tidak ada")
    await person.sees("sudah lengkap")


async def to_desk(ketua: Person, title: str) -> None:
    """From anywhere to the desk of an open activity."""
    await ketua.types("/topik")
    await ketua.taps("▶ 2.1")
    await ketua.taps(f"▶ {title}")


async def closes_and_adopts(ketua: Person) -> None:
    """From the desk of an open activity; what is left open is adopted as it is."""
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    if any("apa adanya?" in message["text"] for message in await ketua.messages(3)):
        await ketua.taps("Ya, tetapkan")


async def adopts(ketua: Person, title: str) -> None:
    """Closes an open activity, adopts its result, goes back to the topic."""
    await to_desk(ketua, title)
    await closes_and_adopts(ketua)
    await ketua.taps("‹ Topik")


async def chooses(person: Person, *wanted: str) -> None:
    """Taps the letter of the first wanted text that is offered."""
    message = await person.sees("A. ")
    lines = [line.partition(". ") for line in message["text"].splitlines()]
    letters = {text: letter for letter, _, text in lines if len(letter) == 1}
    await person.taps(letters[next(text for text in wanted if text in letters)])


async def agrees(person: Person) -> None:
    """Agrees to both statements of a planted Pokja's plan."""
    await person.taps("Mulai mengisi")
    await person.taps("Setuju")
    await person.taps("Setuju")
    await person.sees("sudah lengkap")


async def writes(person: Person, *cards: str) -> None:
    """Writes cards into a single column, and is done."""
    await person.taps("Mulai mengisi")
    for card in cards:
        await person.types(card)
    await person.taps("Selesai")
    await person.sees("sudah lengkap")
