"""The demonstration is never mixed with real complaints."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint
from config.demo import DemoRefused, build


@pytest.mark.django_db(transaction=True)
def test_it_stays_away_from_real_complaints(registered: Callable[..., Any], settings: Any) -> None:
    registered()
    settings.DEMO = False
    before = [model._base_manager.count() for model in (Complaint, User)]
    with pytest.raises(DemoRefused):
        build()
    assert [model._base_manager.count() for model in (Complaint, User)] == before
