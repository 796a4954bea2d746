"""Every form, by name."""

from collections.abc import Mapping

from usecases import followups, founding, joining, moves
from usecases.forms import Form

FORMS: Mapping[str, Form] = {
    each.name: each for each in (founding.FORM, joining.FORM, followups.FORM, moves.FORM)
}
