"""The words of referrals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReferralKind(models.TextChoices):
    """Sharing, or handing responsibility over; it moves only when the receiver accepts."""

    REFERRAL = "referral", _("Referral")
    TRANSFER = "transfer", _("Transfer")


class ReferralStatus(models.TextChoices):
    """Where a referral stands. An expired one is not dropped: it can still be answered, and its sender is told."""

    SENT = "sent", pgettext_lazy("referral", "Sent")
    SEEN = "seen", pgettext_lazy("referral", "Seen")
    EXPIRED = "expired", pgettext_lazy("referral", "Not answered in time")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    IN_PROGRESS = "in_progress", pgettext_lazy("referral", "In progress")
    RETURNED = "returned", pgettext_lazy("referral", "Returned")
    COMPLETED = "completed", pgettext_lazy("referral", "Completed")
    RECALLED = "recalled", pgettext_lazy("referral", "Recalled")


UNANSWERED = (ReferralStatus.SENT, ReferralStatus.SEEN, ReferralStatus.EXPIRED)
BACK = (ReferralStatus.RETURNED, ReferralStatus.RECALLED)  # without help: nobody may be dropped; nor after UNHELPED
RUNNING = (*UNANSWERED, ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS)


class ReturnReason(models.TextChoices):
    """Why it was returned."""

    NO_ROOM = "no_room", _("No bed, no room")
    NOT_OURS = "not_ours", _("Not what we do")
    UNCLEAR = "unclear", _("Something is missing")
    UNSAFE = "unsafe", _("Not safe here for this person")
    REFUSED = "refused", _("The person does not want it")
    NOT_NATIONAL = "not_national", _("Not our national")
    OTHER = "other", pgettext_lazy("return", "Another reason")


class ReferralOutcome(models.TextChoices):
    """How it ended."""

    HELPED = "helped", _("Helped as asked")
    PARTLY = "partly", _("Helped in part")
    LEFT = "left", _("The person left")
    MOVED_ON = "moved_on", _("Handed on to another")
    NOT_HELPED = "not_helped", _("Could not help")


UNHELPED = (ReferralOutcome.NOT_HELPED, ReferralOutcome.LEFT)  # completed, and nobody helps now


class LimitFor(models.TextChoices):
    """Whom a time to answer is for."""

    SHELTER = "shelter", _("Shelter")
    NGO = "ngo", _("Organisation (NGO)")
    EMBASSY = "embassy", _("Embassy")
    HOSPITAL = "hospital", _("Hospital")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    COURT = "court", pgettext_lazy("partner", "Court")
    PROVINCE = "province", _("Another province")
    TRANSFER = "transfer", _("Transfer")
    MINISTRY = "ministry", _("Ministry")
