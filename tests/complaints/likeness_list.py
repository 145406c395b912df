"""Names, telephone numbers and sites to measure likeness with, all invented: the same in other writing, and others that look near.

They differ from tests/people/name_pairs.py: that list compares people of many countries, this one what Khmer callers and
typists do to one name.
"""

# One name, as it was first told; and how it is written by others: script, order, spaces, doubled letters, finals, marks, titles.
NAMES_SAME: dict[str, tuple[str, ...]] = {
    "សុខ ចាន់ណា": (
        "Sok Channa",
        "SOK CHANNA",
        "Sokh Chana",
        "Channa Sok",
        "Sokchanna",
        "Sok-Channa",
        "Sók Channà",
        "Sok Chanah",
        "Mr Sok Channa",
        "Sokk Channa",
        "សុខ​ចាន់ណា",
        "លោក សុខ ចាន់ណា",
        "ចាន់ណា សុខ",
        "សុខ ចន្ទណា",
    ),
    "ស្រី ពៅ": ("Srey Pov", "Sreypov", "Srei Pov", "Srey Peou", "ស្រីពៅ", "នាង ស្រីពៅ"),
    "កែវ រតនា": ("Keo Ratana", "Kaev Rattana", "Keo Rattanak", "Keo Rathana", "រតនា កែវ"),
    "ហេង វុទ្ធី": ("Heng Vuthy", "Heng Vutthy", "Heang Vuthy", "Vuthy Heng", "ហេង វុធី"),
    "ស្ត្រី សម្ផស្ស": ("ស្រ្តី សម្ផស្ស", "Strey Samphoas"),
    "កណ្តាល ដារា": ("កណ្ដាល ដារា", "Kandal Dara", "Kandall Dara"),
    "Nguyễn Thị Lan": ("Nguyen Thi Lan", "NGUYEN LAN", "Lan Nguyen Thi", "Nguyễn Thị Lan"),
    "Đặng Văn Tâm": ("Dang Van Tam", "Tam Dang Van", "Đang Van Tam"),
    "Müller Björn": ("Muller Bjorn", "Bjorn Muller"),
    "Chhoeun Kimsan": ("Chhoeurn Kim San", "Choeun Kimsan", "ឈឿន គឹមសាន"),
}
# People whose names are near and who are two: another given name, another family name of the same sound, sisters.
NAMES_OTHER: tuple[tuple[str, str], ...] = (
    ("សុខ ចាន់ណា", "សុខ ចាន់ធូ"),
    ("សុខ ចាន់ណា", "Sok Chantrea"),
    ("សុខ ចាន់ណា", "Sok Dara"),
    ("សុខ ចាន់ណា", "Chea Channa"),
    ("Sok Channa", "Sok Chenda"),
    ("Sok Channa", "Sok Chamroeun"),
    ("ស្រី ពៅ", "ស្រី មុំ"),
    ("Srey Pov", "Srey Leak"),
    ("Srey Pov", "Srey Neth"),
    ("Srey Mao", "Srey Mey"),
    ("កែវ រតនា", "កែវ រិទ្ធ"),
    ("Keo Ratana", "Keo Rithy"),
    ("Keo Ratana", "Keo Rachana"),
    ("ហេង វុទ្ធី", "ហេង វិសាល"),
    ("Heng Vuthy", "Heng Vanna"),
    ("Heng Vuthy", "Seng Vuthy"),
    ("Ly Dara", "Ly Davy"),
    ("Ly Sophal", "Ly Sophea"),
    ("Chan Thida", "Chan Thyda Rath"),
    ("Chea Sovann", "Chea Sovannara"),
    ("Chea Sophal", "Chea Sopheap"),
    ("Kim Sreynich", "Kim Sreyneang"),
    ("Kim Ratha", "Kim Ratanak"),
    ("Prak Sophy", "Prak Sothy"),
    ("Mao Sokha", "Mao Sokun"),
    ("Mao Sokha", "Mao Sokly"),
    ("Nuon Phalla", "Nuon Phally"),
    ("Nuon Phalla", "Nuon Phanna"),
    ("Meas Bopha", "Meas Borey"),
    ("Meas Bopha", "Meas Sopha"),
    ("Tep Vanna", "Tep Vannak"),
    ("Tep Vanna", "Tep Vichny"),
    ("Ros Chanthy", "Ros Chanthou"),
    ("Ros Kunthea", "Ros Kanha"),
    ("Sim Samnang", "Sim Sambath"),
    ("Sim Samnang", "Sim Samoeun"),
    ("Nguyen Thi Lan", "Nguyen Thi Linh"),
    ("Nguyen Thi Lan", "Nguyen Thi Loan"),
    ("Nguyễn Văn Hùng", "Nguyễn Văn Hải"),
    ("Trần Thị Hoa", "Trần Thị Hương"),
    ("Dang Van Tam", "Dang Van Toan"),
    ("Phạm Minh Đức", "Phạm Minh Đạt"),
)
PHONES = (
    "+85512345678",
    "+85597123456",
    "+855885550184",
    "+85510222333",
    "+85577888999",
    "+85516700801",
    "+855713334455",
    "+85592612345",
)


def phone_formats(number: str) -> tuple[str, ...]:
    """Write a number as people do: national, spaced, with the country, by 00, in Khmer digits, in brackets."""
    rest = number.removeprefix("+855")
    khmer = f"0{rest[:2]} {rest[2:5]} {rest[5:]}".translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    return (
        f"0{rest}",
        f"0{rest[:2]} {rest[2:5]} {rest[5:]}",
        f"+855 {rest[:2]} {rest[2:]}",
        f"00855{rest}",
        khmer,
        f"(855) {rest[:2]}-{rest[2:5]}-{rest[5:]}",
    )


def near_phones(number: str) -> tuple[str, ...]:
    """Write numbers that look like it and are others: a digit changed, two swapped, another operator, a digit more, a day."""
    rest = number.removeprefix("+855")
    last = str((int(rest[-1]) + 1) % 10)
    return (
        f"0{rest[:-1]}{last}",
        f"0{rest[:-3]}{rest[-2]}{rest[-3]}{(int(rest[-1]) + 3) % 10}",
        f"0{'93' if rest[:2] != '93' else '99'}{rest[2:]}",
        f"account 77{rest}00{rest[-1]}",
        f"+66{rest}",
    )


# A site by the names it was added with; texts that name it; texts that name another one or none.
SITES: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("Building K9", "អគារ K9", "Block 9", "K-9 tower"): (
        (
            "They are in building K9 on the sixth floor",
            "held at K-9 Tower, Sihanoukville",
            "ពួកគេនៅអគារ K9 ជាន់ទី៦",
            "ពួកគេនៅអគារ​ K៩",
            "the place is called BLOCK 9",
            "Block9, room 4",
        ),
        (
            "They are in building K95",
            "held at Block 91",
            "ពួកគេនៅអគារ K៩១",
            "road block 900 m from there",
            "They blocked 9 of us",
            "a building, K 19",
        ),
    ),
    ("Gate 4 casino", "កាស៊ីណូច្រកទី៤", "Gate four"): (
        (
            "the Gate 4 casino at the border",
            "we were taken to gate four",
            "កាស៊ីណូ ច្រកទី ៤",
            "នៅកាស៊ីណូច្រកទី4 ព្រំដែន",
            "Gate-4 Casino",
        ),
        ("gate fourteen", "the gate 40 casino", "កាស៊ីណូច្រកទី៤៥", "agate fourth floor", "Gate 3 casino"),
    ),
    ("Sea Star block", "ប្លុកផ្កាយសមុទ្រ", "Star block"): (
        (
            "in the Sea Star block",
            "SeaStar Block, second floor",
            "the star block behind the port",
            "នៅប្លុក ផ្កាយសមុទ្រ",
            "ប្លុកផ្កាយ​សមុទ្រ ជាន់ទី២",
        ),
        ("they start blocking the door", "a mustar blockade", "sea, start, block", "ប្លុកផ្កាយ", "the star hotel"),
    ),
    ("Riverside annex", "អគារមាត់ស្ទឹង", "The annex"): (
        (
            "the Riverside Annex",
            "Riverside-annex, third house",
            "in the annex, they said",
            "អគារ មាត់ស្ទឹង",
            "គេនៅអគារមាត់ស្ទឹងនោះ",
        ),
        ("we bathe annexed to it", "the annexes", "riverside market", "មាត់ស្ទឹង", "an annex of a house"),
    ),
    ("Lotus workshop", "រោងជាងផ្កាឈូក", "Lotus factory"): (
        ("Lotus workshop", "the lotus factory", "LOTUS FACTORY, night shift", "រោងជាង ផ្កាឈូក", "នៅរោងជាងផ្កាឈូកនោះ"),
        ("lotus workshops are many", "lotus flower", "blotus factory", "ផ្កាឈូក", "a slotus workshopper"),
    ),
    ("Tonle hotel", "សណ្ឋាគារទន្លេ"): (
        ("at Tonle Hotel", "TONLE HOTEL, room 12", "សណ្ឋាគារ ទន្លេ", "នៅសណ្ឋាគារទន្លេ", "Tonle-hotel"),
        ("tonle hotels", "the hotel at Tonle Sap", "ទន្លេសាប", "a hotel", "Tonle hostel"),
    ),
    ("Border market house", "ផ្ទះផ្សារព្រំដែន"): (
        (
            "the border market house",
            "Border Market House no. 3",
            "ផ្ទះផ្សារព្រំដែន",
            "ផ្ទះ ផ្សារ ព្រំដែន",
            "bordermarket house",
        ),
        ("border market houses", "the border market", "ផ្សារព្រំដែន", "border house", "the border marketing house"),
    ),
    ("Golden Orchid compound", "បរិវេណអ័រគីដេមាស", "Orchid park"): (
        ("Golden Orchid Compound", "orchid park, gate 2", "បរិវេណ អ័រគីដេមាស", "GoldenOrchid compound", "the Orchid-Park"),
        ("orchid parking", "golden orchids", "អ័រគីដេ", "an orchid, parked", "the golden compound"),
    ),
}
