"""What can be merged: one `Shape` a kind of record, registered by the room that owns it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q

if TYPE_CHECKING:
    from workflow.models import Merge


@dataclass(frozen=True)
class Group:
    """Fields that are chosen together: an age and the day it was stated on."""

    name: str
    label: Any
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """How records of a model are merged.

    `propose` and `confirm` are permissions. `hold(ids)` locks, in the room's order; `check(survivor, absorbed, by)` raises
    Conflict or PermissionDenied with what to do; `provinces` are those a second person may not be posted to;
    `join(merge, survivor, absorbed, by)` moves what hangs on the absorbed one, `part` moves it back; `may_choose` says
    whether a group may be taken from the absorbed one; `tidy(row)` brings in line what is derived from the fields;
    `names(user)` says which merges that are done may be known by the references they name.
    """

    model: type[Model]
    propose: str
    confirm: str
    groups: Callable[[Any, Any], Iterable[Group]]
    hold: Callable[[Iterable[Any]], None]
    check: Callable[[Any, Any, Any], None]
    provinces: Callable[[Any, Any], set[str]]
    join: Callable[["Merge", Any, Any, Any], None]
    part: Callable[["Merge", Any, Any, Any], None]
    may_choose: Callable[[Group, Any, Any], bool] = lambda _group, _survivor, _absorbed: True
    tidy: Callable[[Any], None] = lambda _row: None
    sees: Callable[[Any, str], Q] | None = None
    names: Callable[[Any], Q] = lambda _user: Q()

    def seen(self, user: Any, column: str) -> Q:
        """Say that the user may see the record whose key stands in a column; `sees` is a room's quicker way to ask it."""
        if self.sees is not None:
            return self.sees(user, column)
        rows: Any = self.model._default_manager
        return Q(Exists(rows.visible_to(user).filter(pk=OuterRef(column))))

    def seen_of(self, user: Any, pairs: list[tuple[Any, Any, Any]]) -> list[Any]:
        """Return the keys of the pairs (key, one record, the other) both of whose records the user sees; one query."""
        rows = self.model._base_manager.filter(pk__in={pk for _key, *two in pairs for pk in two})
        seen = set(rows.filter(self.seen(user, "pk")).values_list("pk", flat=True))
        return [key for key, *two in pairs if seen.issuperset(two)]

    @property
    def label(self) -> str:
        """Return the model's label: the `object_type` of its merges."""
        return self.model._meta.label_lower


SHAPES: dict[str, Shape] = {}


def register(shape: Shape) -> Shape:
    """Let records of a model be merged."""
    SHAPES[shape.label] = shape
    return shape
