"""Where it will not start, it says why in one sentence, and the way out."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.embedded import accounts, state
from config.embedded.accounts import Account, reaches, within_reach
from config.embedded.postgres import Postgres
from config.embedded.state import State
from config.embedded.words import Refusal
from tests.platform.stack import Stack

NOBODY = Account("nobody", 65534, 65534)


def test_data_of_another_major_version_are_refused_with_a_way_out(stack: Stack) -> None:
    place = State(stack.state)
    place.prepare(accounts.servants())
    (stack.state / "postgres").mkdir()
    (stack.state / "postgres" / "PG_VERSION").write_text("15\n")
    said = stack.refused()
    assert "made by PostgreSQL 15 and this is PostgreSQL 18" in said
    assert "restore it into a new directory" in said
    assert "Traceback" not in said


def test_a_database_url_without_an_owner_is_refused(stack: Stack) -> None:
    stack.more = {"DATABASE_URL": "postgres://sangkroh_app@127.0.0.1:1/none"}
    assert "DATABASE_OWNER_URL is not" in stack.refused()


def test_a_demonstration_listens_on_this_machine_only(stack: Stack) -> None:
    stack.more = {"SANGKROH_HOST": "0.0.0.0"}
    assert "unset SANGKROH_HOST or DEMO" in stack.refused()


def test_a_port_that_is_no_number_is_refused(stack: Stack) -> None:
    stack.more = {"PORT": "eighty"}
    assert "PORT=eighty is no port" in stack.refused()


def test_a_state_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Refusal, match="SANGKROH_STATE=/some/directory"):
        State(Path("/proc/sangkroh")).prepare(None)


def test_a_directory_closed_to_others_is_not_reached_by_the_servers_user(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert not reaches(NOBODY, tmp_path / "state")
    assert reaches(NOBODY, Path("/var/lib/sangkroh-none"))


def test_the_default_state_lies_in_the_checkout_or_where_the_servers_user_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "CHECKOUT", tmp_path)
    tmp_path.chmod(0o700)
    assert State.of({}, None).path == tmp_path / "var"
    assert str(State.of({}, NOBODY).path).startswith("/var/lib/sangkroh-")
    assert State.of({"SANGKROH_STATE": "/elsewhere"}, NOBODY).path == Path("/elsewhere")


def test_programmes_out_of_reach_are_copied_with_what_lies_beside_them(tmp_path: Path) -> None:
    for name in ("closed/pack/bin", "closed/pack.libs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    (tmp_path / "into").mkdir()
    pack = tmp_path / "closed" / "pack"
    assert (
        within_reach(pack, NOBODY, tmp_path / "into", tmp_path / "closed" / "pack.libs") == tmp_path / "into" / "pack"
    )
    assert (tmp_path / "into" / "pack.libs").is_dir()
    assert within_reach(pack, None, tmp_path / "into") == pack


def test_a_stale_note_of_a_process_that_is_another_now_does_not_keep_postgresql_down(tmp_path: Path) -> None:
    server = Postgres(State(tmp_path), None)
    server.data.mkdir()
    (server.data / "postmaster.pid").write_text("1\n/somewhere\n")
    server._clear_stale_pid()
    assert not (server.data / "postmaster.pid").exists()


@pytest.mark.parametrize("careless", [False, True])
def test_only_a_careless_server_does_not_wait_for_the_disk(tmp_path: Path, careless: bool) -> None:
    server = Postgres(State(tmp_path), None, careless=careless)
    server.bin = tmp_path
    assert ("fsync=off" in server.child(0).command) is careless


def test_what_is_kept_cannot_be_careless() -> None:
    with pytest.raises(CommandError, match="it goes with --temporary"):
        call_command("up", "--careless")


def test_keys_and_passwords_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    place = State(tmp_path / "state")
    place.prepare(None)
    before = {path.name: path.read_text() for path in place.keys.iterdir()} | place.secrets()
    place.prepare(None)
    assert {path.name: path.read_text() for path in place.keys.iterdir()} | place.secrets() == before
    assert len(set(before.values())) == len(before)
    for path in (*place.keys.iterdir(), place.path / "secrets.json"):
        assert path.stat().st_mode & 0o777 == 0o600
