"""Telegram's own reading of messages, in small: what it refuses raises, what it shows is returned."""

from html.parser import HTMLParser

PLAIN_TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "a"})
RICH_TAGS = PLAIN_TAGS | {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "caption", "tr", "th", "td"}
RICH_VOID = frozenset({"br", "hr"})
RICH_BLOCKS = frozenset(
    {"h1", "h2", "h3", "h4", "p", "pre", "ul", "ol", "li", "table", "tr", "blockquote", "hr"}
)
ENTITIES = ("&lt;", "&gt;", "&amp;", "&quot;", "&#")


class Reading(HTMLParser):
    """A message read strictly: only these tags, all closed in order."""

    def __init__(self, html: str, tags: frozenset[str], void: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.void = tags, void
        self.open: list[str] = []
        self.started: list[str] = []
        self.parts: list[str] = []
        self.deepest = 0
        self.columns: list[int] = []
        for at in (at for at, sign in enumerate(html) if sign == "&"):
            assert html.startswith(ENTITIES, at), html[at : at + 10]
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def blocks(self) -> int:
        return sum(tag in RICH_BLOCKS for tag in self.started)

    def handle_starttag(self, tag, attrs):
        assert tag in self.tags | self.void, tag
        assert all(value is not None for name, value in attrs if name not in {"bordered", "striped"})
        self.started.append(tag)
        if tag == "br":
            self.parts.append("\n")
        if tag == "tr":
            self.columns.append(0)
        if tag in {"td", "th"}:
            self.columns[-1] += int(dict(attrs).get("colspan", "1"))
        if tag not in self.void:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.parts.append(data)


def plain(message: str) -> Reading:
    """An ordinary message; raises where Telegram would answer 400."""
    reading = Reading(message, PLAIN_TAGS)
    assert 1 <= len(reading.text.strip()) <= len(reading.text) <= 4096
    return reading


def rich(message: str) -> Reading:
    """A rich message; raises where Telegram would answer 400."""
    reading = Reading(message, RICH_TAGS, RICH_VOID)
    assert 1 <= len(reading.text) <= 32_768 or "hr" in reading.started
    assert reading.blocks <= 500
    assert reading.deepest <= 16
    assert max(reading.columns, default=0) <= 20
    return reading
