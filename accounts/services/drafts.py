"""Keep, list, open and end drafts. What was typed is opened for its owner only and never logged."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Draft, User
from audit.services import record
from core.exceptions import Conflict
from core.sealed import open_sealed
from workflow.models import Submission

Pairs = list[tuple[str, str]]


@transaction.atomic
def save_draft(key: UUID, typed: Iterable[tuple[str, str]], *, kind: str, by: User) -> Draft:
    """Keep what is typed so far under the form's key, in place of what was kept before.

    Raises Conflict once the form was sent: an answer that was under way must not bring its draft back.
    """
    hold(key, by=by)
    if sent_as(key, by):
        raise Conflict(_("This form was sent already. Nothing was kept beside it."))
    draft = Draft.objects.visible_to(by).filter(key=key).first()
    made = draft is None
    draft = draft or Draft(user=by, kind=kind, key=key)
    draft.body = json.dumps([list(pair) for pair in typed])
    draft.updated_at = timezone.now()
    draft.save()
    if made:
        record("draft.save", by=by, about=draft)
    return draft


def hold(key: UUID, *, by: User) -> None:
    """Let saving and sending of one form wait for each other until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft|{by.pk}|{key}"])


def sent_as(key: UUID, by: User) -> Submission | None:
    """Return what the form of this key became (route and reference), None while it was not sent."""
    return Submission.objects.filter(user=by, key=str(key)).exclude(reference="").first()


def list_for(user: User) -> QuerySet[Draft]:
    """Return what the user is still writing, last touched first, without its words."""
    return Draft.objects.visible_to(user).kept().defer("body").order_by("-updated_at", "id")


def open_draft(key: UUID, *, by: User) -> tuple[Draft, Pairs]:
    """Return a draft of one's own and what was typed; raises Http404 for every other."""
    draft = Draft.objects.visible_to(by).kept().filter(key=key).first()
    if draft is None:
        raise Http404
    return draft, [(name, value) for name, value in json.loads(open_sealed(draft, "body"))]


@transaction.atomic
def throw_away(key: UUID, *, by: User) -> None:
    """Delete a draft of one's own; raises Http404 for every other."""
    draft = Draft.objects.visible_to(by).defer("body").filter(key=key).first()
    if draft is None:
        raise Http404
    record("draft.throw_away", by=by, about=draft)
    draft.delete()


def end_draft(key: UUID, *, by: User) -> None:
    """Delete the draft of a form that was sent, if there is one; in the transaction of the sending."""
    Draft.objects.visible_to(by).filter(key=key).delete()


def forget_drafts(now: datetime | None = None) -> int:
    """Delete the drafts that nobody touched for thirty days; returns how many."""
    return Draft.objects.old(now).delete()[0]
