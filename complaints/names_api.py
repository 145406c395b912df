"""Lists of names for programs: a partner reads those it sent, and of each name one of four states; the ministry all."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from complaints.models import NameList, NameState
from complaints.names import states_of, with_names
from core.api import Api


class NameShown(serializers.Serializer[Any]):
    """A name as it was sent, and what is said of it."""

    line = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=NameState.choices)


class NameLists(serializers.ListSerializer[Any]):
    """Lists of a page: what is said of their names is asked once for all of them."""

    def to_representation(self, data: Any) -> Any:
        """Read the states of all names first."""
        rows = list(data)
        states = states_of(name for made in rows for name in made.names.all())
        self._context = {**self.context, "states": states}
        return super().to_representation(rows)


class NameListSerializer(serializers.Serializer[NameList]):
    """A list: who sent it, when it came in, and the state of each name."""

    reference = serializers.CharField()
    received_at = serializers.DateTimeField()
    partner = serializers.CharField(source="partner.reference", allow_null=True, default=None)
    names = serializers.SerializerMethodField()

    class Meta:
        list_serializer_class = NameLists

    @extend_schema_field(NameShown(many=True))
    def get_names(self, made: NameList) -> list[dict[str, Any]]:
        """Give the names in their order."""
        names = list(made.names.all())
        states = self.context.get("states") or states_of(names)
        return [{"line": name.line, "name": name.name, "state": states[name.pk]} for name in names]


class NameListApi(Api):
    """Lists of names: list and show."""

    permission = "list.read"
    queryset = NameList.objects.all()
    serializer_class = NameListSerializer
    sorts: ClassVar = NameList.SORTS

    def get_queryset(self) -> QuerySet[NameList]:
        """Return lists through the scope, with their names and persons."""
        return with_names(super().get_queryset())


COLLECTIONS = (("name-lists", NameListApi, "name-list"),)
