"""A publication reopened after fifty late edits of many kinds: its numbers stand, and what changed is named, no more and no less."""

from typing import Any

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance as advance_complaint
from people.services import make_person
from reports.models import Publication
from reports.services.since import Since, since
from tests.complaints.merging import merged, parted
from tests.queries import asked
from tests.reports.publishing import numbers, released
from tests.reports.window import PRESS, Browser, Registered, at, rescued
from victims.services import add_victim, advance, decide

FIGURES = ("complaints_received", "confirmation_rate", "victims_rescued", "people_brought_out_not_trafficked")
SPLITS = ("complaints_received.province_of_incident", "victims_rescued.nationality")


def recount(publication: Publication) -> dict[str, Since]:
    found = since(publication.figures.select_related("publication").prefetch_related("parts"))
    return {one.figure.indicator: one for one in found}


def keys(one: Since, kind: str) -> set[Any]:
    return {moved.object_id for moved in one.moved if moved.kind == kind}


def pk(rows: Any) -> set[Any]:
    return {row.pk for row in rows}


def judged(complaint: Complaint, by: User) -> Complaint:
    for step in ("acknowledge", "start_verification"):
        complaint = advance_complaint(complaint, step, by=by)
    return advance_complaint(complaint, "record_outcome", by=by, outcome="substantiated", note="Seen")


def not_a_victim(victim: Any, by: User, second: User) -> Any:
    proposed = decide(victim, "propose_not_a_victim", by=by, note="Came to work there of her own will")
    return decide(proposed, "confirm_not_a_victim", by=second)


def out(victim: Any, by: User, when: Any) -> Any:
    again = advance(victim, "resume_search", by=by, note="Another day")
    return advance(again, "record_rescue", by=by, happened_at=when)


def test_fifty_late_edits_change_nothing_and_are_named(
    press: Registered, browser: Browser, analyst: User, supervisor: User, supervisor2: User
) -> None:
    home = press(province_of_incident="18")
    waiting = [add_victim(home, make_person(), by=supervisor) for _ in range(8)]
    wrong_day, wrong_word, twice = (
        [rescued(home, supervisor, at(9, 5), nationality="VN") for _ in range(n)] for n in (6, 6, 4)
    )
    again = [rescued(press(), supervisor, at(9, 6), nationality="VN") for _ in range(4)]
    same = [rescued(press(), supervisor, at(9, 6), nationality="CN") for _ in range(4)]
    doubled, apart, sealed, open_ones = ([press(province_of_incident="18") for _ in range(4)] for _ in range(4))
    apart = apart[:2]
    undone = [merged(home, one, supervisor, supervisor2) for one in apart]
    publication = released(analyst, supervisor, *FIGURES, splits=SPLITS)
    before, client = numbers(publication), browser(supervisor)
    address = f"/reports/publications/{publication.reference}/"
    page = client.get(address).context["figures"]
    assert not any(one.moved or one.parts or one.differs for one in recount(publication).values())
    assert "Nothing has changed" in client.get(f"{address}changes/").content.decode()

    for merge in undone:
        parted(merge, supervisor)
    late = [press() for _ in range(12)]
    brought = [
        decide(
            advance(row, "record_rescue", by=supervisor, happened_at=at(9, 20)),
            "decide_trafficked",
            by=supervisor,
            happened_at=at(9, 21),
            note="Asked alone",
        )
        for row in waiting
    ]
    moved = [out(row, supervisor, at(10, 2)) for row in wrong_day]
    cleared = [not_a_victim(row, supervisor, supervisor2) for row in wrong_word]
    for one, other in zip(again, same, strict=True):
        merged(one, other, supervisor, supervisor2)
    for one in doubled:
        merged(home, one, supervisor, supervisor2)
    for one in sealed:
        advance_complaint(one, "seal", by=supervisor, note="An official is named.")
    true = [judged(one, supervisor) for one in open_ones]
    assert len([*late, *brought, *moved, *cleared, *same, *doubled, *undone, *sealed, *true]) == 50
    assert len(twice) == 4

    publication = Publication.objects.get(pk=publication.pk)
    assert numbers(publication) == before
    reopened = client.get(address).context["figures"]
    assert [(one["said"], one["beside"], one["tables"]) for one in reopened] == [
        (one["said"], one["beside"], one["tables"]) for one in page
    ]
    found = recount(publication)
    received = found["complaints_received"]
    assert {kind: keys(received, kind) for kind in {one.kind for one in received.moved}} == {
        "late": pk(late),
        "merged": pk(doubled),
        "parted": pk(apart),
    }
    people = found["victims_rescued"]
    assert keys(people, "late") == pk(brought)
    assert keys(people, "corrected_out") == pk(moved) | pk(cleared)
    assert len(keys(people, "merged")) == 4
    assert keys(people, "merged") <= pk(again) | pk(same)
    assert {one.kind for one in people.moved} == {"late", "corrected_out", "merged"}
    assert {(one.kind, one.object_id) for one in found["people_brought_out_not_trafficked"].moved} == {
        ("corrected_in", row.pk) for row in cleared
    }
    assert {(one.kind, one.object_id) for one in found["confirmation_rate"].moved} == {
        ("corrected_in", row.pk) for row in true
    }
    named_by_reference(client.get(f"{address}changes/"), received, {one.pk: one for one in [*late, *doubled, *apart]})
    assert {(part.code, part.n, n) for part, n in received.parts if part.split == "province_of_incident"} >= {
        ("none", 0, 4)
    }


def named_by_reference(answer: Any, one: Since, rows: dict[Any, Complaint]) -> None:
    """The page names each of them, and who did it."""
    html = answer.content.decode()
    (change,) = [change for change in answer.context["changes"] if change["figure"] == one.figure]
    told = {row.record.reference for group in change["groups"] for row in group.rows}
    assert told == {row.reference for row in rows.values()}
    assert all(reference in html for reference in told)
    assert not any(group.hidden or group.more for group in change["groups"])


def test_a_late_sealed_complaint_is_counted_and_not_named(
    press: Registered, browser: Browser, analyst: User, supervisor: User, integrity: User
) -> None:
    press()
    publication = released(analyst, supervisor)
    sealed = advance_complaint(press(), "seal", by=supervisor, note="An official is named.")
    address = f"/reports/publications/{publication.reference}/changes/"
    page = browser(supervisor).get(address)
    (change,) = page.context["changes"]
    assert [(group.n, group.hidden, group.rows) for group in change["groups"]] == [(1, 1, [])]
    assert "1 record that is not shown" in page.content.decode()
    assert sealed.reference not in page.content.decode()
    assert sealed.reference in browser(integrity).get(address).content.decode()


def test_presumed_when_it_was_released_and_not_a_victim_in_november(
    press: Registered, browser: Browser, analyst: User, supervisor: User, supervisor2: User
) -> None:
    victim = rescued(press(), supervisor, at(9, 5), "decide_presumed")
    publication = released(analyst, supervisor, "victims_rescued")
    not_a_victim(victim, supervisor, supervisor2)
    (figure,) = publication.figures.all()
    assert (figure.number_kept, figure.beside["presumed"]["n"]) == (1, 1)
    page = browser(supervisor).get(f"/reports/publications/{publication.reference}/changes/")
    html, (change,) = page.content.decode(), page.context["changes"]
    assert ("presumed", 1, 0) in [(part["word"], part["then"], part["now"]) for part in change["parts"]]
    assert victim.reference in html
    assert f"Not a victim, {supervisor2.name}" in html


def test_the_situation_says_why_it_differs_from_what_was_published(
    press: Registered, browser: Browser, analyst: User, supervisor: User, officer_psh: User
) -> None:
    press()
    publication = released(analyst, supervisor)
    client = browser(supervisor)

    def published(query: str) -> Any:
        figures = client.get(f"/reports/situation/?{query}").context["figures"]
        return next(one["published"] for one in figures if one["line"].indicator.name == "complaints_received")

    assert (published(PRESS).said, published(PRESS).reasons) == ("1 complaint", [])
    press()
    advance_complaint(press(), "seal", by=supervisor, note="An official is named.")
    same = published(PRESS)
    assert (same.said, same.reference) == ("1 complaint", publication.reference)
    assert same.reasons == ["2 entered late.", "The system counts the whole country; here stands what you may see."]
    assert published("from=2022-08-18&to=2022-10-01").reasons[0] == "The window differs by 2 days."
    assert published("from=2022-10-01&to=2022-10-02") is None
    assert browser(officer_psh).get(f"/reports/situation/?{PRESS}").context["compared"] is False


def test_recounting_asks_the_same_however_much_changed(
    press: Registered, browser: Browser, analyst: User, supervisor: User
) -> None:
    press()
    publication = released(analyst, supervisor, *FIGURES, splits=SPLITS)
    client, counts = browser(supervisor), []
    for n in (2, 6):
        for _more in range(n):
            rescued(press(), supervisor, at(9, 5), nationality="VN")
        path = f"/reports/publications/{publication.reference}/changes/"
        client.get(path)
        counts.append(len(asked(client, path)))
    assert counts[0] == counts[1] <= 60, counts


def test_a_changed_rule_is_said(analyst: User, supervisor: User) -> None:
    publication = released(analyst, supervisor)
    figure = publication.figures.get()
    (one,) = since([figure])
    assert one.is_same_rule
    figure.definition_version = 2
    (one,) = since([figure])
    assert not one.is_same_rule
    figure.indicator = "no_more"
    (one,) = since([figure])
    assert one.now is None
