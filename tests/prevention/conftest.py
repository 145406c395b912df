"""A survey that is open, and what a sheet of it looks like."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from prevention.models import Survey
from prevention.services import CauseSaid, add_survey, advance_survey

CODES = ("personal_debt", "negligence_family_society", "lack_education", "gambling")


def said(**more: Any) -> dict[str, Any]:
    """What a survey is written with."""
    words = {
        "title_en": "Causes of trafficking",
        "question_en": "What causes trafficking?",
        "question_km": "តើអ្វីជាមូលហេតុ?",
        "organiser": "NCCT",
        "kind": "multi_choice",
        "most": 3,
        "from_on": date(2022, 7, 1),
        "until_on": date(2022, 8, 31),
        "causes": [CauseSaid(code) for code in CODES],
    }
    return {**words, **more}


@pytest.fixture
def written(analyst: Any) -> Callable[..., Survey]:
    def write(*, opened: bool = True, **more: Any) -> Survey:
        survey = add_survey(by=analyst, **said(**more))
        return advance_survey(survey, "open", by=analyst) if opened else survey

    return write


@pytest.fixture
def survey(written: Callable[..., Survey]) -> Survey:
    return written()


@pytest.fixture
def ranking(written: Callable[..., Survey]) -> Survey:
    return written(kind="ranking", title_en="Causes in order")
