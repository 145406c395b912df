"""The table of steps of a publication. What was signed changes once more: when another takes its place."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.guards import another, followed, someone_else
from reports.models import PublicationStatus as S
from workflow.table import Ask, Step, Workflow

OF_THE_SYSTEM = ("supersede",)  # follows by itself: on no page

PUBLICATION = Workflow(
    name="publication",
    model="reports.Publication",
    field="status",
    states=S.values,
    initial=(S.DRAFT,),
    steps=(
        Step(
            "sign",
            (S.DRAFT,),
            S.SIGNED,
            "report.sign",
            pgettext_lazy("publication", "Sign and release"),
            asks=(
                Ask(
                    "signed_title",
                    required=True,
                    label=_("Your title, as it stands under the figures"),
                    hint=_("Like: Director of the Anti-Human Trafficking Department"),
                ),
            ),
            guard=another,
            done=pgettext_lazy("publication", "Signed and released"),
        ),
        Step(
            "refuse",
            (S.DRAFT,),
            S.WITHDRAWN,
            "report.sign",
            pgettext_lazy("publication", "Do not release"),
            guard=someone_else,
            note_required=True,
            aside=True,
            done=pgettext_lazy("publication", "Not released"),
        ),
        Step(
            "withdraw",
            (S.DRAFT,),
            S.WITHDRAWN,
            "report.publish",
            pgettext_lazy("publication", "Withdraw the draft"),
            note_required=True,
            aside=True,
            done=pgettext_lazy("publication", "Draft withdrawn"),
        ),
        Step(
            "supersede",
            (S.SIGNED,),
            S.SUPERSEDED,
            "report.sign",
            pgettext_lazy("publication", "Supersede"),
            guard=followed,
            aside=True,
            done=pgettext_lazy("publication", "Superseded"),
        ),
    ),
)
