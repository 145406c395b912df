"""The world the matrix is tried in: one person of every role, and a family of rows for every wall."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import Posting, User
from accounts.services.drafts import save_draft
from complaints.models import Complaint, Contact, Reporter
from complaints.services.register import ROUTE
from notifications.models import Notification
from people.services import set_names
from provinces.models import PlaceAlias, Site
from suspects.models import Review, Suspect
from tests.factories.accounts import DutyFactory, GrantFactory, PostingFactory, UserFactory
from tests.factories.cases import CaseFileFactory, ComplaintFactory, PersonFactory, SuspectFactory, VictimFactory
from victims.models import Victim
from workflow.models import Submission

ROLES = ("officer", "intake", "supervisor", "analyst", "integrity", "admin", "partner")
# own: the officer's province; led and shared: national-led there, the second with a grant to the officer.
ROWS = {
    "own": ("18", "provincial"),
    "other": ("12", "provincial"),
    "led": ("18", "national_led"),
    "shared": ("18", "national_led"),
    "sealed": ("18", "sealed"),
}
MINISTRY_SEES = {"own", "other", "led", "shared"}
SEEN = {
    "officer": {"own", "shared"},
    "intake": MINISTRY_SEES,
    "supervisor": MINISTRY_SEES,
    "analyst": MINISTRY_SEES,
    "integrity": {"sealed"},
    "admin": set(),
    "partner": set(),
}
EVERYBODY = {role: {"own", "other"} for role in ROLES}
NO_UUID = UUID("00000000-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class Kind:
    """A kind of row: the parts of an address for each row ("missing" among them), and who sees which."""

    rows: dict[str, dict[str, Any]]
    seen: dict[str, set[str]]
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    people: dict[str, User]
    kinds: dict[str, Kind]
    # By row, words only it has: never in an answer to somebody who may not see the row …
    marks: dict[str, tuple[str, ...]]
    # … or, these, to a role that reads coded data only; the reporters' stand on the page that reveals, nowhere else.
    identities: tuple[str, ...]
    reporters: tuple[str, ...]


def build() -> World:
    """Make everything, in one transaction of a test."""
    people = {role: UserFactory(username=f"x.{role}", role=role) for role in ROLES}
    posting = PostingFactory(user=people["officer"], province_id="18", lead=True)
    complaints = {row: complaint(row, *where) for row, where in ROWS.items()}
    victims = {row: victim(row, complaints[row]) for row in ROWS}
    suspects = {row: suspect(row, complaints[row]) for row in ROWS}
    files = case_files(suspects)
    GrantFactory(complaint_id=complaints["shared"].pk, user=people["officer"], kind="naming")
    kinds = {
        "complaint": by_reference(complaints, "KH-2022-222222"),
        "victim": by_reference(victims, "V-22222222"),
        "suspect": by_reference(suspects, "S-22222222"),
        "case_file": files,
        "override": override(people["officer"]),
        "court": Kind({"own": {"code": "C18"}, "missing": {"code": "C99"}}, EVERYBODY),
        "indicator": Kind({"own": {"name": "complaints_received"}, "missing": {"name": "nothing"}}, EVERYBODY),
        "article": Kind({"own": {"code": "L08-10"}, "missing": {"code": "L08-99"}}, EVERYBODY),
        **kinds_of_accounts(people, posting),
        **kinds_of_places(),
        **kinds_of_notices(people, complaints),
        "draft": draft_of(people["officer"]),
        "receipt": receipt_of(people["officer"], complaints["own"]),
        "naming": namings(complaints),
    }
    marks = {
        row: (
            complaints[row].reference,
            victims[row].reference,
            suspects[row].reference,
            files.rows[row]["reference"],
            secret(row),
            spot(row),
        )
        for row in ROWS
    }
    identities = tuple(secret(row) for row in ROWS)
    return World(people, kinds, marks, identities, tuple(reporter(row) for row in ROWS))


def secret(row: str) -> str:
    """Give a word that stands in the story and in the name of this row alone."""
    return f"planted{row}word"


def spot(row: str) -> str:
    """Give a word that stands in the spot of this row alone."""
    return f"planted{row}spot"


def reporter(row: str) -> str:
    """Give the name of this row's reporter."""
    return f"planted{row}caller"


def complaint(row: str, province: str, handling: str) -> Complaint:
    """Make a complaint whose free texts carry its word."""
    made: Complaint = ComplaintFactory(
        province_id=province, handling=handling, narrative=f"They said {secret(row)}.", exact_spot=spot(row)
    )
    contact = Contact.objects.create(
        complaint=made,
        province_id=province,
        handling=handling,
        channel="hotline",
        received_at=made.received_at,
        logged_by=made.logged_by,
        raw=reporter(row),
    )
    Reporter.objects.create(
        contact=contact, relation="family", name=reporter(row), phone=f"+8551234567 {reporter(row)}"
    )
    return made


def victim(row: str, of: Complaint) -> Victim:
    """Make a person named by the row's word."""
    person = PersonFactory()
    set_names(person, [secret(row).capitalize()])
    return VictimFactory(complaint=of, person=person)


def suspect(row: str, of: Complaint) -> Suspect:
    """Make a suspect named by the row's word."""
    person = PersonFactory()
    set_names(person, [f"{secret(row).capitalize()} boss"])
    made: Suspect = SuspectFactory(complaint=of, person=person)
    return made


def override(by: User) -> Kind:
    """An override is the integrity unit's to read, of whatever province; of its complaint and person it tells nothing."""
    of = complaint("other", "12", "provincial")
    sent = suspect("other", of)
    Review.objects.create(
        suspect=sent,
        complaint=of,
        province_id="12",
        handling="provincial",
        finding="overridden",
        why="ព្រះរាជអាជ្ញាស្នើសុំ",
        by=by,
    )
    return Kind({"own": {"reference": sent.reference}, "missing": {"reference": "S-22222222"}}, EVERYBODY)


def case_files(suspects: dict[str, Suspect]) -> Kind:
    """A file is its court's province's, and of who is named for a complaint in it."""
    rows = {}
    for row, of in suspects.items():
        file = CaseFileFactory(province_id=of.province_id, handling=of.handling, court_id=f"C{of.province_id}")
        file.suspects.add(of)
        rows[row] = {"reference": file.reference}
    return Kind({**rows, "missing": {"reference": "CF-22222222"}}, SEEN)


def by_reference(rows: dict[str, Any], missing: str) -> Kind:
    """Make a kind of rows that hang on a complaint and are named by reference."""
    return Kind(
        {**{row: {"reference": obj.reference} for row, obj in rows.items()}, "missing": {"reference": missing}}, SEEN
    )


def kinds_of_accounts(people: dict[str, User], posting: Posting) -> dict[str, Kind]:
    """Accounts are the administrator's; a roster is seen where one is posted, or by the ministry."""
    stranger = UserFactory(username="x.stranger")
    duties = {
        row: DutyFactory(user=stranger, province_id=province) for row, province in (("own", "18"), ("other", "12"))
    }
    rosters = {"own": {"code": "18"}, "other": {"code": "12"}, "missing": {"code": "99"}}
    seen = EVERYBODY | {"officer": {"own"}}
    user, nobody = {"username": "x.stranger"}, {"username": "x.nobody"}
    there, nowhere = {"username": "x.officer", "pk": posting.pk}, {"username": "x.officer", "pk": NO_UUID}
    on = {row: {**rosters[row], "pk": duty.pk} for row, duty in duties.items()}
    return {
        "user": Kind({"own": user, "missing": nobody}, EVERYBODY),
        "posting": Kind(
            {"own": there, "other": {"username": "x.stranger", "pk": posting.pk}, "missing": nowhere},
            {role: {"own"} for role in ROLES},
        ),
        "roster": Kind(rosters, seen),
        "duty": Kind({**on, "missing": {"code": "18", "pk": NO_UUID}}, seen),
        "own_token": Kind({"missing": {}}, {role: set() for role in ROLES}),
    }


def receipt_of(user: User, complaint: Complaint) -> Kind:
    """A receipt is of who sent the form."""
    Submission.objects.create(
        user=user, key=uuid4().hex, route=ROUTE, body_sha256="0" * 64, reference=complaint.reference
    )
    seen: dict[str, set[str]] = {role: set() for role in ROLES} | {"officer": {"own"}}
    return Kind({"own": {"reference": complaint.reference}, "missing": {"reference": "KH-2022-222222"}}, seen)


def namings(complaints: dict[str, Complaint]) -> Kind:
    """Who is named to a complaint is changed by those who see it."""
    to = UserFactory(username="x.named")
    rows: dict[str, dict[str, Any]] = {}
    for row in ("led", "sealed"):
        grant = GrantFactory(complaint_id=complaints[row].pk, user=to, kind="naming")
        rows[row] = {"reference": complaints[row].reference, "grant": grant.pk}
    rows["missing"] = {"reference": complaints["led"].reference, "grant": NO_UUID}
    return Kind(rows, SEEN)


def draft_of(user: User) -> Kind:
    """A draft is its writer's alone."""
    draft = save_draft(uuid4(), [("narrative", "Half a sentence")], kind="complaint", by=user)
    seen: dict[str, set[str]] = {role: set() for role in ROLES} | {"officer": {"own"}}
    return Kind({"own": {"key": draft.key}, "missing": {"key": NO_UUID}}, seen)


def kinds_of_places() -> dict[str, Kind]:
    """Places and sites are open to staff."""
    site = Site.objects.create(reference="ST-222233", name_en="Blue Hotel", province_id="18")
    alias = PlaceAlias.objects.create(
        code="18", text="Kampong Som matrix", key="kampong som matrix", key_version=1, source="admin"
    )
    return {
        "site": Kind({"own": {"reference": site.reference}, "missing": {"reference": "ST-222222"}}, EVERYBODY),
        "province": Kind({"own": {"code": "18"}, "missing": {"code": "99"}}, EVERYBODY),
        "place": Kind({"own": {"code": "18"}, "missing": {"code": "99"}}, EVERYBODY),
        "place_alias": Kind(
            {"own": {"code": "18", "pk": alias.pk}, "missing": {"code": "18", "pk": 2_000_000_000}}, EVERYBODY
        ),
    }


def kinds_of_notices(people: dict[str, User], complaints: dict[str, Complaint]) -> dict[str, Kind]:
    """A notice is its recipient's, and only as long as they see what it is about; deliveries go by the record."""
    mine = {row: notice(people["officer"], complaints[row], "sent") for row in ROWS}
    stuck = {row: notice(people["officer"], complaints[row], "failed") for row in ROWS}
    own = {role: set() for role in ROLES} | {"officer": SEEN["officer"]}
    return {
        "notice": Kind({**{row: {"pk": obj.pk} for row, obj in mine.items()}, "missing": {"pk": NO_UUID}}, own),
        "delivery": Kind({**{row: {"pk": obj.pk} for row, obj in stuck.items()}, "missing": {"pk": NO_UUID}}, SEEN),
    }


def notice(to: User, about: Complaint, state: str) -> Notification:
    """Make a notice in the application (sent) or an e-mail (failed)."""
    return Notification.objects.create(
        recipient=to,
        channel="in_app" if state == "sent" else "email",
        kind="complaint_new",
        object_type="complaints.complaint",
        reference=about.reference,
        transition=about.pk,
        state=state,
        sent_at=timezone.now() if state == "sent" else None,
    )
