"""The people of the demonstration."""

from datetime import UTC, date, datetime

from django.db import transaction

from accounts.models import Duty, Posting, User

DEMO_PASSWORD = "sangkroh-demo"  # noqa: S105 (said in the README; the demonstration binds to loopback only)
SINCE = date(2022, 1, 1)
DEMO_SHELTER = "PT-2SAFEHSE"
DEMO_EMBASSY = "PT-2KEDUTAN"
PEOPLE = {
    "intake": ("intake", "Sok Chanthy", "សុខ ចាន់ធី", ""),
    "officer.psh": ("officer", "Chea Sopheak", "ជា សុភ័ក្ត្រ", "18"),
    "officer.pp": ("officer", "Kim Dara", "គឹម ដារ៉ា", "12"),
    "supervisor": ("supervisor", "Nhem Bopha", "ញ៉ែម បុប្ផា", ""),
    "supervisor2": ("supervisor", "Ros Vuthy", "រស់ វុទ្ធី", ""),
    "analyst": ("analyst", "Ly Sreymom", "លី ស្រីមុំ", ""),
    "integrity": ("integrity", "Prak Samnang", "ប្រាក់ សំណាង", ""),
    "integrity2": ("integrity", "Heng Malis", "ហេង ម៉ាលីស", ""),
    "admin": ("admin", "Tep Rithy", "ទេព រិទ្ធី", ""),
    "partner": ("partner", "Mao Kunthea", "ម៉ៅ គន្ធា", "", DEMO_SHELTER),
    "embassy": ("partner", "Sari Wulandari", "សារី វូឡាន់ដារី", "", DEMO_EMBASSY),
}


@transaction.atomic
def ensure_demo_users() -> dict[str, User]:
    """Make the demonstration's people, or give them back their password and duties; safe to repeat."""
    return {username: ensure(username, *row) for username, row in PEOPLE.items()}


def ensure(username: str, role: str, name: str, name_km: str, province: str, partner: str = "") -> User:
    """Make one of them: with a posting as lead and a duty without end where there is a province, or of a partner."""
    user: User
    user, made = User.objects.get_or_create(
        username=username,
        defaults={
            "role": role,
            "name": name,
            "name_km": name_km,
            "email": f"{username}@example.org",
            "partner_id": partner,
        },
    )
    if made or not user.check_password(DEMO_PASSWORD):
        user.set_password(DEMO_PASSWORD)
        user.save(update_fields=["password"])
    if partner and user.partner_id != partner:
        user.partner_id = partner
        user.save(update_fields=["partner_id"])
    if province and not user.postings.active().filter(province_id=province).exists():
        Posting.objects.create(user=user, province_id=province, lead=True, from_on=SINCE)
    if province and not user.duties.active().filter(province_id=province).exists():
        Duty.objects.create(user=user, province_id=province, from_at=datetime(2022, 1, 1, tzinfo=UTC))
    return user
