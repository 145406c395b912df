"""The glyphs of the sprite, and the words and tones that go with every status and urgency."""

from typing import NamedTuple

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.display import Clock


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
    "immediate": Sign("immediate", "brick", gettext_lazy("Immediate danger")),
    "high": Sign("high", "ochre", gettext_lazy("High")),
}
PERSON_STATUSES = ("rescued", "left_on_own", "declined", "not_found", "deceased", "located", "reported")


def sprite() -> str:
    """Return the address of the one file that holds all glyphs."""
    return static("img/sprite.svg")


def svg(symbol: str, *, size: int = 16, tone: str = "", label: str = "", css: str = "") -> SafeString:
    """Draw one symbol; without a label it is silent for a screen reader."""
    classes = " ".join(filter(None, ["sk-glyph", f"sk-is-{tone}" if tone else "", css]))
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" width="{}" height="{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        classes, size, size, said, sprite(), symbol,
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
    return format_html(
        '<span class="sk-status{}">{}<span>{}</span></span>',
        f" sk-status--strong sk-is-{sign.tone}" if sign and strong else "",
        named(name),
        word or (sign.word if sign else _(name)),
    )


def row(states: list[str], *, size: int = 14, step: int = 16) -> SafeString:
    """Draw marks side by side in one picture, silent: the text beside it says the same."""
    uses = "".join(
        f'<use class="sk-is-{SIGNS[state].tone}" href="{sprite()}#{SIGNS[state].symbol}" x="{place * step}" '
        f'width="{size}" height="{size}"></use>'
        for place, state in enumerate(states)
    )
    width = len(states) * step - (step - size)
    return mark_safe(  # noqa: S308 - made of our own names and numbers only
        f'<svg class="sk-marks__row" width="{width}" height="{size}" aria-hidden="true" focusable="false">{uses}</svg>'
    )


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
    return format_html(
        '<span class="sk-clock sk-clock--{}"><span class="sk-clock__words">{}</span>{}</span>',
        clock.state,
        clock.words,
        mark_safe(picture),  # noqa: S308 - numbers only
    )
