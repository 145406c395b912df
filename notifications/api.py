"""What a user settles about notices, and the deliveries a supervisor looks after, for programs."""

from datetime import timedelta
from typing import Any, ClassVar

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from core.exceptions import Conflict
from core.paging import MAX_PAGE_SIZE, Sort
from notifications import own, push, services
from notifications.filters import DeliveryFilter
from notifications.models import (
    Channel,
    Device,
    Notification,
    NotificationQuerySet,
    Problem,
    Proof,
    Reach,
    State,
)
from notifications.models.reach import FIELDS
from notifications.own import SWITCHES

CODED = [(channel.value, channel.label) for channel in FIELDS]
OFF = [(name, name) for name in sorted(SWITCHES)]


class DeviceSerializer(serializers.Serializer[Device]):
    """A browser that takes notices; its address is shown to nobody."""

    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()


class WaySerializer(serializers.Serializer[Any]):
    """A channel that a code proves."""

    channel = serializers.ChoiceField(choices=CODED)
    proved_at = serializers.DateTimeField(allow_null=True)
    code_waits = serializers.BooleanField()


@extend_schema_field({"type": "string", "pattern": r"^\d\d:\d\d$"})
class HourField(serializers.TimeField):
    """An hour of Phnom Penh, 21:00: no zone, so no `time` of RFC 3339."""

    def __init__(self, **said: Any) -> None:
        super().__init__(format="%H:%M", **said)


class ReachSerializer(serializers.Serializer[Reach]):
    """How notices reach the reader; `muted` names what is off, as sort.channel."""

    muted = serializers.ListField(child=serializers.CharField())
    quiet_from = HourField(allow_null=True)
    quiet_until = HourField(allow_null=True)
    ways = serializers.SerializerMethodField()
    devices = serializers.SerializerMethodField()
    push_key = serializers.SerializerMethodField()

    def get_ways(self, reach: Reach) -> list[dict[str, Any]]:
        """List telephone and chat: proved since when, and whether a code waits."""
        waiting = {row.channel for row in Proof.objects.filter(user=reach.user) if row.waits(timezone.now())}
        rows = [{"channel": one, "proved_at": reach.proved_at(one), "code_waits": one in waiting} for one in FIELDS]
        said: list[dict[str, Any]] = WaySerializer(rows, many=True).data  # type: ignore[assignment]
        return said

    def get_devices(self, reach: Reach) -> list[dict[str, Any]]:
        """List browsers, newest first."""
        rows = Device.objects.filter(user=reach.user).order_by("-made_at")
        said: list[dict[str, Any]] = DeviceSerializer(rows, many=True).data  # type: ignore[assignment]
        return said

    def get_push_key(self, reach: Reach) -> str:
        """Give the key a browser subscribes with."""
        return push.public_key()


class ChoiceSaid(StrictSerializer):
    """What is off, as sort.channel, and both quiet hours in Phnom Penh, or neither."""

    muted = serializers.ListField(child=serializers.ChoiceField(choices=OFF), max_length=40)
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_until = serializers.TimeField(allow_null=True)


class AddressSaid(StrictSerializer):
    """A telephone or chat."""

    channel = serializers.ChoiceField(choices=CODED)
    value = serializers.CharField(max_length=40)


class CodeSaid(StrictSerializer):
    """The code that came."""

    channel = serializers.ChoiceField(choices=CODED)
    code = serializers.CharField(max_length=12)


class ChannelSaid(StrictSerializer):
    """Whose address goes."""

    channel = serializers.ChoiceField(choices=CODED)


class DeviceSaid(StrictSerializer):
    """What a browser's push service gave it."""

    endpoint = serializers.CharField(max_length=1_000)
    p256dh = serializers.CharField(max_length=200)
    auth = serializers.CharField(max_length=200)


class DeviceGoes(StrictSerializer):
    """Which browser goes."""

    id = serializers.UUIDField()


class ConfirmedSerializer(serializers.Serializer[Any]):
    """Whether the code was the right one; a wrong one counts."""

    confirmed = serializers.BooleanField()


class OwnNoticesApi(Api):
    """How notices reach the reader: channels, quiet hours, telephone, chat, browsers. Nobody reads another's."""

    queryset = Reach.objects.none()
    serializer_class = ReachSerializer
    is_scoped = False

    @extend_schema(responses=ReachSerializer)
    def show(self, request: Request) -> Response:
        """Show one's own line."""
        return self.shown()

    def shown(self) -> Response:
        """Answer with the line as it is now."""
        return Response(ReachSerializer(own.reach_of(self.request.user)).data)

    @extend_schema(request=ChoiceSaid, responses=ReachSerializer)
    def choice(self, request: Request) -> Response:
        """Store what comes where, and the quiet hours."""
        own.choose(request.user, **self.said(ChoiceSaid))
        return self.shown()

    @extend_schema(request=AddressSaid, responses={201: ReachSerializer})
    def address(self, request: Request) -> Response:
        """Send a code to a telephone or chat."""
        try:
            own.offer_address(request.user, **self.said(AddressSaid))
        except Conflict as error:  # answered, not raised: what was counted stays
            return Response({"detail": error.message}, status=409)
        return created(self.shown().data)

    @extend_schema(request=CodeSaid, responses=ConfirmedSerializer)
    def confirm(self, request: Request) -> Response:
        """Take the code that came."""
        return Response({"confirmed": own.confirm_address(request.user, **self.said(CodeSaid))})

    @extend_schema(request=ChannelSaid, responses=ReachSerializer)
    def remove(self, request: Request) -> Response:
        """Forget a telephone or chat."""
        own.remove_address(request.user, **self.said(ChannelSaid))
        return self.shown()

    @extend_schema(request=DeviceSaid, responses={201: DeviceSerializer})
    def devices(self, request: Request) -> Response:
        """Let a browser take notices."""
        return created(DeviceSerializer(own.add_device(request.user, **self.said(DeviceSaid))).data)

    @extend_schema(request=DeviceGoes, responses=ReachSerializer)
    def forget(self, request: Request) -> Response:
        """Forget one of one's own browsers."""
        if not own.remove_device(request.user, self.said(DeviceGoes)["id"]):
            raise serializers.ValidationError({"id": [_("None of your browsers has this number.")]})
        return self.shown()


class DeliverySerializer(serializers.Serializer[Notification]):
    """One notice to somebody: step and reference, never more."""

    id = serializers.UUIDField()
    recipient = serializers.CharField(source="recipient.username")
    channel = serializers.ChoiceField(choices=Channel.choices)
    kind = serializers.CharField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    problem = serializers.ChoiceField(choices=Problem.choices)
    attempts = serializers.IntegerField()
    urgent = serializers.BooleanField()
    run_after = serializers.DateTimeField()
    attempted_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class CountSerializer(serializers.Serializer[Any]):
    """How many notices of the last seven days stand so."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    state = serializers.ChoiceField(choices=State.choices)
    n = serializers.IntegerField()


class StepsSaid(StrictSerializer):
    """One step about several notices."""

    step = serializers.ChoiceField(choices=[(name, name) for name in services.STEPS])
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_PAGE_SIZE)


class SettledSerializer(serializers.Serializer[Any]):
    """About how many it was taken, and how many somebody had dealt with."""

    done = serializers.IntegerField()
    left = serializers.IntegerField()


class DeliveryApi(Api):
    """Deliveries of notices about records the reader sees; unless told, those that failed or are uncertain."""

    permission = "delivery.read"
    queryset = Notification.objects.all()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    sorts: ClassVar = {"newest": Sort("created_at", True, "newest")}
    is_scoped = False
    lookup_field = "pk"
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    def get_queryset(self) -> NotificationQuerySet:
        """Return what the reader may know of."""
        rows: NotificationQuerySet = Notification.objects.of_visible(self.request.user).select_related("recipient")
        return rows if self.action != "list" or self.request.query_params.get("state") else rows.troubled()

    def retrieve(self, request: Request, pk: str) -> Response:
        """Show one delivery."""
        row = self.get_object()
        self.audit("read", row)
        return Response(self.get_serializer(row).data)

    @extend_schema(responses=CountSerializer(many=True))
    @action(detail=False, pagination_class=None, filter_backends=[])
    def counts(self, request: Request) -> Response:
        """Count the last seven days by channel and state."""
        rows = self.get_queryset().counted(timezone.now() - timedelta(days=7))
        self.audit("list", Notification)
        return Response(CountSerializer(rows, many=True).data)

    @extend_schema(request=StepsSaid, responses=SettledSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def steps(self, request: Request) -> Response:
        """Send several again, or note that they arrived."""
        said = self.said(StepsSaid)
        done, left = services.settle(self.get_queryset().filter(pk__in=said["ids"]), said["step"], by=request.user)
        return Response({"done": done, "left": left})


def own_path(address: str, name: str, **methods: str) -> Any:
    """Write the route of an act on one's own line."""
    return path(f"own-notices/{address}", OwnNoticesApi.as_view(methods), name=f"own-notices-{name}")


ROUTES = [
    own_path("", "show", get="show"),
    own_path("choice/", "choice", post="choice"),
    own_path("address/", "address", post="address"),
    own_path("address/confirm/", "confirm", post="confirm"),
    own_path("address/remove/", "remove", post="remove"),
    own_path("devices/", "devices", post="devices"),
    own_path("devices/remove/", "forget", post="forget"),
]
COLLECTIONS = (("deliveries", DeliveryApi, "delivery"),)
