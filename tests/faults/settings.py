"""Settings of the processes that the fault tests start: as in service, only the waiting times are shorter."""

from config.settings.base import *  # noqa: F403
from config.settings.base import CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_TASK_TIME_LIMIT = 4
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "visibility_timeout": 6}
CELERY_BEAT_SCHEDULE = {"sweep": {**CELERY_BEAT_SCHEDULE["sweep"], "schedule": 1.0}}
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
NOTIFICATION_STUCK = 5
NOTIFICATION_GRACE = 1
NOTIFICATION_BACKOFF = 1
NOTIFICATION_QUIET = ""
