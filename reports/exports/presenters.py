"""An export as its pages and the API show it: what it holds in words, how far it is, what its reader may do."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.views.export import PURPOSES
from core import display
from core.display import told
from reports.exports.lists import CASE, LISTS
from reports.exports.marks import filter_words
from reports.exports.models import OPEN, OVERSEE, ExportJob, State
from reports.exports.services import may_decide

ENDED = (State.FAILED, State.REFUSED, State.CANCELLED, State.EXPIRED)


@dataclass(frozen=True)
class Shown:
    """An export for its reader."""

    job: ExportJob
    is_own: bool
    may_decide: bool
    may_cancel: bool
    filters: list[str]

    @property
    def what(self) -> str:
        """Say which list, or which complaint."""
        return str(LISTS[self.job.listing].label)

    @property
    def counted(self) -> str:
        """Say how many rows, of what."""
        return str(LISTS[self.job.listing].counted % {"number": self.job.total, "n": display.number(self.job.total)})

    @property
    def purpose(self) -> str:
        """Say what it is for."""
        return str(dict(PURPOSES).get(self.job.purpose, self.job.purpose))

    @property
    def columns(self) -> list[str]:
        """Return the columns kept, in words."""
        every = LISTS[self.job.listing].columns(self.job.by, shared=False)
        return [str(column.label) for column in every if column.name in self.job.columns]

    @property
    def is_open(self) -> bool:
        """Say whether there may still be a file."""
        return self.job.state in OPEN

    @property
    def moves(self) -> bool:
        """Say whether the page is worth looking at again in two seconds."""
        return self.job.state in (State.QUEUED, State.RUNNING)

    @property
    def share(self) -> int:
        """Return how far it is, in hundredths."""
        if self.job.state == State.READY:
            return 100
        return min(99, self.job.done * 100 // self.job.total) if self.job.total else 0

    @property
    def is_ready(self) -> bool:
        """Say whether its file is there for who asked."""
        late = self.job.expires_at is not None and self.job.expires_at <= timezone.now()
        return self.job.state == State.READY and not late

    @property
    def may_show_key(self) -> bool:
        """Say whether its passphrase was not shown yet."""
        return self.is_own and self.job.key_shown_at is None and self.job.state not in ENDED

    @property
    def may_again(self) -> bool:
        """Say whether the same may be asked for once more."""
        return self.is_own and self.job.state in ENDED

    @property
    def size(self) -> str:
        """Say how large the file is."""
        kilobytes = max(1, round(self.job.bytes / 1_000))
        if kilobytes < 1_000:
            return _("%(n)s kB") % {"n": display.number(kilobytes)}
        return _("%(n)s MB") % {"n": display.number(round(kilobytes / 1_000))}

    @property
    def is_case(self) -> bool:
        """Say whether it is the summary of one complaint."""
        return self.job.listing == CASE


def shown(job: ExportJob, user: Any) -> Shown:
    """Return an export for its reader: the filter in words to who asked and to who decides, codes to others."""
    own, decides = job.by_id == user.pk, may_decide(job, user)
    cancels = job.state in OPEN and (own or user.may(OVERSEE))
    return Shown(job, own, decides, cancels, _filters(job, user, whole=own or decides))


def _filters(job: ExportJob, user: Any, *, whole: bool) -> list[str]:
    if whole or job.listing == CASE:  # who knows of a summary may see its complaint
        return filter_words(job, job.by if job.by_id != user.pk else user)
    said = QueryDict(mutable=True)
    for name, values in job.coded.items():
        if isinstance(values, list):
            said.setlist(name, values)
    filters = LISTS[job.listing].filtered(said, job.by)
    fields = filters.form.fields
    typed = [name for name, value in job.coded.items() if value == "given" and name in fields]
    return [tag["label"] for tag in filters.on()] + [told(fields[name].label, _("typed")) for name in typed]
