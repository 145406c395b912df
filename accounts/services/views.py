"""Keep the filters of a list by name; rename, order, delete."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.kept_lists import LISTS
from accounts.models import SavedView
from audit.services import record
from core.exceptions import Conflict
from core.text import clean

Level = SavedView.Level
MOST = 8  # of a list, on each level: every one is counted whenever the list is opened
LONGEST = 40


def may_write(user: Any, level: str, province_id: str | None) -> bool:
    """Say whether the user keeps views on a level: one's own everybody, a province's its lead, everybody's a supervisor."""
    if level == Level.OWN:
        return True
    if level == Level.NATIONAL:
        return bool(user.may("view.national"))
    return bool(province_id) and bool(user.leads(province_id))


def levels_of(user: Any) -> list[tuple[str, Any]]:
    """Return the levels the user may keep a view on, as (value, label); a province's is "province:18"."""
    led = user.postings.active().filter(lead=True).select_related("province").order_by("province_id")
    provinces = [(f"{Level.PROVINCE}:{posting.province_id}", posting.province.name) for posting in led]
    national = [(str(Level.NATIONAL), Level.NATIONAL.label)] if user.may("view.national") else []
    return [(str(Level.OWN), Level.OWN.label), *provinces, *national]


@transaction.atomic
def save_view(*, by: Any, list_key: str, name: str, params: QueryDict, level: str = Level.OWN) -> SavedView:
    """Keep what an address narrows; `level` is own, national, or province:code.

    Raises PermissionDenied, ValidationError by field, Conflict where the name is taken.
    """
    kept = LISTS.get(list_key)
    if kept is None or not by.may(kept.permission):
        raise ValidationError({"list": [_("Choose one of the answers.")]})
    level, _colon, province = level.partition(":")
    if level not in Level.values or not may_write(by, level, province):
        raise PermissionDenied(_("Your role does not keep views for others."))
    query = kept.known(params)
    if not query or len(query) > 1000:
        raise ValidationError({"query": [_("There is no filter to keep. Narrow the list first.")]})
    if level != Level.OWN and kept.names_record(query):
        raise ValidationError({"level": [_("This filter names a record. Keep the view for yourself.")]})
    row = SavedView(list_key=list_key, query=query, level=level, user=by, province_id=province or None)
    row.name = _named(name)
    beside = list(_beside(row).select_for_update(no_key=True).values_list("position", flat=True))
    if len(beside) >= MOST:
        raise Conflict(_("There are %(most)s views here already. Delete one first.") % {"most": MOST})
    row.position = max(beside, default=-1) + 1
    _store(row)
    record("view_saved", by=by, about=row, detail={"list": list_key, "level": level})
    return row


@transaction.atomic
def rename_view(row: SavedView, *, by: Any, name: str) -> SavedView:
    """Give a view another name."""
    held = _held(row, by)
    held.name = _named(name)
    held.version, held.updated_at = held.version + 1, timezone.now()
    _store(held)
    return held


@transaction.atomic
def move_view(row: SavedView, *, by: Any) -> SavedView:
    """Put a view one place before; the first one stays."""
    held = _held(row, by)
    rows = list(_beside(held).order_by("position", "id").select_for_update(no_key=True))
    place = [one.pk for one in rows].index(held.pk)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, one in enumerate(rows):
        one.position = position
    SavedView.objects.bulk_update(rows, ["position"])
    return held


@transaction.atomic
def delete_view(row: SavedView, *, by: Any) -> None:
    """Take a view away; the rows it showed stay."""
    held = _held(row, by)
    record("view_deleted", by=by, about=held, detail={"list": held.list_key, "level": held.level})
    held.delete()


def _beside(row: SavedView) -> Any:
    """Return the views that stand in one order with this one."""
    same = SavedView.objects.filter(list_key=row.list_key, level=row.level)
    if row.level == Level.OWN:
        return same.filter(user_id=row.user_id)
    return same.filter(province_id=row.province_id) if row.level == Level.PROVINCE else same


def _held(row: SavedView, by: Any) -> SavedView:
    held = SavedView.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=row.pk).first()
    if held is None:
        raise Http404
    if not may_write(by, held.level, held.province_id):
        raise PermissionDenied(_("Your role does not keep views for others."))
    return held


def _named(name: str) -> str:
    text = " ".join(clean(name).split())
    if not text:
        raise ValidationError({"name": [_("Write a name.")]})
    if len(text) > LONGEST:
        raise ValidationError({"name": [_("This is longer than %(most)s characters.") % {"most": LONGEST}]})
    return text


def _store(row: SavedView) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("There is a view of this name already. Choose another name.")) from error
