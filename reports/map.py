"""The provinces as a map: outlines drawn once into SVG paths, shaded by a number, each a link named by it."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.display import number
from provinces.models import Province
from reports.figures import records_url
from reports.indicators import REGISTRY, Look

OUTLINES = Path(__file__).resolve().parent / "data" / "provinces.geojson"
WIDTH = 520
MIDDLE = 12.7  # degrees north: where a degree east is scaled to one of north
CLASSES = 5


@dataclass(frozen=True)
class Shape:
    """One province: its outline as an SVG path, and where its number stands."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawn:
    """One province as the page draws it."""

    name: str
    label: str
    shade: int
    n: int
    url: str
    shape: Shape


@cache
def outlines() -> tuple[dict[str, Shape], int]:
    """Return the shapes by province code, and the height of the picture; read once a process."""
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    squeeze = math.cos(math.radians(MIDDLE))
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    scale = WIDTH / ((east - west) * squeeze)

    def place(x: float, y: float) -> tuple[float, float]:
        return round((x - west) * squeeze * scale, 1), round((north - y) * scale, 1)

    shapes = {}
    for feature in features:
        rings = [[place(x, y) for x, y in ring] for ring in _rings(feature)]
        largest = max(rings, key=len)
        xs, ys = [x for x, _y in largest], [y for _x, y in largest]
        path = "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in rings)
        middle = round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)
        shapes[_code(feature)] = Shape(path, *middle)
    return shapes, math.ceil((north - south) * scale)


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _code(feature: dict[str, Any]) -> str:
    return str(feature["properties"]["code"])


def limits(largest: int) -> list[int]:
    """Return the upper limit of each shade from the second on: each about twice the one before."""
    if largest <= 0:
        return []
    step = max(largest, CLASSES - 1) ** (1 / (CLASSES - 1))
    found = sorted({max(round(step**power), power) for power in range(1, CLASSES)})
    return [*found[:-1], max(found[-1], largest)]


def drawn(counts: dict[str, int], look: Look, provinces: dict[str, Province]) -> dict[str, Any]:
    """Return the provinces with their shades, the legend, and the size of the picture."""
    shapes, height = outlines()
    steps = limits(max(counts.values(), default=0))
    received = REGISTRY["complaints_received"]
    found = []
    for code, shape in sorted(shapes.items()):
        n = counts.get(code, 0)
        shade = next((place for place, top in enumerate(steps, 1) if n <= top), 0) if n else 0
        label = ngettext("%(province)s: %(n)s complaint", "%(province)s: %(n)s complaints", n)
        name = provinces[code].name if code in provinces else code
        label %= {"province": name, "n": number(n)}
        url = records_url(received, look, {"province_of_incident": code}) if n else ""
        found.append(Drawn(name, label, shade, n, url, shape))
    return {"provinces": found, "legend": legend(steps), "width": WIDTH, "height": height}


def legend(steps: list[int]) -> list[dict[str, Any]]:
    """Say what each shade stands for."""
    found = [{"shade": 0, "words": number(0)}]
    below = 0
    for shade, top in enumerate(steps, 1):
        words = (
            number(top)
            if top == below + 1
            else _("%(low)s to %(high)s") % {"low": number(below + 1), "high": number(top)}
        )
        found.append({"shade": shade, "words": words})
        below = top
    return found
