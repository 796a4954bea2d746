"""Every decision about an activity leaves a row."""

from typing import Any

from store import talks
from usecases.activities.scenes import Scene
from usecases.work import Work


def note_of(work: Work, found: Scene, action: str, **details: Any) -> None:
    """Notes what the actor did to the activity."""
    talks.note(
        work.session,
        f"activity.{action}",
        f"activity {found.activity.id}",
        work.now,
        pokja_id=found.pokja.id,
        user_id=found.me.user_id,
        **details,
    )
