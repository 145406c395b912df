"""Register complaints in Preah Sihanouk at a rate, by the service alone, as a process.

Arguments: how many, how many a second. Prints the rate that was reached.
"""

import sys
import time
from uuid import uuid4

import django

django.setup()

from accounts.models import User
from complaints.said import ComplaintSaid
from complaints.services import register_complaint


def produce(count: int, rate: float) -> float:
    intake, began = User.objects.get(username="intake"), time.monotonic()
    said = ComplaintSaid(channel="hotline", narrative="Nine people on the sixth floor", province_of_incident="18")
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        register_complaint(said, by=intake, key=str(uuid4()))
    return count / (time.monotonic() - began)


if __name__ == "__main__":
    sys.stdout.write(f"{produce(int(sys.argv[1]), float(sys.argv[2])):.1f}\n")
