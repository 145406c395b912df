"""Measure goal 11: from commit to delivery while complaints come in, and how fast the outbox drains beside bare Celery.

    python -m bench.notify [complaints a second] [seconds] [notices to drain]

Starts a broker, a worker, beat and a mail server of its own; writes into DATABASE_URL, so give it a scratch
database that is migrated and has its places. Only ratios inside one run count.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

import django

from config.embedded.ports import free_port

BROKER = free_port()
os.environ.update(REDIS_URL=f"redis://127.0.0.1:{BROKER}/0", DJANGO_SETTINGS_MODULE="config.settings.base")
django.setup()

from celery import current_app
from django.db import transaction
from redis import Redis

from accounts.models import User
from accounts.services import ensure_demo_users
from bench.bare import nothing, send
from complaints.models import Complaint
from notifications.delivery import sweep
from notifications.models import Notification
from notifications.services import notify
from tests.faults.fleet import Fleet, wait_until

ROUNDS, OPTIONS = 3, "--loglevel WARNING --include bench.bare"


def main(rate: float = 50, seconds: float = 8, count: int = 1000) -> None:
    ensure_demo_users()
    Notification.objects.all().delete()
    with tempfile.TemporaryDirectory() as folder:
        fleet = Fleet(Path(folder), mail_seconds=0, broker=BROKER, settings="config.settings.base", options=OPTIONS)
        try:
            fleet.start("broker", "mail", "worker", "beat")
            bare(nothing.name, 1)
            wait_until(lambda: left(Redis(port=BROKER)) == 0, 120, "the worker listens")
            latency(fleet, rate, seconds)
            drain(fleet, count)
        finally:
            fleet.end()


def latency(fleet: Fleet, rate: float, seconds: float) -> None:
    """Register complaints at a rate; print the time from writing a notice (before its commit) to its delivery."""
    producer = fleet.produce(int(rate * seconds), rate, by="bench.register")
    try:
        reached, _ = producer.communicate(timeout=seconds * 4 + 60)
    finally:
        producer.kill()
    wait_until(lambda: not Notification.objects.filter(state__in=("pending", "attempting")).exists(), 60, "delivery")
    print(
        f"\n{rate:.0f} complaints/s wanted, {float(reached):.0f}/s reached for {seconds:.0f} s; load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'channel':10} {'notices':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}   goal: p95 < 1000 ms")
    for channel in ("in_app", "email"):
        rows = Notification.objects.filter(channel=channel, state="sent").values_list("created_at", "sent_at")
        took = sorted((sent - made).total_seconds() * 1000 for made, sent in rows)
        p95 = statistics.quantiles(took, n=20)[-1]
        word = "pass" if p95 < 1000 else "miss"
        print(f"{channel:10} {len(took):8} {statistics.median(took):8.0f} {p95:8.0f} {took[-1]:8.0f}   {word}")


def drain(fleet: Fleet, count: int) -> None:
    """Print how many a second are done by Celery alone and by the outbox, in interleaved rounds."""
    fleet.kill("worker", "beat")
    Redis(port=BROKER).flushall()
    done: dict[str, list[float]] = defaultdict(list)
    for _round in range(ROUNDS):
        bare(nothing.name, count)
        done["bare Celery, empty task"].append(count / emptied(fleet)[1])
        by_bell("in_app", count)
        delivered, answered = emptied(fleet)
        done["outbox, in the application: delivered"].append(count / delivered)
        done["… and every bell answered"].append(count / answered)
        by_bell("in_app", count)
        done["outbox, in the application: by sweep"].append(count / swept())
        bare(send.name, count // 4)
        done["bare Celery, e-mail"].append(count / 4 / emptied(fleet)[1])
        by_bell("email", count // 4)
        done["outbox, e-mail"].append(count / 4 / emptied(fleet)[1])
    print(f"\n{count} waiting, median of {ROUNDS} rounds (min–max); goal: outbox ≥ 0.8 × bare Celery")
    for name, rates in done.items():
        alone = statistics.median(done["bare Celery, e-mail" if "mail" in name else "bare Celery, empty task"])
        middle = statistics.median(rates)
        print(f"{name:40} {middle:8.0f}/s ({min(rates):.0f}–{max(rates):.0f})   {middle / alone:6.2f} ×")


def bare(task: str, count: int) -> None:
    for number in range(count):
        current_app.send_task(task, (f"officer.{number}@example.org",), ignore_result=True)


def by_bell(channel: str, count: int) -> None:
    """Write notices, each in a transaction of its own, and ring for each."""
    Notification.objects.all().delete()
    complaint, officer = Complaint.objects.latest("logged_at"), User.objects.get(username="officer.psh")
    for _number in range(count):
        with transaction.atomic():
            notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=[channel])


def swept() -> float:
    """Deliver what waits without any bell; return the seconds it took."""
    Redis(port=BROKER).flushall()
    Notification.objects.filter(state="pending").update(run_after="2000-01-01T00:00Z")
    start = time.monotonic()
    sweep()
    return time.monotonic() - start


def left(redis: "Redis") -> int:
    """Count the messages that wait or are in work."""
    return int(redis.llen("celery")) + int(redis.hlen("unacked"))


def emptied(fleet: Fleet) -> tuple[float, float]:
    """Start a worker on what waits; return the seconds from the first message to the last row and to the last message."""
    redis, waiting = Redis(port=BROKER), Notification.objects.filter(state__in=("pending", "attempting"))
    total = redis.llen("celery")
    fleet.start("worker")
    wait_until(lambda: redis.llen("celery") < total, 120, "the first message is taken", every=0.002)
    started = time.monotonic()
    wait_until(lambda: not waiting.exists(), 120, "the last row is delivered", every=0.01)
    delivered = time.monotonic() - started
    wait_until(lambda: not left(redis), 120, "the last message is answered", every=0.002)
    answered = time.monotonic() - started
    fleet.kill("worker")
    redis.flushall()
    return delivered, answered


if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:3]), *(int(word) for word in sys.argv[3:4]))
