"""What tests of publications say again and again."""

from typing import Any
from uuid import uuid4

from accounts.models import User
from reports.indicators import REGISTRY
from reports.models import Publication
from reports.services import Asked, advance_publication, prepare
from tests.reports.window import WINDOW

TITLE = "Director of the department"


def asked(*names: str, splits: tuple[Any, ...] = (), **said: Any) -> Asked:
    """Figures of the press window by their names; splits as `figure.dimension`."""
    pairs = [one.split(".") for one in splits if isinstance(one, str)]
    return Asked(
        **{
            "window": WINDOW,
            "kind": "provisional",
            "audience": "press",
            "indicators": tuple(REGISTRY[name] for name in names or ("complaints_received",)),
            "splits": tuple((REGISTRY[name], REGISTRY[name].split(by)) for name, by in pairs) or splits,
            **said,
        }
    )


def drafted(by: User, *names: str, **said: Any) -> Publication:
    """Prepare a publication."""
    made, _new = prepare(asked(*names, **said), by=by, key=uuid4().hex)
    return made


def signed(publication: Publication, by: User) -> Publication:
    """Sign it."""
    return advance_publication(publication, "sign", by=by, signed_title=TITLE)


def released(analyst: User, supervisor: User, *names: str, **said: Any) -> Publication:
    """Prepare and sign."""
    return signed(drafted(analyst, *names, **said), supervisor)


def numbers(publication: Publication) -> dict[str, Any]:
    """The numbers of a publication as they are kept, by figure."""
    return {
        figure.indicator: (
            figure.number_kept,
            figure.numerator,
            figure.beside,
            [(part.split, part.code, part.word, part.n) for part in figure.parts.all()],
            figure.records.count(),
        )
        for figure in publication.figures.all()
    }
