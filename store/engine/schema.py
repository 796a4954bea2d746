"""Every table there is: importing this makes the metadata complete."""

from store.tables import broadcasts, chats, core, documents, meetings, reminders

METADATA = core.Base.metadata
PARTS = (core, chats, meetings, reminders, broadcasts, documents)
