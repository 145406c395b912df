"""What the buttons of the form do to the words in it, apart from sending them."""

from collections.abc import Sequence

from complaints.ways import PHONE, ways_in, without

Pairs = list[tuple[str, str]]
TO = ("reporter-phone", "reporter-address")
REGISTER = "register"
SIMILAR = "similar"
TELLER = "teller-"  # and a way to reach the reporter that stands in the words
MORE = "more-"  # and the reference of the complaint that this is more about
# What a fresh page fills in by itself.
NOT_WORDS = {"act", "contact", "idempotency_key", "received_at_0", "received_at_1"}


def changed(pairs: Sequence[tuple[str, str]], act: str, *, phone_known: bool = False) -> tuple[Pairs, str]:
    """Return the words as the button leaves them, and where on the page to go on; `phone_known`: of who tells us, elsewhere."""
    if act.startswith(TELLER):
        return _to_teller(pairs, act.removeprefix(TELLER), phone_known)
    words = [(name, value) for name, value in pairs if name != "act"]
    if act == "add":
        number = max((int(name.split("-")[1]) for name, _value in words if _is_row(name)), default=-1) + 1
        return [*words, (f"people-{number}-name", "")], f"#id_people-{number}-name"
    if act.startswith("remove-"):
        row = f"people-{act.removeprefix('remove-')}-"
        return [pair for pair in words if not pair[0].startswith(row)], "#people"
    return words, "#group-id_district" if act == "places" else ""


def _to_teller(pairs: Sequence[tuple[str, str]], text: str, phone_known: bool) -> tuple[Pairs, str]:
    """Return the words with a telephone number or an address taken out of what is said and put to who tells us, and where to go on.

    Where a telephone is known already, or it is none, it stands beside the address: nothing that was typed is written over.
    """
    words = {name: value for name, value in pairs if name in ("narrative", *TO)}
    ways = [way for way in ways_in(words.get("narrative", "")) if way.text == text]
    if not ways:
        return list(pairs), "#id_narrative"
    phone, address = (words.get(name, "").strip() for name in TO)
    is_phone = ways[0].kind == PHONE and not phone and not phone_known
    said = {"narrative": without(words["narrative"], ways)}
    said[TO[0] if is_phone else TO[1]] = text if is_phone else "; ".join(filter(None, [address, text]))
    left = [(name, value) for name, value in pairs if name not in (*said, "act")]
    return [*left, *said.items()], "#id_narrative"


def _is_row(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == "people" and parts[1].isascii() and parts[1].isdecimal()
