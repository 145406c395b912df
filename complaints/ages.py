"""Ages under eighteen in a text, as callers write them in six languages; not years that passed, floors or amounts.

The text has small letters and plain digits already, and one blank where there were several (`complaints.signs.Text`). Yet
no pattern has two parts side by side that may both take a blank: the time that a reading takes grows with the text, no faster.
"""

import re
from collections.abc import Iterator

GROWN = 18
Span = tuple[int, int]

_BETWEEN = r"\s*(?:-|–|~|,|、|to|or|and|và|đến|tới|hoặc|ឬ|និង|ដល់|到|至|或|和|ถึง|หรือ|กับ)\s*"
_DATE = r"\d{1,4}\s?[-/]\s?\d{1,2}\s?[-/]\s?\d"  # three numbers joined by dashes or strokes
_START = rf"(?<!\d)(?<!\d[.,:/–-])(?!{_DATE})"
_END = r"(?!\d|[.,:/]\d)"
_NEXT = rf"{_BETWEEN}(?!{_DATE})\d{{1,2}}(?!\d|[.:/]\d|,\d{{3}})"
_SEVERAL = rf"\d{{1,2}}(?:{_NEXT}){{0,20}}+"
# One number, or several: of "16 and 19 years old" the younger counts. Not the end of an amount, a date or a time.
_AGE_ONLY = rf"{_START}(?P<age>{_SEVERAL}){_END}"
# Where a word says that it is an age, two joined by a stroke are no day of a month: "16/17 years old".
_AGE = rf"{_START}(?P<age>\d{{1,2}}/\d{{1,2}}|{_SEVERAL}){_END}"
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
]
_THINGS = "building|house|car|truck|boat|company|business|factory|phone|hotel|casino|contract|debt|law|wound|rule"
_KIN_EN = "he|she|i|sister|brother|daughter|son|niece|nephew|cousin|friend|girl|boy|victim"

# An age in figures: it counts under eighteen. What follows a number is one pattern: the numbers are gone through once.
_AFTER = (
    rf"(?:\s*-)?\s*(?:years?|yrs?|y)(?:\s*\.)?(?:\s*-)?\s*(?:olds?|of\s+age)\b(?!\s+(?:{_THINGS}))",
    r"\s*y(?:\s*/)?\s*o\b",
    r"\s*(?:tuổi|tuoi)\b(?!\s*(?:nghề|nghe|đảng|dang)\b)",
    r"\s*(?:周|週)?(?:岁|歲)(?!以上)",
    r"\s*ขวบ",
)
_FIGURES = (
    rf"{_AGE}(?:{'|'.join(_AFTER)})",
    rf"\b(?:aged?|age\s+of|ages)(?:\s*(?:is|:))?(?:\s*(?:about|around|only|just))?\s*{_AGE}\b",
    rf"\b(?:{_KIN_EN})(?:\s+(?:is|was|am)|[’'](?:s|m))\s+(?:(?:only|just|about|still|now)\s+)?{_AGE}(?=\s*(?:[.,;!?)]|$|and\b|but\b|now\b))",
    rf"អាយុ\s*(?:(?:ប្រហែលជា|ប្រហែល|ប្រមាណ|ទើបតែ|ទើប|តែ|បាន|មិនទាន់|:)\s*)*{_AGE}",
    rf"\b(?:tuổi|tuoi)(?:\s*:)?\s*{_AGE}\b",
    rf"\b(?:em|cháu|con|bé|gái|trai|nữ|nam)(?:\s*,)?\s*{_AGE}\s?t\b",
    rf"年[龄齡纪紀](?:\s*[:：是为為])?(?:\s*(?:才|只有))?\s*{_AGE}",
    rf"อายุ\s*(?:(?:แค่|เพียง|ประมาณ|ราว|ได้|:)\s*)*{_AGE}",
    rf"\b(?:umur|umurnya|usia|usianya|berumur|berusia)(?:\s*:)?(?:\s*(?:baru|masih|sekitar|kira-kira))?\s*{_AGE}\b",
)
# "Under eighteen": the number itself counts too.
_UNDER = (
    rf"\b(?:under|below|younger\s+than)\s+(?:the\s+age\s+of\s+)?{_AGE}\b(?!\s*(?:dollars?|usd|%|percent|people|km|hours?|days?|months?|minutes?))",
    rf"ក្រោម(?:អាយុ)?\s*{_AGE}\s*ឆ្នាំ",
    rf"អាយុ\s*ក្រោម\s*{_AGE}",
    rf"\bdưới\s+{_AGE}\s*tuổi\b",
    rf"(?:未满|未滿|不到|不满|不滿)\s*{_AGE}\s*(?:周|週)?[岁歲]",
    rf"{_AGE}\s*(?:周|週)?[岁歲]以下",
    rf"(?:ต่ำกว่า|ไม่ถึง|น้อยกว่า)\s*{_AGE}\s*ปี",
    rf"\bdi\s*bawah(?:\s*(?:umur|usia))?\s*{_AGE}\s*(?:tahun|thn)\b",
)
# Years alone are an age where no word beside them makes them a time: "16 years" of Khmer, Thai and Indonesian.
_KM_TIME = "រយៈពេល|ថេរវេលា|ក្នុង|អស់|បាន|ធ្វើការ|រស់នៅ|នៅ|ជាង|រាល់|គុក|ទោស|កិច្ចសន្យា|កុងត្រា|មុន|ក្រោយ|ទីពីរ|លើក|ខួប|ឃុំ|ឃុំឃាំង|លេខ|លេខសម្គាល់|ជំពាក់(?:គេ|លុយ|ប្រាក់|បំណុល)*"
_TH_TIME = "มา|ทำงาน|นาน|ตลอด|ใน|อีก|เมื่อ|สัญญา|คุก|ครบ|อยู่|เป็นเวลา"
_ID_TIME = "selama|sudah|udah|telah|sejak|dalam|kontrak|kerja|bekerja|hampir|penjara|dipenjara|hukuman|tinggal|setiap|utang|hutang|lebih dari"
_YEARS = (
    (
        rf"{_AGE_ONLY}\s*ឆ្នាំ(?!\s*(?:មុន|កន្លង|ហើយ|មក|ទៀត|ក្រោយ|ខាងមុខ|ចុង|កន្លះ))",
        rf"(?:{_KM_TIME})(?:\s|ប្រហែល|ជាង)*$",
        r"(?:កូន|ប្អូន|ក្មួយ|ក្មេង|កុមារ|ចៅ|ស្រី|ប្រុស|នាង|គាត់)\s*$",
    ),
    (
        rf"{_AGE_ONLY}\s*ปี(?!\s*(?:ก่อน|ที่แล้ว|แล้ว|มาแล้ว|กว่า|ที่ผ่านมา|หน้า|ข้างหน้า))",
        rf"(?:{_TH_TIME})(?:\s|ประมาณ|กว่า)*$",
        r"(?:ลูก|น้อง|หลาน|เด็ก|สาว|ชาย|หญิง|เขา|เธอ)\s*$",
    ),
    (
        rf"{_AGE_ONLY}\s*(?:tahun|thn)\b(?!\s*(?:lalu|yang|yg|terakhir|lebih|depan|lagi|sebelum|kemudian|penjara|kerja|bekerja|di)\b)",
        rf"\b(?:{_ID_TIME})\s*$",
        r"\b(?:anak|adik|keponakan|sepupu|gadis|perempuan|cewek|cowok|dia)\s*$",
    ),
)
_ALONE = 10  # years that are an age without a word that says whose
_NEAR = 24  # characters before a number that are looked at
# Ages in words, and those of babies.
_KM_WHOSE = r"(?:អាយុ|(?:កូន|ប្អូន|ក្មួយ|ក្មេង|ចៅ)(?:\s*(?:ស្រី|ប្រុស|ខ្ញុំ|គាត់))*)(?:\s*(?:ប្រហែល|ទើបតែ|ទើប|តែ|បាន))*\s*"
_KM_NUMBER = r"(?:ដប់\s*)?(?:មួយ|ពីរ|បី|បួន|ប្រាំ(?:\s*(?:មួយ|ពីរ|ពិល))?)|ប្រាំ\s*(?:បី|បួន)|ដប់"
_VI_TENS = "mười|mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín"  # before a number: it is a greater one
_WORDS = (
    rf"(?<!ty[\s-])\b(?:{'|'.join(_NUMBERS)})[\s-]+years?[\s-]+olds?\b",
    r"\bunder\s*-?\s*aged?\b",
    r"\b\d{1,2}[\s-]*months?[\s-]*olds?\b",
    r"អាយុ\s*ដប់(?!\s*ប្រាំ\s*(?:បី|បួន))",
    rf"{_KM_WHOSE}(?:{_KM_NUMBER})\s*ឆ្នាំ(?!\s*(?:មុន|កន្លង|ហើយ|មក|ទៀត|ក្រោយ))",
    r"\bmười(?:\s+(?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy))?\s+tuổi\b",
    "".join(rf"(?<!\b{one}\s)" for one in _VI_TENS.split("|"))
    + r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)\s+tuổi\b",
    r"\b\d{1,2}\s*tháng\s+tuổi\b",
    r"(?<![一二三四五六七八九十百])(?:十[一二三四五六七]?|[一二两兩三四五六七八九])(?:周|週)?[岁歲](?!以上)",
    r"(?:未满|未滿|不到|不满|不滿)十八(?:周|週)?[岁歲]|十八[岁歲]以下",
    r"\d{1,2}\s*个月大",
)
_PATTERNS = [re.compile(one) for one in _FIGURES]
_UNDER_PATTERNS = [re.compile(one) for one in _UNDER]
_WORD_PATTERNS = [re.compile(one) for one in _WORDS]
_YEAR_PATTERNS = [tuple(map(re.compile, three)) for three in _YEARS]


def ages_in(low: str) -> Iterator[Span]:
    """Give where a text says an age under eighteen; a place may come twice."""
    for patterns, grown in ((_PATTERNS, GROWN), (_UNDER_PATTERNS, GROWN + 1)):
        for pattern in patterns:
            yield from (found.span() for found in pattern.finditer(low) if _youngest(found) < grown)
    for pattern in _WORD_PATTERNS:
        yield from (found.span() for found in pattern.finditer(low))
    yield from _years(low)


def _years(low: str) -> Iterator[Span]:
    for years, time, whose in _YEAR_PATTERNS:
        for found in years.finditer(low):
            before = low[max(found.start() - _NEAR, 0) : found.start()]
            is_age = max(_numbers(found)) >= _ALONE or whose.search(before)
            if _youngest(found) < GROWN and is_age and not time.search(before):
                yield found.span()


def _youngest(found: re.Match[str]) -> int:
    return min(_numbers(found))


def _numbers(found: re.Match[str]) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", found["age"])]
