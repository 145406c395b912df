"""An answer is the person's: sought in two complaints, they are asked once, and what they said last holds in both."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint, ReporterAnswer
from complaints.said import ReporterSaid
from complaints.services import record_answer
from complaints.services.answers import people_safe
from people.services import make_person
from tests.complaints.merging import merged, parted
from tests.queries import asked
from victims.answers import answers_of
from victims.models import Consent, Victim
from victims.services import add_victim, advance
from victims.services.consent import record_consent

ASKED: dict[str, Any] = {"asked_alone": True, "asked_language": "Tiếng Việt"}
SAFE = {"told": "person_safe", "way": "telephone"}
Sought = Callable[..., Victim]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def sought(registered: Callable[..., Complaint], intake: User) -> Sought:
    """A complaint whose reporter can be rung, and somebody sought in it: a new person, or one sought elsewhere too."""

    def seek(person: Any = None, province: str = "18") -> Victim:
        reporter = ReporterSaid(phone="012 345 678", relation="family")
        complaint = registered(reporter=reporter, province_of_incident=province)
        person = person or make_person(name="Lan", sex="female", age=30, nationality="VN")
        return add_victim(complaint, person, by=intake)

    return seek


@pytest.fixture
def both(sought: Sought, officer_psh: User) -> tuple[Victim, Victim]:
    """One woman in a complaint of Preah Sihanouk and one of Phnom Penh; found in the first, which ends both searches."""
    here = sought()
    there = sought(here.person, "12")
    advance(here, "record_rescue", by=officer_psh)
    return Victim.objects.get(pk=here.pk), Victim.objects.get(pk=there.pk)


def say(victim: Victim, by: User, answer: str, **said: Any) -> None:
    record_consent(victim, by=by, answers={"family_told": answer}, **{**ASKED, **said})


def told_safe(victim: Victim, by: User) -> ReporterAnswer:
    return record_answer(victim.complaint, by=by, victim=victim.reference, **SAFE)


def test_who_agreed_in_one_complaint_may_be_called_safe_in_the_other(
    both: tuple[Victim, Victim], officer_psh: User, intake: User
) -> None:
    here, there = both
    say(here, officer_psh, "yes")
    assert people_safe(there.complaint, intake) == [there]
    assert told_safe(there, intake).victim == there


@pytest.mark.parametrize("answer", ["no", "later", "withdrawn"])
def test_who_takes_it_back_in_one_complaint_is_called_safe_in_none(
    answer: str, both: tuple[Victim, Victim], officer_psh: User, officer_pp: User, intake: User
) -> None:
    here, there = both
    for victim, by in ((here, officer_psh), (there, officer_pp)):
        say(victim, by, "yes")
    say(here, officer_psh, answer)
    for victim in both:
        assert people_safe(victim.complaint, intake) == []
        with pytest.raises(ValidationError, match="did not agree"):
            told_safe(victim, intake)
    assert not ReporterAnswer.objects.exists()


def test_a_yes_given_in_one_complaint_is_taken_back_in_the_other(
    both: tuple[Victim, Victim], officer_psh: User, officer_pp: User
) -> None:
    here, there = both
    with pytest.raises(ValidationError, match="no yes to withdraw"):
        say(there, officer_pp, "withdrawn")
    say(here, officer_psh, "yes")
    say(there, officer_pp, "withdrawn")
    assert answers_of(here)["family_told"].answer == "withdrawn"
    with pytest.raises(ValidationError, match="no yes to withdraw"):
        say(here, officer_psh, "withdrawn")


def test_persons_merged_have_one_answer_and_parted_each_their_own(
    sought: Sought, officer_psh: User, officer_pp: User, intake: User, supervisor: User, supervisor2: User
) -> None:
    one, other = sought(), sought(province="12")
    for victim, by, answer in ((one, officer_psh, "yes"), (other, officer_pp, "no")):
        advance(victim, "record_rescue", by=by)
        say(victim, by, answer)
    assert people_safe(one.complaint, intake) == [one]
    merge = merged(one, other, supervisor, supervisor2)
    assert people_safe(one.complaint, intake) == []
    with pytest.raises(ValidationError, match="did not agree"):
        told_safe(one, intake)
    parted(merge, supervisor)
    assert people_safe(one.complaint, intake) == [one]
    assert people_safe(other.complaint, intake) == []


def test_the_card_says_the_answer_and_the_day_but_not_where_how_or_by_whom(
    both: tuple[Victim, Victim], browser: Any, program: Any, officer_psh: User, officer_pp: User, supervisor: User
) -> None:
    here, there = both
    say(here, officer_psh, "no", note="Her brother sold her.")
    secrets = (
        "Her brother sold her.",
        "Tiếng Việt",
        here.reference,
        here.complaint.reference,
        officer_psh.display_name,
    )
    for part in ("", "consent/"):
        page = browser(officer_pp).get(f"/victims/{there.reference}/{part}").content.decode()
        assert "The family is told" in page
        assert "recorded elsewhere" in page
        assert not [secret for secret in secrets if secret in page]
    (row,) = program(officer_pp).get(f"/api/v1/victims/{there.reference}/consent/").json()
    assert (row["purpose"], row["answer"], row["asked_on"]) == (
        "family_told",
        "no",
        str(Consent.objects.get().asked_on),
    )
    assert [row[name] for name in ("asked_alone", "asked_language", "note", "by")] == [None] * 4
    # who sees both complaints reads all of it
    page = browser(supervisor).get(f"/victims/{there.reference}/consent/").content.decode()
    assert "Her brother sold her." in page
    (row,) = program(supervisor).get(f"/api/v1/victims/{there.reference}/consent/").json()
    assert (row["note"], row["by"], row["asked_alone"]) == ("Her brother sold her.", officer_psh.username, True)


def test_the_card_costs_one_query_more_for_who_was_asked_elsewhere_however_often(
    both: tuple[Victim, Victim], browser: Any, officer_psh: User, officer_pp: User
) -> None:
    here, there = both
    client, url = browser(officer_pp), f"/victims/{there.reference}/"
    client.get("/")
    costs = [len(asked(client, url))]
    for n in (1, 10):
        for _time in range(n):
            say(here, officer_psh, "yes")
        costs.append(len(asked(client, url)))
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]
