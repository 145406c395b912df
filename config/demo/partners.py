"""The partners of the demonstration; all but the countries is invented, the telephones lead nowhere."""

from typing import Any

from accounts.services.demo import DEMO_EMBASSY, DEMO_SHELTER
from partners.models import Partner
from partners.services import add_partner, add_phone, confirm_phone, say_beds

Line = tuple[str, str, str, str, dict[str, Any]]
SHELTER = {"services": ["shelter", "psychosocial", "food_clothing", "medical"], "hours": "Day and night"}
PARTNERS: tuple[Line, ...] = (
    ("shelter", "Lotus House (shelter)", "មណ្ឌលផ្ទះឈូក", "18", {"takes": ["women", "girls"], "languages": "Khmer, Vietnamese", **SHELTER}),
    ("shelter", "River Shelter for men", "មណ្ឌលមាត់ទន្លេ", "12", {"takes": ["men"], "languages": "Khmer, English, Chinese", **SHELTER}),
    ("shelter", "Sunrise Children's Home", "មណ្ឌលកុមារថ្ងៃរះ", "12", {"takes": ["girls", "boys"], "languages": "Khmer", **SHELTER}),
    ("ngo", "Way Home Network", "បណ្តាញផ្លូវទៅផ្ទះ", "12", {"services": ["family_tracing", "reintegration", "interpreter"], "hours": "Monday to Friday 8–17"}),
    ("hospital", "Provincial hospital, Preah Sihanouk", "មន្ទីរពេទ្យខេត្តព្រះសីហនុ", "18", {"services": ["medical"], "hours": "Day and night"}),
    ("legal_aid", "Lawyers for Workers", "មេធាវីសម្រាប់កម្មករ", "12", {"services": ["legal_aid"], "hours": "Monday to Friday 8–12, 14–17"}),
    ("social_affairs", "Social affairs, Preah Sihanouk", "មន្ទីរសង្គមកិច្ច ខេត្តព្រះសីហនុ", "18", {"services": ["psychosocial", "reintegration"], "hours": "Monday to Friday 7:30–17"}),
    ("court", "Court of Preah Sihanouk, clerk's office", "ការិយាល័យក្រឡាបញ្ជី សាលាដំបូងខេត្តព្រះសីហនុ", "18", {"hours": "Monday to Friday 7–17"}),
)  # fmt: skip
# Code, nationalities, where it sits when that is not Phnom Penh.
EMBASSIES = (
    ("VN", "Viet Nam", "វៀតណាម", ["VN"], "KH"),
    ("CN", "China", "ចិន", ["CN"], "KH"),
    ("ID", "Indonesia", "ឥណ្ឌូណេស៊ី", ["ID"], "KH"),
    ("TH", "Thailand", "ថៃ", ["TH"], "KH"),
    ("MY", "Malaysia", "ម៉ាឡេស៊ី", ["MY"], "KH"),
    ("IN", "India", "ឥណ្ឌា", ["IN"], "KH"),
    ("MM", "Myanmar", "មីយ៉ាន់ម៉ា", ["MM"], "KH"),
    ("PH", "the Philippines", "ហ្វីលីពីន", ["PH"], "KH"),
    ("LA", "Laos", "ឡាវ", ["LA"], "KH"),
    ("PK", "Pakistan", "ប៉ាគីស្ថាន", ["PK"], "KH"),
    ("BD", "Bangladesh", "បង់ក្លាដែស", ["BD"], "TH"),
)


def tell(cast: dict[str, Any]) -> list[Partner]:
    """Fill the directory, by one supervisor, with telephones that the other confirmed."""
    made = []
    for place, (kind, name_en, name_km, province, more) in enumerate(PARTNERS):
        known = {"reference": DEMO_SHELTER} if place == 0 else {}
        made.append(
            _add(cast, place, kind=kind, name_en=name_en, name_km=name_km, province_id=province, **more, **known)
        )
    for place, (code, name_en, name_km, serves, seat) in enumerate(EMBASSIES, len(PARTNERS)):
        names = {"name_en": f"Embassy of {name_en}", "name_km": f"ស្ថានទូត{name_km}"}
        where = {"country": code, "nationalities": serves, "seated_in": seat}
        seat_in = "12" if seat == "KH" else None
        offers = {"services": ["travel_document", "repatriation"], "hours": "Monday to Friday 9–12"}
        known = {"reference": DEMO_EMBASSY} if code == "ID" else {}
        made.append(_add(cast, place, kind="embassy", province_id=seat_in, **names, **where, **offers, **known))
    for partner, beds in zip(made[:3], (6, 11, 0), strict=True):
        say_beds(partner, by=cast["supervisor"], beds=beds)
    return made


def _add(cast: dict[str, Any], place: int, **fields: Any) -> Partner:
    address = "Behind the market, blue gate" if fields["kind"] == "shelter" else ""
    partner = add_partner(by=cast["supervisor"], address=address, **fields)
    phone = add_phone(
        partner, by=cast["supervisor"], phone=f"012 000 {place:03d}", label="Duty telephone", takes_codes=True
    )
    if place != 1:  # one waits for its second person
        confirm_phone(partner, phone, by=cast["supervisor2"])
    return partner
