"""Papers about the Pokja itself as sheets: the calendar of a work plan, and the lists of a report on progress."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from documents.language.wording import wording
from documents.sheets.model import DATE, PERCENTS, WHOLE, Cell, Column, Row, Sheet
from domain.documents.editions import Edition

PLANNED = (
    Column("tahap", "Tahap"),
    Column("topik", "Topik"),
    Column("judul", "Judul"),
    Column("mulai", "Mulai", DATE),
    Column("selesai", "Selesai", DATE),
)
WORKED = Column("hari", "Hari kerja", WHOLE, total=True)
WENT = (
    Column("persen", "Kemajuan", PERCENTS, 0),
    Column("keadaan", "Keadaan"),
    Column("dibuka", "Dibuka", DATE),
    Column("ditutup", "Ditutup", DATE),
    Column("terlambat", "Terlambat"),
    Column("dikerjakan", "Sedang dikerjakan"),
    Column("ditinjau", "Perlu ditinjau ulang"),
    Column("alasan", "Alasan dilewati"),
)
TO_DO = (
    Column("keadaan", "Keadaan"),
    Column("isi", "Tindak lanjut"),
    Column("siapa", "Penanggung jawab"),
    Column("asal", "Topik"),
    Column("tenggat", "Tenggat", DATE),
    Column("terlambat", "Terlambat (hari)", WHOLE),
    Column("selesai", "Diselesaikan", DATE),
)
PEOPLE = (
    Column("nama", "Nama"),
    Column("instansi", "Instansi"),
    Column("belum", "Belum selesai", WHOLE),
    Column("terlambat", "Terlambat", WHOLE),
    Column("selesai", "Selesai", WHOLE),
)
MEETINGS = (
    Column("tanggal", "Tanggal", DATE),
    Column("nama", "Pertemuan"),
    Column("tempat", "Tempat"),
    Column("undangan", "Undangan", WHOLE),
    Column("hadir", "Hadir", WHOLE),
    Column("kuorum", "Kuorum"),
    Column("notulen", "Notulen"),
)


def calendar(edition: Edition) -> tuple[Sheet, ...]:
    """The topics with their days; none without a calendar."""
    rows = [
        Row((f"{phase.key}. {phase.title}", each.key, each.title, each.starts, each.ends, each.days))
        for phase in edition.facts["calendar"].phases
        for each in phase.topics
    ]
    return (_list("Jadwal topik", (*PLANNED, WORKED), rows),) if rows else ()


def progress(edition: Edition) -> tuple[Sheet, ...]:
    """Topics, tindak lanjut, people and meetings, each to be filtered; lists without a line are left out."""
    facts = edition.facts
    found = (
        _list("Topik", (*PLANNED, *WENT), list(_topics(facts["stages"]))),
        _list("Tindak lanjut", TO_DO, [_to_do(each) for each in facts["follow_ups"]]),
        _list(
            "Penanggung jawab",
            PEOPLE,
            [Row((each.name, each.instansi, each.live, each.late, each.done)) for each in facts["people"]],
        ),
        _list("Pertemuan", MEETINGS, [_meeting(each) for each in facts["meetings"]]),
    )
    note = wording().plain("progress.as_of", edition=edition)
    return tuple(replace(sheet, notes=(note,)) for sheet in found if sheet.rows)


def _list(title: str, columns: tuple[Column, ...], rows: list[Row]) -> Sheet:
    return Sheet(title, columns, tuple(rows), filtered=True)


def _topics(stages: Any) -> Iterator[Row]:
    for stage in stages:
        for each in stage.topics:
            under_way = [f"{title} ({_said('state', state)})" for title, state in each.under_way]
            cells: tuple[Cell, ...] = (
                f"{stage.key}. {stage.title}",
                each.key,
                each.title,
                each.starts,
                each.ends,
                each.percent,
                _said("topic_state", each.state),
                each.opened,
                each.closed,
                _yes(each.late),
                "; ".join(under_way),
                "; ".join(each.stale),
                each.reason,
            )
            yield Row(cells)


def _to_do(each: Any) -> Row:
    return Row(
        (
            _said("follow_up_state", each.state),
            each.text,
            ", ".join(each.owners),
            each.topic,
            each.due,
            each.late or None,
            each.done,
        )
    )


def _meeting(each: Any) -> Row:
    return Row(
        (
            each.on,
            each.title,
            each.place,
            each.invited,
            each.came,
            _yes(each.quorum),
            _said("minutes_state", each.state),
        )
    )


def _said(kind: str, state: str) -> str:
    return wording().plain(f"{kind}.{state}")


def _yes(value: bool) -> str:
    return wording().plain(f"paper_flag.{'yes' if value else 'no'}")
