"""Add, edit and find sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.models import new_reference
from core.text import KEY_VERSION, clean
from provinces.models import Province, Site, SiteAlias
from provinces.names import is_findable, site_keys
from workflow.models import Edit
from workflow.services import edit, lock, story_columns

if TYPE_CHECKING:
    from accounts.models import User

NAMES = {"name_km", "name_en"}
MOST_ALIASES = 30
LONGEST_NAME = 200
REFERENCE = re.compile(r"\bST-[2-9A-Z]{8}\b")


@transaction.atomic
def add_site(*, by: User, province: Province, aliases: Iterable[str] = (), **fields: Any) -> Site:
    """Add a site with its other names; `fields` are name_km, name_en, district, commune, national_led."""
    site = Site(reference=new_reference("ST"), province=province, **_cleaned(fields))
    site.clean_fields()
    site.validate_constraints()
    site.save(force_insert=True)
    _write_aliases(site, clean_aliases(aliases))
    record("site.add", by=by, about=site, detail={"national_led": site.national_led})
    return site


Follower = Callable[[Site, Any], None]
FOLLOWERS: list[Follower] = []


def when_led(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, when a site is marked as national-led."""
    FOLLOWERS.append(follower)


@transaction.atomic
def edit_site(site: Site, *, by: User, version: int, aliases: Iterable[str] | None = None, **changes: Any) -> Site:
    """Change fields and, when given, the other names; Conflict with what is saved now when `version` is stale."""
    locked = lock(site, by)
    before = locked.other_names
    wanted = before if aliases is None else clean_aliases(aliases)
    if sorted(wanted) != sorted(before) and locked.version != version:
        raise Conflict(
            _("Somebody changed this while you were writing. Compare, then save again."),
            theirs={"aliases": ", ".join(before)},
        )
    was_led = locked.national_led
    edited = edit(locked, by=by, version=version, changes=_cleaned(changes))
    if edited.national_led and not was_led:
        for follower in FOLLOWERS:
            follower(edited, by)
    if sorted(wanted) != sorted(before):
        _record_aliases(edited, before, wanted, by=by)
    _write_aliases(edited, wanted)
    return edited


def clean_aliases(texts: Iterable[str]) -> list[str]:
    """Clean other names: each once, none empty; ValidationError says which one cannot be used."""
    names = [name for name in dict.fromkeys(map(_line, texts)) if name]
    if len(names) > MOST_ALIASES:
        raise ValidationError({"aliases": [_("Write at most %(most)s other names.") % {"most": MOST_ALIASES}]})
    for name in names:
        if len(name) > LONGEST_NAME:
            raise ValidationError({"aliases": [_("A name has at most %(most)s characters.") % {"most": LONGEST_NAME}]})
        if not is_findable(name):
            raise ValidationError({"aliases": [_("“%(name)s” has no letter or digit.") % {"name": name}]})
    return names


def find_sites(text: str, *, user: User, province: Province | None = None, limit: int = 10) -> list[Site]:
    """Give the sites a name may mean: equal ones first, then beginnings, then parts, then what is alike."""
    sites = Site.objects.visible_to(user).live().matching(text)
    if province:
        sites = sites.filter(province=province)
    return list(sites.best_first(text).select_related("province", "district")[:limit])


def site_of(reference: str) -> Site | None:
    """Give the site a reference stands for; that of a merged one leads to the site that stayed."""
    sites = Site.objects.select_related("province", "commune")
    site = sites.filter(reference=reference).first()
    while site is not None and site.merged_into_id is not None:
        site = sites.get(pk=site.merged_into_id)
    return site


def resolve_site(text: str, *, user: User, province: Province | None = None) -> Site | None:
    """Give the one site that a reference or a whole name means; None when there is none or more than one."""
    sites = Site.objects.visible_to(user).live()
    if reference := REFERENCE.search(text.upper()):
        return sites.filter(reference=reference.group()).first()
    if province:
        sites = sites.filter(province=province)
    found = list(sites.named(text)[:2])
    return found[0] if len(found) == 1 else None


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    """Clean the two names; ValidationError for one that nothing could find again."""
    for name in NAMES & fields.keys():
        fields[name] = _line(fields[name])
        if fields[name] and not is_findable(fields[name]):
            raise ValidationError({name: [_("“%(name)s” has no letter or digit.") % {"name": fields[name]}]})
    return fields


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _write_aliases(site: Site, others: Iterable[str]) -> None:
    """Bring the rows that search reads to the names of the site."""
    wanted = dict.fromkeys(others, False) | {name: True for name in (site.name_km, site.name_en) if name}
    written = {alias.text: alias for alias in site.aliases.all()}
    stale = [alias.pk for text, alias in written.items() if wanted.get(text) is not alias.is_name]
    SiteAlias.objects.filter(pk__in=stale).delete()
    kept = {text for text, alias in written.items() if alias.pk not in stale}
    rows = [new_alias(site, text, is_name) for text, is_name in wanted.items() if text not in kept]
    SiteAlias.objects.bulk_create(rows)


def new_alias(site: Site, text: str, is_name: bool) -> SiteAlias:
    """Build one unsaved name of a site with its keys."""
    km, lat = site_keys(text)
    return SiteAlias(site=site, text=text, key_km=km, key_lat=lat, key_version=KEY_VERSION, is_name=is_name)


def _record_aliases(site: Site, before: list[str], after: list[str], *, by: User) -> None:
    """Count the change of other names as an edit: a version, a line of history, an audit event."""
    site.version, site.updated_at = site.version + 1, timezone.now()
    site.save(update_fields=["version", "updated_at"])
    line = {"field": "aliases", "before": ", ".join(sorted(before)), "after": ", ".join(sorted(after))}
    Edit.objects.create(**story_columns(site), **line, by=by, version=site.version)
    record("edit", by=by, about=site, detail={"fields": ["aliases"]})
