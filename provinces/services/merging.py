"""Two sites turn out to be one place: names, complaints and measures become the survivor's; and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Conflict
from provinces.models import Site, SiteAlias
from provinces.services.sites import FOLLOWERS, new_alias
from workflow.merging import values_of
from workflow.models import Edit, Merge
from workflow.moving import move, move_back
from workflow.services import story_columns
from workflow.shapes import Group, Shape, register

LED = Group("national_led", gettext_lazy("Handling"), ("national_led",))
GROUPS = [
    Group("name", gettext_lazy("Name"), ("name_km", "name_en")),
    Group("place", gettext_lazy("Place"), ("district", "commune")),
    LED,
]


def groups(survivor: Site, absorbed: Site) -> list[Group]:
    """Return what can be chosen of two sites."""
    return GROUPS


def may_choose(group: Group, survivor: Site, absorbed: Site) -> bool:
    """Let everything be chosen but who leads: the stricter of the two leads."""
    return group is not LED


def hold(sites: Iterable[Any]) -> None:
    """Lock both sites in order of id, before any complaint, as everything about sites does."""
    rows = Site.objects.filter(pk__in=list(sites)).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def provinces(survivor: Site, absorbed: Site) -> set[str]:
    """Return the province the two lie in."""
    return {survivor.province_id, absorbed.province_id}


def check(survivor: Site, absorbed: Site, by: Any) -> None:
    """Insist on one province: a complaint may not come to name a site of another one."""
    if survivor.province_id != absorbed.province_id:
        raise Conflict(_("The two lie in different provinces. Correct the province of one of them first."))


def join(merge: Merge, survivor: Site, absorbed: Site, by: Any) -> None:
    """Move names, complaints and what else hangs on the absorbed site; if the ministry led it, it leads the survivor."""
    merge.moved = move(survivor, absorbed)
    if absorbed.national_led and not survivor.national_led:
        merge.before[LED.name] = values_of(survivor, LED)
        survivor.national_led = True
        survivor.save(update_fields=["national_led"])
        merge.after[LED.name] = values_of(survivor, LED)
    if survivor.national_led:
        for follower in FOLLOWERS:
            follower(survivor, by)
    _line(survivor, "", absorbed.reference, by)


def part(merge: Merge, survivor: Site, absorbed: Site, by: Any) -> None:
    """Move back what still hangs on the survivor; what went to the ministry meanwhile stays with it."""
    merge.kept["rows"] += move_back(merge.moved, survivor, absorbed)
    _line(survivor, absorbed.reference, "", by)


def tidy(site: Site) -> None:
    """Bring the rows that search reads in line with the site's own two names; other names stay."""
    own = {name for name in (site.name_km, site.name_en) if name}
    aliases = SiteAlias.objects.filter(site=site)
    aliases.filter(is_name=True).exclude(text__in=own).update(is_name=False)
    aliases.filter(text__in=own).update(is_name=True)
    there = set(aliases.filter(text__in=own).values_list("text", flat=True))
    SiteAlias.objects.bulk_create([new_alias(site, text, True) for text in sorted(own - there)])


def _line(site: Site, before: str, after: str, by: Any) -> None:
    Edit.objects.create(**story_columns(site), field="merged", before=before, after=after, by=by, version=site.version)


register(
    Shape(
        model=Site,
        propose="site.manage",
        confirm="site.manage",
        groups=groups,
        hold=hold,
        check=check,
        provinces=provinces,
        join=join,
        part=part,
        may_choose=may_choose,
        tidy=tidy,
    )
)
