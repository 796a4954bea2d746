"""Every table there is: importing this makes the metadata complete."""

from store import broadcast_tables, document_tables, meeting_tables, reminding_tables, tables

METADATA = tables.Base.metadata
PARTS = (tables, meeting_tables, reminding_tables, broadcast_tables, document_tables)
