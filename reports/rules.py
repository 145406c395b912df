"""The counting rules printed with every report (R1 to R12)."""

from django.utils.translation import gettext_lazy as _

RULES = (
    ("R1", _("A window runs from 00:00 on its first day to 24:00 on its last, in Phnom Penh.")),
    ("R2", _("Flows count by the day something happened; stocks are as at the end of the window.")),
    ("R3", _("Everything is as known now: later entries change open figures.")),
    ("R4", _("People are distinct persons; the same person twice in a window counts twice only as a Rescue.")),
    ("R5", _("Merged and duplicate complaints do not count, their contacts do.")),
    ("R6", _("Every split has “not stated”; splits add up, except “from or about”.")),
    ("R7", _("Ages are at rescue for victims, at arrest for suspects; estimated ages count.")),
    ("R8", _("One nationality counts: of the document used, else the first stated.")),
    ("R9", _("One main form of exploitation in tables that add up.")),
    ("R10", _("A person counts where found, a suspect where arrested, a case file where its court is.")),
    ("R11", _("Sealed complaints are counted nationally by the system only, and in no provincial table.")),
    ("R12", _("A rate shows numerator, denominator and what is left out; whole percent, halves up.")),
)
