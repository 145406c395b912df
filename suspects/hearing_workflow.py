"""The table of steps of a hearing: set, then held, adjourned or called off."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suspects.guards import has_begun
from suspects.models import HearingStatus
from workflow.table import Ask, Step, Workflow

H = HearingStatus


HEARING = Workflow(
    name="hearing",
    model="suspects.Hearing",
    field="status",
    states=tuple(H),
    initial=(H.SET,),
    steps=(
        Step(
            "record_held",
            (H.SET,),
            H.HELD,
            "suspect.court",
            _("Record that it was held"),
            asks=(Ask("result", required=True, label=_("What was decided?")),),
            guard=has_begun,
            done=pgettext_lazy("timeline", "Hearing held"),
        ),
        Step(
            "adjourn",
            (H.SET,),
            H.ADJOURNED,
            "suspect.court",
            _("Record adjournment"),
            asks=(
                Ask(
                    "next_at",
                    "moment",
                    label=_("When is it held instead?"),
                    hint=_("Leave it empty where no day is set yet"),
                ),
                Ask("result", label=_("Why?")),
            ),
            done=pgettext_lazy("timeline", "Hearing adjourned"),
        ),
        Step(
            "call_off",
            (H.SET,),
            H.CALLED_OFF,
            "suspect.court",
            _("Record that it was called off"),
            note_required=True,
            done=pgettext_lazy("timeline", "Hearing called off"),
        ),
        Step(
            "strike",
            (H.SET,),
            H.MISTAKEN,
            "suspect.court",
            _("Take back: this hearing was recorded by mistake"),
            note_required=True,
            done=pgettext_lazy("timeline", "Hearing taken back"),
            aside=True,
        ),
        Step(
            "take_back_result",
            (H.HELD, H.ADJOURNED, H.CALLED_OFF),
            H.SET,
            "suspect.correct",
            _("Take back: what came of it was recorded by mistake"),
            note_required=True,
            done=pgettext_lazy("timeline", "Result of the hearing taken back"),
            aside=True,
        ),
    ),
)
