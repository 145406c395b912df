"""What machines ask: is it alive, is it ready, how does it go. Public answers, no personal data, no session."""

import hmac
import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView

from accounts.models import User
from complaints.models import Complaint
from complaints.services.public import look_up
from provinces.models import Province

log = logging.getLogger(__name__)
HERE = ("127.0.0.1", "::1")


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 once migrations, places and (with DEMO=1) the demonstration data are in, else 503 with what is missing."""
    said = {name: _holds(check) for name, check in CHECKS.items()}
    is_ready = all(said.values())
    # A complaint is stored and told about later when the broker is away: that is shown, and no reason to turn people away.
    broker = {} if settings.SURFACE == "public" else {"broker": _holds(broker_answers)}
    answer = {"ready": is_ready, **said, **broker}
    return JsonResponse(answer, status=200 if is_ready else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus on this machine, or with SANGKROH_METRICS_TOKEN as a bearer; for others there is no such page."""
    if not _may_measure(request):
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


def database_answers() -> bool:
    """Whether the database takes queries and knows Khmer letters as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('ភ្នំពេញ', 'ភ្នំពេញ') = 1")
        return bool(cursor.fetchone() == (True,))


def migrations_are_in() -> bool:
    """Whether no migration of this code is missing."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def places_are_in() -> bool:
    """Whether the gazetteer has been loaded."""
    return Province.objects.count() > 1


def demo_is_in() -> bool:
    """Whether the demonstration's users and complaints are there."""
    return User.objects.filter(username="intake").exists() and Complaint.objects.exists()


def reports_are_taken() -> bool:
    """Whether the public surface may ask for a code; it reads nothing else."""
    return not look_up("").state


def broker_answers() -> bool:
    """Whether the broker takes commands."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as broker:
        return bool(broker.ping())


def _once(check: Callable[[], bool]) -> Callable[[], bool]:
    """What has been loaded stays loaded: ask until the first yes, once a process."""
    yes: list[bool] = []

    def asked() -> bool:
        if not yes and check():
            yes.append(True)
        return bool(yes)

    return asked


_STAFF: dict[str, Callable[[], bool]] = {
    "migrations": _once(migrations_are_in),
    "places": _once(places_are_in),
    **({"demo": _once(demo_is_in)} if settings.DEMO else {}),
}
CHECKS = {
    "database": database_answers,
    **({"report": reports_are_taken} if settings.SURFACE == "public" else _STAFF),
}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, redis.RedisError) as error:
        log.warning("Not ready: %s: %s", check.__name__, type(error).__name__)
        return False


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(said.encode(), token.encode()):
        return True
    passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META["REMOTE_ADDR"] in HERE and not passed_on
