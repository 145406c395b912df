"""`make check-figures N=100000`: every figure and split counted twice over N complaints that hold everything, and the public's tables attacked.

A scratch database is filled by `bench.varied`; `check_figures` compares three windows (a year, a year of the TIP report that runs
now, 43 days) and two provinces, `check_release` attacks what is published of the year and of the 43 days. Fails on any difference,
and where a figure of the year is 0: then nothing was compared.
"""

import os
import subprocess
import sys
from datetime import date

import django

os.environ["DEMO"] = "1"
django.setup()

from bench.bases import clone
from core.display import today

LARGE, SMALL = "18", "23"


def windows(day: date) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """Return the last whole year, the year of the TIP report that runs on a day, and 43 days of the year before it."""
    year, begun = day.year - 1, day.year - (day.month < 4)
    return (
        (f"{year}-01-01", f"{year}-12-31"),
        (f"{begun}-04-01", f"{begun + 1}-03-31"),
        (f"{year}-08-18", f"{year}-09-29"),
    )


def commands(day: date) -> list[list[str]]:
    """Return what is run, each a command of manage.py."""
    year, tip, days = (["--from", first, "--to", last] for first, last in windows(day))
    return [
        ["check_figures", *year, "--touched", "--province", LARGE],
        ["check_figures", *tip, "--province", SMALL],
        ["check_figures", *days, "--province", LARGE, "--without-cells"],
        ["check_figures", *days, "--province", SMALL, "--without-cells"],
        ["check_release", *year],
        ["check_release", *days],
    ]


def main(size: int) -> int:
    """Run it all; return how many of the commands failed."""
    environ = {**os.environ, **clone(size, "bench.varied")}
    failed = []
    for command in commands(today()):
        print(f"\n{' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "manage.py", *command], env=environ, check=False).returncode:
            failed.append(" ".join(command))
    print("\nFailed: " + "; ".join(failed) if failed else "\nNo difference.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1])), 1))
