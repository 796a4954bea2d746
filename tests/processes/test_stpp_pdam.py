"""The shipped guide: STPP PDAM, topic 2.1."""

from domain.dialog.questions import Tapped, Typed
from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.registry import INSTRUMENTS
from domain.process.sources import ITEMS, SHOWN, paths, qualified
from store.process_files import FOLDER, load
from tests.support.driving import TODAY, fill, moved, scripted

PROCESS = load(FOLDER / "stpp-pdam.yaml")
TOPIC = PROCESS.topic("2.1")


def test_the_topic_says_what_the_guide_says():
    assert (PROCESS.name, PROCESS.version, TOPIC.source) == ("stpp-pdam", 2, "Tahap 2, Topik 1")
    assert [session.minutes for session in TOPIC.sessions] == [90, 90]
    assert TOPIC.outputs == ("Isu utama pelayanan PDAM",)
    counts = [
        len(each)
        for each in (TOPIC.participants, TOPIC.facilitators, TOPIC.methods, TOPIC.materials, TOPIC.equipment)
    ]
    assert counts == [5, 4, 5, 6, 6]


def test_the_agenda_begins_with_the_last_results_and_ends_with_the_next_meeting():
    assert "tindak lanjut" in TOPIC.sessions[0].agenda[0]
    assert "pertemuan berikutnya" in TOPIC.sessions[-1].agenda[-1]


def test_the_activities_lead_from_cards_to_the_main_issue():
    chain = [(activity.key, activity.instrument) for activity in TOPIC.activities]
    assert chain == [
        ("peluang", "cards"),
        ("isu", "cards"),
        ("usulan-kriteria", "cards"),
        ("kriteria", "agreement"),
        ("peringkat", "pairwise"),
        ("isu-utama", "agreement"),
        ("jadwal", "date_poll"),
    ]
    drawn = {activity.key: (list(paths(activity.draws)), activity.take) for activity in TOPIC.activities}
    assert drawn["kriteria"] == (["2.1/usulan-kriteria"], 0)
    assert drawn["peringkat"] == (["2.1/isu", "2.1/kriteria"], 0)
    assert drawn["isu-utama"] == (["2.1/peringkat"], 1)
    criteria = TOPIC.activity("usulan-kriteria").settings.columns[0]
    assert criteria.start_with == ("Urgensi", "Cakupan manfaat")


def test_the_follow_ups_are_those_of_the_guide():
    assert [follow_up.key for follow_up in TOPIC.follow_ups] == ["peraturan", "presentasi"]


def test_references_can_be_written_either_way():
    assert qualified("2.1", "isu") == qualified("2.2", "2.1/isu") == "2.1/isu"


def answer(member):
    """A member who writes two cards in every column, prefers what comes first, agrees, and can come."""

    def give(question):
        if question.kind == "text":
            number = int(question.key.rpartition("/")[2])
            return Typed(f"gagasan {number} dari {member}") if number < 3 else Tapped("-")
        return Tapped(question.options[0].value)

    return give


def drawn(activity, name, adopted):
    return tuple(item for source in activity.draws.get(name, ()) for item in adopted[source.path])


def test_three_members_can_go_through_the_whole_topic():
    adopted = {}
    for activity in TOPIC.activities:
        instrument = INSTRUMENTS[activity.instrument]
        items, context = drawn(activity, ITEMS, adopted), drawn(activity, SHOWN, adopted)
        taken = tuple(Item(str(n), item.text, item.id) for n, item in enumerate(items, 1))[
            : activity.take or None
        ]
        on = Sheet(activity.settings, taken, context, voters=3, today=TODAY)
        if activity.instrument == "date_poll":
            slot = scripted(day="2026-11-30", time="09.00", place="-")
            on = moved(Desk(on, {}), instrument, "slot", slot).sheet
        assert instrument.ready(on) is None
        ballots = {member: fill(instrument, on, answer(member)) for member in (1, 2, 3)}
        result = instrument.tally(on, ballots)
        assert instrument.lacking(on, result) is None
        adopted[f"2.1/{activity.key}"] = instrument.items(on, result)
    assert [len(adopted[f"2.1/{activity.key}"]) for activity in TOPIC.activities] == [12, 6, 8, 8, 6, 1, 1]
    assert adopted["2.1/isu-utama"][0].text == adopted["2.1/isu"][0].text
    assert adopted["2.1/jadwal"][0].detail == "2026-11-30T09:00"
