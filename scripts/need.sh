#!/bin/sh
# Says what this machine lacks for `make run`, `make test` or `make bench`. As root on Debian
# it installs the packages; otherwise it prints the one command that does.
set -eu
what=${1:-run}

version_at_least() { # have want
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

missing() {
	echo "$1" >&2
	exit 1
}

command -v go >/dev/null 2>&1 || missing "Go is missing: install Go 1.26 or newer from https://go.dev/dl/"
command -v node >/dev/null 2>&1 || missing "Node is missing: install Node 20.19 or newer from https://nodejs.org/"
node_version=$(node --version | sed 's/^v//')
version_at_least "$node_version" 20.19.0 || missing "Node $node_version is too old: install Node 20.19 or newer from https://nodejs.org/"
[ "$what" = test ] || [ "$what" = bench ] || exit 0

packages=
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || packages="$packages chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || packages="$packages postgresql"
fc-list 2>/dev/null | grep -qi 'dejavu\|noto' || packages="$packages fonts-dejavu-core fontconfig"
# What is measured beside us.
if [ "$what" = bench ]; then
	ls /usr/share/postgresql/*/extension/pgrouting.control >/dev/null 2>&1 || packages="$packages postgresql-15-pgrouting"
	command -v grass >/dev/null 2>&1 || packages="$packages grass-core"
fi
[ -n "$packages" ] || exit 0
install="apt-get update && apt-get install -y --no-install-recommends$packages"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing:$packages"
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
else
	missing "packages are missing; run: sudo sh -c '$install'"
fi
