"""A world worth exporting, a directory for the files, and how a test opens one."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from django.http import QueryDict
from django.utils import timezone, translation

from accounts.models import User
from core.sealed import open_sealed
from people.models import PersonPhone
from people.services import set_names
from reports.exports import running, store
from reports.exports.lists import listing
from reports.exports.models import ExportJob
from reports.exports.services import ask_export
from tests.factories.cases import ComplaintFactory, OperationFactory, PersonFactory, SuspectFactory, VictimFactory
from tests.factories.referrals import ReferralFactory


@pytest.fixture(autouse=True)
def exports_dir(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


@pytest.fixture
def filled(intake: User) -> list[Any]:
    """Complaints of two provinces, led and sealed ones too, each with a person, a suspect, an operation and a referral."""
    made = []
    for place, (province, handling) in enumerate(
        [("18", "provincial"), ("18", "provincial"), ("12", "provincial"), ("18", "national_led"), ("18", "sealed")]
    ):
        complaint = ComplaintFactory(
            logged_by=intake,
            province_id=province,
            handling=handling,
            forms=["debt_bondage", "child_online_sexual"],
            narrative='=HYPERLINK("x"), "quoted"\nsecond line.',
            received_at=timezone.now() - timedelta(hours=place),
        )
        person = PersonFactory(sex="female", age=17, age_on=timezone.localdate(), nationality="VN")
        set_names(person, ["=1+1 Lan", "សុខ ស្រីនាង"])
        PersonPhone.objects.create(person=person, text="012 345 678", e164="+85512345678")
        victim = VictimFactory(complaint=complaint, person=person)
        type(victim).objects.filter(pk=victim.pk).update(decision="presumed")
        SuspectFactory(complaint=complaint, roles=["recruiter_or_intermediary", "exploiter"])
        operation = OperationFactory(found_under=complaint, lead=intake)
        done = {"status": "done", "done_at": timezone.now(), "result": "people_brought_out"}
        type(operation).objects.filter(pk=operation.pk).update(**done)
        ReferralFactory(complaint=complaint)
        made.append(complaint)
    return made


@pytest.fixture
def asked() -> Callable[..., ExportJob]:
    """Ask for an export as a test needs it."""

    def ask(by: User, what: str = "complaints", query: str = "", **said: Any) -> ExportJob:
        said = {"format": "csv", "purpose": "figures", "recipient": "The minister's office", **said}
        with translation.override(said.pop("language", "en")):
            return ask_export(listing(what), QueryDict(query), by=by, **said)

    return ask


@pytest.fixture
def opened() -> Callable[[ExportJob], dict[str, bytes]]:
    """Make an export and open its file with its passphrase."""

    def make(job: ExportJob) -> dict[str, bytes]:
        key = open_sealed(job, "key")
        running.make(job.pk)
        job.refresh_from_db()
        assert job.state == "ready", job.problem
        return unzipped(store.file_of(job.pk), key)

    return make


def unzipped(path: Path, key: str) -> dict[str, bytes]:
    """Open a file by its passphrase."""
    with pyzipper.AESZipFile(path) as packed:
        packed.setpassword(key.encode())
        return {name.rpartition(".")[2]: packed.read(name) for name in packed.namelist()}


def parsed(content: bytes) -> list[dict[str, str]]:
    """Read a CSV as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
