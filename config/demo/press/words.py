"""What is said in the complaints of the press case: put together from parts, all invented."""

import random

WHO_EN = (
    "My brother", "My sister", "My son", "My husband", "Our daughter", "A friend from my village", "My cousin",
    "Two people from our commune", "A colleague", "My wife", "A neighbour's son", "A young woman I met on the bus",
)  # fmt: skip
LURED_EN = (
    "was promised work in a hotel", "answered an advertisement for customer service", "was told of an office job",
    "went with a broker who paid the bus", "was recruited on Telegram", "was promised 800 dollars a month",
    "came with a friend of a friend", "was sold on by another company", "thought it was a restaurant",
)  # fmt: skip
HELD_EN = (
    "and is not let out of the building", "and the passport was taken on the first day", "and works sixteen hours at a screen",
    "and is beaten when the target is missed", "and they ask 3,000 dollars for letting go", "and guards stand at the gate",
    "and has not been paid for four months", "and calls only at night, whispering", "and was moved to another floor",
)  # fmt: skip
LAST_EN = (
    "The last message came on Sunday.", "The phone is off since then.", "There are about twenty others on that floor.",
    "The family is afraid to go to the police there.", "A photograph of the window was sent.", "They want to come home.",
    "Please do not call the number, somebody else reads it.", "One of them is ill.", "They were counted at night.",
)  # fmt: skip
WHO_KM = ("បងប្រុសខ្ញុំ", "ប្អូនស្រីខ្ញុំ", "កូនប្រុសខ្ញុំ", "ប្តីខ្ញុំ", "មិត្តភក្តិខ្ញុំ", "បងប្អូនជីដូនមួយខ្ញុំ", "អ្នកភូមិខ្ញុំពីរនាក់", "ក្មួយស្រីខ្ញុំ")
LURED_KM = (
    "ត្រូវគេសន្យាការងារសណ្ឋាគារ",
    "ទៅធ្វើការតាមមេខ្យល់",
    "ឆ្លើយការផ្សាយតាមហ្វេសប៊ុក",
    "ត្រូវគេលក់ពីក្រុមហ៊ុនមួយទៅមួយទៀត",
    "ត្រូវគេសន្យាប្រាក់ខែ ៨០០ ដុល្លារ",
)
HELD_KM = (
    "ហើយគេមិនឱ្យចេញពីអគារ",
    "ហើយលិខិតឆ្លងដែនត្រូវគេដកយក",
    "ហើយត្រូវគេវាយពេលធ្វើមិនបានតាមផែនការ",
    "ហើយគេទារប្រាក់ ៣០០០ ដុល្លារទើបដោះលែង",
    "ហើយមិនបានប្រាក់ខែបួនខែហើយ",
)
LAST_KM = (
    "គាត់ផ្ញើសារចុងក្រោយកាលពីថ្ងៃអាទិត្យ។",
    "ទូរស័ព្ទបិទតាំងពីពេលនោះ។",
    "នៅទីនោះមានមនុស្សប្រហែលម្ភៃនាក់។",
    "គ្រួសារខ្លាចមិនហ៊ានប្តឹងនៅទីនោះ។",
    "គាត់ចង់ត្រឡប់មកផ្ទះវិញ។",
)
LATE = ("No line at the site.", "The team came back after two days.", "Entered from the paper list.", "")


def story(rng: random.Random) -> str:
    """Return what was said, in Khmer or English."""
    if rng.random() < 0.45:
        said = f"{rng.choice(WHO_KM)}{rng.choice(LURED_KM)} {rng.choice(HELD_KM)}។ {rng.choice(LAST_KM)}"
    else:
        said = f"{rng.choice(WHO_EN)} {rng.choice(LURED_EN)} {rng.choice(HELD_EN)}. {rng.choice(LAST_EN)}"
    return said
