"""Every form, by name."""

from collections.abc import Mapping
from dataclasses import replace

from usecases.activities import breakouts, deadlines, excel_import, move_form, skipping
from usecases.broadcasts import form
from usecases.documents import decree_form
from usecases.documents.stationery import form as stationery_form
from usecases.follow_ups import follow_up, steps
from usecases.meetings import forms
from usecases.people import founding, joining
from usecases.reminders import absences, rules_form
from usecases.table_check import check
from usecases.topics import topic
from usecases.ways_back import WAYS_BACK
from usecases.work import Form

FORMS: Mapping[str, Form] = {
    each.name: replace(each, back=WAYS_BACK[each.name])
    for each in (
        founding.FORM,
        joining.FORM,
        follow_up.FORM,
        *steps.FORMS,
        absences.FORM,
        deadlines.FORM,
        decree_form.FORM,
        rules_form.FORM,
        move_form.FORM,
        topic.SKIP,
        skipping.FORM,
        breakouts.DIVIDE,
        breakouts.PARTICIPANTS,
        excel_import.FORM,
        form.FORM,
        check.FORM,
        stationery_form.FORM,
        *forms.FORMS,
    )
}
