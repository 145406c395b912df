#!/bin/sh
# LibreOffice, for the one long test that opens exports with it. Without it, or without root to install it, that test skips and says so.
set -eu
if command -v soffice >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "LibreOffice is not here: the test that opens exports with it will skip (apt-get install libreoffice-calc)."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get -qq update && apt-get -qq install -y --no-install-recommends libreoffice-calc >/dev/null; } \
    || echo "LibreOffice could not be installed: the test that opens exports with it will skip."
