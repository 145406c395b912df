"""Free ports on loopback."""

import random
import socket
from contextlib import closing

from config.embedded.words import Refusal

LOOPBACK = "127.0.0.1"
# Below Linux's range for outgoing connections, so that none of them takes the port while a server restarts.
INNER_PORTS = range(20_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on, for a server that only this machine sees."""
    for port in random.sample(INNER_PORTS, 200):
        with closing(socket.socket()) as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise Refusal("No free port was found between 20000 and 32000 on 127.0.0.1: end what uses them.")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens for the web server, or say that the port is taken."""
    server = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(128)
    except OSError as error:
        server.close()
        raise Refusal(
            f"Port {port} on {host} cannot be had ({error.strerror}): choose another one with PORT={port + 1} make run."
        ) from error
    return server
