"""The interval of a share: Wilson's, 95 %, by the effective number of respondents where answers are weighted."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 95 % of a normal distribution


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with the ends of its interval; nothing where nobody answered."""

    value: float
    low: float
    high: float


def effective(sum_w: float, sum_w2: float) -> float:
    """Return how many unweighted respondents tell as much (Kish): the plain number where all weights are alike."""
    return sum_w * sum_w / sum_w2 if sum_w2 else 0.0


def wilson(share: float, n: float) -> Share | None:
    """Return the share with its interval for `n` respondents; None where there are none."""
    if n <= 0:
        return None
    share = min(max(share, 0.0), 1.0)
    z2 = Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0))
