"""Every decision about an activity leaves a row."""

from usecases.activities.scenes import Scene
from usecases.work import Work


def note_of(work: Work, found: Scene, action: str, **details: object) -> None:
    """Notes what the actor did to the activity."""
    work.record(f"activity.{action}", f"activity {found.activity.id}", found.me, **details)
