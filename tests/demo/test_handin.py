"""The tables to hand in over the demonstration: each cell is its figure, and is filled."""

import pytest

from accounts.services import system_user
from reports.handin import SETS
from reports.handin.checked import check_cells
from reports.handin.filling import Filling

pytestmark = [pytest.mark.usefixtures("told"), pytest.mark.django_db]


def test_each_bound_cell_is_as_many_records_as_stand_behind_it() -> None:
    found = list(check_cells(2022, system_user()))
    assert [one.name for one in found if one.differ] == []
    assert sum(one.cells for one in found) > 400


def test_tables_add_up_with_their_figures() -> None:
    tip = {one.sheet.code: one for one in Filling(SETS["tip"], 2022, system_user(), system_user()).sheets()}
    unodc = {one.sheet.code: one for one in Filling(SETS["unodc"], 2022, system_user(), system_user()).sheets()}
    for tables, code in ((tip, "A2"), (tip, "A3"), (tip, "A4"), (tip, "A8"), *((unodc, f"B{n}") for n in range(2, 9))):
        cells = {cell.code: cell.value for row in tables[code].rows for cell in row.cells if cell.kind == "counted"}
        column = "persons" if code in {"A2", "A3", "A4"} else "all"
        parts = {
            "A2": ("sex", "labour", "forced_criminality", "other", "none"),
            "A3": ("sex", "labour", "forced_criminality", "other", "none"),
            "A8": ("sex", "labour", "forced_criminality", "other", "none"),
            "B2": ("arrested", "questioned", "cautioned"),
        }.get(code) or [name.split(":")[0] for name in cells if name.endswith(f":{column}") and is_part(code, name)]
        assert sum(cells[f"{name}:{column}"] for name in parts) == cells[f"all:{column}"], code


def is_part(code: str, name: str) -> bool:
    """Say which rows of a table are parts of its total."""
    if code == "A4":
        return name.startswith("band_")
    if code in {"B5", "B8"}:
        return name.startswith("nation-")
    return not name.startswith("all:")
