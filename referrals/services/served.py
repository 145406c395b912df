"""Whom an embassy serves decides whose names it reads: when one person changes it, the other supervisors are told."""

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import Sort, Target, register
from notifications.services import notify
from partners.models import Partner
from partners.services import when_served

PARTNER = Target("partners.partner", "partners:detail")
KIND = "embassy_serves"
register(KIND, _("An embassy serves other nationalities: check that it is right"), PARTNER, sort=Sort.DECIDE)


def tell_supervisors_of(partner: Partner, by: Any) -> None:
    """Tell every supervisor but who changed it."""
    others = User.objects.active().filter(role="supervisor").exclude(pk=by.pk)
    notify(others, KIND, about=partner, transition=uuid4())


when_served(tell_supervisors_of)
