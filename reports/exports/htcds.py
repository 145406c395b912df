"""People in the shape of IOM's Human Trafficking Case Data Standard 2.0 (CC BY 4.0, adapted); docs/htcds.md is its map.

Coded: no name, birth or telephone unless identities leave. A value of ours that the standard lacks goes to its
nearest and stays as ours under `sangkroh`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Subquery

from core.columns import Joined, Moment
from core.csv import Column
from reports.exports.marks import CREDIT, Mark
from reports.exports.sheets import as_typed
from victims.models import Victim

GENDERS = {
    "female": "Feminine",
    "male": "Masculine",
    "other": "NonConforming",
    "unknown": "NonSpecifiedUnknown",
}
STATUSES = {
    "presumed": "PossibleVictimOfTrafficking",
    "trafficked": "ActualVictimOfTrafficking",
    "exploited_not_trafficked": "NotAVictimOfTrafficking",
    "not_a_victim": "NotAVictimOfTrafficking",
}
FORMS = {
    "forced_criminality_online_scam": "Other",
    "forced_criminality_other": "Other",
    "forced_labour": "ForcedLabour",
    "debt_bondage": "Other",
    "sexual_exploitation": "SexualExploitation",
    "child_online_sexual": "SexualExploitation",
    "child_labour": "ChildLabour",
    "forced_marriage": "ForcedMarriage",
    "servitude": "Servitude",
    "forced_begging": "ForcedBegging",
    "surrogacy": "Surrogacy",
    "forced_adoption": "ForcedAdoption",
    "organ_removal": "OrganRemoval",
    "forced_military_by_non_state_actors": "ForcedMilitaryByNonStateActors",
    "other": "Other",
}
CONTROLS = {"debt_bondage": "DebtBondage"}
SEXUAL = {"child_online_sexual": "RemoteInteractiveServices"}
OURS = (
    "reference",
    "name_km",
    "complaint",
    "age",
    "age_on",
    "rescue_status",
    "rescued_on",
    "rescued_in",
    "decision",
    "decided_on",
    "forms",
    "province_of_incident",
)


def columns(kept: list[Column], user: Any) -> list[Column]:
    """Return what is read for the standard: the columns of a person that were kept, and of their complaint where the reader sees it."""
    return [*as_typed(kept), *_of_complaint(user)]


def _of_complaint(user: Any) -> list[Column]:
    complaints: Any = Victim._meta.get_field("complaint").related_model
    seen = complaints.objects.visible_to(user).filter(pk=OuterRef("complaint_id"))

    def of(name: str, expression: Any) -> Column:
        return Column(name, name, Subquery(seen.annotate(**{f"x_{name}": expression}).values(f"x_{name}")[:1]))

    return [
        of("forms", Joined(F("forms"))),
        of("complaint_status", F("status")),
        of("country_of_incident", F("country_of_incident")),
        of("province_of_incident", F("province_of_incident_id")),
        of("complaint_received_at", Moment(F("received_at"))),
    ]


def written(found: Iterator[list[str]], rows: Any, mark: Mark) -> Iterator[bytes]:
    """Give the file piece by piece, a person a line."""
    next(found, None)
    head = {"standard": "HTCDS 2.0", "credit": CREDIT, "export": mark.lines}
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "cases": [').encode()
    names, first = None, True
    for values in found:
        names = names or [column.name for column in rows.columns]
        said = json.dumps(case_of(defaultdict(str, zip(names, values, strict=True))), ensure_ascii=False)
        yield (("\n" if first else ",\n") + said).encode()
        first = False
    yield b"\n]}\n"


def case_of(row: defaultdict[str, str]) -> dict[str, Any]:
    """Return one person as a case of the standard; what is not known, or was not kept, is left out, never "no"."""
    forms = row["forms"].split()
    said: dict[str, Any] = {
        "prs_FirstName": row["name_latin"] or row["name_km"],
        "prs_Birthdate": row["born_on"],
        "prs_MobilePhone": _e164(row["phone"]),
        "prs_Gender": GENDERS.get(row["sex"], "NonSpecifiedUnknown") if "sex" in row else None,
        "prs_Citizenship": [row["nationality"]] if row["nationality"] else None,
        "prs_Deceased": True if row["rescue_status"] == "deceased" else None,
        "vic_TraffickingStatus": STATUSES.get(row["decision"]),
        "vic_TraffickingStatusDecisionMakingOrg": "Police" if row["decision"] in STATUSES else None,
        "vic_TypeOfExploitation": _mapped(forms, FORMS),
        "vic_TypeOfSexExploitation": _mapped(forms, SEXUAL),
        "vic_MethodsOfControl": _mapped(forms, CONTROLS),
        "cas_Status": _status(row),
        "historic_trafficking_events": _events(row),
        "sangkroh": {name: row[name] for name in OURS if row[name]},
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _e164(phone: str) -> str:
    """Return a telephone number as the standard writes it: +85512345678."""
    return f"+{phone.replace(' ', '')}" if phone else ""


def _mapped(forms: list[str], table: dict[str, str]) -> list[str]:
    return sorted({table[form] for form in forms if form in table})


def _status(row: dict[str, str]) -> str | None:
    if not row["complaint_status"]:
        return None
    return "Closed" if row["complaint_status"] == "closed" else "Active"


def _events(row: dict[str, str]) -> list[dict[str, str]]:
    country, province = row["country_of_incident"], row["province_of_incident"]
    if not country and not province:
        return []
    said = {"hte_Type": "Exploitation", "hte_Country": country or "KH", "hte_State": province}
    return [{name: value for name, value in said.items() if value}]
