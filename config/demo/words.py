"""Fictional sites, people and stories. Nobody and nothing here exists."""

from dataclasses import dataclass, field

# (English, Khmer, other names, province, national-led)
SITES = (
    ("Building K9", "អគារ K9", ("Block 9", "K-9 tower"), "18", False),
    ("Riverside annex", "អគារមាត់ស្ទឹង", ("The annex",), "18", False),
    ("Sea Star block", "ប្លុកផ្កាយសមុទ្រ", ("Star block",), "18", False),
    ("Golden Orchid compound", "បរិវេណអ័រគីដេមាស", ("Orchid park",), "18", True),
    ("Tonle hotel", "សណ្ឋាគារទន្លេ", (), "12", False),
    ("Lotus workshop", "រោងជាងផ្កាឈូក", ("Lotus factory",), "12", False),
    ("Gate 4 casino", "កាស៊ីណូច្រកទី៤", ("Gate four",), "20", False),
    ("Border market house", "ផ្ទះផ្សារព្រំដែន", (), "01", False),
)

KHMER = ("សុខ ចាន់ថា", "ជា ស្រីនាង", "គឹម សុវណ្ណ", "លី ដារ៉ា", "មាស រតនា", "ហេង ពិសិដ្ឋ", "នួន សុភាព", "ប៊ុន ស្រីមុំ")
VIETNAMESE = (
    "Nguyễn Thị Lan",
    "Trần Văn Hùng",
    "Lê Quốc Bảo",
    "Phạm Minh Châu",
    "Võ Thanh Tùng",
    "Đặng Thị Hồng",
    "Bùi Đức Anh",
    "Hoàng Mai",
)
CHINESE = ("王伟", "李娜", "张强", "刘洋")
INDONESIAN = ("Budi Santoso", "Siti Rahma", "Agus Wijaya", "Dewi Lestari", "Rizky Pratama", "Putri Ayu")
THAI = ("สมชาย ใจดี", "สุดา แก้วมณี", "อนันต์ ศรีสุข")
NAMES = {"KH": KHMER, "VN": VIETNAMESE, "CN": CHINESE, "ID": INDONESIAN, "TH": THAI}
REPORTERS = ("Sok Raksmey", "Tran Thi Hoa", "Chan Dara", "Wati", "Somsak", "Keo Pisey")


@dataclass(frozen=True)
class Story:
    """One complaint: what was said, where, how many, and how far it has come. `steps` name the path it took."""

    words: str
    hours_ago: float
    province: str = "18"
    site: int | None = None
    channel: str = "hotline"
    urgency: str = "normal"
    number: int | None = 1
    named: int = 1
    country: str = "VN"
    forms: tuple[str, ...] = ("forced_criminality_online_scam",)
    relation: str = "family"
    report: str = "12"
    spot: str = ""
    steps: tuple[str, ...] = ()
    ends: tuple[str, ...] = field(default=())
    not_local_police: bool = False
    official: str = ""


ACK = ("acknowledge",)
VERIFY = (*ACK, "start_verification")
PROVED = (*VERIFY, "record_outcome")
CLOSED = (*PROVED, "propose_closing", "close")
BELOW = (*VERIFY, "propose_outcome", "confirm_outcome", "propose_closing", "close")
OUT = "record_rescue"
LEFT = "record_left"

STORIES = (
    Story(
        "Woman calling from inside, four others with her. The door is locked at night and phones are taken.",
        0.5,
        site=2,
        urgency="immediate",
        number=5,
        named=1,
        relation="self",
        report="18",
        spot="Third floor, room 304",
        forms=("forced_labour",),
    ),
    Story(
        "Six Indonesians named in an embassy letter. They were promised work in a restaurant.",
        3,
        site=0,
        channel="official_request",
        urgency="high",
        number=6,
        named=6,
        country="ID",
        relation="embassy",
    ),
    Story(
        "បងស្រីត្រូវគេសន្យាការងារសណ្ឋាគារ ទូរស័ព្ទត្រូវគេដកយក។ គាត់ផ្ញើសារចុងក្រោយកាលពីម្សិលមិញ។",
        5,
        channel="facebook_message",
        country="KH",
        report="14",
        forms=("forced_labour", "debt_bondage"),
    ),
    Story(
        "Nine workers held on the sixth floor. Passports taken, 3,000 USD asked for each.",
        50,
        site=0,
        urgency="immediate",
        number=9,
        named=3,
        spot="Sixth floor",
        steps=VERIFY,
    ),
    Story(
        "Brother not heard from since 12 September. He said he was sold to another company.",
        77,
        channel="facebook_message",
        urgency="high",
        relation="family",
        report="08",
        steps=(*VERIFY, "ask_information"),
    ),
    Story(
        "Twelve people, wages withheld, passports taken. They sleep where they work.",
        190,
        site=1,
        channel="official_request",
        urgency="high",
        number=12,
        named=8,
        relation="embassy",
        forms=("forced_labour",),
        steps=PROVED,
        ends=(OUT, OUT, OUT, OUT, LEFT, "locate", "locate"),
    ),
    Story(
        "Cook says three colleagues may not leave. The owner keeps their papers.",
        30,
        channel="facebook_message",
        number=3,
        named=2,
        relation="co_worker",
        forms=("forced_labour",),
        steps=ACK,
    ),
    Story(
        "Labourers moved at night between two buildings. A driver saw people in a locked van.",
        70,
        site=0,
        channel="letter",
        number=6,
        named=2,
        relation="witness",
        forms=("forced_labour",),
        steps=VERIFY,
        ends=("locate",),
    ),
    Story(
        "ឪពុកនៅព្រៃវែងថា កូនប្រុសត្រូវគេទារលុយ ៣០០០ ដុល្លារ ទើបអនុញ្ញាតឱ្យចេញ។",
        96,
        site=2,
        channel="walk_in",
        urgency="high",
        country="KH",
        report="14",
        steps=VERIFY,
    ),
    Story(
        "Four Thai nationals want to go home. The company says each owes a debt.",
        400,
        site=1,
        channel="official_request",
        number=4,
        named=3,
        country="TH",
        relation="embassy",
        forms=("debt_bondage",),
        steps=(*PROVED, "propose_closing"),
        ends=(OUT, OUT, OUT, LEFT),
    ),
    Story(
        "Workers beaten, floor plan attached. The sender does not say who he is.",
        20,
        site=2,
        channel="public_form",
        number=2,
        named=0,
        relation="anonymous",
        steps=ACK,
    ),
    Story(
        "Two sisters resold twice, now in another building. One called for a minute only.",
        120,
        site=1,
        number=2,
        named=2,
        urgency="high",
        steps=VERIFY,
        ends=("locate",),
    ),
    Story(
        "Chinese workers asked a shopkeeper for help. They showed bruises.",
        230,
        site=0,
        channel="walk_in",
        number=3,
        named=2,
        country="CN",
        relation="witness",
        report="18",
        steps=PROVED,
        ends=(OUT, "locate"),
    ),
    Story(
        "A boy of fifteen works at night in a karaoke bar.",
        260,
        channel="hotline",
        number=1,
        country="KH",
        relation="witness",
        report="18",
        forms=("child_labour",),
        steps=PROVED,
        ends=(OUT,),
    ),
    Story(
        "The family says she is free again and came home by bus.",
        500,
        number=1,
        country="KH",
        report="17",
        forms=("sexual_exploitation",),
        steps=CLOSED,
        ends=(LEFT,),
    ),
    Story(
        "Eight people brought out of a villa after a call. All are accounted for.",
        640,
        site=2,
        number=8,
        named=5,
        urgency="high",
        steps=CLOSED,
        ends=(OUT,) * 8,
    ),
    Story(
        "The caller wanted his wages. Nobody is held.",
        560,
        channel="hotline",
        number=1,
        named=0,
        relation="self",
        report="18",
        country="KH",
        forms=(),
        steps=(*VERIFY, "propose_outcome"),
    ),
    Story(
        "Too little to go on: a name and a photograph of a door.",
        700,
        channel="facebook_message",
        number=None,
        named=1,
        relation="friend",
        report="",
        forms=(),
        steps=BELOW,
    ),
    Story(
        "Workers of a sewing shop sleep behind a locked gate.",
        7,
        province="12",
        site=5,
        channel="walk_in",
        number=4,
        named=1,
        country="KH",
        relation="witness",
        forms=("forced_labour",),
    ),
    Story(
        "ក្មេងស្រីពីរនាក់ធ្វើការនៅសណ្ឋាគារ មិនអនុញ្ញាតឱ្យទូរស័ព្ទទៅផ្ទះ។",
        26,
        province="12",
        site=4,
        urgency="high",
        number=2,
        named=1,
        country="KH",
        report="21",
        forms=("sexual_exploitation",),
        steps=ACK,
    ),
    Story(
        "Three Vietnamese women advertised on a closed group.",
        60,
        province="12",
        channel="facebook_comment",
        number=3,
        named=0,
        relation="witness",
        forms=("sexual_exploitation",),
        steps=VERIFY,
    ),
    Story(
        "Domestic worker locked in when the family travels.",
        330,
        province="12",
        number=1,
        country="KH",
        relation="friend",
        forms=("servitude",),
        steps=PROVED,
        ends=(OUT,),
    ),
    Story(
        "Labour dispute taken for trafficking; wages were paid in front of the officer.",
        610,
        province="12",
        site=5,
        channel="letter",
        number=2,
        named=1,
        country="KH",
        relation="ngo",
        forms=("forced_labour",),
        steps=BELOW,
        ends=(LEFT, LEFT),
    ),
    Story(
        "Caller says twenty people on floor 8. He does not know the street.",
        2,
        province="",
        number=20,
        named=0,
        relation="client",
        report="12",
        urgency="high",
    ),
    Story(
        "Mother asks for her son, taken abroad for work on a fishing boat.",
        40,
        province="",
        channel="walk_in",
        country="KH",
        report="07",
        forms=("forced_labour",),
        not_local_police=True,
    ),
    Story(
        "Families name forty people in the Orchid compound; they ask that the ministry itself goes.",
        28,
        site=3,
        channel="telegram",
        urgency="immediate",
        number=40,
        named=4,
        country="CN",
        relation="ngo",
    ),
    Story(
        "Guards at gate 4 hit a man who tried to leave.",
        15,
        province="20",
        site=6,
        channel="hotline",
        number=7,
        named=1,
        urgency="high",
        relation="witness",
        report="20",
    ),
    Story(
        "Children sent across the border to beg each morning.",
        90,
        province="01",
        site=7,
        channel="email",
        number=5,
        named=0,
        country="KH",
        relation="ngo",
        report="01",
        forms=("forced_begging",),
    ),
    Story(
        "A family says the village police took money to look away.",
        34,
        channel="public_form",
        number=2,
        named=1,
        country="KH",
        report="18",
        forms=("forced_labour",),
        official="The police post of the village",
    ),
)
