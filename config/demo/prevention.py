"""The survey of the press report, one that is open now, and awareness activities.

1,153 people, 341 of them women, in Phnom Penh and twelve provinces, and the order of the causes come from the press report of
29 September 2022; every other number, the days, who organised what and how many came are invented.
"""

import datetime
import random
from typing import Any

from django.utils import timezone

from core.display import ZONE
from people.models import Sex
from prevention.models import Answer, Occupation, Respondent, Survey
from prevention.services import CauseSaid, add_activity, add_survey, advance_survey, enter_respondent
from prevention.services.respondents import Checker, answers_of

RESPONDENTS, WOMEN, REFUSED = 1_153, 341, 17
# Of a province fewer than eleven were asked: its figures are hidden, with those that would give them back.
ASKED = {
    "12": 186, "18": 112, "08": 104, "02": 101, "03": 98, "17": 96, "01": 94,
    "21": 88, "14": 82, "07": 74, "05": 62, "06": 47, "23": 9,
}  # fmt: skip
# How strongly each cause pulls when three are put in order.
PULL = {
    "personal_debt": 30,
    "negligence_family_society": 23,
    "lack_education": 17,
    "lack_awareness": 12,
    "gambling": 8.5,
    "alcohol": 5.5,
    "drugs": 3.5,
}
MOST = 3
FIRST, LAST = datetime.date(2022, 7, 4), datetime.date(2022, 8, 26)
HOTLINE = 0.44
FORUM = datetime.date(2022, 9, 29)
RELIGIOUS = (["ncct", "religious_body"], ["public", "religious_leaders"])
# Kind, title, day, province, place, (organisers, audience), subject, reached, women.
ACTIVITIES: tuple[tuple[Any, ...], ...] = (
    ("forum", "វេទិកាជាតិអន្តរសាសនាលើកទី៦ ប្រឆាំងការជួញដូរមនុស្ស", FORUM, "12", "សាលសន្និសីទ", RELIGIOUS, "", 420, 168),
    ("religious_service", "ពិធីទិវាជាតិអន្តរសាសនា ២០ សីហា", datetime.date(2022, 8, 20), "12", "វត្តលង្កា", RELIGIOUS, "", 650, 390),
    ("religious_service", "ពិធីទិវាជាតិអន្តរសាសនា ២០ សីហា", datetime.date(2022, 8, 20), "18", "វត្តលើ", RELIGIOUS, "", 240, 151),
    ("religious_service", "Friday prayer and talk for 20 August", datetime.date(2022, 8, 19), "07", "Mosque", RELIGIOUS, "", 130, None),
    ("training", "Screening people found in compounds", datetime.date(2022, 8, 9), "18", "Provincial police", (["ministry", "ngo"], ["police"]), "Screening, and asking alone", 42, 6),
    ("training", "ការពារជនរងគ្រោះក្នុងសំណុំរឿង", datetime.date(2022, 8, 23), "12", "សាលាបណ្តុះបណ្តាល", (["ministry", "international"], ["judges"]), "វិធានមិនដាក់ទោសជនរងគ្រោះ", 35, 11),
    ("training", "Teachers as first to notice", datetime.date(2022, 9, 6), "02", "Teacher training school", (["ngo", "school"], ["teachers"]), "Signs of trafficking", 58, 33),
    ("campaign", "យុទ្ធនាការ «ការងារល្អពេក» តាមវិទ្យុ", datetime.date(2022, 9, 1), "12", "", (["ncct", "international"], ["public"]), "", None, None),
    ("campaign", "Leaflets at the border checkpoint", datetime.date(2022, 8, 15), "01", "Poipet", (["ncct", "ngo"], ["workers"]), "", 2_300, 1_010),
    ("campaign", "និស្សិតនិយាយអំពីការងារក្រៅប្រទេស", datetime.date(2022, 9, 14), "17", "សាកលវិទ្យាល័យ", (["school", "ngo"], ["students"]), "", 310, 172),
    ("inspection", "Offices let by the floor", datetime.date(2022, 9, 20), "18", "Commune 4", (["province", "other_ministry"], ["workers"]), "", 74, 19),
    ("inspection", "អធិការកិច្ចឡឥដ្ឋ", datetime.date(2022, 7, 12), "08", "ឡឥដ្ឋបួន", (["other_ministry", "province"], ["workers"]), "", 96, 41),
    ("forum", "Village meeting about debt and offers of work", datetime.date(2022, 7, 28), "03", "Pagoda hall", (["province", "ngo"], ["public"]), "", 88, 57),
)  # fmt: skip


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Make the surveys and the activities."""
    survey_of_the_press(cast)
    survey_of_today(cast, now)
    for kind, title, day, province, place, (organisers, audience), subject, reached, women in ACTIVITIES:
        add_activity(
            by=cast["analyst"],
            kind=kind,
            title=title,
            held_on=day,
            province_id=province,
            place=place,
            organisers=organisers,
            audience=audience,
            subject=subject,
            reached=reached,
            reached_women=women,
            reach_source="organiser" if reached else "",
        )


def survey_of_the_press(cast: dict[str, Any]) -> Survey:
    """Make the survey of the press report: written, opened, filled in bulk, closed, each on a day of its own."""
    analyst = cast["analyst"]
    survey = add_survey(
        by=analyst,
        at=_moment(FIRST - datetime.timedelta(days=14)),
        title_km="មូលហេតុនៃការជួញដូរមនុស្ស ឆ្នាំ២០២២",
        title_en="Causes of human trafficking, 2022",
        question_km="តាមយោបល់អ្នក អ្វីជាមូលហេតុចម្បងបំផុតនៃការជួញដូរមនុស្ស?",
        question_en="What, in your opinion, causes human trafficking most?",
        kind="ranking",
        ranked_by="first_choice",
        most=MOST,
        causes=[CauseSaid(code) for code in PULL],
        from_on=FIRST,
        until_on=LAST,
        organiser="គ.ជ.ប.ជ (NCCT)",
        population="Adults and young people met at markets, pagodas, workplaces and schools of 13 provinces; no weights.",
    )
    survey = advance_survey(survey, "open", by=analyst, happened_at=_moment(FIRST))
    fill(survey, analyst)
    return advance_survey(survey, "close", by=analyst, happened_at=_moment(LAST + datetime.timedelta(days=5)))


def fill(survey: Survey, by: Any) -> None:
    """Write the answers in bulk: one seed, the totals exact."""
    dice = random.Random(RESPONDENTS)  # noqa: S311 (fiction, no secret)
    checker = Checker(survey)
    places = [code for code, n in ASKED.items() for _one in range(n)]
    sexes = [Sex.FEMALE] * WOMEN + [Sex.MALE] * (RESPONDENTS - WOMEN)
    refusals = [True] * REFUSED + [False] * (RESPONDENTS - REFUSED)
    for shuffled in (sexes, refusals):
        dice.shuffle(shuffled)
    respondents, answers = [], []
    for province, sex, refused in zip(places, sexes, refusals, strict=True):
        values = checker.checked(said(dice, province, sex, refused=refused))
        causes = values.pop("causes")
        day = FIRST + datetime.timedelta(days=dice.randrange((LAST - FIRST).days + 1))
        respondents.append(Respondent(survey=survey, entered_by=by, entered_at=_moment(day), **values))
        answers += answers_of(respondents[-1], causes, checker)
    Respondent.objects.bulk_create(respondents)
    Answer.objects.bulk_create(answers)


def said(dice: random.Random, province: str, sex: str, *, refused: bool) -> dict[str, Any]:
    """Return what one person said."""
    knows = dice.random() < HOTLINE if dice.random() < 0.96 else None
    return {
        "province": province,
        "sex": sex,
        "age": min(max(round(dice.gauss(34, 13)), 13), 78),
        "occupation": dice.choice(Occupation.values),
        "knows_hotline": None if refused else knows,
        "refused": refused,
        "causes": [] if refused else in_order(dice),
    }


def in_order(dice: random.Random) -> list[str]:
    """Draw the causes somebody puts in order, mostly three."""
    left, drawn = dict(PULL), []
    for _place in range(MOST if dice.random() < 0.9 else MOST - 1):
        code = dice.choices(list(left), weights=list(left.values()))[0]
        drawn.append(code)
        del left[code]
    return drawn


def survey_of_today(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Make a survey that is open now, with the first answers of a province, so that there is something to enter."""
    today = timezone.localdate(now)
    survey = add_survey(
        by=cast["analyst"],
        title_km="អ្នកធ្វើដំណើរទៅធ្វើការ ដឹងអ្វីខ្លះ",
        title_en="What people who leave for work know",
        question_km="តើអ្វីធ្វើឱ្យមនុស្សទទួលយកការងារដែលមានគ្រោះថ្នាក់?",
        question_en="What makes people take work that is dangerous?",
        kind="multi_choice",
        most=MOST,
        causes=[
            CauseSaid(code)
            for code in ("personal_debt", "lack_work", "poverty", "online_deception", "lack_awareness", "other")
        ],
        from_on=today - datetime.timedelta(days=6),
        until_on=today + datetime.timedelta(days=24),
        organiser="គ.ជ.ប.ជ (NCCT)",
    )
    survey = advance_survey(survey, "open", by=cast["analyst"])
    for age, causes in ((19, ["lack_work"]), (27, ["personal_debt", "poverty"]), (44, ["personal_debt"])):
        enter_respondent(survey, by=cast["officer.psh"], province="18", sex=Sex.FEMALE, age=age, causes=causes)


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), tzinfo=ZONE)
