"""The inbox of the demonstration: what the hotline and the page got and nobody made a complaint of yet."""

import datetime
from typing import Any

from accounts.services.demo import DEMO_EMBASSY
from complaints.models import NameList
from complaints.said import ContactSaid, ReporterSaid
from complaints.services import advance_contact, log_contact
from complaints.services.names import Named, enter_names
from complaints.sheet import Row
from partners.models import Partner
from victims.models import Consent, Victim

FAMILY = ReporterSaid("Nguyễn Thị Hoa", "097 555 0421", relation="family", safe_contact={"way": "message"})
# Hours ago, kind, channel, language, who told it, words: the second and the third tell more of a complaint that is there.
WAITING: tuple[tuple[float, str, str, str, ReporterSaid | None, str], ...] = (
    (
        0.4,
        "new_report",
        "hotline",
        "ខ្មែរ",
        ReporterSaid("សុខ ចាន់ណា", "012 555 318", relation="family"),
        "ប្អូនស្រីខ្ញុំអាយុ ១៦ ឆ្នាំ ស្ថិតនៅក្រុងព្រះសីហនុ។ គេវាយនាង ហើយដកទូរស័ព្ទ។ ខ្សែដាច់មុននឹងសួរអាសយដ្ឋាន។",
    ),
    (
        3,
        "more",
        "facebook_message",
        "English",
        None,
        "About the nine workers on the sixth floor: passports taken, and now they ask 3,000 USD for each, pay before Friday.",
    ),
    (
        7,
        "new_report",
        "facebook_message",
        "English",
        ReporterSaid(phone="+855 16 555 207", relation="witness"),
        "I hear the four girls from the laundry behind the hotel crying at night. A waiter told me they may not leave.",
    ),
    (
        5,
        "new_report",
        "telegram",
        "Tiếng Việt",
        FAMILY,
        "Em gái tôi bị lừa sang Campuchia làm việc. Công ty thu điện thoại và nói sẽ bán sang chỗ khác nếu không có tiền chuộc.",
    ),
    (
        9,
        "new_report",
        "facebook_message",
        "中文",
        None,
        "我表哥在柬埔寨的园区里，他们没收手机，出不去。他说下周要被转卖到别的公司。",
    ),
    (
        26,
        "list_of_names",
        "email",
        "English",
        ReporterSaid("Consular desk", relation="embassy"),
        "Names of nationals whose families ask for them, no address known:\nRatna Dewi, F, 23, ID\nBudi Santoso, M, 31, ID\nAgus Salim, M, 27, ID",
    ),
    (
        30,
        "enquiry",
        "hotline",
        "ខ្មែរ",
        ReporterSaid("ម៉ៅ សុភា", "011 555 640", relation="family"),
        "សួរថា កូនប្រុសចង់ទៅធ្វើការនៅថៃ ត្រូវពិនិត្យអ្វីខ្លះមុនចុះកិច្ចសន្យា។",
    ),
    (33, "spam", "facebook_comment", "English", None, "Win money online today, join our channel, link in profile!!!"),
    (52, "wrong_number", "hotline", "ខ្មែរ", None, "ហៅរកហាងលក់ទូរស័ព្ទ។"),
)
ANSWERED = "Where can my sister ask whether a recruitment agency is licensed?"


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Let nine messages wait, have one answered, and one list of names entered."""
    for number, (hours, kind, channel, language, reporter, words) in enumerate(WAITING, 1):
        at = now - datetime.timedelta(hours=hours)
        said = ContactSaid(kind, channel, words, at, language=language, reporter=reporter)
        log_contact(said, by=cast["intake"], key=f"demonstration-inbox-{number}")
    at = now - datetime.timedelta(hours=80)
    said = ContactSaid("enquiry", "email", ANSWERED, at, language="English")
    asked, _made = log_contact(said, by=cast["intake"], key="demonstration-inbox-answered")
    note = "Sent the ministry of labour's list of licensed agencies and its telephone."
    advance_contact(asked, "answer", by=cast["intake"], note=note, happened_at=at + datetime.timedelta(hours=2))
    _list_of_names(cast, now)


def _list_of_names(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Let an embassy's list be entered whose names stand in every state; all of them are sought or found already."""
    people = _of_the_list(cast["intake"])
    rows = [Row(line=n, names=tuple(one.person.names_for()[:1])) for n, one in enumerate(people, 1)]
    words = "\n".join(["Nationals of whom the embassy has no word:", *(row.names[0] for row in rows)])
    said = ContactSaid(
        "list_of_names", "official_request", words, now - datetime.timedelta(hours=50), language="English"
    )
    contact, _made = log_contact(said, by=cast["intake"], key="demonstration-inbox-names")
    embassy = Partner.objects.get(reference=DEMO_EMBASSY)
    named = [Named(row, victim.reference) for row, victim in zip(rows, people, strict=True)]
    enter_names(contact, named, {}, partner=embassy.reference, by=cast["intake"], key="demonstration-names")
    NameList.objects.filter(contact=contact).update(made_at=now - datetime.timedelta(hours=49))


def _of_the_list(by: Any) -> list[Victim]:
    """Return nationals of the embassy: two found who agreed that it is told, those of three complaints it asks for."""
    own = Victim.objects.visible_to(by).live().exclude(person__names=None).filter(person__nationality="ID").distinct()
    own = own.order_by("received_at", "pk")
    agreed = Consent.objects.filter(purpose="embassy", answer="yes").values("victim")
    sought = own.filter(rescue_status="reported")
    return [
        *own.filter(pk__in=agreed, rescue_status="rescued")[:2],
        *sought.filter(complaint__status="acknowledged")[:2],
        *sought.filter(complaint__status="new")[:3],
        *own.filter(complaint__status="closed").exclude(pk__in=agreed)[:1],
    ]
