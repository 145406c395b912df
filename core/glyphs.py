"""The glyphs of the sprite, and the words and tones that go with every status and urgency."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.display import Clock, number


class Sign(NamedTuple):
    """What a status looks like: the symbol of the sprite, its tone (a CSS class) and its word."""

    symbol: str
    tone: str
    word: object


SIGNS = {
    "reported": Sign("reported", "ochre", gettext_lazy("Reported")),
    "located": Sign("located", "ochre", gettext_lazy("Located")),
    "rescued": Sign("rescued", "green", gettext_lazy("Rescued")),
    "left_on_own": Sign("left_on_own", "slate", gettext_lazy("Left on own")),
    "declined": Sign("declined", "slate", gettext_lazy("Declined")),
    "not_found": Sign("not_found", "slate", gettext_lazy("Not found")),
    "deceased": Sign("deceased", "ink", gettext_lazy("Deceased")),
    "sought": Sign("reported", "ochre", gettext_lazy("Still sought")),
    "new": Sign("new", "petrol", gettext_lazy("New")),
    "acknowledged": Sign("acknowledged", "petrol", gettext_lazy("Acknowledged")),
    "verifying": Sign("verifying", "petrol", gettext_lazy("Verifying")),
    "information_needed": Sign("information_needed", "ink-2", gettext_lazy("Information needed")),
    "outcome_proposed": Sign("verifying", "petrol", gettext_lazy("Outcome proposed")),
    "decided": Sign("rescue", "petrol", gettext_lazy("Rescue under way")),
    "closing_proposed": Sign("rescue", "petrol", gettext_lazy("Closing proposed")),
    "closed": Sign("closed", "petrol", gettext_lazy("Closed")),
    "merged": Sign("closed", "slate", gettext_lazy("Merged")),
    "named": Sign("new", "petrol", gettext_lazy("Named")),
    "wanted": Sign("acknowledged", "petrol", gettext_lazy("Wanted")),
    "arrested": Sign("verifying", "petrol", gettext_lazy("Arrested")),
    "sent_to_court": Sign("rescue", "petrol", gettext_lazy("Sent to court")),
    "charged": Sign("rescue", "petrol", gettext_lazy("Charged")),
    "on_trial": Sign("rescue", "petrol", gettext_lazy("On trial")),
    "convicted": Sign("closed", "petrol", gettext_lazy("Convicted")),
    "acquitted": Sign("closed", "slate", gettext_lazy("Acquitted")),
    "dismissed": Sign("closed", "slate", gettext_lazy("Dismissed")),
    "released": Sign("left_on_own", "slate", pgettext_lazy("suspect", "Released")),
    "immediate": Sign("immediate", "brick", gettext_lazy("Immediate danger")),
    "high": Sign("high", "ochre", gettext_lazy("High")),
}
IN_A_ROW = 6
PERSON_STATUSES = ("rescued", "left_on_own", "declined", "not_found", "deceased", "located", "reported")


@cache
def sprite() -> str:
    """Return the address of the one file that holds all glyphs."""
    return static("img/sprite.svg")


def svg(symbol: str, *, size: int = 16, tone: str = "", label: str = "", css: str = "") -> SafeString:
    """Draw one symbol; without a label it is silent for a screen reader."""
    return _labelled(symbol, size, tone, css, label) if label else _silent(symbol, size, tone, css)


@lru_cache(maxsize=512)
def _silent(symbol: str, size: int, tone: str, css: str) -> SafeString:
    return _drawn(symbol, size, tone, css, mark_safe('aria-hidden="true"'))


def _labelled(symbol: str, size: int, tone: str, css: str, label: str) -> SafeString:
    return _drawn(symbol, size, tone, css, format_html('role="img" aria-label="{}"', label))


def _drawn(symbol: str, size: int, tone: str, css: str, heard: SafeString) -> SafeString:
    classes = " ".join(filter(None, ["sk-glyph", f"sk-is-{tone}" if tone else "", css]))
    return format_html(
        '<svg class="{}" width="{}" height="{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        classes, size, size, heard, sprite(), symbol,
    )  # fmt: skip


def named(name: str, *, size: int = 16, label: str = "", css: str = "") -> SafeString:
    """Draw the glyph of a status or urgency in its tone, or any other symbol of the sprite in the text's colour."""
    sign = SIGNS.get(name)
    if sign:
        return svg(sign.symbol, size=size, tone=sign.tone, label=label, css=css)
    return svg(name, size=size, label=label, css=css)


def said(name: str, word: object = "", *, strong: bool = False) -> SafeString:
    """Write glyph and word of a status; strong in its own tone."""
    sign = SIGNS.get(name)
    tone = f" sk-status--strong sk-is-{sign.tone}" if sign and strong else ""
    word = escape(word or (sign.word if sign else _(name)))
    return mark_safe(f'<span class="sk-status{tone}">{named(name)}<span>{word}</span></span>')  # noqa: S308


@lru_cache(maxsize=512)
def row(states: tuple[str, ...], size: int = 14, step: int = 16) -> str:
    """Draw marks side by side in one picture, silent: the text beside it says the same."""
    uses = "".join(
        f'<use class="sk-is-{SIGNS[state].tone}" href="{sprite()}#{SIGNS[state].symbol}" x="{place * step}" '
        f'width="{size}" height="{size}"></use>'
        for place, state in enumerate(states)
    )
    width = len(states) * step - (step - size)
    return (
        f'<svg class="sk-marks__row" width="{width}" height="{size}" aria-hidden="true" focusable="false">{uses}</svg>'
    )


def states_of(ledger: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return each state and its number in the order of the ledger; `located` is drawn apart where it is known."""
    located = ledger.get("located", 0)
    counts = {**ledger, "located": located, "reported": max(ledger.get("sought", 0) - located, 0)}
    return [(state, counts[state]) for state in PERSON_STATUSES if counts.get(state)]


def marks(ledger: Mapping[str, int], *, under: bool = False) -> SafeString:
    """Draw a ledger in a row: "9 / 12" and up to six marks, beyond that glyph and number."""
    total = ledger.get("reported", 0)
    if not total:
        return mark_safe("")
    states, accounted = states_of(ledger), number(total - ledger.get("sought", 0))
    if total <= IN_A_ROW:
        picture = row(tuple(state for state, count in states for _place in range(count)))
    else:
        counted = (f'<span class="sk-marks__n">{_counted(state)}{number(count)}</span>' for state, count in states)
        picture = f'<span class="sk-marks__counts">{"".join(counted)}</span>'
    heard = escape(_("%(a)s of %(t)s accounted for") % {"a": accounted, "t": number(total)})
    return mark_safe(  # noqa: S308 - numbers, and words escaped above
        f'<span class="sk-marks{" sk-marks--under" if under else ""}"><span class="sk-marks__of">'
        f'<span aria-hidden="true">{accounted} / {number(total)}</span>'
        f'<span class="govuk-visually-hidden">{heard}</span></span> {picture}</span>'
    )


def _counted(state: str) -> SafeString:
    return named(state, size=14, label=str(SIGNS[state].word))


BAR, TICK, HATCHING = 72, 2, "M75.5 6.5l4-5M81.5 6.5l4-5M87.5 6.5l4-5"


def bar(clock: Clock) -> SafeString:
    """Draw a clock: the words, the share of the allowed time, the tick of the limit, hatching past it."""
    used = round(BAR * clock.share, 1)
    limit = used if clock.state == "stopped" else BAR
    track = (
        "" if clock.state == "stopped" else f'<rect class="sk-clock__track" y="1.5" width="{BAR}" height="5"></rect>'
    )
    over = f'<path class="sk-clock__over" d="{HATCHING}"></path>' if clock.state == "over" else ""
    picture = (
        f'<svg class="sk-clock__bar" width="{BAR + 20}" height="8" aria-hidden="true" focusable="false">{track}'
        f'<rect class="sk-clock__used" y="1.5" width="{used}" height="5"></rect>'
        f'<rect class="sk-clock__tick" x="{limit}" width="{TICK}" height="8"></rect>{over}</svg>'
    )
    words = f'<span class="sk-clock__words">{escape(clock.words)}</span>'
    return mark_safe(f'<span class="sk-clock sk-clock--{clock.state}">{words}{picture}</span>')  # noqa: S308
