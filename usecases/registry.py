"""Every form, by name."""

from collections.abc import Mapping

from usecases import (
    absences,
    breakouts,
    broadcast_form,
    checking,
    deadlines,
    decree_form,
    followup_steps,
    followups,
    founding,
    importing,
    joining,
    meetings_forms,
    moves,
    rules_form,
    skipping,
    stationery_form,
    topics,
)  # fmt: skip
from usecases.forms import Form

FORMS: Mapping[str, Form] = {
    each.name: each
    for each in (
        founding.FORM,
        joining.FORM,
        followups.FORM,
        *followup_steps.FORMS,
        absences.FORM,
        deadlines.FORM,
        decree_form.FORM,
        rules_form.FORM,
        moves.FORM,
        topics.SKIP,
        skipping.FORM,
        breakouts.DIVIDE,
        breakouts.PARTICIPANTS,
        importing.FORM,
        broadcast_form.FORM,
        checking.FORM,
        stationery_form.FORM,
        *meetings_forms.FORMS,
    )
}
