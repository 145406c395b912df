"""The one table of roles: what each may do and whose rows are its own (docs/roles.md is generated from it)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise


class Branch(StrEnum):
    """Whose rows are a role's own, before anything was granted."""

    PROVINCES = "provinces"
    NATIONAL = "national"
    SEALED = "sealed"
    NOTHING = "nothing"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Role:
    """A role's name on screens, its permissions and its branch."""

    label: "StrPromise"
    permissions: frozenset[str]
    branch: Branch
    is_ministry: bool = False
    is_posted: bool = False


INTAKE = frozenset(
    {
        "activity.read",
        "view.keep",
        "operation.read",
        "repatriation.read",
        "merge.read",
        "merge.propose",
        "suspect.read",
        "suspect.add",
        "report.read",
        "complaint.read",
        "complaint.create",
        "complaint.triage",
        "complaint.assign",
        "contact.read",
        "contact.held",
        "contact.triage",
        "list.read",
        "victim.read",
        "victim.add",
        "identity.read",
        "reporter.reveal",
        "place.read",
        "site.read",
        "site.add",
        "draft.use",
        "roster.read",
        "partner.read",
        "partner.beds",
        "referral.read",
        "referral.send",
        "referral.answer",
    }
)
OFFICER = frozenset(
    {
        "activity.read",
        "activity.write",
        "survey.read",
        "survey.enter",
        "survey.correct",  # whoever entered it; the analysts any
        "view.keep",
        "measure.record",
        "operation.read",
        "operation.plan",
        "repatriation.read",
        "repatriation.write",
        "deportation.record",
        "repatriation.sheet",
        "merge.read",
        "merge.propose",
        "complaint.read",
        "complaint.create",
        "complaint.acknowledge",
        "complaint.verify",
        "complaint.decide",
        "complaint.propose_closing",
        "complaint.export",
        "export.read",
        "victim.read",
        "victim.add",
        "victim.rescue",
        "victim.identify",
        "stay.reveal",
        "suspect.read",
        "suspect.add",
        "suspect.arrest",
        "suspect.court",
        "casefile.read",
        "casefile.write",
        "report.read",
        "identity.read",
        "place.read",
        "site.read",
        "draft.use",
        "roster.read",
        "partner.read",
        "partner.beds",
        "referral.read",
        "referral.send",
        "referral.answer",
    }
)
SUPERVISOR = (
    INTAKE
    | OFFICER
    | {
        "approval.read",
        "closing.reread",
        "publication.read",
        "report.sign",
        "complaint.confirm",
        "complaint.close",
        "complaint.reopen",
        "complaint.name_handler",
        "merge.across",
        "merge.confirm",
        "match.read",
        "match.decide",
        "victim.confirm",
        "repatriation.correct",
        "suspect.review",
        "suspect.correct",
        "site.manage",
        "roster.manage",
        "delivery.read",
        "view.national",
        "partner.manage",
        "referral.recall",  # whoever sent it
        "survey.results",
        "handin.read",
        "handin.write",
        "export.approve",
        "export.oversee",
    }
)
ANALYST = frozenset(
    {
        "activity.read",
        "activity.write",
        "survey.read",
        "survey.results",
        "survey.manage",
        "survey.correct",
        "view.keep",
        "operation.read",
        "repatriation.read",
        "complaint.read",
        "complaint.export",
        "export.read",
        "victim.read",
        "suspect.read",
        "casefile.read",
        "place.read",
        "site.read",
        "report.read",
        "handin.read",  # the nation's figures, as they go to the public and abroad
        "handin.write",
        "report.publish",
        "publication.read",
        "partner.read",
        "referral.read",
    }
)
INTEGRITY = frozenset(
    {
        "activity.read",
        "view.keep",
        "approval.read",
        "closing.reread",
        "operation.read",
        "repatriation.read",
        "complaint.read",
        "complaint.name_handler",
        "contact.read",
        "contact.held",  # sealed reports of a flood
        "victim.read",
        "suspect.read",
        "casefile.read",
        "match.read",  # what touches a sealed complaint
        "match.decide",
        "override.read",
        "publication.read",
        "report.read",
        "identity.read",
        "audit.read",
        "referral.read",
        "delivery.read",  # notices about sealed complaints are shown to nobody else
        "export.read",
        "export.oversee",
        "place.read",
    }
)
ADMIN = frozenset(
    {
        "activity.read",
        "measure.record",
        "merge.read",  # of sites: it sees no other
        "user.manage",
        "law.manage",
        "clock.manage",
        "hotline.manage",  # what to say, and who interprets: it answers no call
        "rule.manage",
        "population.manage",
        "language.sign",
        "place.read",
        "place.manage",
        "site.manage",
        "site.read",
        "roster.read",
        "roster.manage",
        "partner.read",
        "partner.manage",
        "partner.beds",
    }
)
PARTNER = frozenset({"partner.beds", "list.read", "referral.read", "referral.answer", "referral.report"})
SYSTEM = SUPERVISOR | ANALYST | INTEGRITY | ADMIN | PARTNER | {"referral.expire", "match.find"}

ROLES: dict[str, Role] = {
    "intake": Role(_("Intake officer"), INTAKE, Branch.NATIONAL, is_ministry=True, is_posted=True),
    "officer": Role(_("Provincial officer"), OFFICER, Branch.PROVINCES, is_posted=True),
    "supervisor": Role(_("Supervisor"), SUPERVISOR, Branch.NATIONAL, is_ministry=True, is_posted=True),
    "analyst": Role(_("Analyst"), ANALYST, Branch.NATIONAL, is_ministry=True, is_posted=True),
    "integrity": Role(_("Integrity officer"), INTEGRITY, Branch.SEALED, is_ministry=True),
    "admin": Role(_("Administrator"), ADMIN, Branch.NOTHING, is_ministry=True),
    "partner": Role(pgettext_lazy("role", "Partner"), PARTNER, Branch.NOTHING),
    "system": Role(_("System"), SYSTEM, Branch.EVERYTHING),
}
ASSIGNABLE = tuple(name for name in ROLES if name != "system")
PERMISSIONS = SYSTEM
