"""The paragraph to be read out, in a browser: copied as plain words, and no dead button without scripts."""

from typing import Any

from core.display import day_of

SITUATION = "/reports/situation/?from=2022-08-18&to=2022-09-29"


def test_the_paragraph_is_copied_as_plain_words(open_page: Any, officer_psh: Any) -> None:
    page = open_page(SITUATION, as_user=officer_psh)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#said-en + button").click()
    page.wait_for_function("document.querySelector('#said-en + button').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("What you may see: Preah Sihanouk. These are not the country's figures")
    assert copied.endswith("0 victims were rescued.")
    assert page.said == []


def test_nothing_to_press_that_does_nothing(open_page: Any, officer_psh: Any) -> None:
    page = open_page(SITUATION, as_user=officer_psh, scripts=False)
    assert page.locator("[data-copy]").count() == 2
    assert not page.locator("[data-copy]").first.is_visible()


def test_a_province_on_the_map_is_reached_by_keyboard_and_seen(
    open_page: Any, officer_psh: Any, complaint: Any
) -> None:
    day = day_of(complaint.received_at).isoformat()
    page = open_page(f"/reports/situation/?from={day}&to={day}", as_user=officer_psh)
    province = page.locator(".sk-map a").first
    page.keyboard.press("Tab")  # a focus by keys, not by a script alone, shows its ring
    province.focus()
    assert province.evaluate("link => getComputedStyle(link.querySelector('path')).strokeWidth") == "3px"
    assert page.locator(".sk-map svg").first.evaluate("map => getComputedStyle(map).overflow") == "visible"
