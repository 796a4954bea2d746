"""Every sentence the product says, from `templates/`: words with their facts filled in, and pages by block.

The `*.toml` hold short sentences by dotted key; `instruments/<name>.html` holds one instrument's words (a mapping
named `words`) and its blocks. Whatever a person typed is escaped where it is shown.
"""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from documents.language import in_words, indonesian

TEMPLATES = Path(__file__).parents[2] / "templates"


class Wording:
    """The templates of one folder. A word or block that doesn't exist raises KeyError: a fault of ours."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update({**indonesian.FILTERS, **in_words.FILTERS})
        self._words: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            self._words |= _flat(tomllib.loads(path.read_text("utf-8")))
        # Words are sentences, not pages: a line break after a tag is meant there.
        self._sentence = functools.cache(
            self._environment.overlay(trim_blocks=False, lstrip_blocks=False).from_string
        )

    def compile(self, *folders: str) -> None:
        """Has the pages in these folders of the templates at hand, and not only when they are first wanted."""
        for name in self._environment.list_templates(["html"]):
            if name.startswith(folders):
                self._environment.get_template(name)

    def has(self, key: str, instrument: str = "") -> bool:
        """Whether there is a sentence of that key."""
        return key in self._vocabulary(instrument) or key in self._words

    def word(self, key: str, instrument: str = "", /, **facts: object) -> Markup:
        """The sentence of that key, the instrument's own first; escaped HTML. It may use other words as `wording`."""
        sentence = self._vocabulary(instrument).get(key) or self._words[key]
        if "{" not in sentence:
            return Markup(sentence)  # noqa: S704 - our own words, nothing filled in
        return Markup(self._sentence(sentence).render(facts, wording=self))  # noqa: S704 - rendered with autoescape

    def plain(self, key: str, instrument: str = "", /, **facts: object) -> str:
        """The sentence as plain text, for buttons and toasts."""
        return str(self.word(key, instrument, **facts).unescape())

    def page(self, name: str, /, **facts: object) -> str:
        """The template `<name>.html`, rendered."""
        return _tidy(self._environment.get_template(f"{name}.html").render(facts, wording=self))

    def has_block(self, instrument: str, block: str) -> bool:
        """Whether the instrument's template has that block."""
        return block in self._environment.get_template(f"instruments/{instrument}.html").blocks

    def block(self, instrument: str, block: str, /, **facts: object) -> str:
        """One block of an instrument's template, or an empty text where it has none."""
        template = self._environment.get_template(f"instruments/{instrument}.html")
        if block not in template.blocks:
            return ""
        context = template.new_context({**facts, "words": self._vocabulary(instrument), "wording": self})
        return _tidy("".join(template.blocks[block](context)))

    def _vocabulary(self, instrument: str) -> Mapping[str, str]:
        return self._instrument_words(instrument) if instrument else {}

    @functools.cache  # noqa: B019 - lives as long as the process
    def _instrument_words(self, instrument: str) -> Mapping[str, str]:
        module: Any = self._environment.get_template(f"instruments/{instrument}.html").make_module()
        return dict(module.words)


@functools.cache
def wording() -> Wording:
    """The words the product ships, read and compiled once in a process."""
    return Wording()


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """{'a': {'b': 'x'}} → {'a.b': 'x'}."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {prefix + key: str(value)}
    return flat


def _tidy(text: str) -> str:
    """Without blanks at line ends, and never two empty lines in a row."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
