"""The file of an export: rows in their format, packed with the words of its watermark into a zip that is encrypted as it is written."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import pyzipper
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.models import Complaint
from core.pdf import pdf
from core.sealed import open_sealed
from reports.exports import htcds, sheets
from reports.exports.case import summary_of
from reports.exports.lists import CASE, LISTS
from reports.exports.marks import filter_words, mark_of, readme
from reports.exports.models import ExportJob, Format
from reports.exports.tables import cells, table
from reports.exports.watch import Watch

PIECE = 1 << 20
QUICK = 3  # of deflate's levels: three times as fast as the usual one, a tenth larger
MOST_COLUMNS = 10  # of a list on paper


class Rows(Protocol):
    """Where the rows come from (`running.Reading`)."""

    keys: Path

    def pieces(self, shape: Callable[[list[Any]], list[Any]]) -> Any: ...


@dataclass(frozen=True)
class Made:
    """A finished file, still without its name."""

    path: Path
    keys: Path
    rows: int
    size: int
    sha256: str


class Sink:
    """An entry of the zip that counts what goes through it."""

    def __init__(self, entry: IO[bytes]) -> None:
        self.entry, self.seen = entry, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write on."""
        self.seen.update(data)
        return self.entry.write(data)


def write(job: ExportJob, user: Any, work: Path, watch: Watch, rows: Any) -> Made:
    """Write the whole file of an export into its working directory; raises Stopped, NoPaper, OSError, and what its rows raise."""
    path = work / "made.zip"
    with _zip(path, open_sealed(job, "key")) as packed:
        with packed.open(f"{job.reference}-{job.listing}.{job.format}", "w", force_zip64=True) as entry:
            sink = Sink(entry)
            WRITERS[Format(job.format)](job, user, work, watch, rows, sink)
        watch.check()
        said = readme(job, user, watch.total or 0, sink.seen.hexdigest())
        packed.writestr("README.txt", said.encode())
    return Made(path, work / "keys", watch.total or 0, path.stat().st_size, _digest(path))


@contextmanager
def _zip(path: Path, key: str) -> Iterator[Any]:
    options = {"compression": pyzipper.ZIP_DEFLATED, "compresslevel": QUICK, "encryption": pyzipper.WZ_AES}
    with pyzipper.AESZipFile(path, "w", **options) as packed:
        packed.setpassword(key.encode())
        yield packed


def _digest(path: Path) -> str:
    with path.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()


def _csv(_job: ExportJob, _user: Any, _work: Path, _watch: Watch, rows: Any, sink: Sink) -> None:
    for piece in rows.pieces(list):
        sink.write(piece)


def _xlsx(job: ExportJob, user: Any, work: Path, watch: Watch, rows: Any, sink: Sink) -> None:
    found = table(rows.pieces(sheets.as_typed))
    mark, listing = mark_of(job, user), LISTS[job.listing]
    path = work / "book.xlsx"
    sheets.write_book(path, found, rows, title=str(listing.label), mark=mark, folder=work, language=job.language)
    watch.check()
    with path.open("rb") as made:
        while piece := made.read(PIECE):
            sink.write(piece)
    path.unlink()


def _json(job: ExportJob, user: Any, _work: Path, _watch: Watch, rows: Any, sink: Sink) -> None:
    found = table(rows.pieces(lambda kept: htcds.columns(kept, user)))
    for piece in htcds.written(found, rows, mark_of(job, user)):
        sink.write(piece)


def _pdf(job: ExportJob, user: Any, _work: Path, watch: Watch, rows: Any, sink: Sink) -> None:
    data = _case(job, user, watch, rows) if job.listing == CASE else _list(job, user, rows)
    mark = mark_of(job, user)
    data |= {"watermark": mark.line, "pages": pgettext("page 1 of 2", "of"), "lines": [*data["lines"], mark.line]}
    template = "core/typst/sheet.typ" if job.listing == CASE else "core/typst/list.typ"
    sink.write(pdf(template, data, language=job.language))


def _list(job: ExportJob, user: Any, rows: Any) -> dict[str, Any]:
    listing = LISTS[job.listing]
    found = table(rows.pieces(lambda kept: sheets.as_typed(kept[:MOST_COLUMNS])))
    head = next(found, [])
    words = filter_words(job, user)
    return {
        "title": str(listing.label),
        "lines": ["; ".join(words) if words else str(_("The whole list, no filter"))],
        "head": head,
        "rows": [cells(row, rows.columns, listing.model) for row in found],
        "right": [place for place, column in enumerate(rows.columns) if column.holds == "number"],
    }


def _case(job: ExportJob, user: Any, watch: Watch, rows: Any) -> dict[str, Any]:
    complaint = Complaint.objects.visible_to(user).get(reference=job.params.get("reference", "").upper())
    rows.keys.write_text(f"{complaint.pk}\n")
    watch.total = 1
    return {"lines": [str(timezone.localdate())], **summary_of(complaint, user, identities=job.identities)}


WRITERS: dict[Format, Callable[[ExportJob, Any, Path, Watch, Any, Sink], None]] = {
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
    Format.JSON: _json,
    Format.PDF: _pdf,
}
