"""How gunicorn serves the pages: a few processes with threads, logs without query strings."""

import os
from typing import Any

from prometheus_client import multiprocess

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
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "error")  # a warning names the address of who sends what is no HTTP
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")

_measures = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
if _measures:
    os.makedirs(_measures, mode=0o700, exist_ok=True)


def child_exit(server: Any, worker: Any) -> None:
    """Take a process that has ended out of the measurements."""
    if _measures:
        multiprocess.mark_process_dead(worker.pid)
