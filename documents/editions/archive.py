"""A Pokja's archive as a zip: documents, results as JSON and CSV, lists, what is what, and the SHA-256 of every file.

No name that people typed leads out of its folder or takes another's place; made twice of the same, it is the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping

from documents.editions import archive_tables
from documents.file_names import file_name
from documents.language.indonesian import moment
from documents.language.wording import Wording
from documents.zipping import zipped
from domain.documents.archives import AdoptedResult, Archive, Issued, Unprinted
from domain.documents.editions import Edition

README, MANIFEST = "BACA DULU.txt", "SHA256SUMS.txt"
Printed = Callable[[Edition, str], tuple[str, bytes]]
"""Prints an edition in a format; returns the file's name and content."""


def written(edition: Edition, printed: Printed, wording: Wording) -> bytes:
    """The archive in `edition.facts['archive']` as the bytes of a zip."""
    archive: Archive = edition.facts["archive"]
    files = _Files()
    files.add([], README, _readme(edition, archive, wording))
    for folder, name, content in _contents(archive, printed, wording):
        files.add(folder, name, content)
    return zipped({**files.kept, MANIFEST: _manifest(files.kept)})


class _Files:
    """Files by path, none of them twice even where upper and lower case are the same."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._taken: set[str] = set()

    def add(self, folders: list[str], name: str, content: bytes) -> None:
        """Keeps a file; one whose name is taken gets a number. Every part of the path becomes a plain name."""
        stem, _, ending = name.rpartition(".")
        place = "".join(f"{_folder(each)}/" for each in folders)
        number = 1
        while (path := place + file_name(_numbered(stem, number), ending)).casefold() in self._taken:
            number += 1
        self._taken.add(path.casefold())
        self.kept[path] = content


def _numbered(stem: str, number: int) -> str:
    return f"({number}) {stem}" if number > 1 else stem


def _folder(title: str) -> str:
    return file_name(title, "d").removesuffix(".d")


def _contents(archive: Archive, printed: Printed, wording: Wording) -> Iterator[tuple[list[str], str, bytes]]:
    for paper in archive.papers:
        yield from _paper(paper, printed, wording)
    for result in archive.results:
        yield from _result(result, wording)
    for table in archive.tables:
        name = wording.plain(f"archive.lists.{table.key}")
        yield [wording.plain("archive.folder.lists")], f"{name}.csv", archive_tables.of_table(table, wording)


def _paper(
    paper: Unprinted | Issued, printed: Printed, wording: Wording
) -> Iterator[tuple[list[str], str, bytes]]:
    if paper.folder:
        place = [wording.plain("archive.folder.meetings"), paper.folder]
    else:
        place = [wording.plain("archive.folder.papers")]
    if isinstance(paper, Issued):
        yield place, paper.name, paper.content
    else:
        yield from ((place, *printed(paper.edition, kind)) for kind in paper.formats)


def _result(found: AdoptedResult, wording: Wording) -> Iterator[tuple[list[str], str, bytes]]:
    place = [wording.plain("archive.folder.results"), found.topic]
    name = wording.plain("archive.result_name", title=found.title, version=found.version)
    yield place, f"{name}.json", _json(_described(found))
    for title, content in archive_tables.of_result(found, wording):
        yield (
            place,
            f"{wording.plain('archive.result_name', title=title, version=found.version)}.csv",
            content,
        )


def _described(found: AdoptedResult) -> Mapping[str, object]:
    """A result with where it comes from, under names that a reader of Indonesian understands."""
    return {
        "kegiatan": found.path,
        "judul": found.title,
        "instrumen": found.instrument,
        "versi": found.version,
        "proses": found.process,
        "ditetapkan_oleh": found.adopted_by,
        "ditetapkan_pada": found.adopted_at.isoformat(timespec="seconds"),
        "segel": found.seal,
        "hasil": found.result,
        "butir": found.items,
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _readme(edition: Edition, archive: Archive, wording: Wording) -> bytes:
    text = wording.plain(
        "archive.readme",
        edition=edition,
        made=moment(edition.made_at, edition.zone),
        archive=archive,
        issued=sum(isinstance(each, Issued) for each in archive.papers),
        drafts=[each.edition for each in archive.papers if isinstance(each, Unprinted)],
        manifest=MANIFEST,
    )
    return text.encode()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """The checksums of all files, as `sha256sum --check` reads them."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items()
    ).encode()
