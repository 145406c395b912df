"""The rules of urgency, for the administrator: what stands there, what they propose of a text, changing one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from complaints.forms.rules import RuleForm, TryForm, kept
from complaints.languages import SPOKEN
from complaints.models import UrgencyRule
from complaints.presenters.rules import history_of, lacking, rule_row
from complaints.rule_languages import carried_in
from complaints.services.rules import FIELDS, add_rule, change_rule
from complaints.signs import Text, marked, proposed_urgency
from core.exceptions import Conflict
from core.views import Page


class Rules(Page):
    """All rules, and a box to try them on a text; what is tried is read and not kept."""

    permission = "rule.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(TryForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TryForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        rules, text = list(UrgencyRule.objects.all()), form.cleaned_data["text"]
        proposed = proposed_urgency(text, [rule for rule in rules if rule.is_active], everywhere=True)
        answer = self.show(form, rules=rules, proposed=proposed, pieces=marked(Text(text), proposed.found))
        add_never_cache_headers(answer)
        return answer

    def show(self, form: TryForm, *, rules: Any = None, status: int = 200, **more: Any) -> HttpResponse:
        """Render the rules and the box."""
        rows = [rule_row(rule) for rule in (UrgencyRule.objects.all() if rules is None else rules)]
        return self.render("complaints/rules.html", {"rows": rows, "form": form, **more}, status=status)


class RulePage(Page):
    """A rule as a form."""

    permission = "rule.manage"

    def show(self, form: RuleForm, title: str, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("complaints/rule.html", {"form": form, "title": title, **more}, status=status)

    def saved(self, rule: UrgencyRule) -> HttpResponse:
        """Say that it is kept, and go to all rules."""
        messages.info(self.request, _("Saved: %(name)s.") % {"name": rule.reason})
        return redirect("rules:list")


class NewRule(RulePage):
    """One more thing that speaks for haste."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(RuleForm(), _("Add a rule"))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RuleForm(request.POST)
        if form.is_valid():
            try:
                return self.saved(add_rule(by=request.user, said=said(form)))
            except ValidationError as error:
                form.add_error(None, error)
        return self.show(form, _("Add a rule"), status=400)


class ChangeRule(RulePage):
    """One rule, and what was changed of it."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        rule, language = self.fetch(code), request.GET.get("add", "")
        words, exceptions = carried_in(rule, language)
        initial = kept(rule)
        initial |= {"words": [*rule.words, *words], "exceptions": [*rule.exceptions, *exceptions]}
        return self.change(rule, RuleForm(initial=initial), added=SPOKEN[language][1] if words or exceptions else "")

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        rule, form = self.fetch(code), RuleForm(request.POST)
        if form.is_valid():
            try:
                version = form.cleaned_data["version"] or 0
                return self.saved(change_rule(rule, by=request.user, version=version, said=said(form)))
            except ValidationError as error:
                form.add_error(None, error)
            except Conflict as error:
                return self.change(rule, form, status=409, notice=error.message)
        return self.change(rule, form, status=400)

    def change(self, rule: UrgencyRule, form: RuleForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form with the history of the rule, and the languages it has no words for."""
        data = {"rule": rule, "history": history_of(rule), "lacks": lacking(rule)}
        return self.show(form, rule.reason, status=status, **data, **more)

    def fetch(self, code: str) -> UrgencyRule:
        """Return the rule of a code; 404 where there is none."""
        rows = UrgencyRule.objects.visible_to(self.request.user)
        return get_object_or_404(rows, code__iexact=code)


def said(form: RuleForm) -> dict[str, Any]:
    """Return what the service takes."""
    return {name: form.cleaned_data[name] for name in FIELDS}
