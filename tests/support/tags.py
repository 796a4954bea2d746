"""Reading the tags of a page."""

from html.parser import HTMLParser


class Tags(HTMLParser):
    """The tags of a page, which must be closed in order."""

    def __init__(self, text) -> None:
        super().__init__()
        self.found, self.open, self.shown = set(), [], ""
        self.feed(str(text))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.shown += data
