"""Complaints that may be about the same people, place or call: shown while somebody types, and to programs. They propose, and
decide nothing.

Each arm asks one table with an index of its own, inside what somebody sees (`complaints.sight`); the points are added up
here. The number of queries is the same however much is typed. Reporters are compared by the keyed hash of their telephone,
and only for who may open their identity: an officer could else try numbers until one answers.
"""

from collections import defaultdict
from typing import Any

from complaints.arms import Question, answers
from complaints.likeness import PERSON_CODE, Arm, Likeness, Reason, Told
from complaints.models import Complaint, Contact
from complaints.sight import Reader, Sight
from complaints.similar_words import CANDIDATES, SAME_NUMBER, by_words
from core.sealed import keyed_hash
from people.matching import likely
from victims.models import Victim

MOST = 5
FETCHED = 4  # times as many, of the best: some were merged, and of equals the newest come first
LEAST = 25  # points worth showing
TYPED = 10  # persons of a name, of twice as many that sound alike
SAME_REPORTER = 60
PERSON = 0.8  # of the score two persons have
OTHER_PERSON = 0.25  # of that, for each person more
PERSONS_THERE = "SELECT complaint_id, person_id FROM seen WHERE person_id = ANY(%s::uuid[])"
NUMBERS_SOUGHT = """
SELECT complaint_id, NULL FROM seen
WHERE person_id = ANY(ARRAY(SELECT person_id FROM people_personphone WHERE e164 = ANY(%s))) LIMIT %s
"""

Found = dict[Any, dict[Reason, float]]  # complaint → reason → points


def similar(told: Told, user: Any, *, most: int = MOST) -> list[Likeness]:
    """Return complaints of those the reader may see that may be the same, the likeliest first."""
    return alike_in(Reader(user), told, most=most)


def alike_in(sight: Sight, told: Told, *, most: int = MOST) -> list[Likeness]:
    """Return complaints inside a sight that may be the same, the likeliest first: the one definition of "may be the same"."""
    found: Found = defaultdict(dict)
    for arm in (_by_rows, _by_calls, by_words):
        for complaint, reason, points in arm(told, sight):
            found[complaint][reason] = max(points, found[complaint].get(reason, 0))
    sums = {key: total for key, reasons in found.items() if (total := _points(reasons)) >= LEAST}
    best = sorted(sums, key=lambda key: -sums[key])[: most * FETCHED]
    if not best:
        return []
    rows = sight.of(Complaint.objects.all(), "pk").for_list().filter(pk__in=best)
    scored = [_likeness(row, found[row.pk]) for row in rows]
    return sorted(scored, key=lambda one: (-one.score, -one.complaint.received_at.timestamp()))[:most]


def _points(reasons: dict[Reason, float]) -> float:
    """Add up; of several people who may be the same the first counts whole, the others a little: of many some are alike by chance."""
    people = sorted((points for reason, points in reasons.items() if reason.is_person), reverse=True)
    others = sum(points for reason, points in reasons.items() if not reason.is_person)
    return others + sum(people[:1]) + OTHER_PERSON * sum(people[1:])


def _likeness(complaint: Complaint, reasons: dict[Reason, float]) -> Likeness:
    ordered = sorted(reasons, key=lambda reason: -reasons[reason])
    return Likeness(complaint, min(100, round(_points(reasons))), tuple(ordered))


def _by_rows(told: Told, sight: Sight) -> Arm:
    """Compare who is sought: names however written, ages, documents, telephones; and whose telephone stands in the text."""
    asked = [one for one in told.people if one.names or one.phones or one.documents]
    matches = [match for found in likely(asked, sight.persons(), TYPED, TYPED * 2) for match in found] if asked else []
    people = {match.person.pk: match for match in sorted(matches, key=lambda match: match.score)}
    questions = [Question(PERSONS_THERE, (list(people),))] if people else []
    if numbers := told.numbers:
        questions.append(Question(NUMBERS_SOUGHT, (numbers, CANDIDATES)))
    rows = sight.of(Victim.objects.all()).live()
    for complaint, person in answers(rows, ("complaint_id", "person_id"), questions):
        if person is None:
            yield complaint, Reason(("number_sought",)), SAME_NUMBER
        else:
            match = people[person]
            codes = tuple(PERSON_CODE + code for code in match.codes[:2])
            yield complaint, Reason(codes, match.person.names_for()[0]), match.score * PERSON


def _by_calls(told: Told, sight: Sight) -> Arm:
    """Compare who told us, by the hash of a telephone, for who may open it."""
    if not (sight.reveals and told.numbers):
        return
    hashes = [keyed_hash("phone", number) for number in told.numbers]
    calls = sight.of(Contact.objects.all()).filter(reporter__phone_hash__in=hashes).exclude(complaint=None)
    for (complaint,) in calls.order_by("-received_at").values_list("complaint_id")[:CANDIDATES]:
        yield complaint, Reason(("number_called",)), SAME_REPORTER
