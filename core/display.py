"""How numbers, days, times and clocks are written for the reader: Khmer or ASCII digits, Phnom Penh time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import context
from core.text import khmer_digits

ZONE = ZoneInfo("Asia/Phnom_Penh")
MONTHS_KM = ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS_KM = ["ច័ន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ"]
DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# What stands in a bar of the clock before it counts as due soon.
SOON_SHARE = 0.75
HOUR = timedelta(hours=1)


def in_khmer() -> bool:
    """Tell whether the page is written in Khmer."""
    return (get_language() or "").startswith("km")


def sentences(*parts: Any) -> str:
    """Write what is said one after another, each ended the way the language ends it; what is empty is left out."""
    said = [str(part) for part in parts if part]
    stop = "។ " if in_khmer() else ". "
    ended = [part + (" " if part.endswith((".", "?", "!", "។")) else stop) for part in said[:-1]]
    return "".join(ended + said[-1:])


def told(what: Any, value: Any) -> str:
    """Write a word and what stands for it: "Outcome: substantiated"; a question needs no colon behind it."""
    if str(what).endswith("?"):
        return f"{what} {value}"
    return _("%(what)s: %(whom)s") % {"what": what, "whom": value}


def digits_for(user: Any, language: str | None) -> str:
    """Return "khmer" or "ascii": the user's choice, else what the language is written with."""
    return getattr(user, "digits", "") or ("khmer" if (language or "").startswith("km") else "ascii")


def digits(text: str) -> str:
    """Write the digits of a count, date or time as the reader wants them; never for references and phones."""
    chosen = digits_for(context.current().user, get_language())
    return khmer_digits(text) if chosen == "khmer" else text


def number(value: Any) -> str:
    """Write a count with its thousands apart; text keeps its shape and only changes its digits."""
    if value is None:
        return ""
    if isinstance(value, int):
        text = f"{value:,}"
        return digits(text.replace(",", ".") if in_khmer() else text)
    return digits(str(value))


def decimal(value: float) -> str:
    """Say a number with one place after the point, in the reader's digits; without one where it is whole."""
    whole, part = divmod(round(value * 10), 10)
    return f"{number(whole)}.{number(part)}" if part else number(whole)


def here(value: datetime) -> datetime:
    """Return a moment in Phnom Penh; a naive one is there already."""
    return value.astimezone(ZONE) if timezone.is_aware(value) else value


def day_of(value: datetime | date) -> date:
    """Return the day in Phnom Penh that a moment or a plain date falls on."""
    return here(value).date() if isinstance(value, datetime) else value


def today() -> date:
    """Return the present day in Phnom Penh."""
    return timezone.now().astimezone(ZONE).date()


def day(value: datetime | date | None, style: str = "") -> str:
    """Write a day: "29 Sep 2022"; `short` leaves this year out; `long` adds the weekday and the whole month."""
    if not value:
        return ""
    value = day_of(value)
    khmer, long = in_khmer(), style == "long"
    month = MONTHS_KM[value.month - 1] if khmer else MONTHS_EN[value.month - 1][: None if long else 3]
    words = f"{value.day} {month}"
    if style != "short" or value.year != today().year:
        words += f" {value.year}"
    if long:
        words = f"ថ្ងៃ{DAYS_KM[value.weekday()]} {words}" if khmer else f"{DAYS_EN[value.weekday()]} {words}"
    return digits(words)


def hour(value: datetime | None) -> str:
    """Write a time of day on the 24-hour clock."""
    return digits(f"{here(value):%H:%M}") if value else ""


def moment(value: datetime | None, style: str = "") -> str:
    """Write a day and its time: "29 Sep 2022, 14:10"; styles as for a day."""
    if not value:
        return ""
    if in_khmer():
        return f"{day(value, style)} {'ម៉ោង ' if style == 'long' else ''}{hour(value)}"
    return f"{day(value, style)}, {hour(value)}"


def ago(value: datetime | date | None) -> str:
    """Write when something happened as it is said: the time today, "Yesterday 21:30", else day and time."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return day(value, "short")
    apart = (today() - day_of(value)).days
    if apart == 0:
        return hour(value)
    if apart == 1:
        return _("Yesterday %(time)s") % {"time": hour(value)}
    return moment(value, "short")


def age(value: datetime | None) -> str:
    """Write how long ago something began."""
    return span(timezone.now() - value) if value else ""


def span(length: timedelta, *, exact: bool = False) -> str:
    """Write a length of time: minutes (at least one) under 1 h, hours under 48 h, then days; `exact` adds minutes to hours."""
    minutes = max(int(length.total_seconds()) // 60, 1)
    hours = minutes // 60
    if hours < 1:
        return ngettext("%(n)s min", "%(n)s min", minutes) % {"n": number(minutes)}
    if hours < 48:
        if exact and minutes % 60:
            return _("%(h)s h %(m)s") % {"h": number(hours), "m": digits(f"{minutes % 60:02}")}
        return ngettext("%(n)s h", "%(n)s h", hours) % {"n": number(hours)}
    return ngettext("%(n)s d", "%(n)s d", hours // 24) % {"n": number(hours // 24)}


@dataclass(frozen=True)
class Clock:
    """One clock: its words, the share of the allowed time used (0 to 1), and its state.

    States: calm, soon, over, stopped (stopped late has a share of 1 and says so).
    """

    words: str
    share: float
    state: str


def clock(
    start: datetime, due: datetime, *, stopped: datetime | None = None, exact: bool = False, now: datetime | None = None
) -> Clock:
    """Read a clock from its start and limit; `stopped` freezes it, `exact` says hours and minutes."""
    now = stopped or now or timezone.now()
    allowed, left = max(due - start, timedelta(minutes=1)), due - now
    share = min(max((now - start) / allowed, 0.0), 1.0)
    if stopped:
        said = _("stopped, %(span)s early") if left >= timedelta(0) else _("stopped, %(span)s late")
        return Clock(said % {"span": span(abs(left), exact=exact)}, share, "stopped")
    if left < timedelta(0):
        return Clock(_("%(span)s over") % {"span": span(-left, exact=exact)}, 1.0, "over")
    return _running(due, left, allowed, share, exact, now)


def _running(due: datetime, left: timedelta, allowed: timedelta, share: float, exact: bool, now: datetime) -> Clock:
    """Say what is left; a limit that falls today after more than a day is said by its hour."""
    falls_today = day_of(due) == day_of(now) and allowed > 24 * HOUR
    soon = left < HOUR or falls_today or share >= SOON_SHARE
    if falls_today and left >= HOUR and not exact:
        words = _("due %(time)s") % {"time": hour(due)}
    else:
        words = _("%(span)s left") % {"span": span(left, exact=exact)}
    return Clock(words, share, "soon" if soon else "calm")
