"""Public reports of the demonstration, in four languages; one has a code that the command prints, and messages both ways."""

import datetime
from typing import Any

from complaints.models import Contact
from complaints.services.public import receipt_of, receive, say
from complaints.services.taking_in import take_in_all
from complaints.services.writing import write_to_reporter

# Hours ago, and what was typed: the first has the code that is printed.
REPORTS: tuple[tuple[float, dict[str, str]], ...] = (
    (
        20,
        {
            "language": "vi",
            "words": "Chồng tôi đi làm ở Campuchia, nay không liên lạc được. Anh nhắn rằng bị nhốt cùng năm người.",
            "where": "Tòa nhà gần biển, cổng màu xanh",
            "relation": "family",
            "reach": "097 555 0533",
            "hours": "Sau 20 giờ",
        },
    ),
    (2, {"language": "th", "words": "เพื่อนฉันถูกขังในตึก เขาถูกยึดโทรศัพท์", "danger": "now", "relation": "friend"}),
    (
        11,
        {
            "language": "id",
            "words": "Adik saya dijanjikan kerja restoran. Sekarang ia tidak boleh keluar gedung.",
            "where": "Poipet",
        },
    ),
    (6, {"language": "km", "words": "ឃើញក្មេងស្រីបីនាក់ក្នុងបន្ទប់ជួល គ្មានអ្នកណាឱ្យចេញ។", "relation": "witness"}),
)
FORM = "demonstration-public-{}"


def code() -> str:
    """Return the code of the first report: it follows from the key of this demonstration."""
    return receipt_of(FORM.format(1), REPORTS[0][1])


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Let four reports come in, and write to each other about the first."""
    for number, (hours, told) in enumerate(REPORTS, 1):
        receive(FORM.format(number), told, at=now - datetime.timedelta(hours=hours))
    take_in_all()
    contact = Contact.objects.filter(public_report__isnull=False).order_by("received_at").first()
    assert contact is not None
    words = "Anh ấy nhắn lần cuối khi nào? Bằng ứng dụng nào?"
    write_to_reporter(contact, by=cast["intake"], words=words, asks="know")
    say(code(), FORM.format("answer"), "Hôm qua, qua Telegram. Anh nói ở tầng bốn.")
    take_in_all()
