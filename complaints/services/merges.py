"""Propose, confirm, send back and undo merges of all kinds, and tell who decides or asked."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.deciding import who_decides
from accounts.models import User
from complaints.models import Complaint
from complaints.services import merge_complaints, merge_people
from notifications.kinds import Sort, Target
from notifications.kinds import register as register_kind
from notifications.services import notify
from provinces.models import Site
from provinces.services import merging as merge_sites
from suspects.models import Suspect
from victims.models import Victim
from workflow import merging
from workflow.models import Merge
from workflow.openings import opened
from workflow.shapes import SHAPES

MERGE = Target("workflow.merge", "merges:detail")
register_kind("merge_proposed", _("A merge is proposed: confirm or send back"), MERGE, sort=Sort.DECIDE)
register_kind("merge_confirmed", _("Your merge was confirmed"), MERGE)
register_kind("merge_sent_back", _("Your merge was sent back"), MERGE)
register_kind("merge_undone", _("A merge you proposed was taken back"), MERGE)


ROWS: dict[str, Any] = {"V": Victim, "S": Suspect, "KH": Complaint, "ST": Site}


def record_of(reference: str, user: Any) -> Any:
    """Return what a reference stands for, through the scope: a person by any of their rows; or 404."""
    model = ROWS.get(reference.partition("-")[0])
    if model is None or (model is Suspect and not user.may("suspect.read")):
        raise Http404
    row = get_object_or_404(model.objects.visible_to(user), reference=reference)
    return row.person if model in (Victim, Suspect) else row


@transaction.atomic
def propose_merge(survivor: Any, absorbed: Any, *, by: Any, **said: Any) -> Merge:
    """Propose that one record be taken into another, and tell who may decide; see `workflow.merging.propose`."""
    merge = merging.propose(survivor, absorbed, by=by, **said)
    notify(_deciders(merge, by), "merge_proposed", about=merge, transition=merge.approval_id)
    return merge


@transaction.atomic
def confirm_merge(merge: Merge, *, by: Any, seen: str) -> Merge:
    """Do a merge as the second person, and tell who proposed it."""
    done = merging.confirm(merge, by=by, seen=seen)
    notify([done.by], "merge_confirmed", about=done, transition=done.approval_id)
    return done


@transaction.atomic
def send_back_merge(merge: Merge, *, by: Any, note: str) -> Merge:
    """Refuse a merge, and tell who proposed it."""
    done = merging.send_back(merge, by=by, note=note)
    notify([done.by], "merge_sent_back", about=done, transition=done.approval_id)
    return done


@transaction.atomic
def undo_merge(merge: Merge, *, by: Any, why: str) -> Merge:
    """Take a merge back, and tell who proposed it."""
    done = merging.undo(merge, by=by, why=why)
    if done.by_id != by.pk:
        notify([done.by], "merge_undone", about=done, transition=done.approval_id)
    return done


def open_merge(merge: Merge, by: Any) -> None:
    """Note that who may decide a merge that waits opened it."""
    shape = SHAPES[merge.object_type]
    if merge.is_waiting and merge.by_id != by.pk and by.may(shape.confirm):
        survivor, _absorbed = merging.both(shape, merge.survivor_id, merge.absorbed_id)
        opened(merge.approval_id, survivor, by=by)


def _deciders(merge: Merge, by: Any) -> list[User]:
    shape = SHAPES[merge.object_type]
    provinces = shape.provinces(*merging.both(shape, merge.survivor_id, merge.absorbed_id))
    return who_decides(shape.confirm, Merge.objects.filter(pk=merge.pk), provinces=provinces, but=by)


SHAPED = (merge_people, merge_complaints, merge_sites)  # imported so that their records can be merged
