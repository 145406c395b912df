"""The tables for the public over the demonstration: the attack works out nothing."""

from datetime import date

import pytest

from core.display import today
from reports.attacked import attack
from reports.indicators import Window
from reports.release import national, released

pytestmark = [pytest.mark.usefixtures("told"), pytest.mark.django_db]


@pytest.mark.parametrize("window", [Window(date(2022, 8, 18), date(2022, 9, 29)), Window(date(2022, 1, 1), today())])
def test_no_hidden_number_is_worked_out(window: Window) -> None:
    found = attack(released(national(window)))
    assert any(one.hidden for one in found)
    assert not [one for one in found if one.broken]
