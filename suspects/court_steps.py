"""The steps of a suspect from the prosecutor on: charge, how the court holds them, trial, verdict, and taking back."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suspects import guards
from suspects.models import AppealBy, FirstContact, RestraintKind, SuspectStatus
from suspects.words import charged_choices, offered_articles
from workflow.table import Ask, Step

S = SuspectStatus
BEFORE_VERDICT = (S.SENT_TO_COURT, S.CHARGED, S.ON_TRIAL)
JUDGED = (S.CONVICTED, S.ACQUITTED, S.DISMISSED)
ARTICLES = Ask("articles", "several", required=True, label=_("Under which articles?"), choices=offered_articles)
SENTENCE = (
    Ask("in_absentia", "yes_no", required=True, label=_("Convicted in absentia?")),
    Ask(
        "guilty_of",
        "several",
        label=_("Guilty of which charges?"),
        hint=_("None ticked means all of them, or none where a lesser offence is chosen"),
        choices=charged_choices,
    ),
    Ask(
        "lesser_article",
        "choice",
        label=_("Lesser offence instead"),
        hint=_("Only where the court convicted of another article than was charged"),
        choices=offered_articles,
    ),
    Ask("prison_months", "number", label=_("Prison, in months"), hint=_("Seven years are 84. For life write 999.")),
    Ask("suspended_months", "number", label=_("Of these suspended, in months")),
    Ask("fine_riel", "amount", label=_("Fine, in riel")),
    Ask("compensation_riel", "amount", label=_("Compensation to victims, in riel")),
    Ask("confiscated", label=_("What was confiscated?"), hint=_("Cars, houses, telephones; money below")),
    Ask("confiscated_riel", "amount", label=_("Confiscated money, in riel")),
    Ask("confiscated_usd", "amount", label=_("Confiscated money, in US dollars")),
)

COURT_STEPS = (
    Step(
        "charge",
        (S.SENT_TO_COURT,),
        S.CHARGED,
        "suspect.court",
        _("Record charge"),
        asks=(ARTICLES,),
        done=pgettext_lazy("timeline", "Charged"),
    ),
    Step(
        "open_trial",
        (S.CHARGED,),
        S.ON_TRIAL,
        "suspect.court",
        _("Record opening of the trial"),
        done=pgettext_lazy("timeline", "On trial"),
    ),
    Step(
        "convict",
        (S.ON_TRIAL,),
        S.CONVICTED,
        "suspect.court",
        _("Record conviction"),
        asks=SENTENCE,
        done=pgettext_lazy("timeline", "Convicted"),
    ),
    Step(
        "acquit",
        (S.ON_TRIAL,),
        S.ACQUITTED,
        "suspect.court",
        _("Record acquittal"),
        done=pgettext_lazy("timeline", "Acquitted"),
    ),
    Step(
        "restrain",
        (S.CHARGED, S.ON_TRIAL),
        None,
        "suspect.court",
        _("Record detention or supervision"),
        asks=(
            Ask("restraint", "choice", required=True, label=_("What was ordered?"), choices=RestraintKind.choices),
            Ask("ordered_until", "date", label=_("Ordered until")),
        ),
        done=pgettext_lazy("timeline", "Detention or supervision ordered"),
    ),
    Step(
        "add_charge",
        (S.CHARGED, S.ON_TRIAL),
        None,
        "suspect.court",
        _("Record a further charge"),
        asks=(ARTICLES,),
        done=pgettext_lazy("timeline", "Charged further"),
    ),
    Step(
        "dismiss",
        BEFORE_VERDICT,
        S.DISMISSED,
        "suspect.court",
        _("Record dismissal"),
        note_required=True,
        done=pgettext_lazy("timeline", "Dismissed"),
    ),
    Step(
        "settle",
        (*BEFORE_VERDICT, S.DISMISSED),
        None,
        "suspect.court",
        _("Note a settlement out of court"),
        guard=guards.not_settled,
        note_required=True,
        done=pgettext_lazy("timeline", "Settled out of court"),
    ),
    Step(
        "appeal",
        JUDGED,
        None,
        "suspect.court",
        _("Note an appeal"),
        asks=(Ask("appealed_by", "choice", required=True, label=_("By whom?"), choices=AppealBy.choices),),
        guard=guards.not_appealed,
        done=pgettext_lazy("timeline", "Appealed"),
    ),
)
QUESTION = Step(
    "question",
    (S.NAMED, S.WANTED),
    None,
    "suspect.arrest",
    _("Record first questioning or caution"),
    asks=(Ask("first_contact_kind", "choice", required=True, label=_("What was it?"), choices=FirstContact.choices),),
    guard=guards.not_met_yet,
    done=pgettext_lazy("timeline", "Questioned or cautioned"),
)


def _back(name: str, sources: tuple[S, ...], target: S | None, label: object, done: object, **more: object) -> Step:
    """Return a step of the ministry that takes back what was recorded by mistake; the story keeps both."""
    return Step(name, sources, target, "suspect.correct", label, done=done, note_required=True, **more)  # type: ignore[arg-type]


DISMISSAL = (
    _("Take back: the dismissal was recorded by mistake"),
    pgettext_lazy("timeline", "Dismissal taken back"),
)
TAKING_BACK = (
    _back(
        "take_back_question",
        (S.NAMED, S.WANTED),
        None,
        _("Take back: questioned or cautioned by mistake"),
        pgettext_lazy("timeline", "First questioning taken back"),
        guard=guards.met_before,
    ),
    _back(
        "take_back_charge",
        (S.CHARGED,),
        S.SENT_TO_COURT,
        _("Take back: the charge was recorded by mistake"),
        pgettext_lazy("timeline", "Charge taken back"),
    ),
    _back(
        "take_back_article",
        (S.CHARGED, S.ON_TRIAL),
        None,
        _("Take back: one article was recorded by mistake"),
        pgettext_lazy("timeline", "One article taken back"),
        asks=(Ask("article", "choice", required=True, label=_("Which article?"), choices=charged_choices),),
    ),
    _back(
        "take_back_restraint",
        (S.CHARGED, S.ON_TRIAL),
        None,
        _("Take back: the last detention or supervision was recorded by mistake"),
        pgettext_lazy("timeline", "Detention or supervision taken back"),
        guard=guards.is_restrained,
    ),
    _back(
        "take_back_trial",
        (S.ON_TRIAL,),
        S.CHARGED,
        _("Take back: the trial was recorded by mistake"),
        pgettext_lazy("timeline", "Trial taken back"),
    ),
    _back(
        "take_back_verdict",
        (S.CONVICTED, S.ACQUITTED),
        S.ON_TRIAL,
        _("Take back: the verdict was recorded by mistake"),
        pgettext_lazy("timeline", "Verdict taken back"),
    ),
    _back("take_back_dismissal", (S.DISMISSED,), S.SENT_TO_COURT, *DISMISSAL, guard=guards.never_charged),
    _back("take_back_dismissal_charged", (S.DISMISSED,), S.CHARGED, *DISMISSAL, guard=guards.charged_not_tried),
    _back("take_back_dismissal_tried", (S.DISMISSED,), S.ON_TRIAL, *DISMISSAL, guard=guards.was_tried),
    _back(
        "take_back_settlement",
        (*BEFORE_VERDICT, S.DISMISSED),
        None,
        _("Take back: the settlement was noted by mistake"),
        pgettext_lazy("timeline", "Settlement taken back"),
        guard=guards.was_settled,
    ),
    _back(
        "take_back_appeal",
        JUDGED,
        None,
        _("Take back: the appeal was noted by mistake"),
        pgettext_lazy("timeline", "Appeal taken back"),
        guard=guards.was_appealed,
    ),
)
