"""The figures of a window beside those of other days, the usual windows as links, and every dimension to choose."""

from datetime import date

import pytest
import time_machine

from accounts.models import User
from reports.chosen import MOST
from reports.compare import differs
from reports.indicators import REGISTRY, Measure, Window
from reports.presets import usual
from tests.factories.accounts import UserFactory
from tests.queries import asked
from tests.reports.window import PRESS, Browser, Registered, at, rescued


@time_machine.travel("2026-03-11T03:00:00Z", tick=False)
def test_the_usual_windows() -> None:
    assert [(name, str(window.first), str(window.last)) for name, window in usual()] == [
        ("This week", "2026-03-09", "2026-03-11"),
        ("This month", "2026-03-01", "2026-03-11"),
        ("Last 30 days", "2026-02-10", "2026-03-11"),
        ("Since 1 January", "2026-01-01", "2026-03-11"),
        ("Year 2025", "2025-01-01", "2025-12-31"),
        ("TIP year April 2024 – March 2025", "2024-04-01", "2025-03-31"),
        ("TIP year, since April 2025", "2025-04-01", "2026-03-11"),
    ]


def test_windows_to_compare_with() -> None:
    window = Window(date(2024, 2, 20), date(2024, 2, 29))
    assert window.days == 10
    assert window.just_before == Window(date(2024, 2, 10), date(2024, 2, 19))
    assert window.a_year_before == Window(date(2023, 2, 20), date(2023, 2, 28))
    assert window.apart(window) == 0
    assert window.apart(Window(date(2024, 2, 21), date(2024, 3, 1))) == 2
    assert window.apart(Window(date(2024, 3, 1), date(2024, 3, 1))) == 11


def test_a_preset_keeps_the_rest_and_the_current_one_is_marked(browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get(f"/reports/situation/?{PRESS}&split=victims_rescued.nationality")
    presets = {one["label"]: one for one in page.context["presets"]}
    assert all("split=victims_rescued.nationality" in one["url"] for one in presets.values())
    assert presets["The same days a year before"]["url"].startswith("?from=2021-08-18&to=2021-09-29&")
    here = browser(supervisor).get(f"/reports/situation/{presets['Since 1 January']['url']}")
    assert [one["label"] for one in here.context["presets"] if one["current"]] == ["Since 1 January"]


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (60, 50, "10 more in this window (20 %)"),
        (40, 50, "10 fewer in this window (20 %)"),
        (12, 2, "10 more in this window"),
        (2, 2, "as many in this window"),
        (2, None, ""),
    ],
)
def test_a_difference_is_a_percentage_only_of_what_is_not_tiny(now: int, before: int | None, words: str) -> None:
    received = REGISTRY["complaints_received"]
    assert differs(received, Measure(now, now), Measure(before, before)) == words


def test_a_rate_differs_by_points() -> None:
    rate = REGISTRY["confirmation_rate"]
    assert differs(rate, Measure(95, 20, 19, 20), Measure(90, 10, 9, 10)) == "5 points more in this window"
    assert differs(REGISTRY["response_time"], Measure(2.5, 2), Measure(4, 1)) == "1.5 h less in this window"


def test_a_figure_stands_beside_the_days_before_and_a_year_before(
    press: Registered, browser: Browser, supervisor: User
) -> None:
    for when in (at(8, 20), at(8, 21), at(7, 30), at(9, 5).replace(year=2021)):
        press(when)
    page = browser(supervisor).get(f"/reports/situation/?{PRESS}")
    line = page.context["figures"][0]["line"]
    assert [str(one.first) for one in page.context["others"]] == ["2022-07-06", "2021-08-18"]
    assert line.now.said == "2 complaints"
    assert [(one.said, one.differs) for one in line.others] == [("1 complaint", "1 more in this window")] * 2
    assert browser(supervisor).get(line.others[1].url).context["n"] == 1


@time_machine.travel("2022-09-10T03:00:00Z", tick=False)
def test_of_a_window_that_is_not_over_as_many_days_are_compared(browser: Browser, supervisor: User) -> None:
    page = browser(supervisor).get("/reports/situation/?from=2022-09-01&to=2022-09-30")
    assert [(str(one.first), str(one.last)) for one in page.context["others"]] == [
        ("2022-08-22", "2022-08-31"),
        ("2021-09-01", "2021-09-10"),
    ]


def test_every_dimension_of_the_figures_shown_can_be_chosen(world: None, browser: Browser, supervisor: User) -> None:
    client = browser(supervisor)
    page = client.get(f"/reports/situation/?{PRESS}")
    names = []
    for figure in page.context["figures"]:
        splits = figure["line"].indicator.splits_for(supervisor)
        assert [str(one["label"]) for one in figure["splits"]] == [str(split.label) for split in splits]
        names += [f"{figure['line'].indicator.name}.{split.name}" for split in splits]
    for place in range(0, len(names), MOST):
        some = names[place : place + MOST]
        answer = client.get(f"/reports/situation/?{PRESS}&{'&'.join(f'split={name}' for name in some)}")
        assert [one["key"].replace("-", ".") for one in answer.context["chosen"]] == some
        assert answer.context["tables"] == []
    drop = answer.context["chosen"][0]["drop"]
    assert len(client.get(f"/reports/situation/{drop}").context["chosen"]) == len(some) - 1


def test_what_is_no_dimension_is_refused(browser: Browser, supervisor: User) -> None:
    client, officer = browser(supervisor), browser(UserFactory(role="analyst"))
    for wrong in ("nothing", "nothing.sex", "complaints_received.sex", "complaints_from_or_about.channel"):
        answer = client.get(f"/reports/situation/?{PRESS}&split={wrong}")
        assert answer.status_code == 400, wrong
        assert "This figure has no such part." in answer.content.decode()
    assert officer.get(f"/reports/situation/?{PRESS}&split=suspects_arrested.official").status_code == 400
    many = "&".join(f"split={name}.month" for name in list(REGISTRY)[:12])
    assert client.get(f"/reports/situation/?{PRESS}&{many}").status_code == 400


def test_the_figures_beside_ask_the_same_however_much_happened(
    press: Registered, browser: Browser, supervisor: User
) -> None:
    client, counts = browser(supervisor), []
    for n in (1, 4):
        for _more in range(n):
            rescued(press(at(9, 1)), supervisor, at(9, 5), nationality="VN")
            rescued(press(at(7, 20)), supervisor, at(7, 25), nationality="CN")
        path = f"/reports/situation/?{PRESS}&split=victims_rescued.nationality&split=complaints_received.channel"
        client.get(path)
        counts.append(len(asked(client, path)))
    assert counts[0] == counts[1], counts
