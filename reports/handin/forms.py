"""Our forms of exploitation, as the TIP report and the questionnaire of UNODC group them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.handin.shapes import BUT
from reports.indicators.splits import CRIMINALITY, LABOUR, SEX_TRADE, TIP

NAMED = {"sex": SEX_TRADE, "labour": LABOUR, "forced_criminality": CRIMINALITY}
REST = tuple(f"{BUT}{code}" for codes in NAMED.values() for code in codes)
# The values of a main form for each of the four: of figures that are not split by them.
TIP_FORMS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    *((name, TIP[name], codes) for name, codes in NAMED.items()),
    ("other", TIP["other"], (*REST, f"{BUT}none")),
    ("none", _("not stated"), ("none",)),
)
UNODC_FORMS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("labour", _("Forced labour"), ("forced_labour", "debt_bondage", "child_labour", "servitude")),
    ("sexual", _("Sexual exploitation"), ("sexual_exploitation",)),
    ("organs", _("Organ removal"), ("organ_removal",)),
    ("crime", _("Forced criminal activity"), CRIMINALITY),
    ("begging", _("Forced begging"), ("forced_begging",)),
    ("marriage", _("Forced marriage"), ("forced_marriage",)),
    ("adoption", _("Illegal adoption, sale of babies"), ("forced_adoption",)),
    ("soldiers", _("Child soldiers"), ("forced_military_by_non_state_actors",)),
    ("pornography", _("Pornography"), ("child_online_sexual",)),
    ("mixed", _("Several forms"), ("mixed",)),
    ("other", _("Other"), ("other", "surrogacy")),
    ("none", _("not stated"), ("none",)),
)
