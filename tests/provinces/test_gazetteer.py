"""The gazetteer: complete, loaded once for each version, loaded again without harm, and marked, never deleted."""

import csv
import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from provinces.models import MINISTRY, Commune, District, Gazetteer, PlaceAlias, Province, Village
from provinces.services import CARRIED, add_alias, find_places, find_province, is_loaded, load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the files that a test may change."""
    folder = tmp_path / "gazetteer"
    shutil.copytree(CARRIED, folder)
    return folder


def rewrite(path: Path, change: Any) -> None:
    """Give every row to `change`; a row it returns None for is left out."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in map(change, rows) if row]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(kept)


def test_all_places_of_cambodia_are_there() -> None:
    assert Province.objects.choosable().count() == 25
    assert District.objects.count() == 210
    assert Commune.objects.count() == 1652
    assert Village.objects.count() == 14578
    assert is_loaded()


def test_every_place_has_both_names_and_a_key_to_sort_by() -> None:
    for model in (Province, District, Commune, Village):
        assert not model.objects.filter(name_km="").exists()
        assert not model.objects.filter(name_en="").exists()
        assert not model.objects.filter(sort_km="").exists()


def test_the_ministry_is_a_row_but_no_choice() -> None:
    assert Province.objects.get(pk=MINISTRY).name_en == "Ministry, national"
    assert MINISTRY not in Province.objects.choosable().values_list("pk", flat=True)
    assert find_province("00") is None
    assert find_province("Ministry, national") is None


def test_loading_the_same_files_again_changes_nothing() -> None:
    changes = load_places()
    assert not any(number for counts in changes.values() for number in counts.values())


def test_the_command_leaves_a_known_version_alone(capsys: Any) -> None:
    before = Gazetteer.objects.count()
    call_command("load_places")
    assert "loaded already" in capsys.readouterr().out
    assert Gazetteer.objects.count() == before


def test_the_command_says_what_changed(files: Path, capsys: Any) -> None:
    rewrite(files / "provinces.csv", lambda row: row | ({"name_en": "Kampong Som"} if row["code"] == "18" else {}))
    call_command("load_places", folder=files)
    out = capsys.readouterr().out
    assert "provinces: 1 changed" in out
    assert "districts: nothing changed" in out
    assert Province.objects.get(pk="18").name_en == "Kampong Som"


def test_a_code_that_vanished_is_marked_and_no_longer_offered(files: Path) -> None:
    rewrite(files / "communes.csv", lambda row: None if row["code"] == "010201" else row)
    plain = gzip.decompress((files / "villages.csv.gz").read_bytes()).decode()
    kept = [line for line in plain.splitlines() if not line.startswith("010201")]
    (files / "villages.csv.gz").write_bytes(gzip.compress("\n".join(kept).encode()))
    changes = load_places(files)
    assert changes["communes"]["retired"] == 1
    assert Commune.objects.get(pk="010201").retired_on is not None
    assert not Commune.objects.current().filter(pk="010201").exists()
    assert "010201" not in {place.code for place in find_places("Banteay Neang")}


def test_a_code_that_comes_back_is_current_again(files: Path) -> None:
    Commune.objects.filter(pk="010201").update(retired_on="2026-01-01")
    assert load_places(files)["communes"]["changed"] == 1
    assert Commune.objects.current().filter(pk="010201").exists()


def test_a_name_that_changed_is_found_by_the_new_one_only(files: Path) -> None:
    rewrite(files / "districts.csv", lambda row: row | ({"name_en": "Zzyzx"} if row["code"] == "0102" else {}))
    load_places(files)
    assert [place.code for place in find_places("zzyzx")] == ["0102"]
    assert "0102" not in {place.code for place in find_places("Mongkol Borey")}


def test_names_added_by_administrators_survive_a_loading(files: Path, admin: Any) -> None:
    add_alias(Province.objects.get(pk="18"), "Snooky", by=admin)
    (files / "aliases.csv").write_text("code,text\n", encoding="utf-8")
    assert load_places(files)["aliases"]["removed"] > 0
    assert PlaceAlias.objects.filter(text="Snooky").exists()
    assert find_province("snooky").code == "18"


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("provinces.csv", {"code": "1"}),
        ("provinces.csv", {"code": "១៨"}),
        ("districts.csv", {"parent_code": "25"}),
        ("communes.csv", {"name_km": ""}),
        ("communes.csv", {"code": "010202"}),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_written(files: Path, file: str, row: dict[str, str]) -> None:
    broken = iter([row])
    rewrite(files / file, lambda found: found | next(broken, {}))
    before = Gazetteer.objects.count()
    with pytest.raises(CommandError, match=r"line [23]"):
        call_command("load_places", folder=files)
    assert Gazetteer.objects.count() == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"provinces\.csv is missing"):
        call_command("load_places", folder=tmp_path)


def test_a_file_that_is_not_utf8_is_refused(files: Path) -> None:
    (files / "provinces.csv").write_bytes("code,name_km\n01,ខេត្ត".encode("utf-16"))
    with pytest.raises(CommandError):
        call_command("load_places", folder=files)


def test_the_database_refuses_a_district_under_another_province() -> None:
    with pytest.raises(IntegrityError, match="district_code_in_province"), transaction.atomic():
        District.objects.filter(pk="0102").update(province="02")
