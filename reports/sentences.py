"""The paragraph a minister reads out: whole sentences in both languages, each number with the way to its records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.display import day, number
from reports.figures import indicator_url, partial_words, records_url
from reports.indicators import REGISTRY, Look, Window
from reports.indicators.complaints import TRUE
from reports.situation import Situation

LANGUAGES = ("km", "en")


@dataclass(frozen=True)
class Linked:
    """A word that opens the records behind it."""

    word: str
    url: str

    def __str__(self) -> str:
        return self.word

    @property
    def html(self) -> SafeString:
        """Return it as a link."""
        return format_html('<a href="{}">{}</a>', self.url, self.word)


@dataclass(frozen=True)
class Sentence:
    """A translated sentence and what stands in its places: as plain words, and as a page shows it."""

    words: str
    places: Mapping[str, Any]

    def __str__(self) -> str:
        return self.words % {name: str(value) for name, value in self.places.items()}

    @property
    def html(self) -> SafeString:
        """Return the sentence with its links; all that is not a link of ours is escaped."""
        shown = {name: getattr(value, "html", conditional_escape(value)) for name, value in self.places.items()}
        return mark_safe(conditional_escape(self.words) % shown)  # noqa: S308 (each part is escaped above)


def paragraphs(found: Situation, look: Look) -> list[dict[str, Any]]:
    """Return the paragraph in both languages: its plain text, and its sentences as the page shows them.

    Whoever sees less than the nation reads so first, in what is copied too.
    """
    texts = []
    for language in LANGUAGES:
        with override(language):
            partial = partial_words(look.user)
            said = [*([Sentence("%(partial)s", {"partial": partial})] if partial else []), *sentences(found, look)]
            texts.append({"lang": language, "text": " ".join(map(str, said)), "sentences": [one.html for one in said]})
    return texts


def sentences(found: Situation, look: Look) -> Iterator[Sentence]:
    """Say the window in whole sentences; what has no figure is left out."""
    yield _received(found, look.window)
    yield from _most(found)
    yield from _people(found)
    yield from _court(found, look)
    yield from _rate(found, look)


def _received(found: Situation, window: Window) -> Sentence:
    n = _value(found, "complaints_received")
    if window.first == window.last:
        words = ngettext(
            "On %(first)s, %(n)s complaint was received.", "On %(first)s, %(n)s complaints were received.", n
        )
    else:
        words = ngettext(
            "From %(first)s to %(last)s, %(n)s complaint was received.",
            "From %(first)s to %(last)s, %(n)s complaints were received.",
            n,
        )
    said = {"first": day(window.first), "last": day(window.last)}
    return Sentence(words, {**said, "n": _linked(found, "complaints_received", n)})


def _value(found: Situation, name: str) -> int:
    return int(found.measures[name].value or 0)


def _linked(found: Situation, name: str, n: int) -> Any:
    return Linked(number(n), found.urls[name]) if n else number(n)


def _most(found: Situation) -> Iterator[Sentence]:
    first = next((row for row in found.rows if row.code), None)
    if first is None or not first.either:
        return
    words = ngettext("%(n)s was from or about %(province)s.", "%(n)s were from or about %(province)s.", first.either)
    name = found.provinces[first.code].name  # not the row's, which is in the language of the page
    yield Sentence(words, {"n": Linked(number(first.either), first.urls["either"]), "province": name})


def _people(found: Situation) -> Iterator[Sentence]:
    n = _value(found, "victims_rescued")
    words = ngettext("%(n)s victim was rescued.", "%(n)s victims were rescued.", n)
    yield Sentence(words, {"n": _linked(found, "victims_rescued", n)})
    if n := _value(found, "people_brought_out_not_trafficked"):
        words = ngettext(
            "%(n)s person was brought out who had not been trafficked.",
            "%(n)s people were brought out who had not been trafficked.",
            n,
        )
        yield Sentence(words, {"n": _linked(found, "people_brought_out_not_trafficked", n)})
    if n := _value(found, "people_brought_out_undecided"):
        words = ngettext(
            "%(n)s person brought out is not yet screened.", "%(n)s people brought out are not yet screened.", n
        )
        yield Sentence(words, {"n": _linked(found, "people_brought_out_undecided", n)})


def _court(found: Situation, look: Look) -> Iterator[Sentence]:
    name = "suspects_sent_to_court"
    n = _value(found, name)
    if not n:
        return
    of = found.measures[name].beside.get("nationalities", 0)
    who = Sentence(ngettext("%(n)s suspect", "%(n)s suspects", n), {"n": _linked(found, name, n)})
    words = ngettext(
        "Arrested and sent to court: %(who)s of %(of)s nationality.",
        "Arrested and sent to court: %(who)s of %(of)s nationalities.",
        of,
    )
    yield Sentence(words, {"who": who, "of": Linked(number(of), indicator_url(REGISTRY[name], look, "nationality"))})


def _rate(found: Situation, look: Look) -> Iterator[Sentence]:
    rate, indicator = found.measures["confirmation_rate"], REGISTRY["confirmation_rate"]
    if not rate.denominator:
        return
    true = Linked(number(rate.numerator), records_url(indicator, look, {"outcome": list(TRUE)}))
    words = _("Of the %(all)s complaints judged so far, %(n)s proved true or partly true: %(percent)s %%.")
    yield Sentence(
        words,
        {
            "all": _linked(found, "confirmation_rate", rate.denominator),
            "n": true if rate.numerator else number(rate.numerator),
            "percent": Linked(number(int(rate.value or 0)), indicator_url(indicator, look)),
        },
    )
