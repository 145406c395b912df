"""`make bench`: measure the goals, each beside its limit. Names of modules of ours measure only those.

pages (1, 2, 6) · limits (3, 9) · export (7) · sheets (8) · similar (5) · search (4) · notify (11). SIZES names the numbers of complaints; all three take
about twenty minutes, most of it to make the million. Only ratios of one run count.
"""

import logging
import os
import subprocess
import sys
import time
from importlib import import_module

import django

os.environ["DEMO"] = "1"  # no second factor to enrol before the pages
django.setup()
logging.disable(logging.INFO)  # who signed in

from accounts.services import ensure_demo_users
from bench.bases import bases
from bench.goals import Result
from bench.serving import session_of

SERVED = ("pages", "limits", "export", "sheets", "similar", "search")
USERS = ("supervisor", "intake", "analyst")


def main(names: list[str]) -> None:
    began = time.monotonic()
    results: list[Result] = []
    if served := [name for name in SERVED if name in names]:
        ensure_demo_users()
        sessions = {name: session_of(name) for name in USERS}
        with bases() as made:
            for name in served:
                for result in import_module(f"bench.{name}").measure(made, sessions):
                    results.append(result)
                    print(result, flush=True)
    met = sum(result.passes for result in results)
    print(f"\n{met} of {len(results)} met; {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
    for result in results:
        if not result.passes:
            print(f"missed: {result}")
    if "notify" in names:
        subprocess.run([sys.executable, "-m", "bench.notify"], check=True)


if __name__ == "__main__":
    main(sys.argv[1:] or [*SERVED, "notify"])
