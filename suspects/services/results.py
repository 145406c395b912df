"""Enter courts' results from a sheet: each row is the steps somebody would take by hand, all of them or none."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from core.display import ZONE, today
from core.exceptions import Conflict
from suspects.models import Suspect, SuspectStatus
from suspects.services.agreeing import require_same
from suspects.services.court import standing
from suspects.services.suspects import advance
from suspects.workflow import SUSPECT

VERDICTS = ("convict", "acquit")
SENTENCE = (
    "prison_months",
    "suspended_months",
    "fine_riel",
    "compensation_riel",
    "confiscated_riel",
    "confiscated_usd",
)


@dataclass(frozen=True)
class Result:
    """One row as it is entered: whom it is about, and what the sheet says; its name and case file have to be theirs."""

    line: int
    suspect: Suspect
    step: str
    day: datetime.date
    articles: tuple[str, ...] = ()
    in_absentia: bool | None = None
    sentence: tuple[tuple[str, int | None], ...] = ()
    note: str = ""
    name: str = ""
    file: str = ""


class _Undo(Exception):
    """Leave a savepoint and take back what was done in it."""


@contextmanager
def _taken_back() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        return


def tried(results: Sequence[Result], *, by: Any) -> dict[int, list[str]]:
    """Say by line what the services would refuse, by doing it and taking it back: the preview is the act itself."""
    wrong: dict[int, list[str]] = {}
    with _taken_back():
        _lock(results)
        for result in results:
            try:
                with transaction.atomic():
                    _enter(result, by)
            except (ValidationError, Conflict, PermissionDenied, Http404) as error:
                wrong[result.line] = _words(error)
    return wrong


@transaction.atomic
def enter_results(results: Sequence[Result], *, by: Any) -> list[Suspect]:
    """Enter all rows; ValidationError with the line where one of them is refused, and then nothing was entered."""
    _lock(results)
    done = []
    for result in results:
        try:
            done.append(_enter(result, by))
        except (ValidationError, Conflict, Http404) as error:
            said = {"line": result.line, "why": " ".join(_words(error))}
            raise ValidationError({"text": [_("Line %(line)s: %(why)s") % said]}) from error
    return done


def _lock(results: Sequence[Result]) -> None:
    """Lock every complaint once, in order of id: two sheets of the same people wait for each other."""
    complaints: Any = Suspect._meta.get_field("complaint").related_model
    rows = complaints._base_manager.filter(pk__in={result.suspect.complaint_id for result in results}).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _words(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        return [str(text) for text in error.messages]
    if isinstance(error, Http404):
        return [_("Nobody of this reference is open to you.")]
    return [str(getattr(error, "message", "") or error)]


def _enter(result: Result, by: Any) -> Suspect:
    row = Suspect.objects.visible_to(by).live().filter(pk=result.suspect.pk).first()
    if row is None:
        raise Http404
    require_same(row, name=result.name, file=result.file, by=by)
    at = _moment(result.day)
    if result.step in VERDICTS and row.status == SuspectStatus.CHARGED:
        row = advance(row, "open_trial", by=by, happened_at=at)  # a judgment tells that there was a trial
    if not any(row.status in step.sources for step in SUSPECT.named(result.step)):
        said = {"status": row.get_status_display(), "step": SUSPECT.named(result.step)[0].label}
        raise Conflict(_("Now: %(status)s. “%(step)s” is not possible yet, or no more.") % said)
    return advance(row, result.step, by=by, happened_at=at, note=result.note, **_answers(result, row))


def _moment(day: datetime.date) -> datetime.datetime:
    """Return noon of a day, or now for today: courts say days."""
    return timezone.now() if day == today() else datetime.datetime.combine(day, datetime.time(12), tzinfo=ZONE)


def _answers(result: Result, row: Suspect) -> dict[str, Any]:
    said = {name: value for name, value in result.sentence if value is not None}
    codes = list(result.articles)
    if result.step == "charge":
        return {"articles": codes, **said}
    if result.step != "convict":
        return said
    charged = [charge.article_id for charge in standing(row)]
    _require_said(result, charged)
    other = [code for code in codes if code not in charged]
    if len(other) > 1:
        raise ValidationError([_("More than one of these articles was not charged. Record them one by one.")])
    lesser = {"lesser_article": other[0]} if other else {}
    return {
        "in_absentia": result.in_absentia,
        "guilty_of": [code for code in codes if code in charged],
        **lesser,
        **said,
    }


def _require_said(result: Result, charged: list[str]) -> None:
    """Ask what a conviction may not leave to be guessed: whether they were there, and of which of several charges."""
    errors = []
    if result.in_absentia is None:
        errors.append(_("Write whether they were convicted in absentia: yes or no."))
    if not result.articles and len(charged) > 1:
        said = {"articles": ", ".join(charged)}
        errors.append(_("Write of which articles they were convicted. Charged: %(articles)s.") % said)
    if errors:
        raise ValidationError(errors)
