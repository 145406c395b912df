"""The links of a page as a reader meets them: where they lead, and the number they say."""

import re
from html.parser import HTMLParser

KHMER = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


class Links(HTMLParser):
    """Every link within the main part of a page: its address, its words or its label, in which section it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.section, self.url, self.words, self.within = "", "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        self.within = self.within or tag == "main"
        self.section = said.get("id", "") if tag == "section" else self.section
        if tag == "a" and self.within:
            self.url, self.words = said["href"], said.get("aria-label", "")

    def handle_data(self, data: str) -> None:
        self.words += data if self.url else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.url:
            self.found.append((self.section, self.url, self.words))
            self.url = ""
        self.within = self.within and tag != "main"


def number_in(words: str) -> int:
    """The last number of some words, in any digits: a rate says its denominator last."""
    found: str = re.findall(r"\d[\d,.]*", words.translate(KHMER))[-1]
    return int(re.sub(r"\D", "", found))
