"""Register complaints in Preah Sihanouk, each in a transaction of its own, as a process.

Arguments: how many, how many a second. Prints the longest time one of them took, in seconds.
"""

import sys
import time
from uuid import uuid4

import django

django.setup()

from accounts.models import User  # noqa: E402
from complaints.said import ComplaintSaid  # noqa: E402
from complaints.services import register_complaint  # noqa: E402


def produce(count: int, rate: float) -> float:
    intake, slowest, began = User.objects.get(username="intake"), 0.0, time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        start = time.monotonic()
        said = ComplaintSaid(channel="hotline", narrative="Nine people on the sixth floor", province_of_incident="18")
        register_complaint(said, by=intake, key=str(uuid4()))
        slowest = max(slowest, time.monotonic() - start)
    return slowest


if __name__ == "__main__":
    sys.stdout.write(f"{produce(int(sys.argv[1]), float(sys.argv[2])):.3f}\n")
