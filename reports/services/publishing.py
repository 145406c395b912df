"""Prepare a publication, sign it, withdraw it: two people, and what was signed stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.display import number, today
from core.text import clean
from provinces.models import Province
from reports.handin import SETS, HandIn
from reports.handin.behind import behind
from reports.handin.filling import year_of
from reports.indicators import Indicator, Look, Split, Window
from reports.models import Audience, Finality, Publication, PublicationStatus
from reports.sentences import LANGUAGES
from reports.services.freezing import freeze, press_words, rules_kept
from reports.services.freezing_tables import freeze_tables, tables_rules
from reports.services.snapshot import as_system, at_one_moment
from reports.workflow import OF_THE_SYSTEM, PUBLICATION
from workflow.services import begin, perform, submit_once

MAX_NOTE = 2_000
MOST_SPLITS = 100  # the system counts them one by one while somebody waits
ROUTE = "publications"


@dataclass(frozen=True)
class Asked:
    """What is to be published: the window, for whom, which figures, and by what each is split; or a set of tables to hand in."""

    window: Window
    kind: str
    audience: str
    indicators: tuple[Indicator, ...]
    splits: tuple[tuple[Indicator, Split], ...] = ()
    province: str = ""
    note: str = ""
    supersedes: str = ""
    hand_in: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """Return it as plain words, for the key of a submission."""
        return {
            "window": self.window.query,
            "kind": self.kind,
            "audience": self.audience,
            "figures": [indicator.name for indicator in self.indicators],
            "splits": [f"{indicator.name}.{split.name}" for indicator, split in self.splits],
            "province": self.province,
            "note": self.note,
            "supersedes": self.supersedes,
            "hand_in": self.hand_in,
        }


def names_of(user: User) -> dict[str, str]:
    """Return somebody's name in both languages."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = user.display_name
    return found


def publishable(indicator: Indicator) -> list[Split]:
    """Return the dimensions a figure may be published by: not those that only some readers may see, nor what says how much is sealed.

    A figure of one province is published whole: split once more, it would be a crossing of province and form, or week.
    """
    if indicator.needs_province:
        return []
    return [split for split in indicator.splits if not split.permission and split.name != "handling"]


def prepare(asked: Asked, *, by: User, key: str) -> tuple[Publication, bool]:
    """Count what is asked as the system, as at one moment, and keep it as a draft; once per key.

    Raises PermissionDenied, ValidationError by field, Unprocessable for another body under the same key.
    """
    if not by.may("report.publish"):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
    earlier = _checked(asked)

    def find(reference: str) -> Publication | None:
        return Publication.objects.visible_to(by).filter(reference=reference).first()

    def once() -> tuple[Publication, bool]:
        return submit_once(key, by=by, route=ROUTE, body=asked.body, make=lambda: _kept(asked, earlier, by), find=find)

    return at_one_moment(once)


def _kept(asked: Asked, earlier: Publication | None, by: User) -> Publication:
    made = SETS[asked.hand_in] if asked.hand_in else None
    with as_system() as system:
        look = Look(system, asked.window)
        publication = Publication(
            first_on=asked.window.first,
            last_on=asked.window.last,
            as_of=timezone.now(),
            kind=asked.kind,
            audience=asked.audience,
            note=clean(asked.note),
            press={} if made else press_words(look),
            rules=tables_rules(made) if made else rules_kept(),
            hand_in=asked.hand_in,
            prepared_by=by,
            prepared_name=names_of(by),
            supersedes=earlier,
        )
        publication.save(force_insert=True)
        freeze(publication, look, asked.indicators, asked.splits, asked.province)
        if made:
            freeze_tables(publication, made, look)
    begin(PUBLICATION, publication, by=by, step="prepare")
    return publication


def _checked(asked: Asked) -> Publication | None:
    """Return what is superseded, if anything; raises ValidationError by field."""
    wrong: dict[str, Any] = {}
    now = today()
    if asked.window.first > now:
        wrong["from"] = [_("This window has not begun.")]
    elif asked.kind == Finality.FINAL and asked.window.last >= now:
        wrong["kind"] = [_("The window is not over: its figures can only be provisional.")]
    wrong |= _figures_wrong(asked)
    for name, value, choices in (("kind", asked.kind, Finality), ("audience", asked.audience, Audience)):
        if value not in choices.values:
            wrong[name] = [_("Choose one of the answers.")]
    if len(asked.note) > MAX_NOTE:
        wrong["note"] = [_("This is longer than %(most)s characters.") % {"most": number(MAX_NOTE)}]
    earlier = _earlier(asked)
    if asked.supersedes and earlier is None:
        wrong["supersedes"] = [_("Only what was signed, and is not superseded yet, can be superseded.")]
    if wrong:
        raise ValidationError(wrong)
    return earlier


def _earlier(asked: Asked) -> Publication | None:
    """Return what is superseded: of tables to hand in always those of the same year that stand."""
    standing = Publication.objects.standing()
    if asked.hand_in:
        return standing.of_tables(asked.hand_in, asked.window.first).first()
    return standing.filter(reference=asked.supersedes, hand_in="").first() if asked.supersedes else None


def tables_asked(made: HandIn, year: int, *, kind: str, note: str = "") -> Asked:
    """Return what is asked for where a set of tables of a year is to be signed: the tables, and the figures behind them."""
    official = Audience.OFFICIAL
    return Asked(year_of(made, year), kind, official, behind(made), note=note, hand_in=made.slug)


def _figures_wrong(asked: Asked) -> Mapping[str, Any]:
    if len(asked.splits) > MOST_SPLITS:
        return {"splits": [_("Choose at most %(most)s dimensions.") % {"most": number(MOST_SPLITS)}]}
    if not asked.indicators:
        return {"figures": [_("Choose at least one figure: there would be nothing to publish.")]}
    chosen = {indicator.name for indicator in asked.indicators}
    for indicator, split in asked.splits:
        if indicator.name not in chosen:
            return {"splits": [_("Choose the figure too that is to be split.")]}
        if split not in publishable(indicator):
            return {"splits": [_("This dimension is not published.")]}
    provinces = Province.objects.choosable().exclude(pk="").filter(pk=asked.province)
    if any(indicator.needs_province for indicator in asked.indicators) and not provinces.exists():
        return {"province": [_("Choose the province this figure is about.")]}
    return {}


@transaction.atomic
def advance_publication(
    publication: Publication,
    step: str,
    *,
    by: User,
    note: str = "",
    happened_at: datetime | None = None,
    late_why: str = "",
    **answers: Any,
) -> Publication:
    """Take a step of a publication; signing one that supersedes another ends that one in the same act.

    Raises as `perform` does; PermissionDenied to who signs what they prepared.
    """
    if step in OF_THE_SYSTEM:
        raise ValidationError({"step": [_("There is no step of this name.")]})

    def signed(row: Publication, said: dict[str, Any], _moment: datetime) -> dict[str, Any]:
        if step != "sign":
            return said
        signature = {"signed_off_by": by, "signed_name": names_of(by), "signed_at": timezone.now()}
        return {**said, **signature}

    # Signed is signed now: a signature is not dated back.
    row = perform(PUBLICATION, publication, step, by=by, note=note, effect=signed, **answers)
    if row.status == PublicationStatus.SIGNED and row.supersedes is not None:
        perform(PUBLICATION, row.supersedes, "supersede", by=by)
    return row
