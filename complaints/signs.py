"""Words that speak for haste, as data: they propose how urgent a message is and say why; a person decides."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from complaints.models import Urgency
from core.text import key_km, key_lat


@dataclass(frozen=True)
class Sign:
    """What is spoken of, how urgent that is, and the words it is known by, in the languages callers write."""

    urgency: Urgency
    reason: Any
    words: tuple[str, ...]


class ProposedUrgency(NamedTuple):
    """How urgent it looks, and why; no reasons where nothing speaks for haste."""

    urgency: Urgency
    reasons: list[Any]


IMMEDIATE, HIGH = Urgency.IMMEDIATE, Urgency.HIGH
# Latin words are compared whole and without accents, all others as they stand in the text.
SIGNS: tuple[Sign, ...] = (
    Sign(
        IMMEDIATE,
        _("violence is spoken of"),
        (
            *("វាយ", "ធ្វើបាប", "ឆក់ខ្សែភ្លើង", "ធ្វើទារុណកម្ម", "រំលោភ", "សម្លាប់", "របួស"),
            *("beat", "beats", "beaten", "beating", "hit", "tortured", "torture", "electric shock", "electric shocks"),
            *("raped", "rape", "stabbed", "kill", "killed", "injured", "bleeding"),
            *("đánh", "bị đánh", "chích điện", "tra tấn", "打", "电击", "電擊", "殴打", "强奸"),
        ),
    ),
    Sign(
        IMMEDIATE,
        _("somebody is to be moved or sold"),
        (
            *("លក់បន្ត", "លក់ទៅ", "ត្រូវគេលក់", "លក់ខ្ញុំ", "ផ្លាស់ទៅកន្លែង", "យកទៅកន្លែងផ្សេង"),
            *("sold", "sell me", "sell us", "sell her", "sell him", "sell them", "resold"),
            *("move us", "move them", "moved tonight", "moved tomorrow", "transferred to another compound"),
            *("bán sang", "bị bán", "bán tôi", "bán em", "转卖", "卖到", "卖去", "轉賣"),
        ),
    ),
    Sign(
        IMMEDIATE,
        _("money is asked for, with a deadline"),
        (
            *("លោះ", "បង់ប្រាក់លោះ", "ឱ្យលុយមុន", "ផុតកំណត់បង់"),
            *("ransom", "pay before", "pay by", "money by", "money before", "until tomorrow to pay"),
            *("tiền chuộc", "chuộc", "赎金", "贖金", "交钱"),
        ),
    ),
    Sign(
        IMMEDIATE,
        _("a child is spoken of"),
        (
            *("កុមារ", "ក្មេង", "អនីតិជន", "កូនតូច"),
            *("child", "children", "girl", "girls", "boy", "boys", "baby", "minor", "underage", "years old daughter"),
            *("trẻ em", "em bé", "vị thành niên", "孩子", "儿童", "未成年"),
        ),
    ),
    Sign(
        HIGH,
        _("the phone was taken"),
        (
            *("ដកទូរស័ព្ទ", "ដកហូតទូរស័ព្ទ", "យកទូរស័ព្ទ", "ដកទូរសព្ទ", "យកទូរសព្ទ"),
            *("took his phone", "took her phone", "took my phone", "took our phones", "took their phones"),
            *("phone was taken", "phones were taken", "phone taken", "confiscated"),
            *("lấy điện thoại", "thu điện thoại", "没收手机", "收走手机", "沒收手機"),
        ),
    ),
    Sign(
        HIGH,
        _("somebody cannot leave"),
        (
            *("ឃុំឃាំង", "បង្ខាំង", "ចេញមិនបាន", "មិនឱ្យចេញ", "ជួយផង"),
            *("locked in", "locked up", "cannot leave", "can t leave", "not allowed to leave", "help me", "rescue"),
            *("không được ra", "cứu", "nhốt", "救命", "出不去", "关起来"),
        ),
    ),
)
LONGEST = 4000  # characters that are read


def proposed_urgency(text: str) -> ProposedUrgency:
    """Propose how urgent a message is: the strongest sign counts, every sign found is a reason."""
    text = text[:LONGEST]
    as_written, sounded = key_km(text), f" {key_lat(text)} "
    found = [sign for sign in SIGNS if any(_stands(word, as_written, sounded) for word in sign.words)]
    strongest = min((sign.urgency for sign in found), key=lambda urgency: urgency.rank, default=Urgency.NORMAL)
    return ProposedUrgency(strongest, [sign.reason for sign in found])


def _stands(word: str, as_written: str, sounded: str) -> bool:
    return f" {word} " in sounded if word.isascii() else key_km(word) in as_written
