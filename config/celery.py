"""The Celery application: every task runs as the system user, in its context (config.tasks)."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init

from config.serving import refuse_the_owner

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")


class Bell(Celery):  # type: ignore[misc]  # celery ships no types
    """Celery whose publishing gives up within a second: who publishes has stored the truth already."""

    def connection_for_write(self, url: str | None = None, **kwargs: Any) -> Any:
        options = {**(kwargs.pop("transport_options", None) or {}), "socket_timeout": 1, "max_retries": 0}
        return super().connection_for_write(url, transport_options=options, **kwargs)


app = Bell("sangkroh", task_cls="config.tasks:SystemTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_init.connect(refuse_the_owner)
beat_init.connect(refuse_the_owner)
