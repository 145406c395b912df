"""Papers: Khmer is drawn, what people typed stays text, and what is too much or too slow is said."""

import json
import re

import pytest

from core import pdf as pdf_module
from core.papers import FONTS, compiled
from core.pdf import NoPaper, pdf

KHMER = "ប្រព័ន្ធគ្រប់គ្រងពាក្យបណ្តឹងអំពីការជួញដូរមនុស្ស"
MARKUP = '#sys.inputs $x^2$ *b* _i_ ]}"\\ @ref <l> // #panic("x") `raw`'
LIST = {"title": "T", "lines": [], "head": ["a"], "rows": [], "watermark": "", "pages": "/"}


def drawn(text: str) -> tuple[int, int]:
    """Return how many glyphs stand on the page and how many different ones; those of an empty paper are taken off."""

    def glyphs(rows: list[list[str]]) -> tuple[int, set[str]]:
        said = json.dumps({**LIST, "rows": rows})
        page = compiled("core/typst/list.typ", {"data": said, "language": "km"}, "svg")
        svg = (page if isinstance(page, bytes) else page[0]).decode()
        used = re.findall(r'<use [^>]*href="(#[^"]+)"', svg)
        return len(used), set(used)

    many, different = glyphs([[text]])
    empty, _none = glyphs([[""]])
    return many - empty, len(different)


def test_khmer_is_drawn_by_its_own_glyphs_and_not_by_boxes() -> None:
    many, different = drawn(KHMER)
    assert many > 30
    assert different > 20, "boxes for missing letters would all be one glyph"
    assert {path.name.split("_")[0] for path in FONTS.glob("*.ttf")} == {"NotoSans", "NotoSansKhmer"}


def test_markup_that_somebody_typed_comes_out_as_text() -> None:
    many, _different = drawn(MARKUP)
    assert many == len(MARKUP.replace(" ", ""))


@pytest.mark.parametrize("template", ["list", "sheet"])
def test_a_paper_is_made(template: str) -> None:
    part = {"title": KHMER, "said": [["a", MARKUP]], "words": [KHMER], "head": ["x"], "rows": [[1], [None]]}
    made = pdf(f"core/typst/{template}.typ", {**LIST, "rows": [[KHMER]], "parts": [part]}, language="km")
    assert made.startswith(b"%PDF")


def test_what_is_too_much_too_slow_or_broken_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoPaper, match="took too long"):
        pdf("core/typst/list.typ", LIST, language="en", seconds=0.001)
    with pytest.raises(NoPaper, match="could not be made") as refused:
        pdf("core/typst/list.typ", {}, language="en")
    assert "title" in str(refused.value.__cause__), "the log says what was wrong with the template"
    monkeypatch.setattr(pdf_module, "MOST_DATA", 10)
    with pytest.raises(NoPaper, match="too much"):
        pdf("core/typst/list.typ", LIST, language="en")
