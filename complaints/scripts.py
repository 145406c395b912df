"""The first words to say in each kind of call; afterwards an administrator keeps them.

In Khmer and English they say also what the officer does. In the four other languages of the public pages stands only what is
said aloud: the Khmer is shown beside it. These four were translated by us and read by no native speaker (`CallScript.reader`).
"""

FIRST = {
    ("new_report", "km"): (
        "នេះជាទូរស័ព្ទបន្ទាន់របស់ក្រសួងមហាផ្ទៃ។ អ្នកមិនចាំបាច់ប្រាប់ឈ្មោះទេ។\n"
        "តើឥឡូវនេះមានអ្នកណាកំពុងមានគ្រោះថ្នាក់ទេ? តើអ្នកនិយាយបានដោយសុវត្ថិភាពទេ?\n"
        "តើពួកគេនៅទីណា? មានមនុស្សប៉ុន្មាននាក់? តើអ្នកឃើញ ឬដឹងដោយរបៀបណា?\n"
        "តើយើងអាចហៅទៅវិញបានទេ? នៅម៉ោងណា ហើយអ្នកណាអាចទទួល?"
    ),
    ("new_report", "en"): (
        "This is the hotline of the Ministry of Interior. You need not give your name.\n"
        "Is anybody in danger now? Can you speak safely?\n"
        "Where are they? How many people? How do you know: did you see it yourself?\n"
        "May we ring you back? At what hours, and who may answer?"
    ),
    ("more", "km"): (
        "សូមអរគុណដែលបានទូរស័ព្ទមកម្តងទៀត។ តើអ្នកមានលេខបណ្តឹងទេ?\n"
        "តើមានអ្វីប្រែប្រួលចាប់ពីពេលមុន? តើពួកគេនៅកន្លែងដដែលទេ?\n"
        "ខ្ញុំមិនអាចប្រាប់អំពីអ្វីដែលអ្នកដទៃបានរាយការណ៍ទេ។ អ្វីដែលអ្នកនិយាយ នឹងដល់អ្នកដែលទទួលបន្ទុក។"
    ),
    ("more", "en"): (
        "Thank you for ringing again. Do you have the reference?\n"
        "What has changed since then? Are they still in the same place?\n"
        "I may not tell you what others reported. What you say reaches whoever handles it."
    ),
    ("enquiry", "km"): (
        "ខ្ញុំនឹងឆ្លើយ ប្រសិនបើខ្ញុំដឹង បើមិនដូច្នេះទេ ខ្ញុំនឹងប្រាប់កន្លែងដែលត្រូវសួរ។\n"
        "តើអ្នកសួរអំពីខ្លួនឯង ឬអំពីអ្នកណាម្នាក់ដែលត្រូវគេឃុំ ឬបង្ខំ?\n"
        "ព័ត៌មាននេះមិនគិតថ្លៃទេ។"
    ),
    ("enquiry", "en"): (
        "I will answer if I can, and otherwise tell you where to ask.\n"
        "Do you ask for yourself, or about somebody who is held or forced?\n"
        "This costs nothing."
    ),
    ("held", "km"): (
        "ឆ្លើយតែ «បាទ/ចាស» ឬ «ទេ» បានហើយ។ បើមានគេចូលមក សូមនិយាយថា «ច្រឡំលេខ» រួចដាក់ទូរស័ព្ទចុះ។\n"
        "តើមានគេស្តាប់អ្នកទេ? តើគេឃុំអ្នកនៅក្នុងអគារទេ? តើអ្នកដឹងឈ្មោះកន្លែងទេ?\n"
        "កុំប្រឆាំង កុំរត់ បើវាមានគ្រោះថ្នាក់។ តើយើងអាចផ្ញើសារបានទេ ឬកុំទាក់ទងសោះ?\n"
        "យើងនឹងមិនហៅទៅលេខនេះវិញទេ លុះត្រាតែអ្នកប្រាប់ថាបាន។"
    ),
    ("held", "en"): (
        "Answer only “yes” or “no”. If somebody comes, say “wrong number” and hang up.\n"
        "Is somebody listening? Are you kept in a building? Do you know its name?\n"
        "Do not fight or run if that is dangerous. May we send a message, or not contact you at all?\n"
        "We do not ring this number back unless you say that we may."
    ),
    ("child", "km"): (
        "អរគុណដែលបានទូរស័ព្ទមក។ ក្មួយមិនធ្វើអ្វីខុសទេ។\n"
        "តើឥឡូវនេះក្មួយនៅកន្លែងដែលមានសុវត្ថិភាពទេ? តើមានមនុស្សធំណាម្នាក់ដែលក្មួយទុកចិត្តទេ?\n"
        "សួរមួយម្តងៗ ដោយពាក្យខ្លីៗ។ កុំសួរលម្អិតអំពីអ្វីដែលគេធ្វើលើក្មួយ៖ អ្នកជំនាញនឹងសួរ។\n"
        "ប្រាប់ពីអ្វីដែលនឹងកើតឡើងបន្ទាប់ កុំសន្យាអ្វីដែលធ្វើមិនបាន។"
    ),
    ("child", "en"): (
        "Thank you for ringing. You have done nothing wrong.\n"
        "Are you somewhere safe now? Is there a grown-up you trust?\n"
        "One short question at a time. Do not ask for details of what was done: somebody trained will.\n"
        "Say what happens next; promise nothing you cannot keep."
    ),
    ("money", "km"): (
        "គ្មានមន្ត្រីណាម្នាក់អាចទាមទារលុយពីអ្នកបានទេ។ សូមកុំបង់។\n"
        "តើអ្នកណាទារ? ដោយរបៀបណា ពេលណា ប៉ុន្មាន? តើគេនិយាយថាជានគរបាលទេ?\n"
        "ខ្ញុំកត់ត្រាជាសម្ងាត់៖ នគរបាលមូលដ្ឋានមិនឃើញទេ។ (គូស «មានឈ្មោះមន្ត្រី ឬអង្គភាព»)\n"
        "បើអ្នកទារជាអ្នកឃុំ៖ តើគេឱ្យពេលដល់ណា? តើគេគំរាមធ្វើអ្វី?"
    ),
    ("money", "en"): (
        "No officer may ask you for money. Please do not pay.\n"
        "Who asked? How, when, how much? Did they say they are police?\n"
        "I write this down sealed: the local police do not see it. (Tick “An official or a unit is named”.)\n"
        "If it is the captors who ask: until when? What do they threaten to do?"
    ),
}

SAID_ALOUD = {
    ("new_report", "vi"): (
        "Đây là đường dây nóng của Bộ Nội vụ Campuchia. Bạn không cần nói tên.\n"
        "Bây giờ có ai đang gặp nguy hiểm không? Bạn nói chuyện có an toàn không?\n"
        "Họ đang ở đâu? Có bao nhiêu người? Bạn biết bằng cách nào: chính mắt bạn thấy không?\n"
        "Chúng tôi gọi lại cho bạn được không? Vào giờ nào, và ai có thể nghe máy?"
    ),
    ("more", "vi"): (
        "Cảm ơn bạn đã gọi lại. Bạn có số tham chiếu của đơn không?\n"
        "Từ lần trước đến nay có gì thay đổi? Họ vẫn ở chỗ cũ chứ?\n"
        "Tôi không được kể những gì người khác đã báo. Điều bạn nói sẽ đến người đang phụ trách."
    ),
    ("enquiry", "vi"): (
        "Tôi sẽ trả lời nếu tôi biết; nếu không, tôi sẽ nói bạn nên hỏi ở đâu.\n"
        "Bạn hỏi cho chính mình, hay về một người đang bị giam giữ hoặc bị ép buộc?\n"
        "Việc này không mất tiền."
    ),
    ("held", "vi"): (
        "Chỉ cần trả lời “có” hoặc “không”. Nếu có người đến, hãy nói “nhầm số” rồi gác máy.\n"
        "Có ai đang nghe không? Bạn bị giữ trong một tòa nhà phải không? Bạn có biết tên nơi đó không?\n"
        "Đừng chống cự hay bỏ chạy nếu như vậy nguy hiểm. Chúng tôi nhắn tin cho bạn được không, hay đừng liên lạc gì cả?\n"
        "Chúng tôi không gọi lại số này, trừ khi bạn nói là được."
    ),
    ("child", "vi"): (
        "Cảm ơn em đã gọi. Em không làm gì sai cả.\n"
        "Bây giờ em có ở nơi an toàn không? Có người lớn nào em tin tưởng không?\n"
        "Mỗi lần tôi chỉ hỏi một câu ngắn."
    ),
    ("money", "vi"): (
        "Không cán bộ nào được phép đòi tiền bạn. Xin đừng trả.\n"
        "Ai đã đòi? Bằng cách nào, khi nào, bao nhiêu? Họ có nói họ là công an không?\n"
        "Tôi ghi lại điều này và giữ kín: công an địa phương không thấy được.\n"
        "Nếu chính những kẻ giam giữ đòi tiền: hạn đến khi nào? Họ dọa làm gì?"
    ),
    ("new_report", "zh"): (
        "这里是柬埔寨内政部热线。您不必说出姓名。\n"
        "现在有人有危险吗？您现在说话安全吗？\n"
        "他们在哪里？有多少人？您是怎么知道的，是亲眼看到的吗？\n"
        "我们可以给您回电话吗？什么时间打，谁可以接听？"
    ),
    ("more", "zh"): (
        "谢谢您再次来电。您有举报编号吗？\n"
        "上次以后有什么变化？他们还在原来的地方吗？\n"
        "别人举报的内容我不能告诉您。您说的话会转给负责的人员。"
    ),
    ("enquiry", "zh"): (
        "我知道的会回答您；不知道的，我会告诉您到哪里去问。\n您是为自己问，还是为某个被关押或被强迫的人问？\n这项服务不收费。"
    ),
    ("held", "zh"): (
        "只回答“是”或“不是”就可以。如果有人来，请说“打错了”，然后挂断。\n"
        "有人在听吗？您是被关在一栋楼里吗？您知道那个地方的名字吗？\n"
        "如果有危险，不要反抗，也不要逃跑。我们可以给您发信息吗，还是完全不要联系您？\n"
        "除非您说可以，我们不会再打这个号码。"
    ),
    ("child", "zh"): (
        "谢谢你打电话来。你没有做错任何事。\n你现在在安全的地方吗？身边有你信任的大人吗？\n我一次只问一个短问题。"
    ),
    ("money", "zh"): (
        "任何官员都不可以向您要钱。请不要付钱。\n"
        "是谁要的？怎么要的，什么时候，多少钱？他们说自己是警察吗？\n"
        "我会把这件事保密记录，当地警察看不到。\n"
        "如果是关押的人要钱，期限到什么时候？他们威胁要做什么？"
    ),
    ("new_report", "th"): (
        "ที่นี่คือสายด่วนของกระทรวงมหาดไทยกัมพูชา คุณไม่จำเป็นต้องบอกชื่อ\n"
        "ตอนนี้มีใครกำลังตกอยู่ในอันตรายไหม คุณพูดได้อย่างปลอดภัยไหม\n"
        "พวกเขาอยู่ที่ไหน มีกี่คน คุณรู้ได้อย่างไร เห็นด้วยตาตัวเองหรือไม่\n"
        "เราโทรกลับหาคุณได้ไหม เวลาไหน และใครรับสายได้บ้าง"
    ),
    ("more", "th"): (
        "ขอบคุณที่โทรมาอีกครั้ง คุณมีเลขอ้างอิงไหม\n"
        "ตั้งแต่ครั้งก่อนมีอะไรเปลี่ยนไปบ้าง พวกเขายังอยู่ที่เดิมไหม\n"
        "เราบอกสิ่งที่คนอื่นแจ้งไว้ไม่ได้ สิ่งที่คุณพูดจะไปถึงผู้ที่รับผิดชอบ"
    ),
    ("enquiry", "th"): (
        "ถ้าเราทราบ เราจะตอบ ถ้าไม่ทราบ เราจะบอกว่าควรถามที่ไหน\n"
        "คุณถามเรื่องของตัวเอง หรือเรื่องของคนที่ถูกกักขังหรือถูกบังคับ\n"
        "บริการนี้ไม่เสียค่าใช้จ่าย"
    ),
    ("held", "th"): (
        "ตอบแค่ “ใช่” หรือ “ไม่” ก็พอ ถ้ามีคนเข้ามา ให้พูดว่า “โทรผิด” แล้ววางสาย\n"
        "มีใครฟังอยู่ไหม คุณถูกขังอยู่ในอาคารใช่ไหม คุณรู้ชื่อสถานที่ไหม\n"
        "อย่าขัดขืนหรือหนีถ้าเป็นอันตราย เราส่งข้อความถึงคุณได้ไหม หรือไม่ควรติดต่อเลย\n"
        "เราจะไม่โทรกลับเบอร์นี้ เว้นแต่คุณบอกว่าได้"
    ),
    ("child", "th"): ("ขอบคุณที่โทรมา หนูไม่ได้ทำอะไรผิด\nตอนนี้หนูอยู่ในที่ปลอดภัยไหม มีผู้ใหญ่ที่หนูไว้ใจไหม\nเราจะถามทีละคำถาม สั้น ๆ"),
    ("money", "th"): (
        "ไม่มีเจ้าหน้าที่คนใดเรียกเงินจากคุณได้ กรุณาอย่าจ่าย\n"
        "ใครเป็นคนเรียก เรียกอย่างไร เมื่อไร เท่าไร เขาบอกว่าเป็นตำรวจไหม\n"
        "เราจดเรื่องนี้ไว้เป็นความลับ ตำรวจท้องที่จะไม่เห็น\n"
        "ถ้าคนที่กักขังเป็นคนเรียกเงิน เขาให้เวลาถึงเมื่อไร เขาขู่ว่าจะทำอะไร"
    ),
    ("new_report", "id"): (
        "Ini saluran siaga Kementerian Dalam Negeri Kamboja. Anda tidak perlu menyebut nama.\n"
        "Apakah sekarang ada yang dalam bahaya? Apakah Anda aman untuk berbicara?\n"
        "Di mana mereka? Berapa orang? Bagaimana Anda tahu: apakah Anda melihat sendiri?\n"
        "Bolehkah kami menelepon kembali? Pada jam berapa, dan siapa yang boleh menjawab?"
    ),
    ("more", "id"): (
        "Terima kasih sudah menelepon lagi. Apakah Anda punya nomor laporannya?\n"
        "Apa yang berubah sejak waktu itu? Apakah mereka masih di tempat yang sama?\n"
        "Saya tidak boleh memberitahukan apa yang dilaporkan orang lain. Yang Anda katakan sampai kepada yang menangani."
    ),
    ("enquiry", "id"): (
        "Saya menjawab kalau saya tahu; kalau tidak, saya beri tahu ke mana Anda dapat bertanya.\n"
        "Anda bertanya untuk diri sendiri, atau tentang seseorang yang ditahan atau dipaksa?\n"
        "Ini tidak dipungut biaya."
    ),
    ("held", "id"): (
        "Jawab saja “ya” atau “tidak”. Kalau ada orang datang, katakan “salah sambung” lalu tutup telepon.\n"
        "Apakah ada yang mendengarkan? Apakah Anda dikurung di sebuah gedung? Apakah Anda tahu namanya?\n"
        "Jangan melawan atau lari kalau itu berbahaya. Bolehkah kami mengirim pesan, atau jangan menghubungi sama sekali?\n"
        "Kami tidak menelepon kembali nomor ini kecuali Anda mengatakan boleh."
    ),
    ("child", "id"): (
        "Terima kasih sudah menelepon. Kamu tidak berbuat salah.\n"
        "Apakah kamu sekarang di tempat yang aman? Adakah orang dewasa yang kamu percaya?\n"
        "Saya bertanya satu per satu, singkat saja."
    ),
    ("money", "id"): (
        "Tidak ada petugas yang boleh meminta uang dari Anda. Mohon jangan membayar.\n"
        "Siapa yang meminta? Bagaimana, kapan, berapa? Apakah mereka mengaku polisi?\n"
        "Saya mencatat ini secara tertutup: polisi setempat tidak melihatnya.\n"
        "Kalau yang meminta adalah orang yang menyekap: sampai kapan batasnya? Apa ancaman mereka?"
    ),
}
