"""The law's tables, for the administrator: articles, courts and the limits of custody."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.display import digits
from core.views import Page
from suspects.forms import ArticleForm, CourtForm, CustodyForm, NewArticleForm
from suspects.models import Article, Court, CustodyLimit
from suspects.services.law import add_article, change_article, change_court, change_limits

FIRST, EXTENSION = CustodyLimit.Kind.FIRST, CustodyLimit.Kind.EXTENSION


class Law(Page):
    """All articles and courts, and how long custody may last."""

    permission = "law.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(CustodyForm(initial=limits()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CustodyForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        said = form.cleaned_data
        hours = {FIRST: (said["first"], said["first_warn"]), EXTENSION: (said["extension"], said["extension_warn"])}
        change_limits(by=request.user, hours=hours)
        messages.info(request, _("Saved: the limits of custody."))
        return redirect("law:list")

    def show(self, form: CustodyForm, *, status: int = 200) -> HttpResponse:
        """Render the tables and the form of the limits."""
        courts = Court.objects.select_related("province")
        return self.render(
            "suspects/law.html", {"articles": Article.objects.all(), "courts": courts, "form": form}, status=status
        )


class LawForm(Page):
    """A row of the law's tables as a form."""

    permission = "law.manage"

    def show(self, form: Any, title: str, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("suspects/law_form.html", {"form": form, "title": title}, status=status)


class NewArticle(LawForm):
    """An article that is not carried yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(NewArticleForm(), _("Add an article"))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewArticleForm(request.POST)
        if form.is_valid():
            said = dict(form.cleaned_data)
            try:
                article = add_article(by=request.user, code=said.pop("code"), said=said)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.info(request, _("Saved: article %(number)s.") % {"number": article.number})
                return redirect("law:list")
        return self.show(form, _("Add an article"), status=400)


class ChangeArticle(LawForm):
    """One article."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        article = get_object_or_404(Article, code=code.upper())
        return self.show(ArticleForm(instance=article), self.title(article))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        article = get_object_or_404(Article, code=code.upper())
        form = ArticleForm(request.POST, instance=copy(article))
        if not form.is_valid():
            return self.show(form, self.title(article), status=400)
        change_article(article, by=request.user, changes=form.cleaned_data)
        messages.info(request, _("Saved: article %(number)s.") % {"number": article.number})
        return redirect("law:list")

    def title(self, article: Article) -> str:
        """Return the heading."""
        return _("Article %(number)s") % {"number": digits(article.number)}


class ChangeCourt(LawForm):
    """The names of one court."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        court = get_object_or_404(Court, code=code.upper())
        return self.show(CourtForm(instance=court), court.name)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        court = get_object_or_404(Court, code=code.upper())
        form = CourtForm(request.POST, instance=copy(court))
        if not form.is_valid():
            return self.show(form, court.name, status=400)
        change_court(court, by=request.user, changes=form.cleaned_data)
        messages.info(request, _("Saved: %(court)s.") % {"court": court.name})
        return redirect("law:list")


def limits() -> dict[str, Any]:
    """Return the limits as the form names them."""
    kept = {limit.kind: limit for limit in CustodyLimit.objects.all()}
    first, extension = kept[FIRST], kept[EXTENSION]
    return {
        "first": first.hours,
        "first_warn": first.warn_hours,
        "extension": extension.hours,
        "extension_warn": extension.warn_hours,
    }
