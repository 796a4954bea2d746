"""The seals a file carries: read as they were written, and no list that was meddled with passes for whole."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import seals
from domain.documents.editions import Source
from domain.documents.seals import Sealed

SHA = st.text("0123456789abcdef", min_size=64, max_size=64)
PATHS = st.from_regex(r"\A[1-9]\.[1-9]/[a-z][a-z0-9-]{0,30}\Z")
SOURCES = st.lists(
    st.builds(Source, st.integers(1, 10**9), PATHS, st.text(), st.integers(1, 999), SHA), max_size=6
)


@given(SOURCES, st.lists(st.text(max_size=40).filter(lambda text: "keseluruhan" not in text), max_size=3))
def test_what_was_written_is_read_whatever_else_there_is(sources: list[Source], noise: list[str]) -> None:
    read = seals.read([*noise, *seals.written(sources)])
    assert read.results == tuple(Sealed(s.activity_id, s.path, s.version, s.sha256) for s in sources)
    assert read.is_whole == bool(sources)


@given(SOURCES.filter(len), st.data())
def test_a_list_that_was_meddled_with_is_not_whole(sources: list[Source], data: st.DataObject) -> None:
    lines = list(seals.written(sources))
    place = data.draw(st.integers(0, len(lines) - 1))
    what = data.draw(st.sampled_from(["drop", "change", "double"]))
    if what == "drop":
        del lines[place]
    elif what == "double":
        lines.insert(place, lines[place])
    else:
        last = lines[place][-1]
        lines[place] = lines[place][:-1] + ("0" if last != "0" else "1")
    assert not seals.read(lines).is_whole


@given(SOURCES.filter(len), st.randoms())
def test_the_order_that_a_program_saves_them_in_does_not_matter(
    sources: list[Source], random: Random
) -> None:
    lines = list(seals.written(sources))
    random.shuffle(lines)
    assert seals.read(lines).is_whole


def test_a_title_is_no_part_of_the_seal() -> None:
    one, other = (Source(1, "1.1/isu", title, 1, "a" * 64) for title in ("Isu", "Isu utama"))
    assert seals.written([one]) == seals.written([other])
