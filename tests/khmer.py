"""Read answers as a person does, and find what is not Khmer in them."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

KM = {"accept-language": "km"}
NO_WORDS = {"script", "style", "code", "svg", "kbd"}
EMPTY_TAGS = {"input", "img", "br", "hr", "meta", "link", "use", "path", "circle", "col", "source", "rect", "line"}
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "data-button", "data-show", "data-hide"}
# What stays as it is in Khmer text: names, abbreviations, patterns to type, references.
SAME = re.compile(
    r"\{\w+\}|\b(?:Sangkroh|Telegram|Facebook|WhatsApp|API|CSV|XLSX|DOCX|PDF|zip|Excel|LibreOffice|Windows|7[-‑]Zip|TIP|UNODC|SDG|HTCDS|IOM|ICCS|NCCT|LGBTQI|[AB](?=[០-៩])|UTF-8|UTF-16|NGO|OpenAPI|JSON|UUID|cookie|English|"
    r"FreeOTP|Aegis|Alt(?: [A-Z])?|Control|Option|Shift|Firefox|Mac|Google Authenticator|WFP PRISM|EN|(?:KH|ST|SV|SI|SR|AC|PB|EX|V|S|CF|OP|R|M|RP|DP|PT|PR|T|H|D|C)-[0-9A-Z-]+|20xx)\b"
)
# What people of the test's world wrote.
WRITTEN = re.compile(
    r"They said planted\w+\.|[Pp]lanted\w*|Person \d+|[xy]\.\w+|Blue Hotel|Director|Kampong Som matrix|Anti-trafficking office|\bboss\b|Half a sentence|\S+@\S+"
)
KHMER = re.compile("[\u1780-\u17b3]")
ASCII_DIGIT = re.compile("[0-9]")
LATIN = re.compile(r"[A-Za-z][A-Za-z’'.-]*(?: +[A-Za-z’'-]+)*")


# Numbers that are the same for everybody: references, examples to type, codes, calls, versions, addresses.
FIXED = re.compile(
    r"(?:KH|ST|SV|SI|SR|AC|PB|EX|V|S|CF|OP|R|M|RP|DP|PT|PR|T|H|D|C)-[0-9A-Z-]+|\+?\d[\d ]{7,}\d|\d{1,2}/\d{1,2}/\d{4}|20xx|\b\d+/2022\b|\bL\d\d-\d\d\b|\bC\d\d\b|\b0123\b|^(?:117|1288)$|\b(?:15:40|21:00|0?6:00|7:30-11:30, 14:00-17:30)\b|កំហុស \d{3}|ISO 8601|HTCDS 2\.0|ICCS 0204|7[-‑]Zip|SDG 16\.2\.2|<18|18\+|UTF-8|UTF-16|HTTP [0-9]+"
)


class Reader(HTMLParser):
    """Read a page as a person does: its texts and spoken attributes, without code and other languages."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.language = said.get("lang") or "none"
        foreign = tag != "html" and said.get("lang", "km") != "km"  # "" is of nobody knows which
        silent = tag in NO_WORDS or foreign or bool(self.open and self.open[-1][1])
        if not silent:
            self.texts += [value or "" for name, value in attrs if name in SPOKEN or name.startswith("data-word-")]
        if tag not in EMPTY_TAGS:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, silent = self.open[-1] if self.open else ("", False)
        # A choice of a place has its names in both scripts.
        if not silent and not (tag == "option" and KHMER.search(data)):
            self.texts.append(" ".join(data.split()))


def english(texts: list[str]) -> list[str]:
    """Give the English left in texts: every run of Latin words that is no name and nobody wrote."""
    return sorted({words for text in texts for words in english_of(text)})


# Thousands of pages say the same words: each text is judged once in a process.
@cache
def english_of(text: str) -> frozenset[str]:
    """Give the English in one text."""
    left = WRITTEN.sub("", SAME.sub("", text))
    return frozenset(match.group() for match in LATIN.finditer(left) if len(match.group()) > 1)


def read(body: str) -> list[str]:
    """Give what is wrong with a page: its language, its English."""
    reader = Reader()
    reader.feed(body)
    whole = "<html" in body
    wrong = [f"lang={reader.language}"] if whole and reader.language != "km" else []
    return wrong + english(reader.texts) + ascii_numbers(reader.texts)


def ascii_numbers(texts: list[str]) -> list[str]:
    """Give the counts, days and times that are not in Khmer digits."""
    return sorted({number for text in texts for number in ascii_numbers_of(text)})


@cache
def ascii_numbers_of(text: str) -> frozenset[str]:
    """Give the numbers in one text that are in no Khmer digits."""
    left = FIXED.sub("", WRITTEN.sub("", text))
    return frozenset(word for word in left.split() if ASCII_DIGIT.search(word))


def texts_of(data: Any) -> Iterator[str]:
    """Give every text in an answer of the API."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from texts_of(item)
    elif isinstance(data, str):
        yield data


def wrong_in(response: Any) -> list[str]:
    """Read one answer: a page, or a refusal of the API."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or response.status_code in (301, 302, 304):
        return []
    if kind.startswith("application/json"):
        return english(list(texts_of(response.json()))) if response.status_code >= 400 else []
    return read(response.content.decode()) if kind.startswith("text/html") else []
