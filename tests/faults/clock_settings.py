"""As the other processes of fault tests; beat watches the clocks of complaints and referrals every second too."""

from tests.faults.settings import *  # noqa: F403
from tests.faults.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "watch_referrals": {"task": "referrals.tasks.watch_referrals", "schedule": 1.0, "options": {"expires": 2}},
    "watch_clocks": {"task": "complaints.tasks.watch_clocks", "schedule": 1.0, "options": {"expires": 2}},
}
