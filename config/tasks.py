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
        self.drop_dead_connections()
        context.enter(self.actor(), purpose=self.name)
        try:
            return super().__call__(*args, **kwargs)
        finally:
            self.drop_dead_connections()

    def drop_dead_connections(self) -> None:
        """Close what is too old or broken, and look at the rest before its next use; not inside a caller's transaction."""
        if not self.request.is_eager:
            close_old_connections()

    @staticmethod
    def actor() -> User:
        """Return the system user; read once in a process."""
        return _system_user()
