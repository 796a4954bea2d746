"""The ways of a document's rows: from each item of the results it rests on back to where it began."""

from dataclasses import replace

from domain.documents.editions import Edition
from usecases.activities.origins import past
from usecases.documents.kinds.base import Ground


async def traced(ground: Ground, made: Edition) -> Edition:
    """The edition with `origins` among its facts: steps by item, by the activity and version of each source."""
    if ground.run is None or not made.sources:
        return made
    wanted = [(each.activity_id, each.version) for each in made.sources]
    known = await past(ground.session, ground.library, ground.run.id, wanted)
    ways = {
        version: {item: known.way_back(version, item) for item in station.items}
        for version, station in known.starts.items()
    }
    return replace(made, facts={**made.facts, "origins": ways})
