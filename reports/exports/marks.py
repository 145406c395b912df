"""What every file says of itself: who asked for it, when, what for, for whom, and which export it is."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.views.export import PURPOSES
from core import display
from core.display import told
from reports.exports.lists import LISTS
from reports.exports.models import ExportJob

CREDIT = "Human Trafficking Case Data Standard, IOM, CC BY 4.0, adapted"


@dataclass(frozen=True)
class Mark:
    """The words of a watermark, one line each or all in one."""

    pairs: list[tuple[str, str]]

    @property
    def line(self) -> str:
        """Return it as one line."""
        return " · ".join(value for _word, value in self.pairs)

    @property
    def lines(self) -> list[str]:
        """Return it as lines of a word and its value."""
        return [told(word, value) for word, value in self.pairs]


def mark_of(job: ExportJob, user: Any) -> Mark:
    """Return the watermark of an export, in the language that is on."""
    return Mark(
        [
            (_("Export"), job.reference),
            (_("Asked for by"), f"{user.name} ({user.username})"),
            (_("Asked for at"), display.moment(job.asked_at)),
            (pgettext("export", "What for"), str(dict(PURPOSES).get(job.purpose, job.purpose))),
            (_("Who gets the file"), job.recipient),
        ]
    )


def filter_words(job: ExportJob, user: Any) -> list[str]:
    """Return the filter in words; none where the whole list was taken."""
    params = job.params
    said = [tag["label"] for tag in LISTS[job.listing].filtered(params, user).on()]
    return [str(_("Shared with us"))] * (params.get("shared") == "1") + said


def readme(job: ExportJob, user: Any, rows: int, sha256: str) -> str:
    """Return what lies beside the file: whose copy this is, what it holds, and that it is to be kept closed."""
    listing = LISTS[job.listing]
    words = filter_words(job, user)
    lines = [
        *mark_of(job, user).lines,
        told(_("What"), f"{listing.label}: {'; '.join(words) if words else _('The whole list, no filter')}"),
        told(_("Rows"), str(rows)),
        told("SHA-256", sha256),
        "",
        _(
            "This copy is yours alone: it says who asked for it. Keep it closed, hand it to nobody else, and destroy it when it is no longer needed."
        ),
    ]
    if job.format == "json":
        lines += ["", CREDIT]
    return "\ufeff" + "\r\n".join(str(line) for line in lines) + "\r\n"
