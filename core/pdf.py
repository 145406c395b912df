"""Papers as PDF, set by typst: a template of ours, data as JSON that can only be text, our own fonts, limits."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from core.papers import ROOT

SECONDS = 60
MOST_DATA = 8_000_000  # bytes of JSON: about ten thousand rows of a list
MOST_PAPER = 60_000_000


class NoPaper(Exception):
    """The paper could not be set; says why in words for who asked for it."""


def pdf(template: str, data: Mapping[str, Any], *, language: str, seconds: float = SECONDS) -> bytes:
    """Set a template ("core/typst/list.typ") with its data; raises NoPaper where it is too large, too slow or broken.

    It is set in a process of its own: what hangs or eats memory ends there, and nothing of the application is in it.
    """
    said = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    if len(said.encode("utf-8", "replace")) > MOST_DATA:
        raise NoPaper(_("This is too much for a PDF. Filter the list, or take a spreadsheet."))
    asked = {"template": template, "inputs": {"data": said, "language": language[:2]}}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core.papers"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoPaper(_("The PDF took too long. Filter the list, or take a spreadsheet.")) from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NoPaper(_("The PDF could not be made. Try again, or take another format.")) from RuntimeError(
            done.stderr.decode("utf-8", "replace")[-500:]
        )
    if len(done.stdout) > MOST_PAPER:
        raise NoPaper(_("This is too much for a PDF. Filter the list, or take a spreadsheet."))
    return done.stdout
