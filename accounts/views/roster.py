"""The duty roster: who answers for a province now and next."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.forms import DutyForm
from accounts.models import Duty, User
from accounts.roles import Branch
from accounts.scope import may_edit_roster
from core.views import Page
from provinces.models import MINISTRY, Province


class RosterPage(Page):
    permission = "roster.read"

    def provinces(self) -> Any:
        """Give the provinces whose roster this person may see: their own, for the ministry every one."""
        user: Any = self.request.user
        rows = Province.objects.current().order_by("code")
        return rows.filter(pk__in=user.posted_provinces) if user.table.branch == Branch.PROVINCES else rows

    def find(self, code: str) -> Province:
        """Give one of them."""
        province: Province | None = self.provinces().filter(pk=code).first()
        if province is None:
            raise Http404
        return province

    def show(self, province: Province, *, form: DutyForm | None = None, status: int = 200) -> HttpResponse:
        """Render one province's roster."""
        now = timezone.now()
        coming = Q(until_at=None) | Q(until_at__gt=now)
        data = {
            "province": province,
            "duties": Duty.objects.filter(coming, province=province).select_related("user").order_by("from_at"),
            "now": now,
            "may_edit": may_edit_roster(self.request.user, province.pk),  # type: ignore[arg-type]
            "form": form or DutyForm(people=who_serves(province.pk)),
        }
        return self.render("accounts/roster.html", data, status=status)

    def back(self, province: Province) -> HttpResponse:
        """Go to the province's roster."""
        return HttpResponseRedirect(reverse("roster:detail", args=[province.pk]))


def who_serves(province_id: str) -> Any:
    """Give who may be put on duty: those posted there today; for the ministry, intake and supervisors."""
    people = User.objects.active().order_by("username")
    if province_id == MINISTRY:
        return people.filter(role__in=("intake", "supervisor"))
    today = timezone.localdate()
    ending = Q(postings__until_on=None) | Q(postings__until_on__gte=today)
    return people.filter(ending, postings__province=province_id, postings__from_on__lte=today)


class Rosters(RosterPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """List the provinces with who is on duty now."""
        provinces = list(self.provinces())
        on_duty: dict[str, list[Duty]] = {}
        for duty in Duty.objects.active().select_related("user").order_by("from_at"):
            on_duty.setdefault(duty.province_id, []).append(duty)
        rows = [{"province": province, "duties": on_duty.get(province.pk, [])} for province in provinces]
        return self.render("accounts/rosters.html", {"rows": rows, "now": timezone.now()})


class Roster(RosterPage):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show who is on duty in a province, now and later."""
        return self.show(self.find(code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Put somebody on duty."""
        province = self.find(code)
        services.require_roster(request.user, province.pk)
        form = DutyForm(request.POST, people=who_serves(province.pk))
        if form.is_valid():
            asked = form.cleaned_data
            times = {"from_at": asked["from_at"], "until_at": asked["until_at"]}
            try:
                services.put_on_duty(asked["user"], by=request.user, province_id=province.pk, **times)
            except ValidationError as error:
                form.add_error(None, error.messages)  # type: ignore[arg-type]
            else:
                return self.back(province)
        return self.show(province, form=form, status=400)


class EndDuty(RosterPage):
    def post(self, request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
        """End a duty now, or take a coming one away."""
        province = self.find(code)
        duty = Duty.objects.filter(pk=pk, province=province).select_related("user").first()
        if duty is None:
            raise Http404
        services.end_duty(duty, by=request.user)  # type: ignore[arg-type]
        return self.back(province)
