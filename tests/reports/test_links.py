"""Every part of every figure adds up, and opens exactly its records, on the pages and for programs."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from accounts.models import User
from accounts.services import system_user
from reports.figures import in_order, narrowed, parts
from reports.indicators import NOT_STATED, UNLISTED, Look
from tests.reports.window import PRESS, WINDOW, Browser


def looks() -> Iterator[tuple[Any, Look]]:
    for indicator in in_order():
        yield indicator, Look(system_user(), WINDOW, "18")


def test_every_split_adds_up_and_every_part_opens_as_many_records(full_world: None) -> None:
    seen = set()
    for indicator, look in looks():
        measure = indicator.figure(look)
        assert indicator.rows(look).count() == measure.count, indicator.name
        whole = measure.value if indicator.heads else measure.count
        for split in indicator.splits:
            found = parts(indicator, split, look)
            total = sum(part.n for part in found)
            assert total == whole if split.adds_up else total >= whole, (indicator.name, split.name, total, whole)
            for part in found:
                rows = narrowed(indicator, look, QueryDict(urlencode({split.name: part.code})))
                assert rows.count() == part.rows, (indicator.name, part)
                seen.add((indicator.name, split.name, part.code))
    assert sum(code == NOT_STATED for _name, _split, code in seen) > 3
    assert ("people_reported", "named", UNLISTED) in seen


def test_of_rows_that_stand_for_one_the_number_is_that_of_the_records(full_world: None) -> None:
    for indicator, look in looks():
        for split in indicator.splits:
            for part in parts(indicator, split, look):
                weighed = indicator.heads is not None and (not split.of_people or part.code == UNLISTED)
                assert weighed or part.rows == part.n, (indicator.name, part)


def test_parts_add_up_in_their_records_too(full_world: None) -> None:
    for indicator, look in looks():
        for split in indicator.splits:
            if split.adds_up and not split.of_people:
                total = sum(part.rows for part in parts(indicator, split, look))
                assert total == indicator.figure(look).count, (indicator.name, split.name)


# Which records a part opens was asked of each part above, by the definition that pages and API read. Addresses are
# followed of one part of each figure, of one of each kind of split, and of one odd part of each kind.
ODD = {NOT_STATED, UNLISTED}


class Followed:
    """Chooses the parts whose address is followed."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def of(self, figure: str, split: str, parts: list[Any], code: Callable[[Any], str]) -> Iterator[Any]:
        for part in parts:
            asks = {("figure", figure), (split, code(part) if code(part) in ODD else "")}
            if asks - self.seen:
                self.seen |= asks
                yield part


@pytest.mark.parametrize("role", ["supervisor", "officer_psh"])
def test_the_numbers_of_every_page_open_as_many_records(
    full_world: None, browser: Browser, request: pytest.FixtureRequest, role: str
) -> None:
    client = browser(request.getfixturevalue(role))
    told, opened, chosen = 0, 0, Followed()
    for indicator in in_order():
        page = client.get(f"/reports/indicators/{indicator.name}/?{PRESS}&province=18")
        text = page.content.decode()
        for split in page.context["splits"]:
            told += len(split["parts"])
            assert all(part.url.replace("&", "&amp;") in text for part in split["parts"]), (indicator.name, split)
            for part in chosen.of(indicator.name, split["split"].name, split["parts"], lambda part: part.code):
                records = client.get(part.url).context
                assert records["n"] == part.rows, part
                heads = records["heads"]
                assert part.n in (heads, part.rows) if indicator.heads else heads is None, part
                opened += 1
    assert told > 120 > opened > 40, (told, opened)


def test_the_numbers_of_every_figure_of_the_api_open_as_many_records(
    full_world: None, program: Any, supervisor: User
) -> None:
    client = program(supervisor)
    opened, chosen = 0, Followed()
    for indicator in in_order():
        url = f"/api/v1/indicators/{indicator.name}/?{PRESS}&province=18"
        for name in client.get(url).json()["splits"]:
            told = client.get(f"{url}&by={name}").json()["splits"][name]["parts"]
            for part in chosen.of(indicator.name, name, told, lambda part: part["code"]):
                answer = client.get(part["records"])
                assert answer.status_code == 200, (part, answer.content)
                assert len(answer.json()["results"]) == part["count"], (indicator.name, name, part)
                opened += 1
    assert opened > 40


def test_the_records_of_the_api_are_as_many_as_the_count(
    full_world: None, program: Any, supervisor: User, figures: Any
) -> None:
    client = program(supervisor)
    for name, figure in figures(query=f"{PRESS}&province=18").items():
        answer = client.get(figure["records"])
        assert answer.status_code == 200, (name, answer.content)
        assert len(answer.json()["results"]) == figure["count"], name


def test_the_pages_and_the_api_say_the_same(full_world: None, browser: Browser, supervisor: User, figures: Any) -> None:
    client = browser(supervisor)
    for name, figure in figures(query=f"{PRESS}&province=18").items():
        page = client.get(f"/reports/indicators/{name}/?{PRESS}&province=18")
        assert page.status_code == 200
        assert page.context["measure"].value == figure["value"], name
    assert client.get(f"/reports/indicators/?{PRESS}").status_code == 200


def test_the_api_gives_the_same_parts_as_the_page(
    full_world: None, browser: Browser, program: Any, supervisor: User
) -> None:
    query = f"{PRESS}&{urlencode({'by': 'nationality'})}"
    page = browser(supervisor).get(f"/reports/indicators/victims_rescued/?{query}").context["splits"][0]["parts"]
    api = program(supervisor)
    answer = api.get(f"/api/v1/indicators/victims_rescued/?{query}").json()
    found = answer["splits"]["nationality"]["parts"]
    assert [(part["code"], part["n"]) for part in found] == [(part.code, part.n) for part in page]
    assert len(api.get(found[0]["records"]).json()["results"]) == found[0]["n"]
    assert "parts" not in answer["splits"]["age"]
    assert api.get(f"/api/v1/indicators/victims_rescued/?{PRESS}&by=colour").status_code == 400
