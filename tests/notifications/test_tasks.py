"""Tasks act as the system user, take ids alone, and are set so that killing workers loses nothing."""

import ast
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from celery import current_app
from django.conf import settings

from accounts.models import User
from complaints.models import Complaint
from core import context
from notifications import tasks
from notifications.models import Notification
from notifications.services import notify


def test_a_task_acts_as_the_system_user(cast: dict[str, User]) -> None:
    context.enter(cast["officer.psh"])
    tasks.sweep.apply(throw=True)
    acting = context.current()
    assert (acting.user.role, acting.purpose) == ("system", "notifications.tasks.sweep")


def test_a_task_that_runs_twice_delivers_once(cast: dict[str, User], complaint_in: Callable[..., Complaint]) -> None:
    pks = notify([cast["officer.psh"]], "complaint_new", about=complaint_in(), transition=uuid4())
    for _time in range(2):
        tasks.deliver.apply(args=[str(pk) for pk in pks], throw=True)
    assert list(Notification.objects.values_list("state", "attempts")) == [("sent", 1)] * 2


def test_the_settings_with_which_killed_workers_lost_nothing() -> None:
    conf, options = current_app.conf, current_app.conf.broker_transport_options
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)
    assert conf.task_time_limit < options["visibility_timeout"]
    assert (options["unacked_restore_interval"], options["unacked_restore_throttle"]) == (1, 1)
    assert conf.task_time_limit < settings.NOTIFICATION_STUCK
    assert conf.accept_content == ["json"]


def test_every_task_is_short() -> None:
    for path in Path(settings.BASE_DIR).glob("*/tasks.py"):
        if path.parent.name != "config":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    assert (node.end_lineno or 0) - node.lineno < 10, f"{path.parent.name}.{node.name}"
