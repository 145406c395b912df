"""Fictional sites and names. Nobody and nothing here exists."""

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
