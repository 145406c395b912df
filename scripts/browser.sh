#!/bin/sh
# The browser tests need Chromium: root installs Debian's, others are told how; without it those tests say why they are skipped.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; } >/tmp/sangkroh-apt.log 2>&1 && exit 0
    tail -n 5 /tmp/sangkroh-apt.log >&2
    [ -z "${CI:-}" ] || { echo "In CI nothing is skipped, and Chromium could not be installed." >&2; exit 1; }
fi
echo "No Chromium here: the browser tests are skipped. On Debian: sudo apt-get install -y chromium" >&2
