"""A paper as DOCX: real text whose Khmer has its font, its size and its language, so that it copies out right."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.papers.shape import Cell, Paper, Table, Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, KHMER = "Noto Sans", "Noto Sans Khmer"
INK, SECOND, BRICK = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F), RGBColor(0xA0, 0x23, 0x18)
BODY, SMALL, CELL = 10.0, 7.5, 8.5
WIDTH = 174.0  # millimetres between the margins
STYLES = {"Normal": (BODY, False), "Heading 1": (17, True), "Heading 2": (12, True), "Header": (SMALL, True)}


def as_docx(paper: Paper) -> bytes:
    """Write a paper as a document."""
    document = Document()
    _dressed(document, paper)
    _line(document.add_heading("", 1), paper.title, size=17, bold=True)
    if paper.warning:
        _line(document.add_paragraph(), paper.warning, bold=True, color=BRICK)
    _facts(document, paper)
    for part in paper.parts:
        _titled(document, part.title, part.remark)
        if isinstance(part, Text):
            for language, words in part.said:
                _line(document.add_paragraph(), words, language=language, size=10.5)
        else:
            _table(document, part, WIDTH + 87 * paper.wide)
    _titled(document, _("Definitions"))
    for word, words in paper.definitions:
        paragraph = document.add_paragraph()
        _line(paragraph, f"{word} – ", size=CELL, bold=True)
        _line(paragraph, words, size=CELL)
    _titled(document, _("Counting rules"))
    for words in paper.rules:
        _line(document.add_paragraph(), words, size=CELL)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _dressed(document: Any, paper: Paper) -> None:
    """Set page, properties, fonts and languages, and what stands on every page."""
    section, said = document.sections[0], document.core_properties
    width, height = (Mm(297), Mm(210)) if paper.wide else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = Mm(18)
    section.bottom_margin = Mm(22)
    said.title, said.comments, said.author, said.language = paper.title, paper.foot, "", paper.language
    said.created = said.modified = datetime.fromisoformat(f"{timezone.now():%Y-%m-%dT%H:%M:%S}")
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _spoken(defaults, paper.language)
    for name, (size, bold) in STYLES.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, INK
        _faces(style.element.get_or_add_rPr(), size, bold=bold)
        style.paragraph_format.space_after = Pt(4)
    head = section.header.paragraphs[0]
    _line(head, paper.mark, size=CELL, bold=True, color=BRICK)
    foot = section.footer.paragraphs[0]
    _line(foot, f"{paper.foot} · ", size=SMALL, color=SECOND)
    _field(foot, "PAGE")
    _line(foot, f" {pgettext('page 1 of 2', 'of')} ", size=SMALL, color=SECOND)
    _field(foot, "NUMPAGES")


def _spoken(properties: Any, language: str) -> None:
    """Say which language Latin and complex script are in: Khmer is a complex script wherever it stands."""
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    for name, value in (("val", "en-GB"), ("eastAsia", "en-GB"), ("bidi", "km-KH")):
        found.set(qn(f"w:{name}"), value)


def _faces(properties: Any, size: float, *, bold: bool = False) -> None:
    """Name the fonts of Latin and of Khmer, and the size and weight that Khmer has of its own."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = properties._add_rFonts()
    fonts.attrib.clear()
    for name, face in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", LATIN), ("cs", KHMER)):
        fonts.set(qn(f"w:{name}"), face)
    _after(properties, "w:bCs", bold, "1" if bold else "0", {"w:b"})
    _after(properties, "w:szCs", True, str(round(size * 2)), {"w:sz", "w:color", "w:bCs", "w:b", "w:rFonts"})


def _after(properties: Any, name: str, wanted: bool, value: str, others: set[str]) -> None:
    """Put an element where the schema wants it: behind those it follows."""
    for old in properties.findall(qn(name)):
        properties.remove(old)
    if not wanted:
        return
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    places = [place for place, child in enumerate(properties) if child.tag in {qn(other) for other in others}]
    properties.insert(places[-1] + 1 if places else 0, element)


def _line(
    paragraph: Any, words: str, *, size: float = BODY, bold: bool = False, color: Any = INK, language: str = ""
) -> None:
    """Write words into a paragraph as text that says what it is."""
    run = paragraph.add_run(words)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, color
    _faces(run._r.get_or_add_rPr(), size, bold=bold)
    _spoken(run._r.get_or_add_rPr(), language)


def _field(paragraph: Any, name: str) -> None:
    """Put a number that the program counts: of this page, of all pages."""
    _line(paragraph, "1", size=SMALL, color=SECOND)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph._p[-1])
    paragraph._p.append(field)


def _titled(document: Any, title: str, remark: str = "") -> None:
    heading = document.add_heading("", 2)
    heading.paragraph_format.space_before = Pt(14)
    _line(heading, title, size=12, bold=True)
    if remark:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _line(paragraph, remark, size=8, color=SECOND)


def _facts(document: Any, paper: Paper) -> None:
    table = _grid(document, len(paper.facts), (52.0, WIDTH - 52))
    for row, (key, cell) in zip(table.rows, paper.facts, strict=True):
        _fill(row.cells[0], Cell(key), color=SECOND)
        _fill(row.cells[1], cell)


def _table(document: Any, part: Table, whole: float) -> None:
    first = 1.6 if len(part.head) > 2 else 3.0
    each = whole / (first + len(part.head) - 1)
    table = _grid(document, len(part.rows) + 1, (first * each, *([each] * (len(part.head) - 1))))
    heads = [Cell(words) for words in part.head]
    for place, (row, cells) in enumerate(zip(table.rows, [heads, *part.rows], strict=True)):
        _once(row, "w:cantSplit")
        if not place:
            _once(row, "w:tblHeader")
        for column, (there, cell) in enumerate(zip(row.cells, cells, strict=True)):
            _fill(there, cell, bold=not place, right=column in part.right)


def _grid(document: Any, rows: int, widths: tuple[float, ...]) -> Any:
    """Return an empty table with thin lines below its rows."""
    table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "B1B4B6")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _once(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill(there: Any, cell: Cell, *, bold: bool = False, right: bool = False, color: Any = INK) -> None:
    """Write a cell: its words, and smaller ones below, each a paragraph of its own."""
    paragraph = there.paragraphs[0]
    for place, words in enumerate((cell.words, *cell.small)):
        paragraph = there.add_paragraph() if place else paragraph
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        size = SMALL if place else CELL
        _line(paragraph, words, size=size, bold=bold, color=SECOND if place else color)
