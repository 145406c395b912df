"""The list of people sought and found: one branch at a time, filtered, 50 a page."""

from typing import Any

from accounts.lists import ScopedList
from victims.filters import VictimFilter
from victims.kept_list import KEPT
from victims.models import Victim
from victims.presenters import row_of


class VictimList(ScopedList):
    """Who is sought, who was found."""

    permission = "victim.read"
    model = Victim
    filterset = VictimFilter
    template = "victims/list.html"
    export = "victims"
    views_of = KEPT

    def rows(self, found: list[Victim], user: Any) -> list[Any]:
        """Prepare the rows; a person shared alone does not tell of their complaint."""
        known = {victim.complaint_id for victim in found}
        if self.shared and found:
            complaints = type(found[0].complaint).objects.visible_to(user)
            known = set(complaints.filter(pk__in=known).values_list("pk", flat=True))
        return [row_of(victim, user, complaint=victim.complaint_id in known) for victim in found]
