"""A goal met or missed, and how times are written: median (min–max) of interleaved rounds."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured ratio or count beside its limit."""

    goal: int
    what: str
    found: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def passes(self) -> bool:
        """Say whether the goal is met."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        word = "pass" if self.passes else "MISS"
        return f"{self.goal:>2}  {self.what:44} {self.value:8.2f} {sign} {self.limit:<6g} {word}   {self.found}"


def ms(took: list[float]) -> str:
    """Write times in milliseconds."""
    return f"{middle(took) * 1e3:.0f} ms ({min(took) * 1e3:.0f}–{max(took) * 1e3:.0f})"


def middle(took: list[float]) -> float:
    """Return the median."""
    return statistics.median(took)


def p95(took: list[float]) -> float:
    """Return the time that 19 of 20 stay under."""
    return sorted(took)[int(len(took) * 0.95)]
