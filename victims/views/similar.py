"""Persons who may be the one being typed: a part of a page, for htmx."""

from django.http import HttpRequest, HttpResponse

from core.views import Page, require
from victims.models import Victim
from victims.services.who import is_nobody_yet
from victims.similar import known_from, merge_with, similar


class SimilarPersons(Page):
    """Show who may be meant, of the persons the reader may see; `person` and `complaint` are the references typed at."""

    permission = "victim.add"

    def get(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        require(user, "identity.read")
        complaints = Victim._meta.get_field("complaint").related_model.objects.visible_to(user)  # type: ignore[union-attr]
        complaint = complaints.filter(reference=request.GET.get("complaint", "").upper()[:20]).first()
        own = Victim.objects.visible_to(user).filter(reference=request.GET.get("person", "").upper()[:20])  # type: ignore[arg-type]
        here = own.select_related("person").first()
        (found,) = similar([known_from(request.GET)], user, but=here.person if here else None, complaint=complaint)
        self.audit("search", Victim, detail={"part": "similar", "rows": len(found)})
        taking = complaint is not None or (here is not None and is_nobody_yet(here))
        data = {"similar": found, "may_take": taking, "merge_with": merge_with(here, user)}
        return self.render("victims/similar.html", data)
