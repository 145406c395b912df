"""Settings of the processes of tests/faults/test_exports.py: a short lease, so that a killed worker is soon believed to be gone."""

import os

from tests.faults.settings import *  # noqa: F403
from tests.faults.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "sweep_exports": {"task": "reports.tasks.sweep_exports", "schedule": 1.0, "options": {"expires": 1}},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 6, "socket_connect_timeout": 1}
EXPORT_LEASE = 3
EXPORTS_DIR = os.environ["SANGKROH_EXPORTS"]
