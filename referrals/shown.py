"""The table of what each kind of partner reads of a person. What does not stand here is never sent.

Source: PRODUCT (embassy: exactly its list; never the story, the form of exploitation, suspicion, shelter, reporter or other people).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import display
from core.countries import country_name
from people.models import Sex
from people.presenters import age_of
from referrals.models import Referral
from victims.guardians import guardian_of
from victims.services.embassy_sheet import document_numbers


@dataclass(frozen=True)
class Fact:
    """One thing a receiver may read, and how it is taken from the referral; `typed` names the field the sender fills in."""

    name: str
    label: Any
    value: Callable[[Any], Any]
    typed: str = ""


def _name(referral: Any) -> str:
    first, other = referral.victim.person.names_for()
    return f"{first} ({other})" if other else first or _("unnamed")


def _sex(referral: Any) -> str:
    return str(Sex(referral.victim.person.sex).label)


def _born(referral: Any) -> str:
    person = referral.victim.person
    if person.born_on:
        return display.day(person.born_on)
    return str(person.born_year or "") or _("not known")


def _age(referral: Any) -> str:
    return age_of(referral.victim.person) or _("not known")


def _nationality(referral: Any) -> str:
    code = referral.victim.person.nationality
    return country_name(code) if code else _("not known")


def _documents(referral: Any) -> str:
    return document_numbers(referral.victim.person) or _("none known")


def _child(referral: Any) -> str:
    if not referral.victim.is_child:
        return _("No")
    return _("Yes, a child: never alone, and no interview without the guardian")


def _guardian(referral: Any) -> str:
    if not referral.victim.is_child:
        return ""
    row = guardian_of(referral.victim)
    return f"{row.name} ({row.get_kind_display()})" if row else _("missing")


def _placement(referral: Any) -> str:
    if not referral.victim.is_child:
        return ""
    return referral.placement_paper or _("missing")


def _brought(referral: Any) -> str:
    when = display.moment(referral.brought_at, "short") if referral.brought_at else ""
    return ", ".join(filter(None, (referral.brought_by, when)))


def _typed(name: str) -> Callable[[Any], Any]:
    return lambda referral: getattr(referral, name)


FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("name", gettext_lazy("Name"), _name),
        Fact("sex", gettext_lazy("Sex"), _sex),
        Fact("age", gettext_lazy("Age"), _age),
        Fact("born", gettext_lazy("Date of birth"), _born),
        Fact("nationality", gettext_lazy("Nationality"), _nationality),
        Fact("document", gettext_lazy("Number of the document"), _documents),
        Fact("child", gettext_lazy("Child"), _child),
        Fact("guardian", gettext_lazy("Guardian"), _guardian),
        Fact("placement", gettext_lazy("Placement paper"), _placement, "placement_paper"),
        Fact("needs_tonight", gettext_lazy("Needs tonight"), _typed("needs_tonight"), "needs_tonight"),
        Fact("language", gettext_lazy("Language"), _typed("language"), "language"),
        Fact("health", gettext_lazy("Health risks"), _typed("health"), "health"),
        Fact("health_travel", gettext_lazy("Health needed for travel"), _typed("health"), "health"),
        Fact("papers", gettext_lazy("Papers"), _typed("papers"), "papers"),
        Fact("papers_needed", gettext_lazy("Papers needed"), _typed("papers"), "papers"),
        Fact("brought", gettext_lazy("Who brings the person, and when"), _brought, "brought_by"),
        Fact("message", gettext_lazy("What is asked"), _typed("message"), "message"),
        Fact("contact", gettext_lazy("Our contact"), _typed("contact"), "contact"),
    )
}
CHILD = ("child", "guardian", "placement")
SHOWN: dict[str, tuple[str, ...]] = {
    "shelter": ("name", "sex", "age", "needs_tonight", "language", "health", *CHILD, "papers", "brought", "contact"),
    "embassy": ("name", "born", "sex", "nationality", "document", "health_travel", "papers_needed", "contact"),
    "hospital": ("name", "sex", "age", "language", "health", *CHILD, "brought", "message", "contact"),
    "legal_aid": ("name", "sex", "age", "nationality", "language", *CHILD, "message", "contact"),
    "ngo": ("name", "sex", "age", "nationality", "language", "health", *CHILD, "message", "contact"),
    "social_affairs": ("name", "sex", "age", "nationality", "language", "health", *CHILD, "message", "contact"),
    "court": ("name", "sex", "age", "nationality", "language", *CHILD, "message", "contact"),
}
OF_COMPLAINT = ("message", "contact")


def facts_for(kind: str, *, of_person: bool) -> tuple[Fact, ...]:
    """Return what a kind of partner may read: of a person its line of the table, of a complaint only what was asked."""
    return tuple(FACTS[name] for name in (SHOWN[kind] if of_person else OF_COMPLAINT))


EACH = ("language", "health", "papers", "placement_paper")  # a fact of one person, never said of several at once


def shows_child(referral: Referral) -> bool:
    """Return whether the receiver learns that the person is a child, and who stands by it: an embassy does not."""
    kind = referral.to_partner.kind if referral.to_partner else ""
    return referral.victim is not None and referral.victim.is_child and "guardian" in SHOWN.get(kind, ())


def typed_for(kind: str, *, of_person: bool, several: bool = False) -> list[str]:
    """Return the fields a sender fills in for a kind of partner; a province reads the record itself.

    Of several people at once nothing is asked that is each one's own: it is given afterwards (`services.change`).
    """
    if kind not in SHOWN:
        return ["message", "contact"]
    names = [fact.typed for fact in facts_for(kind, of_person=of_person) if fact.typed]
    names = [name for name in names if not (several and name in EACH)]
    return [*names, *(["brought_at"] if "brought_by" in names else [])]


def shown_to_partner(referral: Referral) -> list[dict[str, Any]]:
    """Return what the partner reads now: nothing once it has ended, nothing empty."""
    if referral.to_partner is None or not referral.is_running:
        return []
    facts = facts_for(referral.to_partner.kind, of_person=referral.victim_id is not None)
    rows = [{"key": fact.label, "value": fact.value(referral)} for fact in facts]
    return [row for row in rows if row["value"]]
