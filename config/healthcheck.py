"""Ask the web server of this machine whether it is ready; for a container that has no curl."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def is_ready(host: str, port: int, url: str) -> bool:
    """Say whether /health/ready answers 200, asked under the name that people use."""
    link = http.client.HTTPConnection(host, port, timeout=5)
    try:
        link.request("GET", "/health/ready", headers={"Host": urlsplit(url).netloc or "localhost"})
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


if __name__ == "__main__":
    bound = os.environ.get("SANGKROH_BIND", "127.0.0.1:8000")
    ready = is_ready("127.0.0.1", int(bound.rpartition(":")[2]), os.environ.get("SANGKROH_URL", ""))
    sys.exit(0 if ready else 1)
