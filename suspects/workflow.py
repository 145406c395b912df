"""The table of steps of a suspect: the way to court."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from provinces.choices import province_choices
from suspects.court_steps import COURT_STEPS, QUESTION, TAKING_BACK
from suspects.guards import extended_once, never_arrested, outside_the_unit, was_arrested
from suspects.models import ArrestKind, SuspectStatus
from suspects.models.review import Review
from suspects.words import court_choices, operation_choices
from workflow.table import Ask, Step, Workflow

S = SuspectStatus

SUSPECT = Workflow(
    name="suspect",
    model="suspects.Suspect",
    field="status",
    states=tuple(S),
    initial=(S.NAMED,),
    steps=(
        Step(
            "arrest",
            (S.NAMED, S.WANTED),
            S.ARRESTED,
            "suspect.arrest",
            _("Record arrest"),
            asks=(
                Ask("arrest_unit", required=True, label=_("Which unit arrested?")),
                Ask("arrest_kind", "choice", required=True, label=_("How?"), choices=ArrestKind.choices),
                Ask("warrant_number", label=_("Number of the warrant")),
                Ask(
                    "arrested_in",
                    "choice",
                    label=_("In which province?"),
                    hint=_("Leave it empty for the province of the complaint"),
                    choices=province_choices,
                ),
                Ask("operation", "choice", label=_("In which operation?"), choices=operation_choices),
            ),
            done=pgettext_lazy("timeline", "Arrested"),
        ),
        Step(
            "mark_wanted",
            (S.NAMED,),
            S.WANTED,
            "suspect.arrest",
            _("Mark as wanted"),
            asks=(Ask("warrant_number", label=_("Number of the warrant")),),
            done=pgettext_lazy("timeline", "Wanted"),
        ),
        Step(
            "send_to_court",
            (S.ARRESTED, S.NAMED, S.WANTED),
            S.SENT_TO_COURT,
            "suspect.court",
            _("Send to court"),
            asks=(
                Ask("court", "choice", required=True, label=_("Which court?"), choices=court_choices),
                Ask(
                    "override_why",
                    label=_("Why without the non-punishment review?"),
                    hint=_("Only for somebody found and not cleared. The integrity officer reads it."),
                ),
            ),
            done=pgettext_lazy("timeline", "Sent to court"),
        ),
        QUESTION,
        *COURT_STEPS,
        Step(
            "extend_custody",
            (S.ARRESTED,),
            None,
            "suspect.arrest",
            _("Record extension of custody"),
            asks=(
                Ask("extension_number", required=True, label=_("Number of the extension")),
                Ask("extended_on", "date", required=True, label=_("Date of the extension")),
            ),
            guard=extended_once,
            done=pgettext_lazy("timeline", "Custody extended"),
        ),
        Step(
            "release",
            (S.ARRESTED, S.SENT_TO_COURT),
            S.RELEASED,
            "suspect.arrest",
            _("Record release"),
            note_required=True,
            done=pgettext_lazy("timeline", "Released"),
        ),
        Step(
            "review",
            (S.NAMED, S.WANTED, S.ARRESTED),
            None,
            "suspect.review",
            _("Review: victim or offender?"),
            asks=(
                Ask(
                    "finding",
                    "choice",
                    required=True,
                    label=_("What is found?"),
                    choices=[(f.value, f.label) for f in (Review.Finding.MAY_PROCEED, Review.Finding.MUST_NOT)],
                ),
            ),
            guard=outside_the_unit,
            note_required=True,
            done=pgettext_lazy("timeline", "Non-punishment reviewed"),
        ),
        Step(
            "take_back_arrest",
            (S.ARRESTED,),
            S.NAMED,
            "suspect.correct",
            _("Take back: the arrest was recorded by mistake"),
            note_required=True,
            done=pgettext_lazy("timeline", "Arrest taken back"),
        ),
        Step(
            "take_back_court",
            (S.SENT_TO_COURT,),
            S.ARRESTED,
            "suspect.correct",
            _("Take back: sent to court was recorded by mistake"),
            guard=was_arrested,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent to court taken back"),
        ),
        Step(
            "take_back_court_unarrested",
            (S.SENT_TO_COURT,),
            S.NAMED,
            "suspect.correct",
            _("Take back: sent to court was recorded by mistake"),
            guard=never_arrested,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent to court taken back"),
        ),
        *TAKING_BACK,
    ),
)
