"""Saved views: keep what a list shows now, rename, order, delete."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services
from accounts.kept_lists import LISTS, KeptList
from accounts.models import SavedView
from core.exceptions import Conflict
from core.forms import Rows
from core.typed import Words
from core.views import Page

LONG = 4_000


class ViewForm(forms.Form):
    """A name, and for whom."""

    name = Words(label=gettext_lazy("Name of the view"), widget=forms.TextInput({"maxlength": 40}))
    level = forms.ChoiceField(label=gettext_lazy("For whom"), widget=Rows(), required=False)

    def __init__(self, *args: Any, levels: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class ViewPage(Page):
    """What the pages of saved views share."""

    permission = "view.keep"

    def list_of(self, key: str) -> KeptList:
        """Return a list the reader may open, or 404."""
        kept = LISTS.get(key)
        if kept is None or not self.request.user.may(kept.permission):  # type: ignore[union-attr]
            raise Http404
        return kept

    def view(self, key: str, reference: str) -> SavedView:
        """Return a view the reader sees, or 404."""
        seen = SavedView.objects.visible_to(self.request.user).filter(list_key=self.list_of(key).key)
        row: SavedView = get_object_or_404(seen, reference=reference.upper())
        return row


class NewView(ViewPage):
    """Keep what stands in the address of a list."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        kept = self.list_of(key)
        levels = services.levels_of(request.user)
        return self.show(kept, request.GET, ViewForm(levels=levels, initial={"level": "own"}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keep it."""
        kept, form = self.list_of(key), ViewForm(request.POST, levels=services.levels_of(request.user))
        params = QueryDict(request.POST.get("query", "")[:LONG])
        if not form.is_valid():
            return self.show(kept, params, form, status=400)
        said = {"name": form.cleaned_data["name"], "level": form.cleaned_data["level"] or "own"}
        try:
            row = services.save_view(by=request.user, list_key=key, params=params, **said)
        except ValidationError as error:
            for name, found in error.message_dict.items():
                form.add_error(name if name in form.fields else None, found)
            return self.show(kept, params, form, status=400)
        except Conflict as error:
            form.add_error("name", error.message)
            return self.show(kept, params, form, status=409)
        messages.info(request, _("Saved: %(name)s.") % {"name": row.name})
        return HttpResponseRedirect(f"{reverse(kept.route)}?{row.query}")

    def show(self, kept: KeptList, params: QueryDict, form: ViewForm, *, status: int = 200) -> HttpResponse:
        """Render what would be kept."""
        query = kept.known(params)
        branch = kept.model.objects.none()
        filters = kept.filterset(QueryDict(query), branch, request=self.request)
        try:
            tags = filters.on() if filters.is_valid() else []
        except PermissionDenied:
            tags = []
        data = {"kept": kept, "query": query, "tags": tags, "form": form, "list_url": reverse(kept.route)}
        return self.render("accounts/view_new.html", data, status=status)


class Views(ViewPage):
    """The reader's views of a list, in their order."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return self.show(self.list_of(key))

    def show(self, kept: KeptList, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the views; `more` brings back a name that was not taken."""
        user: Any = self.request.user
        rows = list(SavedView.objects.visible_to(user).filter(list_key=kept.key).select_related("province").in_order())
        led = {posting.province_id for posting in user.postings.active().filter(lead=True)}
        writes = {"own": True, "national": user.may("view.national")}
        shown = [{"view": row, "writes": writes.get(row.level, row.province_id in led)} for row in rows]
        data = {"kept": kept, "rows": shown, "list_url": reverse(kept.route), **more}
        return self.render("accounts/views.html", data, status=status)


class ActOnView(Views):
    """One act on one view: it is done, or the page comes back with why not."""

    def get(self, request: HttpRequest, key: str, reference: str) -> HttpResponse:  # type: ignore[override]
        """Lead to the views of its list."""
        return redirect("views:list", self.view(key, reference).list_key)

    def post(self, request: HttpRequest, key: str, reference: str) -> HttpResponse:
        """Rename, move or delete."""
        row, typed = self.view(key, reference), request.POST.get("name", "")
        try:
            self.act(row, request.POST.get("act", "rename"), typed)
        except ValidationError as error:
            why = " ".join(error.messages)
            return self.show(self.list_of(row.list_key), status=400, about=row.pk, typed=typed[:LONG], why=why)
        except Conflict as error:
            return self.show(
                self.list_of(row.list_key), status=409, about=row.pk, typed=typed[:LONG], why=error.message
            )
        return redirect("views:list", row.list_key)

    def act(self, row: SavedView, act: str, name: str) -> None:
        """Call the service."""
        match act:
            case "rename":
                services.rename_view(row, by=self.request.user, name=name)
            case "move":
                services.move_view(row, by=self.request.user)
            case "delete":
                services.delete_view(row, by=self.request.user)
            case _:
                raise ValidationError(_("Choose one of the answers."))
