"""A public form without a number for who calls from abroad is said to lack it; it serves all the same."""

import logging

import pytest
from django.test import override_settings

from config.management.commands.doctor import CHECKS
from config.serving import numbers_missing, warn_of_numbers

NONE = {"police": "117", "trafficking": "1288", "abroad": " "}


def test_the_doctor_says_that_the_number_from_abroad_is_missing() -> None:
    assert CHECKS["numbers"]() == ""
    with override_settings(HOTLINES=NONE):
        assert "SANGKROH_HOTLINE_ABROAD" in CHECKS["numbers"]()


@pytest.mark.parametrize(("surface", "warned"), [("public", True), ("all", True), ("staff", False)])
def test_a_process_that_serves_the_form_says_it_once_in_its_log(
    surface: str, warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with override_settings(HOTLINES=NONE, SURFACE=surface):
        warn_of_numbers()
        assert (numbers_missing() in caplog.text) == warned
