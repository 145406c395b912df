"""Settings of the broker, the worker, beat and e-mail; imported by base.

The values marked "kill test" are those with which killing workers lost nothing (tests/faults).
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ

env = environ.Env()
_state = Path(env("SANGKROH_STATE", default=str(Path(__file__).resolve().parents[2] / "var")))

# Broker: it only rings the bell, so nothing waits for it longer than a second.
CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,  # kill test: after this a killed worker's message comes back
    "unacked_restore_interval": 1,  # kill test
    "unacked_restore_throttle": 1,  # kill test
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None

# Worker
CELERY_TASK_ACKS_LATE = True  # kill test
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # kill test
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # kill test
CELERY_TASK_TIME_LIMIT = 30  # kill test: below the visibility time-out
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 10_000
CELERY_DB_REUSE_MAX = 1_000_000  # connections live by CONN_MAX_AGE, see config.tasks

# Beat
CELERY_BEAT_SCHEDULE_FILENAME = str(_state / "celerybeat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "notifications.tasks.sweep", "schedule": 3.0, "options": {"expires": 3}},
    "take_in_reports": {"task": "complaints.tasks.take_in_reports", "schedule": 3.0, "options": {"expires": 3}},
    "sweep_sheets": {"task": "prevention.tasks.sweep_sheets", "schedule": 5.0, "options": {"expires": 5}},
    "watch_custody": {"task": "suspects.tasks.watch_custody", "schedule": 60.0, "options": {"expires": 60}},
    "watch_clocks": {"task": "complaints.tasks.watch_clocks", "schedule": 60.0, "options": {"expires": 60}},
    "sweep_comparisons": {
        "task": "complaints.tasks.sweep_comparisons",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "send_digest": {"task": "complaints.tasks.send_digest", "schedule": 300.0, "options": {"expires": 300}},
    "watch_referrals": {"task": "referrals.tasks.watch_referrals", "schedule": 60.0, "options": {"expires": 60}},
    "remind_of_hearings": {
        "task": "suspects.tasks.remind_of_hearings",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "remind_of_orders": {"task": "suspects.tasks.remind_of_orders", "schedule": 300.0, "options": {"expires": 300}},
    "sweep_exports": {"task": "reports.tasks.sweep_exports", "schedule": 10.0, "options": {"expires": 10}},
    "forget_drafts": {"task": "accounts.tasks.forget_drafts", "schedule": 86_400.0},
}

# Notifications
NOTIFICATION_GRACE = 2  # seconds the bell has before the sweep takes a row
NOTIFICATION_STUCK = CELERY_TASK_TIME_LIMIT + 5  # seconds after which an attempt cannot be running
NOTIFICATION_BACKOFF = 15  # seconds before the second attempt, doubled each time …
NOTIFICATION_BACKOFF_MOST = 3600  # … up to this
NOTIFICATION_ATTEMPTS = 14  # about six hours of a mail server that is away, then a supervisor decides

# E-mail: any SMTP by EMAIL_URL (smtp+tls://user:password@host:587); a demonstration writes files.
_demo_mail = {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": str(_state / "mail"),
}
_by_file = env.bool("DEMO", default=False) and not env("EMAIL_URL", default="")
globals().update(_demo_mail if _by_file else env.email("EMAIL_URL", default="smtp://127.0.0.1:25"))
EMAIL_TIMEOUT = 5
_host = urlsplit(env("SANGKROH_URL", default="http://127.0.0.1:8000")).hostname or "localhost"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"noreply@{_host}")
# Between these hours of Phnom Penh nothing but emergencies leaves, unless somebody chose others; empty: no quiet hours.
NOTIFICATION_QUIET = env("SANGKROH_QUIET_HOURS", default="21:00-06:00")

# SMS and Telegram: any gateway that takes an HTTP POST. A demonstration without one writes files, as with mail.
_here = f"file:{_state}/" if env.bool("DEMO", default=False) else ""
GATEWAYS = {
    name: {
        "url": env(f"SANGKROH_{name.upper()}_URL", default="") or (_here and _here + name),
        "token": env(f"SANGKROH_{name.upper()}_TOKEN", default=""),
    }
    for name in ("sms", "telegram")
}

# Browsers' push services: by host (*.x: what lies under x), and whole origins of one's own inside the network.
PUSH_HOSTS = env.list(
    "SANGKROH_PUSH_HOSTS",
    default=["fcm.googleapis.com", "*.push.services.mozilla.com", "*.notify.windows.com", "*.push.apple.com"],
)
PUSH_ORIGINS = env.list("SANGKROH_PUSH_ORIGINS", default=[])
