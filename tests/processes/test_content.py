"""What holds for every shipped process: how a topic begins and ends, and that it reads well on a phone."""

import re

import pytest
import yaml

from store.process_files import FOLDER, load

FILES = sorted(FOLDER.glob("*.yaml"))
WRITTEN = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in FILES}  # noqa: S506 - texts only
TOPICS = [
    pytest.param(topic, id=f"{name} {topic['key']}")
    for name, process in WRITTEN.items()
    for stage in process["stages"]
    for topic in stage["topics"]
]
LISTS = ("columns", "rows", "criteria", "sections", "posts")


def lines(activity):
    """Its columns, rows, sections or posts."""
    return [line for name in LISTS for line in activity.get(name, []) if isinstance(line, dict)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_a_process_of_its_name(path):
    assert load(path).name == path.stem


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_looks_back_first_and_fixes_the_next_meeting_last(topic):
    first, last = topic["sessions"][0]["agenda"][0], topic["sessions"][-1]["agenda"][-1]
    assert re.search("meninjau .*tindak lanjut", first, re.IGNORECASE)
    assert all(word in last for word in ("jadwal", "agenda", "peserta", "pertemuan berikutnya"))
    assert topic["activities"][-1]["instrument"] == "date_poll"


@pytest.mark.parametrize("topic", TOPICS)
def test_what_people_read_on_a_phone_is_short(topic):
    for activity in topic["activities"]:
        assert len(activity["prompt"]) <= 150
        assert all(len(line.get("hint", "")) <= 120 for line in lines(activity))
        if activity["instrument"] == "worksheet":
            assert all(len(column["title"]) <= 24 for column in activity["columns"])


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_not_the_guides_is_said(topic):
    assert topic["source"]
    assert topic["note"]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_result_but_the_next_meetings_date_is_filed(name):
    process = load(FOLDER / f"{name}.yaml")
    filed = {
        path for document in process.documents for section in document.sections for path in section.activities
    }
    done = {
        f"{topic.key}/{activity.key}"
        for topic in process.topics()
        for activity in topic.activities
        if activity.instrument != "date_poll"
    }
    assert filed == done


@pytest.mark.parametrize("name", WRITTEN)
def test_every_result_that_a_document_names_stands_in_one_section_of_it(name):
    for document in WRITTEN[name].get("documents", []):
        named = [activity for section in document["sections"] for activity in section["activities"]]
        assert len(named) == len(set(named))
