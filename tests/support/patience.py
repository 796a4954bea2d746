"""How long a test waits for what is to happen.

Every wait ends with the event itself. Only a defect, or a machine that stands still, takes as long as this; so it costs
nothing to be patient where other programs need the processors too.
"""

PATIENCE = 90.0
"""Seconds."""
