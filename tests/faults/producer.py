"""Tell an officer of new complaints, each in a transaction of its own, as a process.

Arguments: username, how many, how many a second. Prints the longest time one of them took, in seconds.
"""

import sys
import time
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from complaints.models import Complaint  # noqa: E402
from notifications.services import notify  # noqa: E402


def produce(username: str, count: int, rate: float) -> float:
    officer, slowest, began = User.objects.get(username=username), 0.0, time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        start = time.monotonic()
        with transaction.atomic():
            notify([officer], "complaint_new", about=Complaint(reference=f"KH-FAULT-{number}"), transition=uuid4())
        slowest = max(slowest, time.monotonic() - start)
    return slowest


if __name__ == "__main__":
    sys.stdout.write(f"{produce(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])):.3f}\n")
