#!/bin/sh
# The browser tests need Chromium and, for the driver that comes with Playwright, libatomic: root installs Debian's, others are
# told how.
set -eu
missing=""
found=""
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && found=$name
done
[ -n "$found" ] || missing="$missing chromium"
/sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing for the browser tests …"
    log=$(mktemp)
    # shellcheck disable=SC2086 # the names are separate words
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1 && exit 0
    tail -n 5 "$log" >&2
    [ -z "${CI:-}" ] || { echo "In CI nothing is skipped, and$missing could not be installed." >&2; exit 1; }
fi
echo "The browser tests need$missing. On Debian: sudo apt-get install -y$missing" >&2
