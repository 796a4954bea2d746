"""Documents that a process describes, some in a form of their own; and those forms where it describes none."""

from collections.abc import Callable, Mapping

from domain.process.model import DECREE, WORK_PLAN, DocumentSpec, Process
from usecases.documents.kinds import decree, dossier, work_plan
from usecases.documents.kinds.base import Paper

_FORMS: Mapping[str, tuple[Callable[[DocumentSpec], Paper], DocumentSpec]] = {
    DECREE: (decree.paper, decree.DEFAULT),
    WORK_PLAN: (work_plan.paper, work_plan.DEFAULT),
}
"""By template: who makes it, and what it holds where a process says nothing of it."""


def papers_of(process: Process | None) -> list[Paper]:
    """The papers a process hands over, and one at least of each form.

    A process older than the forms keeps its own document of the usual key.
    """
    given = process.documents if process else ()
    described = [_FORMS[each.template][0](each) if each.template else dossier.paper(each) for each in given]
    named, keys = {each.template for each in given}, {each.key for each in given}
    usual = [
        make(spec)
        for template, (make, spec) in _FORMS.items()
        if template not in named and spec.key not in keys
    ]
    return [*usual, *described]
