"""Odd texts are read soon and whole: many blanks, many numbers, long ones, languages without a list."""

import time
from functools import cache

import pytest

from complaints.ages import ages_in
from complaints.models import Urgency, UrgencyRule
from complaints.models.rule import carried_rules
from complaints.signs import proposed_urgency
from complaints.triage import may_name_official


@cache
def rules() -> tuple[UrgencyRule, ...]:
    return tuple(UrgencyRule(**row) for row in carried_rules())


ODD = {
    "nothing": "",
    "blank": " ",
    "widthless": "\u200b",
    "dots": "…",
    "noughts": "0" * 5000,
    "subscripts": "ក្ក្ក្ក្" * 900,
    "numbers": "16 " * 1300,
    "dotted": "İİİ 打",
    "dashes": "-" * 4000,
    "age of blanks": "age" + " " * 3990 + "x",
    "age of lines": "អាយុ" + "\n \n" * 1300 + "x",
    "child of blanks": "កូន" + " " * 3990,
    "numbers joined": "1 - " * 1000,
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_are_read_without_an_error(odd: str) -> None:
    proposed_urgency(ODD[odd], rules())


GROWING = {
    "age": lambda n: "age" + " " * n + "x",
    "number": lambda n: "16" + " " * n + "x",
    "year": lambda n: "16 y" + " " * n + "x",
    "child": lambda n: "កូន" + " " * n,
    "tuổi": lambda n: "tuổi" + " " * n,
    "年龄": lambda n: "年龄" + " " * n,
    "joined": lambda n: "1 - " * (n // 4),
}


@pytest.mark.parametrize("kind", range(len(GROWING)), ids=[f"kind-{place}" for place in range(len(GROWING))])
def test_the_time_to_look_for_ages_grows_with_the_text_and_no_faster(kind: int) -> None:
    """Without what folds the blanks: each pattern alone must hold. Four times as much text: squared it would be sixteen."""
    text = list(GROWING.values())[kind]

    def spent(n: int) -> float:
        begun = time.process_time()
        for _time in range(10):
            list(ages_in(text(n)))
        return time.process_time() - begun

    assert min(spent(1600) for _time in range(2)) < 10 * min(spent(400) for _time in range(3)) + 0.05


def test_many_blanks_push_no_word_out_of_what_is_read() -> None:
    assert proposed_urgency("I write" + " " * 5000 + "they beat him.", rules()).urgency == Urgency.IMMEDIATE


def test_who_takes_part_is_asked_where_the_words_cannot_be_read() -> None:
    long = "Somebody works there. " * 400
    for words, language in (
        (f"{long} The police took the money.", ""),
        ("Polisi minta uang", "Bahasa Indonesia"),
        ("ตรวจคนเข้าเมืองรับเงิน", "ไทย"),
        ("Something is wrong here.", "Tagalog"),
        ("ရဲက ပိုက်ဆံတောင်းတယ်", ""),
    ):
        assert may_name_official(words, language), words[:30]
    assert not may_name_official(long, "English")
    assert not may_name_official("They took his phone.", "English")
    assert not may_name_official("Bos kami jahat", "Bahasa Indonesia")


def test_a_commune_chief_is_an_official() -> None:
    assert may_name_official("មេឃុំយើងស្គាល់គាត់", "ខ្មែរ")
