"""Sheets of an edition's own are found by its template's name."""

from documents.language.wording import TEMPLATES
from documents.sheets.editions import OWN


def test_each_names_a_template() -> None:
    assert set(OWN) <= {path.stem for path in (TEMPLATES / "documents").glob("*.html")}
