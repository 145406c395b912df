"""The world the matrix is tried in: one person of every role, and a family of rows for every wall."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import Deputy, Posting, SavedView, User
from accounts.services import system_user
from accounts.services.drafts import save_draft
from complaints.models import (
    Call,
    Complaint,
    Contact,
    Interpreter,
    ListedName,
    NameList,
    Pair,
    ProposedChange,
    Reporter,
    SecondReading,
)
from complaints.models.digest import digest_of
from complaints.services.index import index
from complaints.services.register import ROUTE
from notifications.models import Notification
from partners.models import Partner, PartnerPhone
from partners.services import add_partner
from people.services import set_names
from prevention.models import SheetImport
from prevention.services import CauseSaid, add_activity, add_survey, advance_survey, enter_respondent
from provinces.models import Company, Measure, PlaceAlias, Site
from reports.models import ExportJob, Publication
from reports.services import advance_publication
from suspects.models import Hearing, Review, Suspect
from tests.factories.accounts import DutyFactory, GrantFactory, PostingFactory, UserFactory
from tests.factories.cases import (
    CaseFileFactory,
    ComplaintFactory,
    OperationFactory,
    PersonFactory,
    SuspectFactory,
    VictimFactory,
)
from tests.factories.referrals import CareFactory, PartnerFactory, ReferralFactory, link_to
from victims.models import (
    Care,
    Deportation,
    DeportationReview,
    Entry,
    Operation,
    OperationMember,
    Proceeding,
    Repatriation,
    Stay,
    Victim,
)
from workflow.models import Approval, Merge, Submission

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
    clients: dict[str, Any] = field(default_factory=dict)  # by role, signed in once


def build() -> World:
    """Make everything, in one transaction of a test."""
    people = {role: UserFactory(username=f"x.{role}", role=role) for role in ROLES if role != "partner"}
    people["partner"] = UserFactory(username="x.partner", role="partner", partner_id=PartnerFactory().reference)
    posting = PostingFactory(user=people["officer"], province_id="18", lead=True)
    complaints = {row: complaint(row, *where) for row, where in ROWS.items()}
    victims = {row: victim(row, complaints[row]) for row in ROWS}
    suspects = {row: suspect(row, complaints[row]) for row in ROWS}
    hearings = {row: hearing(of) for row, of in suspects.items()}
    files = case_files(suspects)
    operations = {row: operation(complaints[row]) for row in ROWS}
    GrantFactory(complaint_id=complaints["shared"].pk, user=people["officer"], kind="naming")
    kinds = {
        "complaint": by_reference(complaints, "KH-2022-222222"),
        "victim": by_reference(victims, "V-22222222"),
        "suspect": by_reference(suspects, "S-22222222"),
        "case_file": files,
        "proceeding": proceedings(victims),
        "service": services(victims),
        "hearing": by_reference(hearings, "H-22222222"),
        "override": override(people["officer"]),
        "court": Kind({"own": {"code": "C18"}, "missing": {"code": "C99"}}, EVERYBODY),
        "digest": digest_for(people["officer"]),
        "holiday": Kind({"own": {"day": "2026-11-09"}, "missing": {"day": "2026-02-02"}}, EVERYBODY),
        "rule": Kind({"own": {"code": "child"}, "missing": {"code": "nothing"}}, EVERYBODY),
        "hand_in": Kind({"own": {"slug": "tip"}, "missing": {"slug": "nothing"}}, EVERYBODY),
        "indicator": Kind({"own": {"name": "complaints_received"}, "missing": {"name": "nothing"}}, EVERYBODY),
        **publications(),
        "article": Kind({"own": {"code": "L08-10"}, "missing": {"code": "L08-99"}}, EVERYBODY),
        **kinds_of_accounts(people, posting),
        **kinds_of_places(),
        **kinds_of_partners(people["supervisor"]),
        **kinds_of_prevention(people),
        **kinds_of_referrals(complaints, victims),
        **kinds_of_notices(people, complaints),
        **kinds_of_operations(people["officer"], operations),
        "contact": contacts(complaints, people["intake"]),
        **name_lists(people, victims),
        "draft": draft_of(people["officer"]),
        "receipt": receipt_of(people["officer"], complaints["own"]),
        **kinds_of_returns(people["officer"], victims),
        "naming": namings(complaints),
        "merge": merges(complaints, people),
        "pair": pairs(complaints),
        "change": changes(complaints),
        "reading": readings(complaints),
        **kinds_of_desk(people),
        **kinds_of_hotline(people["intake"]),
        **kinds_of_exports(people["officer"]),
    }
    marks = {
        row: (
            complaints[row].reference,
            victims[row].reference,
            suspects[row].reference,
            files.rows[row]["reference"],
            operations[row].reference,
            hearings[row].reference,
            secret(row),
            spot(row),
        )
        for row in ROWS
    }
    identities = tuple(secret(row) for row in ROWS)
    return World(people, kinds, marks, identities, tuple(reporter(row) for row in ROWS))


def publications() -> dict[str, Kind]:
    """Make one that was released and one that waits: the second is of those who prepare and sign, and of no program."""
    analyst, supervisor = (UserFactory(username=f"y.{role}", role=role) for role in ("analyst", "supervisor"))
    days = {
        "first_on": date(2022, 8, 18),
        "last_on": date(2022, 9, 29),
        "as_of": timezone.now(),
        "prepared_by": analyst,
    }
    made = {
        row: Publication.objects.create(kind="provisional", audience="press", press={"km": "១", "en": "1"}, **days)
        for row in ("own", "draft")
    }
    advance_publication(made["own"], "sign", by=supervisor, signed_title="Director")
    rows = {row: {"reference": one.reference} for row, one in made.items()} | {"missing": {"reference": "PB-22222222"}}
    whole, released = {"own", "draft"}, {"own"}
    seen = {role: whole if role in ("analyst", "supervisor") else released for role in ROLES}
    return {"publication": Kind(rows, seen), "released": Kind(rows, dict.fromkeys(ROLES, released))}


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
        status="filed",
        province_id=province,
        handling=handling,
        channel="hotline",
        received_at=made.received_at,
        logged_by=made.logged_by,
        raw=reporter(row),
    )
    index(made)
    Reporter.objects.create(
        contact=contact, relation="family", name=reporter(row), phone=f"+8551234567 {reporter(row)}"
    )
    return made


def contacts(complaints: dict[str, Complaint], by: User) -> Kind:
    """A contact that waits is the ministry's; one of a complaint is seen like it by who opens the inbox; one held apart
    that says an official takes part is the integrity unit's alone."""
    said = {"channel": "hotline", "narrative": "មានគេសួររកបងប្អូន", "received_at": timezone.now()}
    waits = Contact.objects.create(province_id="00", logged_by=by, turn=0, due_at=timezone.now(), **said)
    apart = {**said, "channel": "public_form", "narrative": "ប៉ូលិសយកលុយ", "handling": "sealed", "status": "held"}
    held = Contact.objects.create(province_id="00", logged_by=by, turn=0, **apart)
    rows = {row: of.contacts.get() for row, of in complaints.items() if row != "own"}
    found = by_reference({"own": waits, "apart": held, **rows}, "C-22222222")
    return Kind(found.rows, {**found.seen, "integrity": {*found.seen["integrity"], "apart"}})


def name_lists(people: dict[str, User], victims: dict[str, Victim]) -> dict[str, Kind]:
    """A list of names is the ministry's; who sent one reads that alone."""
    by, sent = people["intake"], {}
    senders = {"own": Partner.objects.get(reference=people["partner"].partner_id), "other": PartnerFactory()}
    for row, partner in senders.items():
        now = timezone.now()
        said = {"channel": "email", "kind": "list_of_names", "received_at": now, "due_at": now}
        contact = Contact.objects.create(province_id="00", logged_by=by, narrative="ឈ្មោះ", **said)
        Contact.objects.filter(pk=contact.pk).update(status="listed")
        words = {"reference": contact.reference, "received_at": contact.received_at, "made_by": by}
        made = NameList.objects.create(contact=contact, partner=partner, **words)
        ListedName.objects.create(list=made, line=1, name="សុខ", victim=victims[row])
        sent[row] = {"reference": made.reference}
    rows, both = {**sent, "missing": {"reference": "C-22222222"}}, {"own", "other"}
    return {
        "name_list": Kind(rows, dict.fromkeys(ROLES, both)),
        "name_list_sent": Kind(rows, {**dict.fromkeys(ROLES, both), "partner": {"own"}}),
    }


def victim(row: str, of: Complaint) -> Victim:
    """Make a person named by the row's word."""
    person = PersonFactory()
    set_names(person, [secret(row).capitalize()])
    made: Victim = VictimFactory(complaint=of, person=person)
    scope = {"complaint": of, "province_id": of.province_id, "handling": of.handling}
    stay = Stay(victim=made, kind="shelter", since=timezone.localdate(), by=of.logged_by, **scope)
    stay.detail = reporter(row)  # like the reporter's: on the page that reveals, nowhere else
    stay.save()
    return made


def proceedings(victims: dict[str, Victim]) -> Kind:
    """An act is of who may see the person."""
    rows: dict[str, dict[str, Any]] = {}
    for row, of in victims.items():
        scope = {"complaint": of.complaint, "province_id": of.province_id, "handling": of.handling}
        said = {"kind": "testified", "happened_on": timezone.localdate(), "authority": of.complaint.exact_spot}
        made = Proceeding.objects.create(victim=of, by=of.complaint.logged_by, **said, **scope)
        rows[row] = {"reference": of.reference, "pk": made.pk}
    return Kind({**rows, "missing": {"reference": "V-22222222", "pk": NO_UUID}}, SEEN)


def services(victims: dict[str, Victim]) -> Kind:
    """A service is of who may see the person."""
    rows: dict[str, dict[str, Any]] = {}
    for row, of in victims.items():
        scope = {"complaint": of.complaint, "province_id": of.province_id, "handling": of.handling}
        said = {"service": "medical", "from_on": timezone.localdate(), "provider_name": of.complaint.exact_spot}
        made = Care.objects.create(victim=of, by=of.complaint.logged_by, **said, **scope)
        rows[row] = {"reference": of.reference, "pk": made.pk}
    return Kind({**rows, "missing": {"reference": "V-22222222", "pk": NO_UUID}}, SEEN)


def suspect(row: str, of: Complaint) -> Suspect:
    """Make a suspect named by the row's word."""
    person = PersonFactory()
    set_names(person, [f"{secret(row).capitalize()} boss"])
    made: Suspect = SuspectFactory(complaint=of, person=person)
    return made


def hearing(of: Suspect) -> Hearing:
    """Set a hearing in a few days, in the room that only this row has."""
    scope = {"complaint": of.complaint, "province_id": of.province_id, "handling": of.handling}
    soon = timezone.now() + timedelta(days=3)
    room = of.complaint.exact_spot
    court = "C18" if of.province_id == "18" else "C12"
    made: Hearing = Hearing.objects.create(
        suspect=of, at=soon, kind="trial", court_id=court, room=room, recorded_by=of.complaint.logged_by, **scope
    )
    return made


def operation(under: Complaint) -> Operation:
    """Make an operation that was carried out, at the spot of its complaint."""
    made: Operation = OperationFactory(found_under=under, place=under.exact_spot)
    Operation.objects.filter(pk=made.pk).update(status="done", done_at=made.planned_for, result="people_brought_out")
    return made


def kinds_of_operations(officer: User, operations: dict[str, Operation]) -> dict[str, Kind]:
    """Carried out it is seen like its complaint; planned by who is named for it, and by nobody else."""
    planned = OperationFactory(found_under=operations["own"].found_under, place="ជាន់ទីប្រាំបួន")
    member = OperationMember.objects.create(operation=planned, user=officer, by=officer)
    named: dict[str, set[str]] = {role: set() for role in ROLES} | {"officer": {"own"}}
    entries = {
        row: Entry.objects.create(operation=of, kind="count", n_people=1, by=officer) for row, of in operations.items()
    }
    own, missing = {"reference": planned.reference}, {"reference": "OP-22222222"}
    lines = {row: {"reference": operations[row].reference, "entry": entry.pk} for row, entry in entries.items()}
    return {
        "operation": by_reference(operations, missing["reference"]),
        "planned": Kind({"own": own, "missing": missing}, named),
        "member": Kind({"own": {**own, "member": member.pk}, "missing": {**own, "member": NO_UUID}}, named),
        "entry": Kind({**lines, "missing": {**missing, "entry": NO_UUID}}, SEEN),
    }


def kinds_of_returns(by: User, victims: dict[str, Victim]) -> dict[str, Kind]:
    """Returns and deportations are seen like their person; an override by the integrity unit, of whatever province."""
    returns, deported = {}, {}
    for row, of in victims.items():
        scope = {"complaint_id": of.complaint_id, "province_id": of.province_id, "handling": of.handling}
        returns[row] = Repatriation.objects.create(
            victim=of, direction="out_of_cambodia", country="VN", status="asked_alone", handed_to=secret(row), **scope
        )
        order = {
            "authority": secret(row),
            "order_number": "៧",
            "ordered_on": timezone.localdate(),
            "reason": "overstay",
        }
        deported[row] = Deportation.objects.create(
            victim=of, decision_then="presumed", recorded_by=by, **order, **scope
        )
    DeportationReview.objects.create(
        deportation=deported["other"],
        complaint_id=deported["other"].complaint_id,
        province_id="12",
        handling="provincial",
        finding="overridden",
        why="យន្តហោះបានចេញហើយ",
        by=by,
    )
    return {
        "return": by_reference(returns, "RP-22222222"),
        "deportation": by_reference(deported, "DP-22222222"),
        "deported": Kind(
            {"own": {"reference": deported["other"].reference}, "missing": {"reference": "DP-22222222"}}, EVERYBODY
        ),
    }


def digest_for(officer: User) -> Kind:
    """The digest of one morning is nobody else's."""
    made = digest_of(officer, timezone.localdate(), 3)
    made.save()
    nobody: dict[str, set[str]] = {role: set() for role in ROLES}
    rows = {"own": {"reference": made.reference}, "missing": {"reference": "D-000000000000"}}
    return Kind(rows, nobody | {"officer": {"own"}})


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
        "own_device": Kind({"missing": {"pk": NO_UUID}}, {role: set() for role in ROLES}),
    }


def kinds_of_prevention(people: dict[str, User]) -> dict[str, Kind]:
    """Surveys once opened are open to who enters answers, drafts to who reads results; activities to all staff."""
    analyst = people["analyst"]
    words = {"question_km": "តើអ្វីជាមូលហេតុ?", "organiser": "គ.ជ.ប.ជ", "kind": "multi_choice", "most": 1}
    days = {"from_on": date(2022, 7, 1), "until_on": date(2022, 8, 31)}
    causes = [CauseSaid("personal_debt"), CauseSaid("gambling")]
    draft, opened = (add_survey(by=analyst, title_km=f"មូលហេតុ {n}", causes=causes, **words, **days) for n in "កខ")
    advance_survey(opened, "open", by=analyst)
    entered = enter_respondent(opened, by=people["officer"], province="18", refused=True)
    sheet = SheetImport.objects.create(survey=opened, sha256="0" * 64, rows=[], total=0, made_by=analyst)
    held = {
        "kind": "forum",
        "title": "វេទិកា",
        "held_on": date(2022, 9, 29),
        "organisers": ["ngo"],
        "audience": ["public"],
    }
    activity = add_activity(by=people["supervisor"], province_id="18", **held)
    there, nowhere = {"reference": opened.reference}, {"reference": "SV-22222222"}
    drafts = {"other": {"reference": draft.reference}}
    return {
        "survey": Kind({"own": there, "missing": nowhere}, EVERYBODY),
        "survey_any": Kind({"own": there, **drafts, "missing": nowhere}, EVERYBODY | {"officer": {"own"}}),
        "survey_sheet": Kind(
            {"own": {**there, "entry": sheet.reference}, "missing": {**there, "entry": "SI-22222222"}}, EVERYBODY
        ),
        "survey_answers": Kind(
            {"own": {**there, "entry": entered.reference}, "missing": {**there, "entry": "SR-22222222"}},
            EVERYBODY | {"supervisor": set()},
        ),
        "activity": Kind(
            {"own": {"reference": activity.reference}, "missing": {"reference": "AC-22222222"}}, EVERYBODY
        ),
    }


def kinds_of_partners(by: User) -> dict[str, Kind]:
    """The directory is open to staff; the address of a shelter stands on the page that reveals, nowhere else."""
    partner = add_partner(by=by, kind="shelter", name_km="មណ្ឌលផ្ទះឈូក", province_id="18", address=reporter("own"))
    phone = PartnerPhone.objects.create(partner=partner, e164="+85512000111", takes_codes=True, added_by=system_user())
    there, nowhere = {"reference": partner.reference}, {"reference": "PT-22222222"}
    phones = {"own": {**there, "pk": phone.pk}, "missing": {**nowhere, "pk": NO_UUID}}
    return {
        "directory": Kind({"own": there, "missing": nowhere}, EVERYBODY),
        "own_line": Kind({"own": there, "missing": nowhere}, EVERYBODY | {"partner": set()}),
        "partner_phone": Kind(phones, EVERYBODY),
    }


def kinds_of_referrals(complaints: dict[str, Complaint], victims: dict[str, Victim]) -> dict[str, Kind]:
    """Seen like their complaint by the sender's side; by the partner alone it was sent to, which is nobody's here."""
    partner = PartnerFactory(kind="ngo")
    of = {row: ReferralFactory(complaint=complaints[row], to_partner=partner, message=secret(row)) for row in ROWS}
    about = {
        row: ReferralFactory(complaint=complaints[row], victim=victims[row], to_partner=partner, status="sent")
        for row in ROWS
    }
    care = {row: CareFactory(victim=victims[row], provider=partner) for row in ROWS}
    ways = {row: {"reference": about[row].reference, "pk": care[row].pk} for row in ROWS}
    link = {"own": {"token": link_to(of["own"])}, "missing": {"token": "none"}}
    return {
        "referral": by_reference(of, "R-22222222"),
        "referral_of_person": by_reference(about, "R-22222222"),
        "referral_care": Kind({**ways, "missing": {"reference": "R-22222222", "pk": NO_UUID}}, SEEN),
        "link": Kind(link, EVERYBODY),
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


def merges(complaints: dict[str, Complaint], people: dict[str, User]) -> Kind:
    """A merge that waits is of who may see both records."""
    rows: dict[str, dict[str, Any]] = {}
    by = UserFactory(username="x.proposer", role="supervisor")
    for row, one in complaints.items():
        other = ComplaintFactory(province_id=one.province_id, handling=one.handling, narrative="អគារពណ៌ខៀវ")
        if row == "shared":
            GrantFactory(complaint_id=other.pk, user=people["officer"], kind="naming")
        asked = {"kind": "merge", "object_type": "complaints.complaint", "payload_sha256": "0" * 64}
        made = Merge.objects.create(
            object_type="complaints.complaint",
            survivor_id=one.pk,
            survivor_reference=one.reference,
            absorbed_id=other.pk,
            absorbed_reference=other.reference,
            approval=Approval.objects.create(object_id=other.pk, requested_by=by, **asked),
            why="អគារតែមួយ",
            by=by,
        )
        rows[row] = {"reference": made.reference}
    return Kind({**rows, "missing": {"reference": "M-22222222"}}, SEEN)


def pairs(complaints: dict[str, Complaint]) -> Kind:
    """A pair is the supervisors'; one with a sealed side the integrity unit's, who sees that side alone."""
    rows: dict[str, dict[str, Any]] = {}
    elsewhere = ComplaintFactory(province_id="01", handling="provincial", narrative="អគារពណ៌ស")
    for row, of in complaints.items():
        other = elsewhere if row == "other" else complaints["other"]
        one, other = sorted((of, other), key=lambda side: str(side.pk))
        made = Pair.objects.create(
            one=one,
            other=other,
            one_province_id=one.province_id,
            one_handling=one.handling,
            other_province_id=other.province_id,
            other_handling=other.handling,
            score=80,
            reasons=["number_written", "number_called"],
            told=b"",
        )
        rows[row] = {"reference": made.reference}
    seen = {role: SEEN[role] if role in ("supervisor", "integrity") else set() for role in ROLES}
    return Kind({**rows, "missing": {"reference": "PR-22222222"}}, seen)


def changes(complaints: dict[str, Complaint]) -> Kind:
    """A change that waits is of who sees its complaint."""
    by = UserFactory(username="x.lowering", role="supervisor")
    rows: dict[str, dict[str, Any]] = {}
    for row, of in complaints.items():
        asked = {"kind": "complaint.urgency", "object_type": "complaints.complaint", "payload_sha256": "0" * 64}
        made = ProposedChange.objects.create(
            complaint=of,
            province_id=of.province_id,
            handling=of.handling,
            field="urgency",
            before="high",
            after="normal",
            why="គ្មានគ្រោះថ្នាក់",
            by=by,
            approval=Approval.objects.create(object_id=of.pk, requested_by=by, **asked),
        )
        rows[row] = {"reference": of.reference, "pk": made.pk}
    return Kind({**rows, "missing": {"reference": "KH-2022-222222", "pk": NO_UUID}}, SEEN)


def readings(complaints: dict[str, Complaint]) -> Kind:
    """A second reading is of the own branch alone: sealed ones are the integrity unit's, whoever is named."""
    by = UserFactory(username="x.closer", role="supervisor")
    rows: dict[str, dict[str, Any]] = {}
    for row, of in complaints.items():
        closed = ComplaintFactory(province_id=of.province_id, handling=of.handling, status="new", narrative="អគារលឿង")
        made = SecondReading.objects.create(
            complaint=closed, province_id=of.province_id, handling=of.handling, closed_by=by, proposed_by=by
        )
        rows[row] = {"reference": made.complaint.reference}
    return Kind({**rows, "missing": {"reference": "KH-2022-222222"}}, SEEN)


def kinds_of_hotline(intake: User) -> dict[str, Kind]:
    """A call is of who has it; what to say and who interprets is the administrator's."""
    call = Call.objects.create(by=intake, began_by=intake)
    row = Interpreter.objects.create(language="vi", name="អ្នកបកប្រែ", phone="១១២")
    mine: dict[str, set[str]] = {role: set() for role in ROLES} | {"intake": {"own"}}
    return {
        "call": Kind({"own": {"reference": call.reference}, "missing": {"reference": "T-22222222"}}, mine),
        "script": Kind({"own": {"code": "held-km"}, "missing": {"code": "held-zz"}}, EVERYBODY),
        "interpreter": Kind({"own": {"pk": row.pk}, "missing": {"pk": NO_UUID}}, EVERYBODY),
    }


def kinds_of_exports(officer: User) -> dict[str, Kind]:
    """An export is of who asked for it; who oversees exports sees it, and never its file."""
    rows: dict[str, dict[str, Any]] = {"missing": {"reference": "EX-22222222"}}
    for row, by in (("own", officer), ("other", UserFactory(username="x.exporter", role="analyst"))):
        about = {"kind": "export.identities", "object_type": "reports.exportjob", "payload_sha256": "0" * 64}
        job = ExportJob(by=by, listing="complaints", format="csv", purpose="figures", recipient="ក្រសួង", state="asked")
        job.identities = True
        job.approval = Approval.objects.create(object_id=job.pk, requested_by=by, **about)
        job.query = "status=new"
        job.save()
        rows[row] = {"reference": job.reference}
    none: dict[str, set[str]] = {role: set() for role in ROLES} | {"officer": {"own"}}
    every = {"supervisor": {"own", "other"}, "integrity": {"own", "other"}}
    return {"export": Kind(rows, none | every), "own_export": Kind(rows, none)}


def kinds_of_desk(people: dict[str, User]) -> dict[str, Kind]:
    """A deputy is of who named them; a saved view is its writer's, its province's, or everybody's."""
    second = UserFactory(username="x.second", role="supervisor")
    today = timezone.localdate()
    away = Deputy.objects.create(user=people["supervisor"], deputy=second, from_on=today, until_on=today)
    view = SavedView.objects.create(list_key="complaints", name="ថ្មី", query="status=new", user=people["officer"])
    none: dict[str, set[str]] = {role: set() for role in ROLES}
    lists = {"own": {"key": "complaints"}, "missing": {"key": "nothing"}}
    kept = {"own": {"key": "complaints", "reference": view.reference}}
    kept["missing"] = {"key": "complaints", "reference": "SV-22222222"}
    named, written = none | {"supervisor": {"own"}}, none | {"officer": {"own"}}
    return {
        "deputy": Kind({"own": {"pk": away.pk}, "missing": {"pk": NO_UUID}}, named),
        "deputy_named": Kind({"own": {"reference": away.reference}, "missing": {"reference": "DY-22222222"}}, named),
        "kept_list": Kind(lists, EVERYBODY),
        "kept_view": Kind(kept, written),
        "view": Kind({"own": {"reference": view.reference}, "missing": {"reference": "SV-22222222"}}, written),
    }


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
    company = Company.objects.create(name_km="ក្រុមហ៊ុនខៀវ")
    company.sites.add(site)
    measure = Measure.objects.create(site=site, kind="warned", since_on=timezone.localdate(), authority="សាលាខេត្ត")
    there = {"reference": site.reference}
    return {
        "company": Kind({"own": {**there, "pk": company.pk}, "missing": {**there, "pk": NO_UUID}}, EVERYBODY),
        "measure": Kind({"own": {**there, "pk": measure.pk}, "missing": {**there, "pk": NO_UUID}}, EVERYBODY),
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
