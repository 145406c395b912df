#!/bin/sh
# LibreOffice, for the long tests that open exports and papers with it. Without it, or without root to install it, they skip and say so.
set -eu
has() { find /usr/lib/libreoffice /opt/libreoffice* -name "$1" 2>/dev/null | grep -q .; }
if command -v soffice >/dev/null 2>&1 && has libsclo.so && has libswlo.so; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "LibreOffice is not here: the tests that open files with it will skip (apt-get install libreoffice-calc libreoffice-writer)."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get -qq update && apt-get -qq install -y --no-install-recommends libreoffice-calc libreoffice-writer >/dev/null; } \
    || echo "LibreOffice could not be installed: the tests that open files with it will skip."
