"""Log complaints in Preah Sihanouk through the API as the intake officer, as a process.

Arguments: how many, how many a second.
"""

import sys
import time

import django

django.setup()

from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402

SAID = {"channel": "hotline", "narrative": "Nine people on the sixth floor", "province_of_incident": "18"}


def produce(count: int, rate: float) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="intake"), backend="accounts.backends.ActiveUserBackend")
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        answer = client.post("/api/v1/complaints/", SAID, content_type="application/json")
        assert answer.status_code == 201, answer.content


if __name__ == "__main__":
    produce(int(sys.argv[1]), float(sys.argv[2]))
