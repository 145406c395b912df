"""A real HTTP server as a process that behaves like a gateway or a push service: well, badly, or not at all.

Arguments: port, file of the lines, seconds it takes over each letter. The first part of the path says how it behaves; each letter
that it took is one line of JSON: path, headers, body (base64).
"""

import base64
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STATUS = {
    "ok": 200,
    "created": 201,
    "bad": 400,
    "401": 401,
    "404": 404,
    "410": 410,
    "429": 429,
    "500": 500,
    "redirect": 302,
}


class Gateway(BaseHTTPRequestHandler):
    """Take a letter, note it, and answer as the path says."""

    lines: Path
    seconds: float
    lock = threading.Lock()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.seconds / 2)
        line = {"path": self.path, "headers": dict(self.headers), "body": base64.b64encode(body).decode()}
        with self.lock, self.lines.open("a") as file:
            file.write(json.dumps(line) + "\n")
        time.sleep(self.seconds / 2)
        getattr(self, f"be_{self.path.split('/')[1]}", self.be_plain)()

    def do_GET(self) -> None:
        """Note who followed a redirect: nobody should."""
        self.do_POST()

    def be_plain(self) -> None:
        status = STATUS[self.path.split("/")[1]]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://{self.headers['Host']}/ok/followed")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def be_slow(self) -> None:
        time.sleep(8)

    def be_drop(self) -> None:
        self.close_connection = True

    def be_trickle(self) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 60:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            time.sleep(0.2)

    def be_flood(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _part in range(2_000):
            self.wfile.write(b"x" * 100_000)

    def be_garbage(self) -> None:
        self.wfile.write(b"not HTTP at all\r\n\r\n")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Gateway.lines, Gateway.seconds = Path(sys.argv[2]), float(sys.argv[3])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Gateway).serve_forever()
