"""The law's tables, for the administrator: articles, courts and the limits of custody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.views import Page
from suspects.forms import ArticleForm, CustodyForm
from suspects.models import Article, Court, CustodyLimit
from suspects.services.law import change_article, change_limits

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


class ChangeArticle(Page):
    """One article as a form."""

    permission = "law.manage"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        article = self.article(code)
        return self.show(article, ArticleForm(instance=article))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        article = self.article(code)
        form = ArticleForm(request.POST, instance=self.article(code))
        if not form.is_valid():
            return self.show(article, form, status=400)
        change_article(article, by=request.user, changes=form.cleaned_data)
        messages.info(request, _("Saved: article %(number)s.") % {"number": article.number})
        return redirect("law:list")

    def article(self, code: str) -> Article:
        """Return the article, or 404."""
        return get_object_or_404(Article, code=code.upper())

    def show(self, article: Article, form: ArticleForm, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("suspects/article.html", {"article": article, "form": form}, status=status)


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
