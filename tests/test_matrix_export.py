"""The matrix of what streams: a stream reads on a connection of its own, so its world is committed."""

import pytest
from django.test import Client

from tests.matrix.walk import Answer, leaks, may
from tests.matrix.world import build


@pytest.mark.django_db(transaction=True)
def test_an_export_holds_the_rows_its_reader_sees_and_no_others() -> None:
    world = build()
    exporters = {role: user for role, user in world.people.items() if may(role, "complaint.export")}
    assert set(exporters) == {"officer", "supervisor", "analyst"}
    for role, user in exporters.items():
        client = Client()
        client.force_login(user, backend="accounts.backends.ActiveUserBackend")
        stream = client.post("/complaints/export/", {"purpose": "figures"})
        answer = Answer(200, b"".join(stream.streaming_content).decode(), "")
        assert world.marks["own"][0] in answer.body
        assert list(leaks(f"{role} export", answer, world, role)) == []
