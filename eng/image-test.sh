#!/usr/bin/env bash
# Builds the image of deploy/standalone.Dockerfile and uses it as an operator would: fifty records to a download, as a user that is not root and
# with nothing writable but the volumes; kill -9 and a start on the same volume; a stop by SIGTERM. Installs what it needs on Debian, as root.
#   eng/image-test.sh                        # on stand-ins for the base images
#   eng/image-test.sh --where-possible       # as CI does: where this machine cannot run containers it says so in a line, and that is no failure
#   BASE=pull eng/image-test.sh              # on the real base images
. "$(dirname "$0")/images.sh"

image=localhost/datagen-image-test
name=datagen-image-test-$$
volume=datagen-image-test-$$
port=${PORT:-5199}
site=http://localhost:$port
clean() {
    podman rm --force --volumes "$name" >/dev/null 2>&1 || true
    podman volume rm --force "$volume" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap clean EXIT
where_possible "$@"
prepare
build deploy/standalone.Dockerfile "$image" --layers=false

start() {
    podman run --detach --name "$name" --read-only --cap-drop ALL --security-opt no-new-privileges "${limits[@]}" \
        --volume "$volume:/data" --env R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD=a-password-for-this-test "$@" "$image" >"$work/run.log" 2>&1
}
healthy() { podman healthcheck run "$name"; }

if start --publish "127.0.0.1:$port:5080" && until_true 5 podman exec "$name" true; then
    pass "its port is published"
else
    skip "a published port, this machine has no network for containers: $(tail -1 "$work/run.log" | cut -c1-200)"
    podman rm --force --volumes "$name" >/dev/null 2>&1 || true
    start --network host --env DATAGEN_APP_PORT="$port" || { cat "$work/run.log"; fail "it starts"; exit 1; }
fi

if until_true 90 healthy; then pass "its health check is met"; else podman logs "$name"; fail "its health check is met"; exit 1; fi
[ "$(podman exec "$name" id -u)" = 1654 ] && pass "it is not root" || fail "it is not root"
podman exec "$name" sh -c 'touch /app/x || touch /x || touch /usr/x' >/dev/null 2>&1 && fail "its root is read-only" || pass "its root is read-only"

sign_in
create 50 4
until_true 60 has_made 5 || fail "it makes records"
at=$(completed)
podman kill --signal KILL "$name" >/dev/null
before=$SECONDS
podman start "$name" >/dev/null 2>&1
until_true 90 healthy && pass "it starts again on its volume after kill -9 ($((SECONDS - before)) s)" || fail "it starts again on its volume"
sign_in
until_true 120 has_ended || fail "the task goes on"
rows=$(rows)
[ "$at" -lt 50 ] && [ "$rows" = 50 ] && pass "50 records to a download, killed after $at" || fail "50 records to a download: $rows, killed after $at"

before=$SECONDS
podman stop --time 10 "$name" >/dev/null 2>&1
code=$(podman inspect "$name" --format '{{.State.ExitCode}}')
[ "$code" = 0 ] && pass "SIGTERM ends it ($((SECONDS - before)) s)" || fail "SIGTERM ends it: exit code $code"
say "$SECONDS s"
summary
