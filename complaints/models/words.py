"""The words of a complaint. Codes are the API's; forms follow IOM's HTCDS 2.0 with forced criminality added."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    NEW = "new", pgettext_lazy("complaint", "New")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    VERIFYING = "verifying", _("Verifying")
    INFORMATION_NEEDED = "information_needed", _("Information needed")
    OUTCOME_PROPOSED = "outcome_proposed", _("Outcome proposed")
    DECIDED = "decided", _("Rescue under way")
    CLOSING_PROPOSED = "closing_proposed", _("Closing proposed")
    CLOSED = "closed", _("Closed")


class Handling(models.TextChoices):
    PROVINCIAL = "provincial", _("Provincial")
    NATIONAL_LED = "national_led", _("National-led")
    SEALED = "sealed", _("Sealed")


class Urgency(models.TextChoices):
    IMMEDIATE = "immediate", _("Immediate danger")
    HIGH = "high", pgettext_lazy("urgency", "High")
    NORMAL = "normal", pgettext_lazy("urgency", "Normal")

    @property
    def rank(self) -> int:
        """Return its place, the most urgent first: the order in which they are written here."""
        return list(Urgency).index(self)


def is_more_urgent(one: str, other: str) -> bool:
    """Return whether the first urgency is above the second."""
    return Urgency(one).rank < Urgency(other).rank


class Outcome(models.TextChoices):
    SUBSTANTIATED = "substantiated", _("Substantiated")
    PARTLY = "partly_substantiated", _("Partly substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("Unsubstantiated")
    NOT_TRAFFICKING = "not_trafficking", _("Not trafficking")
    INSUFFICIENT = "insufficient_information", _("Insufficient information")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Finding(models.TextChoices):
    """What it was, where the outcome is "not trafficking"."""

    UNLAWFUL_DETENTION = "unlawful_detention", _("Unlawful detention")
    LABOUR_DISPUTE = "labour_dispute", _("Labour dispute")
    DEBT = "debt", _("Debt")
    IMMIGRATION = "immigration", _("Immigration")
    FRAUD = "fraud", _("Fraud")
    GAMBLING = "gambling", _("Gambling")
    OTHER_OFFENCE = "other_offence", _("Other offence")
    NO_OFFENCE = "no_offence", _("No offence")


class ExploitationForm(models.TextChoices):
    ONLINE_SCAM = "forced_criminality_online_scam", _("Forced criminality: online scam")
    FORCED_CRIMINALITY_OTHER = "forced_criminality_other", _("Forced criminality: other")
    FORCED_LABOUR = "forced_labour", _("Forced labour")
    DEBT_BONDAGE = "debt_bondage", _("Debt bondage")
    SEXUAL = "sexual_exploitation", _("Sexual exploitation")
    CHILD_ONLINE_SEXUAL = "child_online_sexual", _("Online sexual exploitation of a child")
    CHILD_LABOUR = "child_labour", _("Child labour")
    FORCED_MARRIAGE = "forced_marriage", _("Forced marriage")
    SERVITUDE = "servitude", _("Servitude")
    FORCED_BEGGING = "forced_begging", _("Forced begging")
    SURROGACY = "surrogacy", _("Surrogacy")
    FORCED_ADOPTION = "forced_adoption", _("Forced adoption")
    ORGAN_REMOVAL = "organ_removal", _("Organ removal")
    FORCED_MILITARY = "forced_military_by_non_state_actors", _("Forced military service by non-state actors")
    OTHER = "other", pgettext_lazy("form of exploitation", "Other")


class Stage(models.TextChoices):
    """The clock a complaint runs under in each status, and that of a message nobody dealt with yet."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledge")
    VERIFY = "verify", _("Verify")
    RESCUE = "rescue", _("Rescue")
    INBOX = "inbox", _("Deal with a message in the inbox")


class Missing(models.TextChoices):
    """What has to be known before a complaint can be decided."""

    WHO = "who", _("Who the people are")
    WHERE = "where", _("Where they are")
    HOW_MANY = "how_many", _("How many they are")
    WHAT_HAPPENED = "what_happened", _("What happened to them")
    WHO_DID_IT = "who_did_it", _("Who did it")
    CONTACT = "contact", _("How to reach the reporter or the people")
    PAPERS = "papers", _("Papers, pictures or messages")
    OTHER = "other", pgettext_lazy("what is missing", "Something else")


class AttemptWay(models.TextChoices):
    TELEPHONE = "telephone", _("Telephone")
    MESSAGE = "message", _("Message")
    VISIT = "visit", _("Visit")
    THROUGH_ORGANISATION = "through_organisation", _("Through an organisation")
    OTHER = "other", pgettext_lazy("way of contact", "Other")


class AttemptWhom(models.TextChoices):
    REPORTER = "reporter", pgettext_lazy("attempt", "The reporter")
    PERSON_SOUGHT = "person_sought", pgettext_lazy("attempt", "The person sought")
    FAMILY = "family", pgettext_lazy("attempt", "The family")
    PARTNER = "partner", pgettext_lazy("attempt", "A partner")
    OTHER = "other", pgettext_lazy("attempt", "Somebody else")


class AttemptResult(models.TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    NUMBER_DEAD = "number_dead", _("Number no longer in use")
    REFUSED = "refused", _("Does not want to talk")
    NOT_SAFE = "not_safe", _("Not safe to talk")


class Withdrawer(models.TextChoices):
    """Who takes a complaint back."""

    REPORTER = "reporter", pgettext_lazy("withdrawn by", "The reporter")
    PERSON = "person", pgettext_lazy("withdrawn by", "The person concerned")
    FAMILY = "family", pgettext_lazy("withdrawn by", "The family")
    OTHER = "other", pgettext_lazy("withdrawn by", "Somebody else")
