"""The population as a sheet says it: thousands may be parted, people are whole."""

import pytest
from django.core.exceptions import ValidationError

from reports.services.population import read_lines


@pytest.mark.parametrize(("said", "n"), [("1,234,567", 1_234_567), ("1.234", 1_234), ("១ ២៣៤", 1_234), ("905", 905)])
def test_thousands_of_a_population_may_be_parted(db: None, said: str, n: int) -> None:
    assert read_lines(f"18\tmale\t<18\t{said}")[0].number == n


@pytest.mark.parametrize("said", ["1.5", "12,5", "1234.5", "1.234,567", "-5", "5e3", "1,23"])
def test_half_a_person_is_no_population(db: None, said: str) -> None:
    """A point that was left out had made 1,234.5 thousand into ten times as many."""
    with pytest.raises(ValidationError):
        read_lines(f"18\tmale\t<18\t{said}")
