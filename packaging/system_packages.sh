#!/bin/sh
# Names the Debian packages that this machine lacks, and installs them when it runs as root.
set -eu
command -v dpkg-query >/dev/null 2>&1 || exit 0
here=$(dirname "$0")
missing=""
for package in $(grep -v '^#' "$here/debian-packages.txt"); do
  # The "t64" names are those of Debian 13 and Ubuntu 24.04.
  if ! dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'ok installed'; then
    missing="$missing $package"
  fi
done
if ! python3 -c 'import ensurepip' 2>/dev/null; then
  missing="$missing python3-venv"
fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "These Debian packages are missing:$missing" >&2
  echo "Install them with: sudo apt-get install$missing" >&2
  exit 1
fi
echo "Installing the missing Debian packages:$missing"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
