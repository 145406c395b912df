"""The situation of a window as a paper: what the page shows, line by line."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.display import number, told
from reports import chosen
from reports.compare import Shown
from reports.figures import Part, partial_words, parts
from reports.indicators import Indicator, Split
from reports.last_published import LastPublished
from reports.papers.shape import Cell, Paper, Table, Text, at, count, kept, on_day, within, words
from reports.papers.written import reader, source
from reports.publications import second_of
from reports.reported import Reported


def paper_of(said: Reported) -> Paper:
    """Return the situation as a paper, in the language that is on."""
    look, now = said.look, timezone.now()
    facts: list[tuple[str, Cell | str]] = [
        (_("Window"), within(look.window)),
        (_("First day"), on_day(look.window.first)),
        (_("Last day"), on_day(look.window.last)),
        (_("Places"), str(look.user.scope_label)),
        (pgettext("of a paper", "State"), _("Provisional; signed by nobody.")),
        (_("As known on"), at(now)),
        (_("Asked for by"), reader(look.user)),
        (pgettext("of a paper", "Source"), source()),
    ]
    read = [(one["lang"], one["text"]) for one in said.paragraphs]
    text = Text(_("To be read out"), read, _("As known now; provisional."))
    return Paper(
        title=_("Situation, %(days)s") % {"days": within(look.window)},
        language=get_language() or "km",
        facts=kept(facts),
        foot=f"{reader(look.user)} · {at(now).words}",
        mark=_("Provisional"),
        warning=partial_words(look.user),
        parts=[text] if said.is_empty else [text, *tables(said)],
        definitions=[(str(one.indicator.label), str(one.indicator.definition)) for one in said.lines],
        rules=[str(rule) for rule in said.rules],
    )


def tables(said: Reported) -> Iterator[Table]:
    """Give the tables in the order of the page; numbers of its map stand in that of the provinces."""
    yield figures(said)
    yield provinces(said)
    if len(said.trend.periods) > 1:
        yield trend(said)
    for indicator, split in said.pairs:
        yield split_table(indicator, split, parts(indicator, split, said.look))
    for title, found in said.found.tables:
        if found:
            head = (title, _("Number"))
            yield Table(title, title, head, [[words(part.word), count(part.n)] for part in found], right=(1,))


def figures(said: Reported) -> Table:
    """Return the figures beside those of other days and what was published last."""
    now, (before, year) = within(said.look.window), map(within, said.others)
    head = [_("Figure"), now, told(_("As many days before"), before), told(_("A year before"), year)]
    head += [_("Last published")] if said.published else []
    rows = []
    for line in said.lines:
        row = [words(str(line.indicator.label)), *map(shown, (line.now, *line.others))]
        rows.append([*row, published(said.published.get(line.indicator.name))] if said.published else row)
    return Table(_("Figures"), _("Figures"), tuple(head), rows, _("As known now, also of other days."))


def shown(one: Shown) -> Cell:
    """Return a figure of a window, below it how it differs."""
    return Cell(one.said, one.value, (one.differs,) if one.differs else ())


def published(one: LastPublished | None) -> Cell:
    """Return what was published last, of which days, and why the paper says another."""
    if one is None:
        return words(_("Never published for these days"))
    return Cell(one.said, one.value, (f"{one.reference}, {one.window}", *one.reasons))


def provinces(said: Reported) -> Table:
    """Return complaints about, from, and people rescued, by province."""
    head = (_("Province"), _("About"), _("Only from"), _("From or about"), _("Victims rescued"))
    none, rows = words("–"), []
    for row in said.found.rows:
        came = (count(row.only_from), count(row.either)) if row.code else (none, none)
        rows.append([words(row.name), count(row.about), *came, count(row.rescued)])
    remark = _("“From or about” does not add up: a complaint from one province about another stands in both.")
    return Table(_("By province"), _("By province"), head, rows, remark, (1, 2, 3, 4))


def trend(said: Reported) -> Table:
    """Return what came in and who was brought out, by periods."""
    title, labels = str(said.trend.title), map(str, said.trend.labels)
    rows = [
        [Cell(period.words, days=period.window), *(count(cell.n) for cell in period.cells)]
        for period in said.trend.periods
    ]
    return Table(title, title, (_("Days"), *labels), rows, _("The first and the last are cut to the window."), (1, 2))


def split_table(indicator: Indicator, split: Split, found: list[Part]) -> Table:
    """Return a figure by a dimension that was chosen."""
    rows = [[Cell(part.word, None, below(part)), count(part.n)] for part in found]
    remark = str(split.note) if split.adds_up else _("Does not add up: one may stand under several.")
    title = chosen.title_of(indicator, split)
    return Table(str(split.label), title, (str(split.label), _("Number")), rows, remark, (1,))


def below(part: Part) -> tuple[str, ...]:
    """Return what stands below the name of a part: a rate, a median, in how many complaints."""
    if part.numerator is None and part.typical is None and part.rows != part.n:
        said = ngettext("in %(shown)s complaint", "in %(shown)s complaints", part.rows)
        return (said % {"shown": number(part.rows)},)
    return tuple(filter(None, (second_of(part),)))
