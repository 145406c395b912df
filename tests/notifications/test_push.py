"""Notices of the browser: sealed for the browser alone, to services on the list, never into a private network."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ValidationError
from django.test import Client
from py_vapid.jwt import decode

from accounts.models import User
from complaints.models import Complaint
from notifications import own, push
from notifications.delivery import deliver
from notifications.models import Device, Notification
from notifications.services import notify
from tests.notifications.service import Service

BACKEND = "accounts.backends.ActiveUserBackend"
FCM = "https://fcm.googleapis.com/fcm/send/abc"


def packed(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(token: str) -> dict[str, str]:
    """Read a signed token; raises when the signature is not the server's."""
    said: dict[str, str] = decode(token, push.public_key())
    return said


@dataclass
class Browser:
    """A browser's half of a subscription."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"

    def at(self, endpoint: str) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": endpoint, "p256dh": packed(point), "auth": packed(self.auth)}

    def reads(self, body: bytes) -> dict[str, str]:
        said: dict[str, str] = json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        )
        return said


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def officer(cast: dict[str, User], client: Client) -> User:
    client.force_login(cast["officer.psh"], backend=BACKEND)
    return cast["officer.psh"]


@pytest.fixture
def service(process: Service, settings: Any) -> Service:
    process.lines.unlink(missing_ok=True)
    settings.PUSH_ORIGINS = [f"http://127.0.0.1:{process.port}"]
    return process


@pytest.fixture
def tell(officer: User, complaint_in: Callable[..., Complaint]) -> Callable[[], Notification]:
    def make() -> Notification:
        (pk,) = notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["push"])
        deliver([pk])
        return Notification.objects.get(pk=pk)

    return make


def test_a_browser_reads_one_line_and_the_service_none(
    client: Client, officer: User, service: Service, browser: Browser, tell: Callable[[], Notification]
) -> None:
    User.objects.filter(pk=officer.pk).update(language="en")
    said = browser.at(service.url("created/x"))
    assert client.post("/notifications/own/devices/", said).status_code == 302
    row = tell()
    (letter,) = service.took
    assert row.state == "sent"
    assert browser.reads(letter["body"]) == {"title": "1 new item", "body": "Sign in to read it."}
    assert b"item" not in letter["body"]
    headers = letter["headers"]
    assert (headers["content-encoding"], headers["topic"], headers["ttl"]) == ("aes128gcm", row.pk.hex, "86400")
    token, _comma, key = headers["authorization"].removeprefix("vapid t=").partition(",k=")
    assert key == push.public_key()
    assert claims(token)["aud"] == f"http://127.0.0.1:{service.port}"


@pytest.mark.parametrize(
    ("behaviour", "state", "left"),
    [
        ("410", "failed", 0),
        ("404", "failed", 0),
        ("429", "pending", 1),
        ("500", "pending", 1),
        ("401", "pending", 1),
        ("redirect", "pending", 1),
        ("bad", "failed", 1),
        ("drop", "uncertain", 1),
        ("slow", "uncertain", 1),
    ],
)
def test_a_notice_stands_as_the_service_left_it_and_a_browser_that_is_gone_is_forgotten(
    officer: User,
    service: Service,
    browser: Browser,
    tell: Callable[[], Notification],
    behaviour: str,
    state: str,
    left: int,
) -> None:
    own.add_device(officer, **browser.at(service.url(f"{behaviour}/x")))
    assert tell().state == state
    assert Device.objects.count() == left
    assert [line["path"] for line in service.took] == [f"/{behaviour}/x"]


def test_one_browser_that_takes_it_is_enough(
    officer: User, service: Service, browser: Browser, tell: Callable[[], Notification]
) -> None:
    for path in ("500/a", "410/b", "created/c"):
        own.add_device(officer, **browser.at(service.url(path)))
    assert tell().state == "sent"
    assert (len(service.took), Device.objects.count()) == (3, 2)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://.push.apple.com.evil.example/",
        "https://push.apple.com/x",
        "file:///etc/passwd",
        "https://[",
        "",
        f"{FCM}{'x' * 1_000}",
    ],
)
def test_only_services_on_the_list(client: Client, officer: User, browser: Browser, endpoint: str) -> None:
    with pytest.raises(ValidationError):
        own.add_device(officer, **browser.at(endpoint))
    assert client.post("/notifications/own/devices/", browser.at(endpoint)).status_code == 400
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "url", [FCM, "https://updates.push.services.mozilla.com/wpush/v2/x", "https://web.push.apple.com/x"]
)
def test_the_services_of_the_common_browsers_are_on_it(url: str) -> None:
    assert push.is_allowed(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::a00:1"],
)  # fmt: skip
def test_no_address_of_this_network_is_public(address: str) -> None:
    assert not push.is_public(address)
    assert push.is_public("142.250.1.1")


def test_a_name_on_the_list_that_leads_into_the_network_is_not_spoken_to(
    officer: User, process: Service, settings: Any, browser: Browser, tell: Callable[[], Notification]
) -> None:
    process.lines.unlink(missing_ok=True)
    settings.PUSH_HOSTS = ["localhost"]
    own.add_device(officer, **browser.at("https://localhost/ok"))
    row = tell()
    assert (row.state, row.problem) == ("pending", "unreachable")
    assert not process.took


def test_a_browser_whose_service_left_the_list_is_not_spoken_to(
    officer: User, service: Service, settings: Any, browser: Browser, tell: Callable[[], Notification]
) -> None:
    own.add_device(officer, **browser.at(service.url("ok")))
    settings.PUSH_ORIGINS = []
    assert tell().state == "failed"
    assert not service.took


@pytest.mark.parametrize("wrong", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "é"}, {"auth": ""}])
def test_keys_that_no_browser_makes_are_refused(officer: User, browser: Browser, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        own.add_device(officer, **{**browser.at(FCM), **wrong})


def test_a_browser_belongs_to_who_added_it_last_and_only_they_remove_it(
    client: Client, cast: dict[str, User], officer: User, browser: Browser
) -> None:
    own.add_device(cast["supervisor"], **browser.at(FCM))
    device = own.add_device(officer, **browser.at(FCM))
    assert list(Device.objects.values_list("user", flat=True)) == [officer.pk]
    assert not own.remove_device(cast["supervisor"], device.pk)
    assert client.post(f"/notifications/own/devices/{device.pk}/remove/").status_code == 302
    assert not Device.objects.exists()


def test_a_user_has_five_browsers_at_most(officer: User, browser: Browser) -> None:
    made = [own.add_device(officer, **browser.at(f"{FCM}{number}")).pk for number in range(7)]
    assert set(Device.objects.values_list("pk", flat=True)) == set(made[2:])


def test_the_api_adds_and_removes_a_browser(client: Client, officer: User, browser: Browser) -> None:
    made = client.post("/api/v1/own-notices/devices/", browser.at(FCM), content_type="application/json")
    assert made.status_code == 201
    assert FCM not in client.get("/api/v1/own-notices/").text
    gone = {"id": made.json()["id"]}
    assert client.post("/api/v1/own-notices/devices/remove/", gone, content_type="application/json").status_code == 200
    assert client.post("/api/v1/own-notices/devices/remove/", gone, content_type="application/json").status_code == 400
