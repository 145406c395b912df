"""The base of every task: it acts as the system user and leaves no dead database connection behind."""

from functools import cache
from typing import Any

from celery import Task
from django.db import close_old_connections

from accounts.models import User
from accounts.services import system_user
from core import context

_system_user = cache(system_user)


class SystemTask(Task):  # type: ignore[misc]  # celery ships no types
    """A task that runs in the system user's context; its arguments are ids, and it may run twice."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        context.enter(self.actor(), purpose=self.name)
        try:
            return super().__call__(*args, **kwargs)
        finally:
            close_old_connections()

    @staticmethod
    def actor() -> User:
        """Return the system user; read once in a process."""
        return _system_user()
