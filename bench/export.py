"""Goal 7: the list's CSV through gunicorn beside psql's \\copy of the same SQL, and the worker's memory at two sizes.

Arguments: the two numbers of complaints (100000 1000000). Needs a migrated database of its own with places in it:
DATABASE_URL and DATABASE_OWNER_URL; it fills complaints as the owner and empties them at the end.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from accounts.services import ensure_demo_users
from complaints.columns import columns
from complaints.views.export import rows_for
from core.csv import columns_for, copy_sql
from core.owner import as_owner

ROUNDS = 3
FILL = """
INSERT INTO complaints_complaint (id, reference, version, updated_at, province_id, handling, province_of_report_id,
    country_of_report, province_of_incident_id, country_of_incident, exact_spot, channel, received_at, logged_at,
    logged_by_id, narrative, forms, main_form, urgency, not_local_police, names_official, official, status, status_at,
    outcome, finding, proposed_outcome, proposed_finding, number_reported, n_people, n_rescued, n_left, n_declined,
    n_not_found, n_deceased, n_found_unreported, n_unscreened, due_at)
SELECT gen_random_uuid(), 'KH-2022-' || n, 1, at, p, 'provincial', p, '', p, '', '', 'hotline', at, at,
    (SELECT id FROM accounts_user WHERE username = 'intake'),
    'ពលករ ' || n || ' នាក់ ត្រូវបានឃុំ។ They want to leave the building on the sixth floor.', '{forced_labour}',
    'forced_labour', 'normal', false, false, '', 'new', at, '', '', '', '', 9, 0, 0, 0, 0, 0, 0, 0, 0, at
FROM (SELECT n, now() - n * interval '13 seconds' AS at, lpad((n %% 25 + 1)::text, 2, '0') AS p
      FROM generate_series(%s, %s) AS n) AS made
"""


def fill(first: int, last: int) -> None:
    """Write complaints in one statement, without the guards of single acts."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE complaints_complaint DISABLE TRIGGER complaints_complaint_status_guard")
        cursor.execute(FILL, [first, last])
        cursor.execute("ALTER TABLE complaints_complaint ENABLE TRIGGER complaints_complaint_status_guard")
        cursor.execute("ANALYZE complaints_complaint")


def serve(port: int) -> subprocess.Popen[bytes]:
    """Start one gunicorn worker of ours and wait until it answers."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "-b",
        f"127.0.0.1:{port}",
        "-w",
        "1",
        "--timeout",
        "600",
    ]
    server = subprocess.Popen([*command, "--log-level", "error"])
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("gunicorn did not start")


def worker_memory(server: subprocess.Popen[bytes]) -> float:
    """Return the most memory the worker ever held, in MB."""
    (child,) = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    line = next(line for line in Path(f"/proc/{child}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def download(port: int, session: str) -> tuple[float, int]:
    """Take the export as a browser would; seconds and bytes."""
    token = "a" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    data = f"purpose=figures&csrfmiddlewaretoken={token}".encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/complaints/export/", data, headers)
    began, size = time.monotonic(), 0
    with urllib.request.urlopen(request, timeout=600) as answer:
        while chunk := answer.read(1 << 16):
            size += len(chunk)
    return time.monotonic() - began, size


def bare(sql: str) -> float:
    """Run the same SQL by psql into /dev/null."""
    login = settings.DATABASES["default"]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"{sql};")
        script.flush()
        began = time.monotonic()
        command = [
            "psql",
            "-q",
            "-h",
            login["HOST"],
            "-p",
            str(login["PORT"] or 5432),
            "-U",
            login["USER"],
            "-d",
            login["NAME"],
        ]
        env = {**os.environ, "PGPASSWORD": login["PASSWORD"]}
        subprocess.run([*command, "-o", "/dev/null", "-f", script.name], check=True, env=env)
        return time.monotonic() - began


def measure(port: int, server: subprocess.Popen[bytes], rows: int) -> None:
    user = User.objects.get(username="analyst")
    browser = Client()
    browser.force_login(user, backend="accounts.backends.ActiveUserBackend")
    session = browser.cookies["sessionid"].value
    sql = copy_sql(rows_for(QueryDict(""), user), columns_for(user, columns()))
    ours, psql, size = [], [], 0
    for _ in range(ROUNDS):
        psql.append(bare(sql))
        seconds, size = download(port, session)
        ours.append(seconds)
    ratio = statistics.median(ours) / statistics.median(psql)
    words = (
        f"{rows:>9,} rows, {size / 1e6:.0f} MB: ours {statistics.median(ours):.2f} s ({min(ours):.2f}–{max(ours):.2f})"
    )
    print(
        f"{words}, psql {statistics.median(psql):.2f} s ({min(psql):.2f}–{max(psql):.2f}), ratio {ratio:.2f}, "
        f"worker {worker_memory(server):.0f} MB"
    )


def main() -> None:
    sizes = sorted(int(size) for size in sys.argv[1:]) or [100_000, 1_000_000]
    port = int(os.environ.get("PORT", "8077"))
    ensure_demo_users()
    server, done = serve(port), 0
    try:
        for size in sizes:
            fill(done + 1, size)
            done = size
            measure(port, server, size)
    finally:
        server.terminate()
        server.wait()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE complaints_complaint CASCADE")


if __name__ == "__main__":
    main()
