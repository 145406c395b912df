"""What the carried rules of urgency propose, sentence by sentence, in six languages: what speaks for haste and what only looks like it."""

from functools import cache

import pytest
from django.utils import translation

from complaints.models import Urgency, UrgencyRule
from complaints.models.rule import carried_rules
from complaints.signs import LONGEST, Text, marked, parts_of, proposed_urgency
from complaints.triage import may_name_official

NOTHING = ""
SENTENCES = [
    # Khmer: words, and words that hold them.
    ("គេវាយយើងរាល់យប់", "violence"),
    ("គេវាយដំខ្ញុំជារៀងរាល់ថ្ងៃ", "violence"),
    ("គាត់រងរបួសធ្ងន់នៅជើង", "violence"),
    ("គេឆក់ខ្សែភ្លើងគាត់ពីរដង", "violence"),
    ("ខ្ញុំត្រូវវាយអក្សរផ្ញើសារទៅភ្ញៀវ", NOTHING),
    ("ក្រុមការងារវាយតម្លៃគម្រោងនេះ", NOTHING),
    ("គេវាយកុំព្យូទ័រពេញមួយថ្ងៃ", NOTHING),
    ("មានក្មេងម្នាក់នៅជាមួយគាត់", "child"),
    ("មានក្មេងស្រីពីរនាក់ក្នុងបន្ទប់", "child"),
    ("គាត់ធ្វើការនៅមន្ទីរពេទ្យកុមារ", NOTHING),
    ("គេត្រូវលក់បន្តថ្ងៃស្អែក", "moved"),
    ("គេនឹងលក់ខ្ញុំទៅឱ្យក្រុមហ៊ុនផ្សេង", "moved"),
    ("ម្តាយខ្ញុំលក់បន្លែនៅផ្សារ", NOTHING),
    ("គេទាមទារលុយលោះ ៥០០០ ដុល្លារ", "money"),
    ("គេដកទូរស័ព្ទយើងអស់ហើយ", "phone"),
    ("គេ ដក ទូរស័ព្ទ យើង អស់ ហើយ", "phone"),
    ("ខ្ញុំទិញទូរស័ព្ទថ្មីមួយ", NOTHING),
    ("សូមជួយផង យើងចេញមិនបានទេ", "confined"),
    ("តើការិយាល័យបើកម៉ោងប៉ុន្មាន", NOTHING),
    # Khmer: compounds that the model joins, other spellings, and what only looks like them.
    ("គេចាប់រំលោភប្អូនស្រីខ្ញុំ", "violence"),
    ("ថៅកែវាយតប់គាត់", "violence"),
    ("គេវាយប្រហារកម្មករ", "violence"),
    ("គេសំលាប់", "violence"),
    ("ខ្ញុំចង់សម្លាប់ខ្លួន", "violence"),
    ("គាត់ធ្វើអត្តឃាត", "violence"),
    ("កូនក្មេងម្នាក់ត្រូវគេយកទៅ", "child"),
    ("គេឃុំខ្ញុំក្នុងបន្ទប់", "confined"),
    ("ជួយខ្ញុំផង", "confined"),
    ("គេមិនឲ្យខ្ញុំចេញ", "confined"),
    ("ខ្ញុំនៅស្រុកស្វាយជ្រំ ខេត្តស្វាយរៀង", NOTHING),
    ("ខ្ញុំរស់នៅឃុំស្វាយ", NOTHING),
    ("គាត់ផ្ញើលុយមកផ្ទះជាទៀងទាត់", NOTHING),
    ("ខ្ញុំទិញម៉ូតូបង់រំលោះ", NOTHING),
    ("ក្រុមហ៊ុនរំលោភកិច្ចសន្យា", NOTHING),
    # Khmer: ages, in both digits, and years that are none.
    ("ប្អូនស្រីខ្ញុំអាយុ ១៦", "child"),
    ("ប្អូនស្រីខ្ញុំ១៦ឆ្នាំ", "child"),
    ("នាងអាយុប្រហែល 15 ឆ្នាំ", "child"),
    ("កូនគាត់ ៥ ឆ្នាំ", "child"),
    ("កម្មករអាយុក្រោម ១៨ ឆ្នាំ", "child"),
    ("អាយុ:16ឆ្នាំ", "child"),
    ("សុខា,16ឆ្នាំ", "child"),
    ("អាយុ15,16,17ឆ្នាំ", "child"),
    ("ពួកគេអាយុ ២០, ១៦, ១៩ ឆ្នាំ", "child"),
    ("នាងអាយុប្រាំបួនឆ្នាំ", "child"),
    ("ប្អូនស្រីខ្ញុំដប់ប្រាំមួយឆ្នាំ", "child"),
    ("គាត់អាយុដប់ប្រាំបីឆ្នាំ", NOTHING),
    ("គាត់អាយុម្ភៃប្រាំឆ្នាំ", NOTHING),
    ("ខ្ញុំជំពាក់ 12ឆ្នាំ", NOTHING),
    ("ជំពាក់លុយគេ 12ឆ្នាំ", NOTHING),
    ("លេខសម្គាល់ 16 ឆ្នាំ", NOTHING),
    ("គាត់អាយុ ២៦ ឆ្នាំ", NOTHING),
    ("គាត់អាយុ ១៨ ឆ្នាំ", NOTHING),
    ("១៦ ឆ្នាំមុន គាត់ទៅថៃ", NOTHING),
    ("គាត់ធ្វើការបាន ១២ ឆ្នាំហើយ", NOTHING),
    ("អគារមាន១៦ជាន់ នៅជាន់ទី១៦", NOTHING),
    ("គាត់បាត់ខ្លួននៅឆ្នាំ ២០១៦", NOTHING),
    # English.
    ("They beat him every night.", "violence"),
    ("He has a good heartbeat app.", NOTHING),
    ("We hit the road at noon.", NOTHING),
    ("They can't leave the building.", "confined"),
    ("They want to sell us to another company.", "moved"),
    ("He sold his house to pay the agent.", NOTHING),
    ("The tickets were sold out.", NOTHING),
    ("We must pay before Friday or they move her.", "money moved"),
    ("Can I pay by card?", NOTHING),
    ("They took our phones on the first day.", "phone"),
    ("My cousin is 16 years old.", "child"),
    ("a 16-year-old from Prey Veng", "child"),
    ("Two people, 16 and 19 years old", "child"),
    ("She is only 15.", "child"),
    ("aged 17, from Takeo", "child"),
    ("some are under 18", "child"),
    ("a fifteen-year-old", "child"),
    ("age:16", "child"),
    ("sokha,16 years old", "child"),
    ("16, 17 and 19 years old", "child"),
    ("She said she will commit suicide.", "violence"),
    ("She is twenty-one years old.", NOTHING),
    ("paid 1,16 or $4.16 a day", NOTHING),
    ("My brother is 26 years old.", NOTHING),
    ("It happened 16 years ago.", NOTHING),
    ("The tower has 16 floors.", NOTHING),
    ("A 16 year old building near the port", NOTHING),
    ("He has a girlfriend in Poipet.", NOTHING),
    ("He works at a children's hospital.", NOTHING),
    ("The passport is in room 16.", NOTHING),
    # Vietnamese, with and without marks.
    ("Chúng nó đánh em mỗi ngày.", "violence"),
    ("Em bi danh moi ngay", "violence"),
    ("Họ bắt em đánh máy cả ngày.", NOTHING),
    ("Danh sách công ty ở đây.", NOTHING),
    ("Bạn tôi làm ở Bavet.", NOTHING),
    ("Chúng nó thu điện thoại của em.", "phone"),
    ("Họ đòi tiền chuộc 3000 đô.", "money"),
    ("Em gái tôi 16 tuổi.", "child"),
    ("em gai toi 16 tuoi", "child"),
    ("Chị ấy 26 tuổi.", NOTHING),
    ("Cách đây 16 năm", NOTHING),
    ("Tòa nhà 16 tầng", NOTHING),
    ("Nó mười sáu tuổi.", "child"),
    ("tuổi:16", "child"),
    ("Con tôi chín tuổi.", "child"),
    ("Anh ấy hai mươi chín tuổi.", NOTHING),
    ("Anh ấy mười chín tuổi.", NOTHING),
    ("Cô ấy muốn tự tử.", "violence"),
    # Chinese: phrases and the longer ones that are something else.
    ("他们每天打我们", "violence"),
    ("请打电话给我", NOTHING),
    ("我打算在这里打工", NOTHING),
    ("他们打电话说要打他", "violence"),
    ("老板打工人", "violence"),
    ("我们被打工头骂", "violence"),
    ("我想自杀", "violence"),
    ("我儿子自杀了", "violence"),
    ("我是打工人", NOTHING),
    ("请打我电话", NOTHING),
    ("电话被打断了", NOTHING),
    ("年龄:16", "child"),
    ("他们要把我转卖到别的园区", "moved"),
    ("手机被没收了", "phone"),
    ("明天之前要交赎金", "money"),
    ("我妹妹16岁", "child"),
    ("她才十六岁", "child"),
    ("未满18岁", "child"),
    ("他二十一岁", NOTHING),
    ("他36岁", NOTHING),
    ("16年前来的", NOTHING),
    ("住在16楼", NOTHING),
    ("她在儿童医院工作", NOTHING),
    # Thai.
    ("เขาทำร้ายเราทุกวัน", "violence"),
    ("เขาจะฆ่าตัวตาย", "violence"),
    ("เขาฆ่าเวลาด้วยเกม", NOTHING),
    ("อายุ:16", "child"),
    ("เขายึดโทรศัพท์ของเรา", "phone"),
    ("เขาจะขายต่อพรุ่งนี้", "moved"),
    ("น้องสาวอายุ 16 ปี", "child"),
    ("น้องสาวอายุ ๑๖", "child"),
    ("เธออายุ 26 ปี", NOTHING),
    ("16 ปีก่อน", NOTHING),
    ("ทำงานมา 12 ปี", NOTHING),
    ("เขาทำงานเป็นเด็กเสิร์ฟ", NOTHING),
    ("ตึกสูง 16 ชั้น", NOTHING),
    ("ช่วยเราด้วย", "confined"),
    ("เขาถูกแทง", "violence"),
    # Indonesian.
    ("Saya dipukul dan disiksa setiap hari", "violence"),
    ("Tolong saya, kami disekap", "confined"),
    ("Adik saya umur 16 tahun", "child"),
    ("Dia baru 15 tahun", "child"),
    ("HP kami diambil", "phone"),
    ("Mereka minta uang tebusan", "money"),
    ("Kami akan dijual ke perusahaan lain", "moved"),
    ("Saya tiba pukul 10.30", NOTHING),
    ("Saya bekerja 12 tahun", NOTHING),
    ("16 tahun yang lalu", NOTHING),
    ("Kakak saya umur 26 tahun", NOTHING),
    # A commune is no custody, and a day no age.
    ("ខ្ញុំរស់នៅឃុំយើង", NOTHING),
    ("ក្នុងឃុំខ្ញុំមានក្រុមហ៊ុនមួយ", NOTHING),
    ("មេឃុំយើងស្គាល់គាត់", NOTHING),
    ("គេឃុំយើងក្នុងបន្ទប់", "confined"),
    ("គេយកទៅឃុំខ្ញុំ", "confined"),
    ("ថ្ងៃ 27/11, 25 ឆ្នាំ", NOTHING),
    ("ថ្ងៃ 27/11 ឆ្នាំ 2026", NOTHING),
    ("អាយុ 27-11-1990", NOTHING),
    ("She is 16/17 years old", "child"),
    ("aged 16, 27-11-2026", "child"),
]


@cache
def rules() -> tuple[UrgencyRule, ...]:
    return tuple(UrgencyRule(**row) for row in carried_rules())


@pytest.mark.parametrize(("sentence", "codes"), SENTENCES)
def test_a_sentence_proposes_what_it_speaks_of_and_nothing_else(sentence: str, codes: str) -> None:
    found = proposed_urgency(sentence, rules()).found
    assert {one.rule.code for one in found} == set(codes.split())


@pytest.mark.parametrize("sentence", [sentence for sentence, codes in SENTENCES if "child" in codes.split()])
def test_a_child_is_an_immediate_danger(sentence: str) -> None:
    assert proposed_urgency(sentence, rules()).urgency == Urgency.IMMEDIATE


def test_what_spoke_is_marked_in_the_text_as_it_stands() -> None:
    text = "ប្អូនស្រីខ្ញុំអាយុ ១៦។ They BEAT her."
    pieces = marked(Text(text), proposed_urgency(text, rules()).found)
    assert [piece["text"] for piece in pieces if piece["is_marked"]] == ["អាយុ ១៦", "BEAT"]
    assert "".join(piece["text"] for piece in pieces) == text


def test_the_reason_is_said_in_the_language_of_the_page() -> None:
    for language, reason in (("en", "violence is spoken of"), ("km", "មាននិយាយអំពីអំពើហិង្សា")):
        with translation.override(language):
            assert proposed_urgency("They beat him.", rules()).reasons == [reason]


def test_a_word_counts_where_it_begins_or_ends_a_compound_and_breaks_no_syllable() -> None:
    rule = UrgencyRule(urgency="immediate", words=["វាយ", "រំលោភ"], exceptions=[])
    for text in ("ថៅកែវាយតប់គាត់", "គេចាប់រំលោភប្អូនស្រីខ្ញុំ"):
        assert proposed_urgency(text, [rule]).found
    for text in ("ស្រុកស្វាយជ្រំ", "វាយោ"):
        assert not proposed_urgency(text, [rule]).found


def test_an_exception_that_cuts_a_word_hides_nothing() -> None:
    rule = UrgencyRule(urgency="immediate", words=["វាយ"], exceptions=["វាយសារ"])
    assert proposed_urgency("គេវាយសារពើគាត់", [rule]).found
    assert not proposed_urgency("ខ្ញុំវាយសារ", [rule]).found


@pytest.mark.django_db
def test_the_carried_rules_stand_in_the_table_and_are_read_in_one_query(django_assert_num_queries) -> None:
    assert set(UrgencyRule.objects.values_list("code", flat=True)) == {row["code"] for row in carried_rules()}
    with django_assert_num_queries(1):
        assert proposed_urgency("They beat him.").urgency == Urgency.IMMEDIATE
    UrgencyRule.objects.filter(code="violence").update(is_active=False)
    assert proposed_urgency("They beat him.").urgency == Urgency.NORMAL


def test_the_end_of_a_long_text_is_read_like_its_beginning() -> None:
    long = "They work from six to midnight. " * 400
    assert not may_name_official(long)
    assert may_name_official(f"{long}The police sells them.")
    assert proposed_urgency(f"{long}They beat him.", rules()).urgency == Urgency.IMMEDIATE
    for before in range(LONGEST - 12, LONGEST + 1):  # where one part ends and the next begins
        assert may_name_official("." * before + " police " + "." * LONGEST), before
    assert "".join(parts_of("x" * LONGEST)) == "x" * LONGEST
