"""What templates of documents that rest on adopted results see of where those come from.

- `body(result)`: the result's tables, their rows with references to where they come from;
- `appendix()`: the chapters of the appendix that tells where the references given so far lead;
- `whole_seal`: the seal of all sources together.

`templates/documents/_origins.html` words the appendix and the list of seals.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from documents.editions.reference_lines import appendix
from documents.editions.references import Adopted, References
from documents.language.wording import Wording
from domain.documents import seals
from domain.documents.editions import Edition


def origins(edition: Edition, wording: Wording, body: Callable[..., Markup]) -> Mapping[str, object]:
    """The names above with what they stand for; `body` words a result without references."""
    references = References(wording.plain("origins.column"), edition.facts.get("origins", {}))

    def marked(shown: Adopted, level: int = 3) -> Markup:
        return references.marked(body(shown, level), shown)

    return {
        "body": marked,
        "appendix": lambda: appendix(references.listed(), wording, edition.zone),
        "whole_seal": seals.whole(edition.sources),
    }
