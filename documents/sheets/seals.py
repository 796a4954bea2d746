"""The frozen results a workbook rests on, as its last sheet."""

from documents.sheets.model import WHOLE, Column, Row, Sheet
from domain.documents import seals
from domain.documents.editions import Edition

COLUMNS = (
    Column("nomor", "Nomor", WHOLE),
    Column("hasil", "Hasil kegiatan"),
    Column("versi", "Versi", WHOLE),
    Column("sidik", "SHA-256"),
)


def sheets(edition: Edition) -> tuple[Sheet, ...]:
    """One sheet; none where the edition rests on no result."""
    if not edition.sources:
        return ()
    rows = [
        Row((number, f"{each.path.split('/', maxsplit=1)[0]} {each.title}", each.version, each.sha256))
        for number, each in enumerate(edition.sources, 1)
    ]
    note = f"Segel seluruh daftar: {seals.whole(edition.sources)}"
    return (Sheet("Data yang disegel", COLUMNS, tuple(rows), notes=(note,)),)
