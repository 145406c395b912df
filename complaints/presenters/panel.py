"""The panel of filters: drawn once for a language and a role where nothing is narrowed, and then no filter is built.

What is searched for stands in it once, hidden; so it is drawn once with a mark in that place, for whatever is searched.
"""

import time
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from complaints.filters import ComplaintFilter
from complaints.models import Complaint
from complaints.models.complaint import ComplaintQuerySet
from core import context, display

FOLDED = ("clock", "late", "officer", "channel", "form", "site", "tray", "handling")
NAMES = frozenset(ComplaintFilter.base_filters)
MARK = "\ue000"  # stands for what is searched; nobody types it, and who does finds it in its own place
FRESH = 600  # seconds a drawn panel is kept: the names of provinces may change


class Panel:
    """What the address narrows: the rows left, the tags, whether it could be read, and the panel's markup."""

    def __init__(self, request: HttpRequest, branch: ComplaintQuerySet, sort: str) -> None:
        self.names = sorted(name for name in NAMES if any(map(str.strip, request.GET.getlist(name))))
        self.shared = request.GET.get("shared") == "1"
        user: Any = request.user
        if not self.names:
            self.is_valid, self.tags = True, []
            self.rows = branch.live()
            self.html = self._untouched(user, sort)
            return
        params = request.GET.copy()
        params.setdefault("side", "either")
        filters = ComplaintFilter(params, branch, request=request)  # type: ignore[no-untyped-call]
        self.is_valid = filters.is_valid()
        self.rows = filters.qs.live() if self.is_valid else branch.none()
        self.tags = filters.on()
        if self.names == ["q"] and self.is_valid:
            self.html = self._untouched(user, sort, filters.form.cleaned_data["q"])
            return
        folded = any(name in FOLDED for name in self.names)
        self.html = _drawn(filters.form, self.shared, sort, folded_open=folded)

    def _untouched(self, user: Any, sort: str, searched: str = "") -> SafeString:
        """Return the panel with nothing narrowed, and in it what is searched."""
        q, ten_minutes = MARK if searched else "", int(time.time() // FRESH)
        drawn = _untouched(_key(user), user.is_ministry, self.shared, sort, q, ten_minutes)
        return mark_safe(drawn.replace(MARK, escape(searched))) if searched else drawn  # noqa: S308 - it is escaped


def _key(user: Any) -> tuple[str, str]:
    language = get_language() or "km"
    return language, display.digits_for(context.current().user, language)


def _drawn(form: Any, shared: bool, sort: str, *, folded_open: bool = False) -> SafeString:
    data = {"filter": form, "shared": shared, "sort": sort, "folded_open": folded_open}
    return render_to_string("complaints/list_filter.html", {**data, "clear_url": "?shared=1" if shared else "?"})


class _Reader:
    """Stands for every reader of a role: the panel depends on nothing else of them."""

    def __init__(self, is_ministry: bool) -> None:
        self.user = self
        self.is_ministry = is_ministry


@lru_cache(maxsize=64)
def _untouched(
    _key: tuple[str, str], is_ministry: bool, shared: bool, sort: str, q: str, _ten_minutes: int
) -> SafeString:
    params = QueryDict(mutable=True)
    params["side"] = "either"
    params["q"] = q
    reader = _Reader(is_ministry)
    filters = ComplaintFilter(params, Complaint.objects.none(), request=reader)  # type: ignore[no-untyped-call]
    return _drawn(filters.form, shared, sort)
