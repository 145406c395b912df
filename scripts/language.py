"""Collect every message of pages and code, and insist that each has its Khmer; those of the public pages four more languages.

`language.py` fails, naming each message that is missing, lost a placeholder or is still in Latin letters;
`language.py --write` brings locale/ up to date and leaves the new ones empty. Neither needs a database.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/km/LC_MESSAGES/django.po"
# The public pages speak these as well (complaints/channels/public/languages.py); all their words stand in these folders.
PUBLIC_LOCALES = ("vi", "zh_Hans", "th", "id")
PUBLIC_PLACES = ("templates/report/", "complaints/channels/public/")
HOLDERS = re.compile(r"%\(\w+\)[sdr]|\{\w*(?::\w+)?\}|%[sd]")
# Words that are the same in Khmer: names, abbreviations, examples of what to type.
ALIAS = r"import p?gettext\w* as \w+"
PUT_TOGETHER = r"\b(_|gettext|gettext_lazy)\(f[\"']"
HEAD = "# The Khmer of pages, notices and answers. `make messages` collects; read by a native speaker before a release."
HEADS = {
    "km": HEAD,
    **dict.fromkeys(
        PUBLIC_LOCALES,
        "# The public pages. Not read by a native speaker until an administrator has signed it: /languages/.",
    ),
}
# Words that are spelt in two ways, and officers read as two: the first is not used here.
SPELLINGS = (("្ដ", "្ត"), ("ឲ្យ", "ឱ្យ"), ("ប៉ូលិស", "នគរបាល"))
LATIN = {"LGBTQI+", "Telegram", "API", "CSV", "OpenAPI", "Sangkroh", "PDF", "Facebook"}
# A plural's one Khmer form may leave the number out or keep it; the English singular often says "one".
COUNTS = {"%(n)s", "%(count)s", "%(shown)s", "%(rows)s", "%(number)s"}


def main() -> int:
    """Check, or with --write bring up to date; return the exit code."""
    template = collected()
    merged = merge(template, kept(PO, "km"), "km")
    public = {locale: merge(public_part(template), kept(path_of(locale), locale), locale) for locale in PUBLIC_LOCALES}
    if "--write" in sys.argv:
        for locale, catalog in (("km", merged), *public.items()):
            path_of(locale).parent.mkdir(parents=True, exist_ok=True)
            with path_of(locale).open("wb") as file:
                write_po(file, catalog, width=0, sort_output=True, include_lineno=False, omit_header=False)
    wrong = [line for message in merged if message.id for line in problems(message)] + unheard()
    wrong += [f"{at}: {line}" for at, catalog in public.items() for one in catalog if one.id for line in gaps(one)]
    few = len(next(iter(public.values())))
    print(
        "\n".join(wrong)
        or f"{len(merged)} messages, each with its Khmer; {few} of them in {len(public)} languages more."
    )
    if wrong:
        print(f"\n{len(wrong)} messages to mend in locale/ (make messages collects, you write them).")
    return 1 if wrong and "--write" not in sys.argv else 0


def path_of(locale: str) -> Path:
    """Give the file of a language."""
    return ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"


def public_part(template: Catalog) -> Catalog:
    """Keep the messages of the public pages."""
    part = Catalog(locale=template.locale)
    for message in template:
        places = [at for at in message.locations if at[0].startswith(PUBLIC_PLACES)]
        if message.id and places:
            part.add(message.id, "", places, message.flags, context=message.context)
    return part


def collected() -> Catalog:
    """Extract the messages in a copy of the sources, so that the checkout stays as it is."""
    listed = ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    with tempfile.TemporaryDirectory() as folder:
        for name in filter(None, names):
            if name.startswith(("tests/", "bench/", "scripts/")) or not (ROOT / name).is_file():
                continue
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, Path(folder) / name)
        (Path(folder) / "locale").mkdir(exist_ok=True)
        environ = {**os.environ, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"}
        environ.pop("DJANGO_SETTINGS_MODULE", None)
        # Only the template: merging needs msgmerge, whose libgomp a bare Debian does not have.
        command = ["django-admin", "makemessages", "--exclude", "km", "--keep-pot", "--add-location", "file", "-v0"]
        subprocess.run(command, cwd=folder, env=environ, check=True)
        text = (Path(folder) / "locale/django.pot").read_text()
        text = text.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=1; plural=0")
        return read_po(io.StringIO(text.replace('msgstr[1] ""\n', "")), locale="km")


def unheard() -> list[str]:
    """Name the places whose words the collector cannot hear: other names for gettext, words put together before it."""
    found = ["git", "grep", "-nE", ALIAS, "--", "*.py"], ["git", "grep", "-nE", PUT_TOGETHER, "--", "*.py"]
    lines = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout for command in found]
    return [f"not heard: {line[:120]}" for line in "".join(lines).split("\n") if line and " as _\n" not in line + "\n"]


def kept(path: Path, locale: str) -> Catalog:
    """Read what was written so far."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def key(message: Message) -> tuple[str, str]:
    """Say what identifies a message: its context and its (singular) words."""
    words = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", words


def merge(template: Catalog, catalog: Catalog, locale: str) -> Catalog:
    """Make the catalogue of today: the messages collected, with what was written kept."""
    known = {key(message): message for message in catalog if message.id}
    made = Catalog(locale=locale, project="Sangkroh", version="", fuzzy=False, header_comment=HEADS.get(locale, HEAD))
    made.last_translator, made.language_team, made.msgid_bugs_address = "", locale, ""
    made.creation_date = made.revision_date = catalog.creation_date if path_of(locale).exists() else made.creation_date
    for message in template:
        if not message.id:
            continue
        old = known.get(key(message))
        plural = not isinstance(message.id, str)
        said = old.string if old else ""
        text = (said if isinstance(said, str) else (said[0] if said else "")) or ""
        flags = set(message.flags) - {"fuzzy"} | ({"fuzzy"} & set(old.flags) if old else set())
        made.add(
            message.id, (text,) if plural else text, sorted(set(message.locations)), flags, context=message.context
        )
    return made


def gaps(message: Message) -> list[str]:
    """Say what is missing in one message of any language; empty where nothing is."""
    words = message.id if isinstance(message.id, str) else message.id[-1]
    text = message.string if isinstance(message.string, str) else "".join(message.string)
    name = f"[{message.context}] {words}" if message.context else words
    if not text:
        return [f"no words: {name!r}"]
    if "fuzzy" in message.flags:
        return [f"fuzzy: {name!r}"]
    asked, given = set(HOLDERS.findall(words)), set(HOLDERS.findall(text))
    if given - asked or asked - given - (COUNTS if not isinstance(message.id, str) else set()):
        return [f"placeholders differ: {name!r}"]
    return []


def problems(message: Message) -> list[str]:
    """Say what is wrong with one message in Khmer; empty where nothing is."""
    if found := gaps(message):
        return found
    words = message.id if isinstance(message.id, str) else message.id[-1]
    text = message.string if isinstance(message.string, str) else "".join(message.string)
    name = f"[{message.context}] {words}" if message.context else words
    if not re.search("[\u1780-\u17ff]", HOLDERS.sub("", text)) and re.search("[A-Za-z]{2}", HOLDERS.sub("", text)):
        return [] if text in LATIN else [f"still Latin: {name!r}"]
    return [f"spelt {other}, elsewhere {usual}: {name!r}" for other, usual in SPELLINGS if other in text]


if __name__ == "__main__":
    sys.exit(main())
