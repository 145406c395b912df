"""What the buttons of the form do to the words in it, apart from sending them."""

from collections.abc import Sequence

Pairs = list[tuple[str, str]]
REGISTER = "register"
SIMILAR = "similar"
MORE = "more-"  # and the reference of the complaint that this is more about
# What a fresh page fills in by itself.
NOT_WORDS = {"act", "contact", "idempotency_key", "received_at_0", "received_at_1"}


def changed(pairs: Sequence[tuple[str, str]], act: str) -> tuple[Pairs, str]:
    """Return the words as the button leaves them, and where on the page to go on."""
    words = [(name, value) for name, value in pairs if name != "act"]
    if act == "add":
        number = max((int(name.split("-")[1]) for name, _value in words if _is_row(name)), default=-1) + 1
        return [*words, (f"people-{number}-name", "")], f"#id_people-{number}-name"
    if act.startswith("remove-"):
        row = f"people-{act.removeprefix('remove-')}-"
        return [pair for pair in words if not pair[0].startswith(row)], "#people"
    return words, "#group-id_district" if act == "places" else ""


def _is_row(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == "people" and parts[1].isascii() and parts[1].isdecimal()
