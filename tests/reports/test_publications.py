"""Publications: counted by the system, signed by another person, superseded and never altered."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from audit.models import AuditEvent
from complaints.services import advance
from core.exceptions import Conflict, Unprocessable
from reports.figures import in_order
from reports.indicators import REGISTRY, Look, Window
from reports.models import Publication, PublishedFigure, PublishedPart, PublishedRecord
from reports.services import Asked, advance_publication, prepare
from reports.services.freezing import counted_rows, freeze
from reports.services.publishing import publishable
from tests.factories.accounts import UserFactory
from tests.reports.publishing import TITLE, asked, drafted, numbers, released, signed
from tests.reports.window import WINDOW, Registered, at, rescued

Sql = Callable[[str], None]


ABOUT = REGISTRY["complaints_from_or_about"]


@pytest.fixture
def run() -> Sql:
    """Run a statement as the application's role."""

    def execute(sql: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    return execute


def test_what_is_kept_is_what_the_system_counts(
    full_world: None, analyst: User, supervisor: User, system: User
) -> None:
    names = [indicator.name for indicator in in_order() if not indicator.needs_province]
    splits = tuple(f"{name}.{split.name}" for name in names for split in publishable(REGISTRY[name])[:2])
    publication = released(analyst, supervisor, *names, splits=splits)
    look = Look(system, WINDOW)
    for figure in publication.figures.prefetch_related("parts"):
        indicator = REGISTRY[figure.indicator]
        measure = indicator.figure(look)
        assert (figure.number_kept, figure.count, figure.numerator) == (measure.value, measure.count, measure.numerator)
        assert {name: one["n"] for name, one in figure.beside.items()} == dict(measure.beside)
        assert figure.definition["en"] == str(indicator.definition)
        assert figure.label["km"] != figure.label["en"]
        assert (figure.definition_version, figure.digest) == (indicator.version, indicator.digest)
        kept = set(figure.records.values_list("object_id", "weight", "is_true"))
        assert kept == set(counted_rows(indicator, look)), figure.indicator
        assert len(kept) == (measure.count or 0), figure.indicator
        if indicator.heads is None and indicator.unit not in ("hours", "percent"):
            assert sum(part.n for part in figure.parts.all() if part.adds_up) in (
                measure.value,
                2 * (measure.value or 0),
            ) or not all(part.adds_up for part in figure.parts.all())


def test_the_page_says_who_answers_for_it_and_the_paragraph_in_both_languages(
    world: None, browser: Any, analyst: User, supervisor: User
) -> None:
    publication = released(analyst, supervisor, "complaints_received", "victims_rescued", note="Before the forum")
    page = browser(analyst).get(f"/reports/publications/{publication.reference}/")
    html = page.content.decode()
    for words in (f"{supervisor.name}, {TITLE}", analyst.name, "Before the forum", "Rule 1", "The whole country"):
        assert words in html, words
    assert "From 18 Aug 2022 to 29 Sep 2022, 4 complaints were received." in publication.press["en"]
    assert "បានទទួលបណ្តឹង ៤" in publication.press["km"]
    assert all(words in html for words in publication.press.values())


def test_sealed_complaints_count_nationally_and_under_no_province(
    press: Registered, analyst: User, supervisor: User, integrity: User
) -> None:
    plain, sealed = press(province_of_incident="18"), press(province_of_incident="18")
    advance(sealed, "seal", by=supervisor, note="An official is named.")
    split = ("complaints_received.province_of_incident",)
    publication = released(analyst, supervisor, splits=split)
    (figure,) = publication.figures.all()
    assert figure.number_kept == 2
    assert REGISTRY["complaints_received"].figure(Look(analyst, WINDOW)).value == 1
    assert {part.code: part.n for part in figure.parts.all()} == {"18": 1, "none": 1}
    assert "1 was from or about Preah Sihanouk" in publication.press["en"]
    assert set(figure.records.values_list("object_id", flat=True)) == {plain.pk, sealed.pk}
    assert {record.object_type for record in figure.records.all()} == {"complaints.complaint"}


def test_a_readers_own_figures_are_never_published(analyst: User, supervisor: User) -> None:
    draft = drafted(analyst)
    for user in (analyst, supervisor):
        with pytest.raises(ImproperlyConfigured, match="whole nation"):
            freeze(draft, Look(user, WINDOW), [REGISTRY["victims_rescued"]], ())
    assert list(draft.figures.values_list("indicator", flat=True)) == ["complaints_received"]


def test_nobody_signs_what_they_prepared(analyst: User, supervisor: User, run: Sql) -> None:
    draft = drafted(analyst)
    with pytest.raises(PermissionDenied, match="does not allow"):
        signed(draft, analyst)
    User.objects.filter(pk=analyst.pk).update(role="supervisor")
    promoted = User.objects.get(pk=analyst.pk)
    with pytest.raises(PermissionDenied, match="prepared this yourself"):
        signed(draft, promoted)
    with pytest.raises(PermissionDenied, match="Withdraw it instead"):
        advance_publication(draft, "refuse", by=promoted, note="No")
    same = "status = 'signed', signed_off_by_id = prepared_by_id, signed_at = now(), signed_title = 'X'"
    with pytest.raises(IntegrityError, match="publication_second_person"):
        run(f"UPDATE reports_publication SET {same} WHERE id = '{draft.pk}'")
    assert signed(draft, supervisor).status == "signed"


@pytest.mark.parametrize("role", ["officer", "intake", "supervisor", "integrity", "admin", "partner"])
def test_only_an_analyst_prepares(db: None, role: str) -> None:
    with pytest.raises(PermissionDenied):
        prepare(asked(), by=UserFactory(role=role), key=uuid4().hex)


def test_a_signature_needs_a_title(analyst: User, supervisor: User) -> None:
    draft = drafted(analyst)
    for title in ("", "   ", "x" * 201):
        with pytest.raises(ValidationError) as error:
            advance_publication(draft, "sign", by=supervisor, signed_title=title)
        assert error.value.message_dict.keys() == {"signed_title"}
    with pytest.raises(ValidationError):
        advance_publication(draft, "supersede", by=supervisor)


def test_what_was_signed_is_never_altered(press: Registered, analyst: User, supervisor: User, run: Sql) -> None:
    press()
    publication = released(analyst, supervisor, splits=("complaints_received.channel",))
    before = numbers(publication)
    row = f"WHERE id = '{publication.pk}'"
    for change in ("last_on = '2022-10-01'", "note = 'x'", "press = '{}'", "signed_title = 'x'", "status = 'draft'"):
        with pytest.raises(IntegrityError, match=r"never altered|no step leads"):
            run(f"UPDATE reports_publication SET {change} {row}")
    for table in ("publishedfigure", "publishedpart", "publishedrecord"):
        for sql in (f"UPDATE reports_{table} SET id = id", f"DELETE FROM reports_{table}"):
            with pytest.raises(DatabaseError, match="permission denied"):
                run(sql)
            with pytest.raises(IntegrityError, match="stands for good"):
                run(f"RESET ROLE; {sql}")  # not by the owner either
    with pytest.raises(DatabaseError, match="permission denied"):
        run(f"DELETE FROM reports_publication {row}")
    figure = PublishedFigure.objects.get(publication=publication)
    more: list[Any] = [
        PublishedPart(figure=figure, place=9, split="sex", title={}, code="x", word={}, n=1, rows=1),
        PublishedRecord(figure=figure, object_type="complaints.complaint", object_id=uuid4()),
    ]
    figure.pk, figure.indicator = uuid4(), "victims_rescued"
    for made in (*more, figure):
        with pytest.raises(IntegrityError, match="stands for good"), transaction.atomic():
            made.save(force_insert=True)
    assert numbers(publication) == before


def test_a_drafts_figures_do_not_change_before_it_is_signed(analyst: User, run: Sql) -> None:
    draft = drafted(analyst)
    for change in ("as_of = now()", "prepared_by_id = gen_random_uuid()", "kind = 'final'"):
        with pytest.raises(IntegrityError, match="never altered"):
            run(f"UPDATE reports_publication SET {change} WHERE id = '{draft.pk}'")


def test_a_newer_one_takes_its_place_once_it_is_signed(analyst: User, supervisor: User) -> None:
    first = released(analyst, supervisor)
    one, other = (drafted(analyst, supersedes=first.reference) for _ in range(2))
    first.refresh_from_db()
    assert (first.status, first.superseded_by) == ("signed", None)
    signed(one, supervisor)
    first = Publication.objects.get(pk=first.pk)
    assert (first.status, first.superseded_by) == ("superseded", one)
    with pytest.raises(Conflict, match="superseded meanwhile"):
        signed(other, supervisor)
    with pytest.raises(ValidationError) as error:
        drafted(analyst, supersedes=first.reference)
    assert error.value.message_dict.keys() == {"supersedes"}
    assert advance_publication(other, "withdraw", by=analyst, note="Too late").status == "withdrawn"


def test_a_draft_is_withdrawn_or_refused_with_a_reason_and_kept(
    analyst: User, supervisor: User, integrity: User
) -> None:
    for by, step in ((analyst, "withdraw"), (supervisor, "refuse")):
        draft = drafted(analyst)
        with pytest.raises(ValidationError):
            advance_publication(draft, step, by=by)
        done = advance_publication(draft, step, by=by, note="The window is wrong")
        with pytest.raises(Conflict):
            signed(done, supervisor)
    assert Publication.objects.visible_to(analyst).count() == 2
    assert Publication.objects.visible_to(integrity).count() == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"window": Window(date(2099, 1, 1), date(2099, 1, 2))}, "from"),
        ({"window": Window(date(2022, 1, 1), date(2099, 1, 2)), "kind": "final"}, "kind"),
        ({"indicators": ()}, "figures"),
        ({"indicators": (ABOUT,)}, "province"),
        ({"indicators": (ABOUT,), "province": "99"}, "province"),
        ({"splits": ((REGISTRY["victims_rescued"], REGISTRY["victims_rescued"].split("sex")),)}, "splits"),
        ({"splits": ((REGISTRY["complaints_received"], REGISTRY["complaints_received"].split("handling")),)}, "splits"),
        (
            {"splits": ((REGISTRY["complaints_received"], REGISTRY["complaints_received"].split("channel")),) * 101},
            "splits",
        ),
        (
            {
                "indicators": (ABOUT,),
                "province": "18",
                "splits": ((ABOUT, ABOUT.split("main_form")),),
            },
            "splits",
        ),
        ({"kind": "perhaps"}, "kind"),
        ({"audience": "friends"}, "audience"),
        ({"supersedes": "PB-22222222"}, "supersedes"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_be_published_is_said_by_field(analyst: User, said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        prepare(asked(**said), by=analyst, key=uuid4().hex)
    assert error.value.message_dict.keys() == {field}
    assert not Publication.objects.exists()


def test_a_dimension_that_only_some_may_see_is_not_published(analyst: User) -> None:
    arrested = REGISTRY["suspects_arrested"]
    for name in ("official",):
        wrong = Asked(WINDOW, "provisional", "official", (arrested,), ((arrested, arrested.split(name)),))
        with pytest.raises(ValidationError, match="not published"):
            prepare(wrong, by=analyst, key=uuid4().hex)


def test_one_key_makes_one_publication(analyst: User) -> None:
    key = uuid4().hex
    first, made = prepare(asked(), by=analyst, key=key)
    again, more = prepare(asked(), by=analyst, key=key)
    assert (first, made, more) == (again, True, False)
    with pytest.raises(Unprocessable):
        prepare(asked("victims_rescued"), by=analyst, key=key)
    assert Publication.objects.count() == 1


def test_each_act_is_recorded(analyst: User, supervisor: User) -> None:
    first = released(analyst, supervisor)
    signed(drafted(analyst, supersedes=first.reference), supervisor)
    events = AuditEvent.objects.filter(object_type="reports.publication").order_by("seq")
    assert [(event.verb, str(event.actor_id)) for event in events] == [
        ("publication.prepare", str(analyst.pk)),
        ("publication.sign", str(supervisor.pk)),
        ("publication.prepare", str(analyst.pk)),
        ("publication.sign", str(supervisor.pk)),
        ("publication.supersede", str(supervisor.pk)),
    ]


def test_from_or_about_is_published_with_its_province(press: Registered, analyst: User, supervisor: User) -> None:
    press(province_of_incident="18")
    publication = released(analyst, supervisor, "complaints_from_or_about", province="18")
    (figure,) = publication.figures.all()
    assert (figure.province, figure.number_kept) == ("18", 1)


def test_the_rules_of_what_was_published_stay_as_they_were(
    analyst: User, supervisor: User, browser: Any, press: Registered
) -> None:
    rescued(press(), supervisor, at(9, 5))
    publication = released(analyst, supervisor, "victims_rescued")
    client, address = browser(supervisor), f"/reports/publications/{publication.reference}/"
    User.objects.filter(pk=supervisor.pk).update(name="Somebody Else")
    html = client.get(address).content.decode()
    assert f"{supervisor.name}, {TITLE}" in html
    assert "1 person" in html
