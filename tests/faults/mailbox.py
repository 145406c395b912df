"""A real SMTP server as a process: one line for each message it has taken, its Message-ID.

Arguments: port, file of the lines, seconds it takes over each message (so that a kill can hit in between).
"""

import asyncio
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Mailbox:
    """Take every message, slowly, and note its Message-ID."""

    def __init__(self, lines: Path, seconds: float) -> None:
        self.lines, self.seconds = lines, seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds / 2)
        with self.lines.open("a") as file:
            file.write(message_from_bytes(envelope.content)["Message-ID"] + "\n")
        await asyncio.sleep(self.seconds / 2)
        return "250 taken"


async def serve(port: int, lines: Path, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: SMTP(Mailbox(lines, seconds), loop=loop), "127.0.0.1", port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
