"""Every decision about an activity leaves a row."""

from typing import Any

from usecases.activities.scenes import Scene
from usecases.work import Work


def note_of(work: Work, found: Scene, action: str, **details: Any) -> None:
    """Notes what the actor did to the activity."""
    work.record(f"activity.{action}", f"activity {found.activity.id}", found.me, **details)
