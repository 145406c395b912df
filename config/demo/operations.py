"""The operations of the demonstration: one carried out four days ago, counted at night and named next morning; one planned."""

import datetime
from typing import Any

from complaints.models import Complaint
from victims.models import Entry, Operation
from victims.services.entries import Counted, count_found
from victims.services.listed import Listed, enter_list
from victims.services.operations import advance_operation, plan_operation
from workflow.models import Transition

AGO = datetime.timedelta(hours=96)
NIGHT = (Counted("VN", men=6, women=4), Counted("CN", men=3, children=1), Counted("TH", women=2))
MORNING = (
    Listed(names=("Nguyễn Văn Tài",), sex="male", age=26, nationality="VN", passport="C8120456"),
    Listed(names=("Trần Thị Mai",), sex="female", age=22, nationality="VN", passport="C7733190"),
    Listed(names=("王建国", "Wang Jianguo"), sex="male", age=34, nationality="CN", passport="E44120983"),
    Listed(names=("李小龙",), sex="male", age=15, nationality="CN"),
    Listed(names=("สมศรี แก้วใส",), sex="female", age=29, nationality="TH"),
)


def carry_out(complaint: Complaint, cast: dict[str, Any], now: datetime.datetime) -> Operation:
    """Tell the operation that was carried out, with its own days."""
    officer, when = cast["officer.psh"], now - AGO
    before, morning = when - datetime.timedelta(hours=20), when + datetime.timedelta(hours=9)
    planned = plan_operation([complaint], by=officer, planned_for=when, site=complaint.site, planned_at=before)
    done = advance_operation(planned, "record_done", by=officer, happened_at=when, result="people_brought_out")
    count_found(done, NIGHT, by=officer)
    enter_list(done, MORNING, by=officer)
    for step, kind, at in (("count", Entry.Kind.COUNT, when), ("enter", Entry.Kind.SHEET, morning)):
        told = Transition.objects.filter(object_id=done.pk, field="people", step=step)
        told.update(happened_at=at, recorded_at=at)
        Entry.objects.filter(operation=done, kind=kind).update(at=at)
    return done


def plan(complaint: Complaint, cast: dict[str, Any], now: datetime.datetime) -> Operation:
    """Tell the operation of tomorrow before dawn; the officer and one supervisor know of it."""
    tomorrow = (now + datetime.timedelta(days=1)).replace(hour=21, minute=30, second=0, microsecond=0)
    return plan_operation(
        [complaint],
        by=cast["officer.psh"],
        planned_for=tomorrow,
        site=complaint.site,
        place=complaint.exact_spot,
        members=[cast["supervisor"]],
    )
