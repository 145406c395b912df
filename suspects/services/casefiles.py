"""Open and change case files, and join to them what they are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import today
from core.text import clean
from suspects.models import Article, CaseFile, Court
from workflow.models import Transition
from workflow.services import edit, lock, story_columns

STRICTNESS = ("provincial", "national_led", "sealed")
TEXTS = ("police_number", "court_number", "unit")
JOINS = ("complaints", "suspects", "victims")


@transaction.atomic
def open_file(*, by: Any, articles: Sequence[Article], **said: Any) -> CaseFile:
    """Open a case file: numbers, unit, day, court, articles. Its province is its court's. ValidationError by field."""
    _require(by)
    values = _checked({**said, "articles": articles})
    values.pop("articles")
    row = CaseFile(**values, province=values["court"].province, opened_by=by)
    row.clean_fields(exclude=["province", "court", "opened_by"])
    row.validate_constraints()
    row.save(force_insert=True)
    row.articles.set(articles)
    record("casefile.open", by=by, about=row)
    return row


@transaction.atomic
def change_file(row: CaseFile, *, by: Any, version: int, articles: Sequence[Article], **said: Any) -> CaseFile:
    """Change a file under a version; Conflict with what is saved now when it is stale."""
    _require(by)
    values = _checked({**said, "articles": articles})
    wanted = values.pop("articles")
    changed = edit(row, by=by, version=version, changes={**values, "province": values["court"].province})
    changed.articles.set(wanted)
    return changed


@transaction.atomic
def join(file: CaseFile, what: Any, *, by: Any) -> None:
    """Join a complaint, a suspect or a person; a stricter handling of theirs becomes the file's."""
    row = _held(file, by)
    getattr(row, _place(what)).add(what)
    if STRICTNESS.index(what.handling) > STRICTNESS.index(row.handling):
        CaseFile.objects.filter(pk=row.pk).update(handling=what.handling)
    _story(row, "join", what, by)


@transaction.atomic
def part(file: CaseFile, what: Any, *, by: Any) -> None:
    """Take a complaint, a suspect or a person out of a file again."""
    row = _held(file, by)
    getattr(row, _place(what)).remove(what)
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
    errors: dict[str, list[Any]] = {}
    if not isinstance(values.get("court"), Court):
        errors["court"] = [_("Choose the court.")]
    if not values["unit"]:
        errors["unit"] = [_("Write which unit keeps the file.")]
    if not (values["police_number"] or values["court_number"]):
        errors["police_number"] = [_("Give the number of the police or of the court.")]
    if not values["articles"]:
        errors["articles"] = [_("Choose at least one article.")]
    opened = values.get("opened_on")
    if opened is None:
        errors["opened_on"] = [_("Write the day, like 29/9/2022.")]
    elif opened > today():
        errors["opened_on"] = [_("This lies in the future. Give the day it happened.")]
    if errors:
        raise ValidationError(errors)
    return values
