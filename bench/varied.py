"""Fill a migrated database: N complaints over four years with everything that an indicator counts, by plain INSERT … SELECT.

As `bench.generate`, constraints and composite keys stay on and the guards of single acts rest. What a row is follows from its
number, each thing apart from every other, so that any combination may come up (`bench/variety/`). The counters are written
right from the start; the database's own counting says whether they are.
"""

import sys
import time
from typing import Any

import django

django.setup()

from accounts.models import User
from bench.generate import GUARDS, generate, resting
from bench.names import load
from bench.variety import complaints, help, people, suspects
from bench.variety.draws import FUNCTIONS

AT_REST = (
    *GUARDS,
    ("victims_operation", "victims_operation_status_guard"),
    ("victims_repatriation", "victims_repatriation_status_guard"),
    ("victims_deportation", "victims_deportation_status_guard"),
    ("referrals_referral", "referrals_referral_status_guard"),
)
STATEMENTS = (
    *complaints.COMPLAINTS,
    *people.PEOPLE,
    *suspects.PEOPLE,
    *complaints.WRITTEN,
    *people.WRITTEN,
    *people.OPERATIONS,
    *people.VICTIMS,
    *complaints.CAME,
    *suspects.SUSPECTS,
    *help.HELP,
    *help.REFERRALS,
    *help.RETURNS,
    *help.APART,
)
COUNTERS = "n_people, n_rescued, n_left, n_declined, n_not_found, n_deceased, n_found_unreported, n_unscreened"
WRONG = f"""SELECT count(*) FROM complaints_complaint c JOIN written w USING (id)
WHERE ({", ".join(f"c.{name}" for name in COUNTERS.split(", "))}) IS DISTINCT FROM ({", ".join(f"w.{name}" for name in COUNTERS.split(", "))})"""


def fill(cursor: Any, n: int) -> None:
    """Write everything for n complaints, in the owner's transaction."""
    users = {
        user.username: user.pk for user in User.objects.filter(username__in=["intake", "supervisor", "supervisor2"])
    }
    with resting(cursor, AT_REST):
        for function in FUNCTIONS:
            cursor.execute(function)
        made = {
            "n": n,
            "names": load(cursor),
            "intake": users["intake"],
            "first": users["supervisor"],
            "second": users["supervisor2"],
        }
        for statement in STATEMENTS:
            cursor.execute(statement, made)
    recount(cursor)


def recount(cursor: Any) -> None:
    """Count every ledger by the database's own function; raises RuntimeError where one was written otherwise."""
    cursor.execute(f"CREATE TEMP TABLE written ON COMMIT DROP AS SELECT id, {COUNTERS} FROM complaints_complaint")
    cursor.execute("SELECT victims_recount(ARRAY(SELECT id FROM complaints_complaint))")
    cursor.execute(WRONG)
    (wrong,) = cursor.fetchone()
    if wrong:
        raise RuntimeError(f"{wrong} complaints were counted otherwise than their people are.")


def main() -> None:
    """Fill the database of DATABASE_URL; the argument is the number of complaints."""
    began = time.monotonic()
    generate(int(sys.argv[1]), fill)
    print(f"{int(sys.argv[1]):>9,} complaints with everything that is counted in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
