"""Write the press case at once, as the owner: the guards of single acts rest, then everything is checked."""

from datetime import timedelta
from typing import Any

from django.db import connection

from accounts.models import Grant, User
from accounts.services import system_user
from complaints.models import Complaint, Contact, Reporter, turn_of
from complaints.services.index import row_of, write
from config.demo.press.plan import FIRST, LAST, told
from config.demo.press.rows import Rows
from config.demo.press.ways import tell
from people.models import Person, PersonName
from suspects.models import Article, CaseFile, Suspect
from victims.models import Victim
from workflow.models import Transition

GUARDS = (
    ("complaints_complaint", "complaints_complaint_status_guard"),
    ("complaints_contact", "complaints_contact_status_guard"),
    ("victims_victim", "victims_victim_rescue_status_guard"),
    ("victims_victim", "victims_victim_decision_guard"),
    ("victims_victim", "victims_counters_insert"),
    ("suspects_suspect", "suspects_suspect_status_guard"),
)
RECOUNT = "SELECT victims_recount(ARRAY(SELECT id FROM complaints_complaint WHERE id = ANY(%s::uuid[])))"
# Every step that was told is one the tables of steps allow; those that leave the status are not moves.
STRAYED = """
SELECT t.object_type, t.field, t.before, t.after FROM workflow_transition t
WHERE t.id = ANY(%s::uuid[]) AND t.before <> t.after AND NOT EXISTS (
    SELECT 1 FROM workflow_step s WHERE s.source = t.before AND s.target = t.after AND s.workflow = CASE
        WHEN t.field = 'rescue_status' THEN 'rescue' WHEN t.field = 'decision' THEN 'identification'
        WHEN t.object_type = 'suspects.suspect' THEN 'suspect' ELSE 'complaint' END)
LIMIT 5
"""


class Strayed(Exception):
    """The story told a step that no table allows."""


def load(cast: dict[str, User]) -> int:
    """Write the press case in the caller's transaction; return the number of complaints. Raises Strayed."""
    rows = Rows({**cast, "system": system_user()})
    suspects = told(rows)
    tell(rows)
    _spam(rows)
    _guards("DISABLE")
    written: tuple[tuple[Any, list[Any]], ...] = (
        (Complaint, sorted(rows.complaints, key=lambda one: one.merged_into_id is not None)),
        (Contact, rows.made["contacts"]),
        (Reporter, rows.made["reporters"]),
        (Person, rows.people),
        (PersonName, rows.made["names"]),
        (Victim, sorted(rows.victims, key=lambda one: one.ended_by_id is not None)),
        (Suspect, suspects.suspects),
        (CaseFile, suspects.files),
        (Transition, rows.made["transitions"]),
    )
    for model, made in written:
        model._base_manager.bulk_create(made, batch_size=500)
    write(row_of(complaint) for complaint in rows.complaints)
    _join(suspects)
    _namings(rows)
    _check(rows)
    _guards("ENABLE")
    return len(rows.complaints)


def _spam(rows: Rows) -> None:
    """Contacts that were none: they hang on no complaint for ever."""
    for place in range(20):
        at = rows.moment(rows.day(FIRST, LAST))
        kind = "spam" if place % 2 else "wrong_number"
        rows.made["contacts"].append(
            Contact(
                pk=rows.key(),
                channel="hotline",
                kind=kind,
                status="set_aside",
                status_at=at + timedelta(minutes=2),
                turn=turn_of("normal", at),
                received_at=at,
                logged_at=at + timedelta(minutes=1),
                logged_by=rows.cast["intake"],
                province_id="00",
            )
        )


def _join(suspects: Any) -> None:
    articles = list(Article.objects.filter(is_trafficking=True).order_by("pk"))
    for place, file in enumerate(suspects.files):
        file.articles.add(articles[place % len(articles)])
    through: Any = CaseFile.suspects.through
    through.objects.bulk_create(through(casefile=file, suspect=suspect) for file, suspect in suspects.joined)
    pairs = {(file.pk, suspect.complaint_id) for file, suspect in suspects.joined}
    complaints: Any = CaseFile.complaints.through
    complaints.objects.bulk_create(complaints(casefile_id=file, complaint_id=one) for file, one in sorted(pairs))


def _namings(rows: Rows) -> None:
    """Name who handles what the ministry leads or what is sealed, as its service would."""
    walled = [one for one in rows.complaints if one.handling != "provincial"]
    Grant.objects.bulk_create(
        Grant(complaint_id=one.pk, user=rows.cast["supervisor2"], kind=Grant.Kind.NAMING, from_at=one.received_at)
        for one in walled
    )


def _check(rows: Rows) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [[one.pk for one in rows.complaints]])
        cursor.execute(STRAYED, [[one.pk for one in rows.made["transitions"]]])
        if strayed := cursor.fetchall():
            raise Strayed(strayed)


def _guards(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks put off cannot be altered
        for table, trigger in GUARDS:
            cursor.execute(f"ALTER TABLE {table} {act} TRIGGER {trigger}")
