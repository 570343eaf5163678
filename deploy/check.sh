#!/bin/sh
# Checks what stands in this folder. Without a docker daemon it does by hand what
# the Dockerfile says: builds the static program, runs it alone in an empty root
# as nobody, and asks it what HEALTHCHECK asks.
set -eu
cd "$(dirname "$0")/.."
if command -v systemd-analyze >/dev/null; then
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	# The path of the program must exist to be verified.
	for unit in shanyraq.service shanyraq-backup.service shanyraq-backup.timer; do
		sed "s#/usr/local/bin/shanyraq#/bin/true#" "deploy/$unit" >"$dir/$unit"
	done
	systemd-analyze verify "$dir/shanyraq.service" "$dir/shanyraq-backup.service" "$dir/shanyraq-backup.timer"
	echo "units: verified"
fi
if docker info >/dev/null 2>&1; then
	docker build -f deploy/Dockerfile -t shanyraq-check .
	docker run --rm shanyraq-check version
	exit 0
fi
echo "no docker daemon: doing by hand what the Dockerfile says"
root=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$root" "${dir:-}"' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$root/shanyraq" ./cmd/shanyraq
file "$root/shanyraq" 2>/dev/null | grep -q "statically linked" || { ldd "$root/shanyraq" 2>&1 | grep -q "not a dynamic"; }
install -d -m 0700 "$root/data"
[ "$(id -u)" -ne 0 ] || chown 65532:65532 "$root/data"
chmod 0755 "$root"
as_nobody() { # takes the place of the shell that calls it
	[ "$(id -u)" -ne 0 ] || exec chroot --userspec=65532:65532 "$root" /shanyraq "$@"
	exec "$root/shanyraq" "$@"
}
export SHANYRAQ_DB="sqlite:$([ "$(id -u)" -eq 0 ] && echo /data || echo "$root/data")/shanyraq.db" SHANYRAQ_LISTEN=127.0.0.1:18080
as_nobody serve >/dev/null 2>"$root/log" &
server=$!
i=0
until (as_nobody healthcheck http://127.0.0.1:18080) 2>/dev/null; do
	i=$((i + 1))
	[ $i -lt 60 ] || { cat "$root/log"; exit 1; }
	sleep 0.5
done
echo "container: the program answers from an empty root as nobody"
