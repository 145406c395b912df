#!/bin/sh
# Check what the machine must bring, name what is missing with the command that installs it, then set the checkout up.
set -eu
cd "$(dirname "$0")/.."

missing=""
say() { missing="$missing $1"; echo "Missing: $2" >&2; }

python=""
for name in python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    say "python3.11 python3.11-venv" "Python 3.11"
elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "python$version-venv" "Python's venv"
fi
command -v git >/dev/null 2>&1 || say git "git"
command -v make >/dev/null 2>&1 || say make "make"
if [ -n "$missing" ]; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo "
    echo "On Debian this installs it:  ${sudo}apt-get install -y$missing" >&2
    exit 1
fi
exec "$python" scripts/setup.py
