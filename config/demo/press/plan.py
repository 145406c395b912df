"""The plan of the press case: the totals of the window, what lies before and after it, and the traps."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from complaints.models import Complaint
from config.demo.press.people import Searches, end_otherwise, rescue
from config.demo.press.rows import Rows
from config.demo.press.suspects import Suspects

PARAMETERS: dict[str, Any] = json.loads((Path(__file__).parent / "parameters.json").read_text(encoding="utf-8"))
FIRST, LAST = date.fromisoformat(PARAMETERS["first"]), date.fromisoformat(PARAMETERS["last"])
PROVINCES = ("12", "08", "01", "15", "14", "03", "20", "21", "02", "06")
TRUE = ("substantiated", "partly_substantiated")


def complaints_of_the_window(rows: Rows) -> list[Complaint]:
    """Receive the 368: by province about, from where, and how they were decided."""
    told, rng = PARAMETERS, rows.rng
    abouts = [code if code != "not_known" else "" for code, n in told["about"].items() for _ in range(n)]
    outcomes = [name for name, n in told["outcomes"].items() for _ in range(n)]
    rng.shuffle(outcomes)
    from_18 = dict(told["from_18_about"])
    found = []
    for place, (about, outcome) in enumerate(zip(abouts, outcomes, strict=True)):
        report = rng.choice(("18", *PROVINCES)) if about == "18" else rng.choice(PROVINCES)
        if from_18.get(about):
            report, from_18[about] = "18", from_18[about] - 1
        received = rows.moment(rows.day(FIRST, LAST - timedelta(days=1)))
        if place == 0:
            received = rows.moment(LAST, 23 + 50 / 60)  # the last ten minutes of the window
        if place == 1:
            received = rows.moment(FIRST, 9)
        led = "national_led" if place in (2, 3) else "provincial"
        outcome = "" if outcome == "under_verification" else outcome
        found.append(rows.complaint(received, about, report, outcome=outcome, handling=led))
    return found


def merged(rows: Rows, into: list[Complaint]) -> None:
    """Receive what turned out to be the same as another: it does not count, its contacts do."""
    for _place in range(PARAMETERS["merged"]):
        survivor = rows.rng.choice([one for one in into if one.handling == "provincial"])
        again = rows.complaint(
            rows.moment(rows.day(FIRST, LAST)), survivor.province_of_incident_id or "", rows.rng.choice(PROVINCES)
        )
        again.merged_into = survivor


def people_of_the_window(rows: Rows, complaints: list[Complaint]) -> None:
    """Bring out 361 victims, 312 who were not trafficked, 46 not yet screened; seek others, in vain or still."""
    told, rng = PARAMETERS, rows.rng
    true = Searches(rows, [one for one in complaints if one.outcome in TRUE], FIRST, LAST)
    countries = [country for country, n in told["victims"].items() for _ in range(n)]
    who = [
        (name.split("_")[0], name.endswith("u18")) for name, n in told["victims_by_sex_age"].items() for _ in range(n)
    ]
    rng.shuffle(countries)
    for place, (country, (sex, child)) in enumerate(zip(countries, who, strict=True)):
        youngest = child and not any(person.age == 12 for person in rows.people)
        person = rows.person(country, sex, age=12 if youngest else rng.randint(13, 17) if child else None)
        searches = 4 if place == 0 else 2 if place < told["in_several"] else 1
        decision = rng.choice(("presumed", "trafficked", "trafficked"))
        true.bring_out(person, decision, searches=searches, unreported=searches == 1 and rng.random() < 0.25)
    for _place in range(told["not_trafficked"]):
        decision = "exploited_not_trafficked" if rng.random() < 0.8 else "not_a_victim"
        true.bring_out(
            rows.person(rng.choice(countries), named=rng.random() < 0.7), decision, unreported=rng.random() < 0.6
        )
    for _place in range(told["not_screened"]):
        true.bring_out(rows.person(rng.choice(countries), named=rng.random() < 0.3), "", unreported=rng.random() < 0.7)
    sought(rows, complaints, 90)


def sought(rows: Rows, complaints: list[Complaint], n: int) -> None:
    """Seek people who were not rescued: left on own, declined, not found, or still sought."""
    for _place in range(n):
        complaint = rows.rng.choice(complaints)
        victim = rows.victim(complaint, rows.person(rows.rng.choice(("VN", "CN", "ID", "KH", "TH"))))
        status = rows.rng.choice(("left_on_own", "declined", "not_found", "", ""))
        if status:
            end_otherwise(rows, victim, status, complaint.received_at.date() + timedelta(days=rows.rng.randint(2, 9)))


def suspects_of_the_window(rows: Rows, suspects: Suspects, complaints: list[Complaint]) -> None:
    """Arrest 41 and send them to court, arrest 14 and let them go, send three without arrest; one stands in five complaints."""
    told, rng = PARAMETERS, rows.rng
    early = [one for one in complaints if one.outcome in TRUE and one.received_at.date() < LAST - timedelta(days=9)]
    countries = [country for country, n in told["to_court"].items() for _ in range(n)]
    for place, country in enumerate(countries):
        person, complaint = rows.person(country), rng.choice(early)
        suspect = suspects.suspect(complaint, person)
        day = rows.day(complaint.received_at.date() + timedelta(days=1), LAST - timedelta(days=4))
        day = FIRST - timedelta(days=2) if place == 1 else day  # arrested before the window, sent in it
        suspects.arrest(suspect, day)
        suspects.court(suspect, max(day + timedelta(days=2), FIRST))
        if place == 0:
            for other in rng.sample([one for one in early if one is not complaint], 4):
                suspects.suspect(other, person)
    for place in range(told["arrested_not_sent"]):
        complaint = rng.choice(early)
        suspect = suspects.suspect(complaint, rows.person(rng.choice(("CN", "VN", "KH"))))
        day = rows.day(complaint.received_at.date() + timedelta(days=1), LAST - timedelta(days=1))
        suspects.arrest(suspect, day)
        if place < 2:
            suspects.court(suspect, date(2022, 10, 5))  # arrested in the window, sent after it
        else:
            suspects.release(suspect, day + timedelta(days=1))
    for _place in range(told["sent_without_arrest"]):
        complaint = rng.choice(early)
        suspects.court(suspects.suspect(complaint, rows.person("CN")), LAST - timedelta(days=3))
    both = [v for v in rows.victims if v.decision == "trafficked" and v.ended_by is None and not v.found_unreported]
    for victim in rng.sample(both, told["victim_and_suspect"]):
        suspects.suspect(victim.complaint, victim.person)


def outside(rows: Rows, suspects: Suspects, first: date, last: date, *, sealed: int = 0) -> None:
    """About a third as much before and after, so that a wrong window shows; the sealed ones lie here."""
    told, rng = PARAMETERS["outside"], rows.rng
    found = []
    for place in range(told["complaints"]):
        about = "18" if rng.random() < 0.6 else rng.choice(PROVINCES)
        received = rows.moment(rows.day(first, last))
        if place == 0 and first > LAST:
            received = rows.moment(first, 10 / 60)  # ten minutes after the window
        handling = "sealed" if place < sealed else "provincial"
        outcome = rng.choice(("substantiated",) * 6 + ("unsubstantiated", "not_trafficking", ""))
        outcome = "substantiated" if handling == "sealed" else outcome
        found.append(rows.complaint(received, about, rng.choice(PROVINCES), outcome=outcome, handling=handling))
    true = [one for one in found if one.outcome in TRUE]
    searches = Searches(rows, [one for one in true if one.handling == "provincial"], first, last)
    for _place in range(told["rescues"]):
        decision = rng.choice(("trafficked", "presumed", "exploited_not_trafficked"))
        searches.bring_out(rows.person(rng.choice(("VN", "CN", "ID", "TH"))), decision)
    known = [one for one in true if one.received_at.date() <= last - timedelta(days=6)]
    for complaint in known[: told["suspects"]]:
        suspect = suspects.suspect(complaint, rows.person(rng.choice(("CN", "VN", "MM", "TH"))))
        day = complaint.received_at.date() + timedelta(days=2)
        suspects.arrest(suspect, day)
        suspects.court(suspect, day + timedelta(days=2))
    for complaint in [one for one in true if one.handling == "sealed"]:
        day = min(complaint.received_at.date() + timedelta(days=3), last)
        rescue(rows, [rows.victim(complaint, rows.person("VN"))], day, "trafficked")


def late_typed(rows: Rows, complaints: list[Complaint]) -> None:
    """A rescue of before the window, typed in it; and one after it, of a complaint received in it."""
    true = [one for one in complaints if one.outcome in TRUE]
    rescue(rows, [rows.victim(true[0], rows.person("VN"))], FIRST - timedelta(days=1), "trafficked")
    rescue(rows, [rows.victim(true[1], rows.person("VN"))], LAST + timedelta(days=2), "trafficked")


def told(rows: Rows) -> Suspects:
    """Put everything together."""
    suspects = Suspects(rows)
    window = complaints_of_the_window(rows)
    people_of_the_window(rows, window)
    late_typed(rows, window)
    suspects_of_the_window(rows, suspects, window)
    merged(rows, window)
    before, after = (tuple(map(date.fromisoformat, PARAMETERS["outside"][side])) for side in ("before", "after"))
    outside(rows, suspects, *before, sealed=2)
    outside(rows, suspects, *after)
    return suspects
