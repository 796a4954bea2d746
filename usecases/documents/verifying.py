"""Whether the results a document was made of are still what they were: its seals beside those of the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from domain.documents.seals import Sealed
from domain.freezing import seal
from store import activities, results
from store.results import Adopted
from usecases.library import Library, full_title

SAME, CHANGED, NEWER, UNKNOWN = "same", "changed", "newer", "unknown"
"""The result is as it was sealed; it isn't; it is, but another version was adopted since; there is no such result."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has become of a sealed result; `newest` is the version that holds now (0: unknown)."""

    sealed: Sealed
    title: str
    state: str
    newest: int = 0


async def verified(session: AsyncSession, library: Library, sealed: Sequence[Sealed]) -> list[Verdict]:
    """A verdict for each of a document's results, in its order.

    A document that shows several versions of a result is behind only where the newest is not among them.
    """
    wanted = {(each.activity_id, each.version) for each in sealed}
    kept = {
        (each.activity.id, each.result.version): each for each in await results.of_versions(session, wanted)
    }
    newest = await activities.versions(session, [each.activity_id for each in sealed])
    verdicts = []
    for each in sealed:
        found, present = kept.get((each.activity_id, each.version)), newest.get(each.activity_id, 0)
        state = _state(each, found, is_newest=(each.activity_id, present) in wanted)
        title = await _title(session, library, found) if found and state != UNKNOWN else ""
        verdicts.append(Verdict(each, title, state, present))
    return verdicts


def _state(sealed: Sealed, found: Adopted | None, *, is_newest: bool) -> str:
    if found is None or found.path != sealed.path:
        return UNKNOWN
    if not sealed.sha256 == found.result.sha256 == seal(found.result.data):
        return CHANGED
    return SAME if is_newest else NEWER


async def _title(session: AsyncSession, library: Library, found: Adopted) -> str:
    process = await library.get(session, found.result.process_version_id)
    spec = process.activity(found.activity.topic_key, found.activity.key)
    return f"{found.activity.topic_key} {full_title(found.activity, spec)}"
