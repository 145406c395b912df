"""The visual language on one page, for those who build; there is no such page outside DEBUG and DEMO."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from core.forms import DayField, MomentField, Rows, Ticks
from core.views import Page

COLOURS = [
    ("petrol 900", "#0B3138", "header"),
    ("petrol 700", "#0B5661", "action, link"),
    ("petrol 500", "#2F7F86", "bars"),
    ("petrol 100", "#DBEBEA", "live bar"),
    ("canvas", "#F2F5F3", "page"),
    ("saffron", "#F0B03A", "ring, focus"),
    ("ink", "#12211F", "text"),
    ("ink 2", "#42524F", "second text"),
    ("brick", "#A02318", "overdue, danger"),
    ("ochre", "#7A4A00", "due, sought"),
    ("green", "#14633C", "rescued"),
    ("seal", "#2C2733", "sealed"),
]
PERSONS = [
    ("reported", "បានរាយការណ៍"),
    ("located", "ដឹងទីតាំង"),
    ("rescued", "បានសង្គ្រោះ"),
    ("left_on_own", "ចេញដោយខ្លួនឯង"),
    ("declined", "បដិសេធ"),
    ("not_found", "រកមិនឃើញ"),
    ("deceased", "ទទួលមរណភាព"),
]
STATUSES = [
    ("new", "ថ្មី"),
    ("acknowledged", "បានទទួលបន្ទុក"),
    ("verifying", "កំពុងផ្ទៀងផ្ទាត់"),
    ("decided", "កំពុងសង្គ្រោះ"),
    ("closed", "បានបិទ"),
    ("information_needed", "ត្រូវការព័ត៌មាន"),
]
LEDGER = {"reported": 12, "rescued": 7, "left_on_own": 1, "declined": 0, "not_found": 1, "sought": 3, "located": 2}
HOUR = timedelta(hours=1)


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Name, in any script", help_text="As it is said")
    story = forms.CharField(label="In the caller’s words", widget=forms.Textarea)
    danger = forms.ChoiceField(
        label="Is anyone in danger now?",
        choices=[("immediate", "Yes, now"), ("normal", "No")],
        widget=Rows(hints={"immediate": "acknowledge within 1 hour"}, reveals={"immediate": ("day",)}),
    )
    when = forms.ChoiceField(label="When", choices=[("now", "Today"), ("other", "Other")], widget=Rows(look="chips"))
    forms_of = forms.MultipleChoiceField(label="Forms", choices=[("a", "Forced labour"), ("b", "Scam")], widget=Ticks)
    day = DayField(label="Day")
    at = MomentField(label="Received at")
    province = forms.ChoiceField(label="Province", choices=[("", ""), ("18", "Preah Sihanouk ព្រះសីហនុ")])
    secret = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "off"}))
    agreed = forms.BooleanField(label="Not the local police", help_text="the reporter asks for it")


def sample() -> dict[str, Any]:
    """Return invented data for every part of the page."""
    now = timezone.now()
    steps = [
        {"label": "Received", "note": "21 Sep 14:10", "state": "done"},
        {"label": "Acknowledged", "note": "21 Sep 14:52", "state": "done"},
        {"label": "Rescue under way", "note": "3 still sought", "state": "current", "glyph": "decided"},
        {"label": "Closed", "note": "needs two people", "state": "todo"},
    ]
    states = ["rescued"] * 7 + ["left_on_own", "not_found", "located", "located"]
    return {
        "now": now,
        "colours": COLOURS,
        "persons_km": PERSONS,
        "statuses_km": STATUSES,
        "ledger": LEDGER,
        "clocks": [
            (now - 20 * HOUR, now + 50 * HOUR, None),
            (now - 40 * HOUR, now + 0.5 * HOUR, None),
            (now - 90 * HOUR, now - 26 * HOUR, None),
            (now - 10 * HOUR, now, now - 3 * HOUR),
        ],
        "steps": steps,
        "persons": [{"status": state, "name": "Lê Quốc Bảo", "url": "#"} for state in states],
        "story": [{"title": "7 people rescued", "by": "Chan Sopheap", "at": now, "note": "Front building cleared."}],
        "views": [{"label": "Our province", "url": "#", "current": True, "count": 38}, {"label": "Shared", "url": "#"}],
        "conflict": [{"label": "Rescue status", "theirs": "left on own", "mine": "rescued"}],
        "form": SampleForm({"day": "31/2/2022", "danger": "immediate", "when": "now"}),
    }


class StylePage(Page):
    """Show the visual language."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer only while building or demonstrating."""
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return self.render("style.html", sample())
