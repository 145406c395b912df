#!/usr/bin/env python
"""Run a management command beside what `make run` has started."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from config.embedded.discovery import NOTHING_RUNS, find


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    starts_servers = sys.argv[1:2] == ["up"]
    found = starts_servers or find(os.environ)
    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        if found:
            raise
        sys.exit(NOTHING_RUNS)


if __name__ == "__main__":
    main()
