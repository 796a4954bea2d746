"""Every table there is: importing this makes the metadata complete."""

from store.tables import broadcasts, core, documents, meetings, reminders

METADATA = core.Base.metadata
PARTS = (core, meetings, reminders, broadcasts, documents)
