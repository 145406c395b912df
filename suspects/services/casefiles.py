"""Open and change case files, and join to them what they are about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.scope import STRICTNESS
from audit.services import record
from core.display import today
from core.exceptions import Conflict
from core.text import clean
from suspects.models import Article, CaseFile, Court
from suspects.services.courts import courts_for
from suspects.services.sets import change_set
from workflow.models import Transition
from workflow.services import edit, lock, story_columns

TEXTS = ("police_number", "court_number", "unit")
JOINS = ("complaints", "suspects", "victims")


@transaction.atomic
def open_file(*, by: Any, articles: Sequence[Article], holds: Any = None, **said: Any) -> CaseFile:
    """Open a case file: numbers, unit, day, court, articles; `holds` is what it joins at once.

    Its province is its court's. ValidationError by field.
    """
    _require(by)
    values = _checked({**said, "articles": articles})
    values.pop("articles")
    row = CaseFile(**values, province=values["court"].province, opened_by=by)
    row.clean_fields(exclude=["province", "court", "opened_by"])
    row.validate_constraints()
    row.save(force_insert=True)
    row.articles.set(articles)
    record("casefile.open", by=by, about=row)
    if holds is not None:
        _add(row, lock(holds, by), by)
    return row


def opened(reference: str, by: Any) -> CaseFile | None:
    """Find what an earlier submission of the same person opened, whoever may see it now."""
    return CaseFile._base_manager.filter(reference=reference, opened_by=by).first()


@transaction.atomic
def change_file(row: CaseFile, *, by: Any, version: int, articles: Sequence[Article], **said: Any) -> CaseFile:
    """Change a file under a version; Conflict with what is saved now when it is stale.

    Its court goes to another province by who sees it there too (`courts_for`).
    """
    _require(by)
    values = _checked({**said, "articles": articles})
    wanted = {article.pk: article.pk for article in values.pop("articles")}
    held = lock(row, by)
    kept = {code: code for code in held.articles.values_list("pk", flat=True)}
    if held.version != version and kept != wanted:
        message = _("Somebody changed this while you were writing. Compare, then save again.")
        raise Conflict(message, theirs={"articles": ", ".join(sorted(kept))})
    before = held.version
    if before == version and not courts_for(by, held).filter(pk=values["court"].pk).exists():
        raise ValidationError({"court": [_("Only a supervisor moves a file to a court of another province. Ask one.")]})
    changed = edit(held, by=by, version=version, changes={**values, "province": values["court"].province})
    if kept != wanted:
        change_set(changed, "articles", kept, wanted, by=by, version=before)
    return changed


@transaction.atomic
def join(file: CaseFile, what: Any, *, by: Any) -> None:
    """Join a complaint, a suspect or a person; a stricter handling of theirs becomes the file's where nothing else is in it."""
    there = lock(what, by)  # before the file, as who seals does; what stands there now counts
    _add(_held(file, by), there, by)


def _add(row: CaseFile, what: Any, by: Any) -> None:
    parts = getattr(row, _place(what))
    if parts.filter(pk=what.pk).exists():
        return
    parts.add(what)
    _close(CaseFile._base_manager.filter(pk=row.pk), what.handling)
    _story(row, "join", what, by)


def softer(handling: str) -> tuple[str, ...]:
    """Return the handlings that are less strict."""
    return STRICTNESS[: STRICTNESS.index(handling)]


@transaction.atomic
def close_around(complaint: Any) -> int:
    """Make the files that join nothing but a complaint, its suspects and its people as strict as it is now.

    A file that joins others too stays theirs: what became stricter leaves it for who may not see it, through its own scope.
    Return how many became stricter. Called in the act that changed who handles the complaint.
    """
    holding = Q(complaints=complaint) | Q(suspects__complaint=complaint) | Q(victims__complaint=complaint)
    keys = set(CaseFile._base_manager.filter(holding).values_list("pk", flat=True))
    return _close(CaseFile._base_manager.filter(pk__in=keys), complaint.handling)


def _close(files: QuerySet[CaseFile], most: str) -> int:
    """Make files as strict as the least strict of what they join, up to `most`; nothing opens one again."""
    list(files.order_by("pk").select_for_update().values_list("pk"))  # two that close at once see each other
    levels = STRICTNESS[1 : STRICTNESS.index(most) + 1]
    return sum(
        files.filter(handling__in=softer(handling)).exclude(_joins_softer(handling)).update(handling=handling)
        for handling in levels
    )


def _joins_softer(handling: str) -> Q:
    found = Q()
    for name in JOINS:
        parts: Any = CaseFile._meta.get_field(name).related_model
        found |= Q(Exists(parts.objects.live().filter(case_files=OuterRef("pk"), handling__in=softer(handling))))
    return found


@transaction.atomic
def part(file: CaseFile, what: Any, *, by: Any) -> None:
    """Take a complaint, a suspect or a person out of a file again.

    The file stays who sees it now: one that went with its last open part would tell that something closed is in it.
    """
    row = _held(file, by)
    parts = getattr(row, _place(what))
    if parts.filter(pk=what.pk).exists():
        parts.remove(what)
        _story(row, "part", what, by)


def _require(by: Any) -> None:
    if not by.may("casefile.write"):
        raise PermissionDenied(_("Your role does not keep case files."))


def _held(file: CaseFile, by: Any) -> CaseFile:
    _require(by)
    return lock(file, by)


def _place(what: Any) -> str:
    return f"{what._meta.model_name}s"


def _story(row: CaseFile, step: str, what: Any, by: Any) -> None:
    Transition(**story_columns(row), field="parts", step=step, before="", after=what.reference, by=by).save()
    record(f"casefile.{step}", by=by, about=row, detail={"part": what.reference})


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    values = {**said, **{name: clean(said.get(name) or "") for name in TEXTS}}
    errors: dict[str, list[Any]] = {**_days(values.get("opened_on"), values.get("closed_on"))}
    if not isinstance(values.get("court"), Court):
        errors["court"] = [_("Choose the court.")]
    if not values["unit"]:
        errors["unit"] = [_("Write which unit keeps the file.")]
    if not (values["police_number"] or values["court_number"]):
        errors["police_number"] = [_("Give the number of the police or of the court.")]
    if not values["articles"]:
        errors["articles"] = [_("Choose at least one article.")]
    if errors:
        raise ValidationError(errors)
    return values


def _days(opened_on: date | None, closed_on: date | None) -> dict[str, list[Any]]:
    """Return what is wrong with the days, by field."""
    future = _("This lies in the future. Give the day it happened.")
    errors: dict[str, list[Any]] = {}
    if opened_on is None:
        errors["opened_on"] = [_("Write the day, like 29/9/2022.")]
    elif opened_on > today():
        errors["opened_on"] = [future]
    if closed_on is not None and closed_on > today():
        errors["closed_on"] = [future]
    elif closed_on is not None and opened_on is not None and closed_on < opened_on:
        errors["closed_on"] = [_("This lies before the day the file was opened.")]
    return errors
