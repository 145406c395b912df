"""What the steps at court change: charges and orders as rows, days in their order, the sentence, and all of it back."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from suspects.models import Charge, ChargeResult, Restraint, Suspect

Values = dict[str, Any]
Change = Callable[[Suspect, Values, datetime.datetime, Any], Values]
NO_SENTENCE: Values = {
    "in_absentia": None,
    "prison_months": None,
    "suspended_months": None,
    "fine_riel": None,
    "compensation_riel": None,
    "confiscated": "",
    "confiscated_riel": None,
    "confiscated_usd": None,
}
NO_APPEAL: Values = {"appealed_on": None, "appealed_by": ""}
MOST_MONTHS = 999


def columns_of(suspect: Suspect, by: Any) -> Values:
    """Return the columns by which a row hangs on a suspect and their complaint, and who recorded it."""
    scope = {"complaint_id": suspect.complaint_id, "province_id": suspect.province_id, "handling": suspect.handling}
    return {"suspect": suspect, **scope, "by": by}


def day_after(suspect: Suspect, moment: datetime.datetime, *names: str) -> datetime.date:
    """Return the day of a moment; ValidationError where it lies before one of these days of the suspect."""
    day = timezone.localtime(moment).date()
    words = {
        "sent_to_court_on": _("This lies before the day they were sent to court. Check the day."),
        "charged_on": _("This lies before the charge. Check the day."),
        "on_trial_on": _("This lies before the trial began. Check the day."),
        "verdict_on": _("This lies before the verdict. Check the day."),
    }
    for name in names:
        if (earlier := getattr(suspect, name)) is not None and day < earlier:
            raise ValidationError({"happened_at": [words[name]]})
    return day


def standing(suspect: Suspect) -> list[Charge]:
    """Return the charges that stand, in their order."""
    return list(suspect.charges.standing().select_related("article").order_by("charged_on", "recorded_at", "pk"))


def _put(suspect: Suspect, articles: list[str], day: datetime.date, by: Any) -> None:
    known = {charge.article_id for charge in standing(suspect)}
    if known & set(articles):
        raise ValidationError({"articles": [_("The suspect is charged under one of these already.")]})
    for code in articles:
        Charge.objects.create(**columns_of(suspect, by), article_id=code, charged_on=day)


def charged(row: Suspect, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Charge under the articles said."""
    day = day_after(row, moment, "sent_to_court_on")
    _put(row, values["articles"], day, by)
    return {"charged_on": day, "due_at": moment}


def charged_further(row: Suspect, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Charge under more articles; the first charge keeps its day."""
    _put(row, values["articles"], day_after(row, moment, "charged_on"), by)
    return {}


def restrained(row: Suspect, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Keep an order of the court; it ends the one before it."""
    day, until = day_after(row, moment, "charged_on"), values.get("ordered_until")
    if until is not None and until < day:
        raise ValidationError({"ordered_until": [_("An order does not end before it begins.")]})
    last = _last_order(row)
    if last is not None and day < last.since:
        raise ValidationError({"happened_at": [_("This lies before the order that holds now. Check the day.")]})
    row.restraints.standing().filter(ended_on=None).update(ended_on=day)  # type: ignore[attr-defined]
    Restraint.objects.create(**columns_of(row, by), kind=values["restraint"], since=day, ordered_until=until)
    return {"restraint": values["restraint"]}


def _last_order(row: Suspect) -> Restraint | None:
    found: Restraint | None = row.restraints.standing().order_by("-since", "-recorded_at").first()  # type: ignore[attr-defined]
    return found


def tried(row: Suspect, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    """Open the trial."""
    return {"on_trial_on": day_after(row, moment, "charged_on"), "due_at": moment}


def convicted(row: Suspect, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Convict: what of, and the sentence."""
    day = day_after(row, moment, "charged_on", "on_trial_on")
    guilty, lesser = values.pop("guilty_of", None), values.pop("lesser_article", None)
    sentence = {**NO_SENTENCE, **_judged(values)}
    charges = standing(row)
    if lesser and lesser in {charge.article_id for charge in charges}:
        message = _("The suspect is charged under this one. Tick it above instead.")
        raise ValidationError({"lesser_article": [message]})
    if not guilty:
        guilty = [] if lesser else [charge.article_id for charge in charges]
    rest = ChargeResult.LESSER if lesser else ChargeResult.ACQUITTED
    for charge in charges:
        _conclude(charge, ChargeResult.CONVICTED if charge.article_id in guilty else rest)
    if lesser:
        said = {"charged_on": row.charged_on, "is_lesser": True, "result": ChargeResult.CONVICTED}
        Charge.objects.create(**columns_of(row, by), article_id=lesser, **said)
    return {**sentence, **_ended(row, day), "due_at": moment}


def _judged(values: Values) -> Values:
    errors: dict[str, list[str]] = {}
    prison, suspended = values.get("prison_months"), values.get("suspended_months")
    if prison is not None and prison > MOST_MONTHS:
        errors["prison_months"] = [_("Write at most %(most)s months.") % {"most": MOST_MONTHS}]
    if suspended is not None and suspended > (prison or 0):
        errors["suspended_months"] = [_("No more can be suspended than was given.")]
    if len(values.get("confiscated") or "") > 500:
        errors["confiscated"] = [_("This is longer than %(most)s characters.") % {"most": 500}]
    if errors:
        raise ValidationError(errors)
    return values


def _conclude(charge: Charge, result: str) -> None:
    charge.result = result
    charge.save(update_fields=["result"])


def _ended(row: Suspect, day: datetime.date) -> Values:
    row.restraints.standing().filter(ended_on=None).update(ended_on=day)  # type: ignore[attr-defined]
    return {"verdict_on": day, "restraint": ""}


def _all(result: str, *after: str) -> Change:
    def change(row: Suspect, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
        day = day_after(row, moment, *after)
        row.charges.standing().update(result=result)  # type: ignore[attr-defined]
        return {**_ended(row, day), "due_at": moment}

    return change


def settled(row: Suspect, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    """Note that the parties settled."""
    return {"settled_on": timezone.localtime(moment).date()}


def appealed(row: Suspect, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    """Note an appeal; the verdict that counts stays the first one."""
    return {"appealed_on": day_after(row, moment, "verdict_on"), "appealed_by": values["appealed_by"]}


def questioned(row: Suspect, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    """Keep how they first met the police."""
    return {**values, "first_contact_at": moment}


def _charge_back(row: Suspect, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    now = timezone.now()
    row.charges.standing().update(taken_back_at=now)  # type: ignore[attr-defined]
    row.restraints.standing().update(taken_back_at=now)  # type: ignore[attr-defined]
    return {"charged_on": None, "restraint": ""}


def _article_back(row: Suspect, values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    held = row.charges.standing().filter(is_lesser=False)  # type: ignore[attr-defined]
    if held.count() < 2:
        raise Conflict(_("This is the only article. Take the charge back instead."))
    held.filter(article=values["article"]).update(taken_back_at=timezone.now())
    return {}


def _order_back(row: Suspect, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    last = _last_order(row)
    if last is not None:
        Restraint.objects.filter(pk=last.pk).update(taken_back_at=timezone.now())
    before = _last_order(row)
    if before is None:
        return {"restraint": ""}
    Restraint.objects.filter(pk=before.pk).update(ended_on=None)
    return {"restraint": before.kind}


def _verdict_back(row: Suspect, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    charges = row.charges.standing()  # type: ignore[attr-defined]
    charges.filter(is_lesser=True).update(taken_back_at=timezone.now())
    charges.update(result=ChargeResult.OPEN)
    last = _last_order(row)
    if last is not None:
        Restraint.objects.filter(pk=last.pk).update(ended_on=None)
    return {**NO_SENTENCE, **NO_APPEAL, "verdict_on": None, "restraint": last.kind if last else ""}


def _gone(*names: Mapping[str, Any]) -> Change:
    def change(_row: Suspect, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
        return {name: value for found in names for name, value in found.items()}

    return change


CHANGES: dict[str, Change] = {
    "question": questioned,
    "charge": charged,
    "add_charge": charged_further,
    "restrain": restrained,
    "open_trial": tried,
    "convict": convicted,
    "acquit": _all(ChargeResult.ACQUITTED, "charged_on", "on_trial_on"),
    "dismiss": _all(ChargeResult.DISMISSED, "sent_to_court_on", "charged_on", "on_trial_on"),
    "settle": settled,
    "appeal": appealed,
    "take_back_question": _gone({"first_contact_at": None, "first_contact_kind": ""}),
    "take_back_charge": _charge_back,
    "take_back_article": _article_back,
    "take_back_restraint": _order_back,
    "take_back_trial": _gone({"on_trial_on": None}),
    "take_back_verdict": _verdict_back,
    "take_back_dismissal": _verdict_back,
    "take_back_dismissal_charged": _verdict_back,
    "take_back_dismissal_tried": _verdict_back,
    "take_back_settlement": _gone({"settled_on": None}),
    "take_back_appeal": _gone(NO_APPEAL),
}
# These change what is known beside the status, not the way itself.
BESIDE = {"question", "add_charge", "restrain", "settle", "appeal"} | {
    f"take_back_{name}" for name in ("question", "article", "restraint", "settlement", "appeal")
}
