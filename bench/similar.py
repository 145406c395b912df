"""Goal 5: what looks the same as what is typed, through gunicorn; one client."""

from collections.abc import Iterator

from bench.bases import Base
from bench.goals import Result, ms, p95
from bench.names import name_of

ROUNDS = 40
WARM = 3


def typed(n: int) -> dict[str, str]:
    """Return what stands in the form in one round: a name, a telephone, a spot and a story, each another time."""
    return {
        "narrative": f"ពលករ {n} នាក់ ត្រូវបានឃុំ។ They want to leave w{n % 50000} on the sixth floor, ring 09{n:07}.",
        "exact_spot": f"{'Trapeang Thum' if n % 2 else 'Phum Thmei'} floor {n % 12}",
        "people-0-name": name_of(n),
        "people-0-age": "22",
        "reporter-phone": f"09{n:07}",
        "province_of_incident": "18",
    }


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Measure every size."""
    for base in bases:
        yield while_typing(base, sessions["intake"])


def while_typing(base: Base, session: str) -> Result:
    """Time the part of the form that shows what looks the same; p95 in milliseconds."""
    took = []
    for turn in range(ROUNDS + WARM):
        n = 1 + turn * (base.size // (ROUNDS + WARM))
        seconds, _size = base.server.form("/complaints/new/similar/", session, **typed(n))
        took.append(seconds)
    words = f"{ms(took[WARM:])}, the whole request"
    return Result(5, f"looks the same, p95 in ms at {base.size:,}", words, p95(took[WARM:]) * 1e3, 150)
