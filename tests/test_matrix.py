"""The matrix: every route × method × role × row does what tests/matrix/table.py says; an unknown route fails."""

import logging
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from accounts.scope import ScopedQuerySet
from complaints.contact_workflow import CONTACT
from complaints.pair_workflow import PAIR
from complaints.workflow import COMPLAINT
from core.api import Api
from core.views import Page
from prevention.workflow import SURVEY
from suspects.hearing_workflow import HEARING
from suspects.workflow import SUSPECT
from tests.matrix.kept import made, world
from tests.matrix.routes import found
from tests.matrix.table import (
    ANY,
    CONTACT_STEPS,
    DEPORTATION_STEPS,
    FOREIGN,
    HEARING_STEPS,
    IDENTIFICATION_STEPS,
    PAIR_STEPS,
    PUBLIC,
    RESCUE_STEPS,
    RETURN_STEPS,
    STEPS,
    SURVEY_STEPS,
    SUSPECT_STEPS,
    TABLE,
)
from tests.matrix.walk import client_of, differences, may
from tests.matrix.world import World
from victims.deportation_workflow import DEPORTATION
from victims.repatriation_workflow import REPATRIATION
from victims.workflow import IDENTIFICATION, RESCUE

__all__ = ["made", "world"]


@pytest.fixture(scope="module")
def signed_in(made: World) -> datetime:
    """When the world was made: everybody signed in then, and all is asked in that minute, as the foot of a page says it."""
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for role in ("nobody", *made.people):
            client_of(made, role)
    return now


TOLD = {name.partition("#")[0] for name in TABLE}


def test_every_route_is_in_the_table_or_foreign() -> None:
    assert sorted(set(found()) - TOLD - FOREIGN) == []


def test_the_table_names_no_route_that_is_gone() -> None:
    assert sorted(TOLD - set(found())) == []
    assert sorted(FOREIGN - set(found())) == []


def test_the_table_names_every_step_of_every_table_of_steps() -> None:
    assert set(STEPS) == {step.name for step in COMPLAINT.steps}
    assert set(CONTACT_STEPS) == {step.name for step in CONTACT.steps}
    assert set(PAIR_STEPS) == {step.name for step in PAIR.steps}
    assert set(RESCUE_STEPS) == {step.name for step in RESCUE.steps}
    assert set(SUSPECT_STEPS) == {step.name for step in SUSPECT.steps}
    assert set(HEARING_STEPS) == {step.name for step in HEARING.steps}
    assert set(IDENTIFICATION_STEPS) == {step.name for step in IDENTIFICATION.steps}
    assert set(RETURN_STEPS) == {step.name for step in REPATRIATION.steps}
    assert set(SURVEY_STEPS) == {step.name for step in SURVEY.steps}
    assert set(DEPORTATION_STEPS) == {step.name for step in DEPORTATION.steps}


def test_every_route_of_ours_stands_on_one_of_the_two_bases() -> None:
    views = {name: route.view for name, route in found().items() if name not in FOREIGN}
    assert [name for name, view in views.items() if view is None or not issubclass(view, Page | Api)] == []


def test_the_table_says_every_method_a_route_answers() -> None:
    told = {name: set(route.rules) for name, route in TABLE.items() if "#" not in name}
    answered = {name: set(found()[name].methods) for name in told if name in found()}
    assert {name: answered[name] ^ told[name] for name in answered if answered[name] != told[name]} == {}


# Several routes are one test, and all share a world: each asking is taken back.
NAMES = sorted(TABLE)
TOGETHER = {names[0]: names for names in (NAMES[place : place + 6] for place in range(0, len(NAMES), 6))}


@pytest.mark.parametrize("first", TOGETHER)
def test_routes_answer_each_role_as_the_table_says(first: str, signed_in: datetime, world: World) -> None:
    logging.disable(logging.ERROR)  # thousands of refusals, each with its traceback
    wrong: list[str] = []
    try:
        with time_machine.travel(signed_in, tick=False):
            for name in TOGETHER[first]:
                route = found()[name.partition("#")[0]]
                wrong += differences(TABLE[name], route, world, variant="#" in name)
    finally:
        logging.disable(logging.NOTSET)
    assert not wrong, "\n".join(wrong)


def holds(role: str) -> set[str]:
    """Give the routes a role may open at all."""
    rules = {(name, rule.permission) for name, route in TABLE.items() for rule in route.rules.values()}
    return {name for name, permission in rules if may(role, permission) and permission not in (ANY, PUBLIC)}


def test_an_administrator_opens_no_case() -> None:
    kinds = ("complaint", "contact", "pair", "victim", "suspect", "case_file")
    cases = {name for name, route in TABLE.items() if route.kind in kinds}
    cases |= {
        "complaint-list",
        "victim-list",
        "complaints:list",
        "complaints:new",
        "contacts:list",
        "contacts:new",
        "contact-list",
        "pairs:list",
        "pair-list",
        "victims:list",
        "suspects:list",
        "suspect-list",
        "case_files:list",
    } & set(TABLE)
    assert holds("admin") & cases == set()


def test_a_partner_opens_nothing_but_referrals_its_own_beds_and_the_lists_it_sent() -> None:
    own = {"partners:beds", "partner-beds", "name-list-list", "name-list-detail"}
    own |= {"name_lists:list", "name_lists:detail"}
    assert {name for name in holds("partner") if not name.startswith("referral")} == own


def test_the_walk_notices_a_scope_that_is_gone(
    signed_in: datetime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("visible_to", "of_own_provinces"):
        monkeypatch.setattr(ScopedQuerySet, question, lambda rows, user: rows)
    for name in ("complaint-list", "complaint-detail"):
        wrong = differences(TABLE[name], found()[name], world)
        assert any("tells" in line for line in wrong)
