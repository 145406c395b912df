"""The press figures of the demonstration, frozen, and what changed since."""

import pytest

from reports.models import Publication
from reports.services.since import since
from tests.reports.publishing import numbers

pytestmark = pytest.mark.django_db


def test_the_press_figures_are_released_and_four_records_changed_since(told: None) -> None:
    (publication,) = Publication.objects.standing()
    kept = numbers(publication)
    values = {name: kept[name][0] for name in ("complaints_received", "victims_rescued", "suspects_sent_to_court")}
    assert values == {"complaints_received": 368, "victims_rescued": 361, "suspects_sent_to_court": 41}
    assert (kept["confirmation_rate"][:2], kept["suspects_sent_to_court"][2]["nationalities"]["n"]) == ((95, 323), 3)
    assert "249 were from or about Preah Sihanouk" in publication.press["en"]
    assert str(publication.as_of.date()) == "2022-09-29"
    found = {
        one.figure.indicator: sorted(moved.kind for moved in one.moved) for one in since(publication.figures.all())
    }
    assert {name: kinds for name, kinds in found.items() if kinds} == {
        "complaints_received": ["late", "merged"],
        "victims_rescued": ["corrected_out", "late"],
        "people_brought_out_not_trafficked": ["corrected_in"],
    }
