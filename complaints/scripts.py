"""The first words to say in each kind of call, in Khmer and English; afterwards an administrator keeps them."""

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
        "តើអ្នកណាទារ? ដោយរបៀបណា ពេលណា ប៉ុន្មាន? តើគេនិយាយថាជាប៉ូលិសទេ?\n"
        "ខ្ញុំកត់ត្រាជាសម្ងាត់៖ ប៉ូលិសមូលដ្ឋានមិនឃើញទេ។ (គូស «មានឈ្មោះមន្ត្រី ឬអង្គភាព»)\n"
        "បើអ្នកទារជាអ្នកឃុំ៖ តើគេឲ្យពេលដល់ណា? តើគេគំរាមធ្វើអ្វី?"
    ),
    ("money", "en"): (
        "No officer may ask you for money. Please do not pay.\n"
        "Who asked? How, when, how much? Did they say they are police?\n"
        "I write this down sealed: the local police do not see it. (Tick “An official or a unit is named”.)\n"
        "If it is the captors who ask: until when? What do they threaten to do?"
    ),
}
