"""How gunicorn serves the pages: a few processes with threads, logs without query strings."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True  # read the code once, before the processes part
bind = os.environ.get("SANGKROH_BIND", "127.0.0.1:8000")
graceful_timeout = 10
timeout = 60
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
accesslog = None  # a query string may hold a name that was searched for
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
