#!/usr/bin/env bash
# Builds the image of deploy/standalone.Dockerfile and uses it as an operator would: fifty records to a download, as a user that is not root and
# with nothing writable but the volumes; kill -9 and a start on the same volume; a stop by SIGTERM. Needs root; installs podman and buildah on
# Debian. Where the base images cannot be pulled, stand-ins for them are made from Debian and this machine's own .NET.
#   eng/image-test.sh            R2R=true eng/image-test.sh compiles ahead of time, as the Dockerfile does by default
set -euo pipefail
cd "$(dirname "$0")/.."

image=localhost/datagen-image-test
name=datagen-image-test-$$
volume=datagen-image-test-$$
port=${PORT:-5199}
sdk=mcr.microsoft.com/dotnet/sdk:10.0
aspnet=mcr.microsoft.com/dotnet/aspnet:10.0
work=$(mktemp -d)
passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }
pass() { passed=$((passed + 1)); say "  ok       $*"; }
fail() { failed=$((failed + 1)); say "  FAILED   $*"; }
skip() { skipped=$((skipped + 1)); say "  skipped  $*"; }
clean() {
    podman rm --force --volumes "$name" >/dev/null 2>&1 || true
    podman volume rm --force "$volume" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap clean EXIT

[ "$(id -u)" = 0 ] || { say "eng/image-test.sh: run it as root."; exit 1; }
missing=()
for tool in podman buildah runc mmdebstrap curl python3; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ${#missing[@]} -gt 0 ]; then
    say "Installing ${missing[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# An image with what the real one has: Debian, .NET, the user app and the setting that names it.
stand_in() {
    say "Base images: stand-ins from Debian and this machine's .NET"
    local options=() source from folder
    for source in /etc/apt/apt.conf.d/*; do options+=("--aptopt=$source"); done
    mmdebstrap --quiet --variant=essential --include=ca-certificates,libssl3,libstdc++6,tzdata,zlib1g "${options[@]}" \
        "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/debian.tar" /etc/apt/sources.list.d/debian.sources
    folder=$(dirname "$(readlink -f "$(command -v dotnet)")")
    from=$(buildah from scratch)
    buildah add --quiet "$from" "$work/debian.tar" / >/dev/null
    buildah add --quiet "$from" "$folder/dotnet" /usr/share/dotnet/ >/dev/null
    buildah add --quiet "$from" "$folder/host" /usr/share/dotnet/host >/dev/null
    buildah add --quiet "$from" "$folder/shared" /usr/share/dotnet/shared >/dev/null
    buildah run --isolation chroot "$from" -- sh -c 'ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
        echo app:x:1654: >>/etc/group && echo app:x:1654:1654::/home/app:/bin/sh >>/etc/passwd
        mkdir /home/app && chown 1654:1654 /home/app'
    buildah config --env APP_UID=1654 --env ASPNETCORE_HTTP_PORTS=8080 --env DOTNET_RUNNING_IN_CONTAINER=true \
        --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true --env DOTNET_NOLOGO=1 --env DOTNET_CLI_TELEMETRY_OPTOUT=1 \
        --env DOTNET_GENERATE_ASPNET_CERTIFICATE=false --env NuGetAudit=false "$from"
    buildah commit --quiet "$from" "$sdk" >/dev/null
    buildah rm "$from" >/dev/null
}

mounts=()
if [ "${BASE:-}" = pull ]; then
    buildah pull --quiet "$sdk" >/dev/null
    buildah pull --quiet "$aspnet" >/dev/null
else
    sdk=localhost/datagen-image-test-base aspnet=$sdk
    buildah inspect --type image "$sdk" >/dev/null 2>&1 || stand_in
    # What the stand-in lacks as an SDK is this machine's, and so are the packages that it has restored before.
    packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
    mkdir -p "$packages"
    mounts=(--volume "$(dirname "$(readlink -f "$(command -v dotnet)")"):/usr/share/dotnet:ro" --volume "$packages:/root/.nuget/packages")
fi

say "Building $image"
began=$SECONDS
buildah build --isolation chroot --pull=never --quiet --format docker --layers=false --build-arg "R2R=${R2R:-false}" "${mounts[@]}" \
    --build-context "mcr.microsoft.com/dotnet/sdk:10.0=docker-image://$sdk" --build-context "mcr.microsoft.com/dotnet/aspnet:10.0=docker-image://$aspnet" \
    --file deploy/standalone.Dockerfile --tag "$image" . >"$work/build.log" 2>&1 || { tail -30 "$work/build.log"; exit 1; }
pass "deploy/standalone.Dockerfile builds ($((SECONDS - began)) s)"

# No more open files and processes than this machine's own limits: without CAP_SYS_RESOURCE nobody may raise them.
start() {
    podman run --detach --name "$name" --read-only --cap-drop ALL --security-opt no-new-privileges --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 \
        --volume "$volume:/data" --env R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD=a-password-for-this-test "$@" "$image" >"$work/run.log" 2>&1
}
until_true() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.3; done
}
healthy() { podman healthcheck run "$name"; }
member() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
call() { curl --silent --fail --max-time 60 --header "Authorization: Bearer ${token:-}" --header 'Content-Type: application/json' "$@"; }
completed() { call "$site/api/tasks/$task" | member completed; }
has_begun() { [ "$(completed)" -ge 5 ]; }
has_ended() { [ "$(call "$site/api/tasks/$task" | member status)" = succeeded ]; }

site=http://localhost:$port
if start --publish "127.0.0.1:$port:5080" && until_true 5 podman exec "$name" true; then
    pass "its port is published"
else
    skip "a published port: $(tail -1 "$work/run.log" | cut -c1-200)"
    podman rm --force --volumes "$name" >/dev/null 2>&1 || true
    start --network host --env DATAGEN_APP_PORT="$port" || { cat "$work/run.log"; fail "it starts"; exit 1; }
fi

if until_true 90 healthy; then pass "its health check is met"; else podman logs "$name"; fail "its health check is met"; exit 1; fi
[ "$(podman exec "$name" id -u)" = 1654 ] && pass "it is not root" || fail "it is not root"
podman exec "$name" sh -c 'touch /app/x || touch /x || touch /usr/x' >/dev/null 2>&1 && fail "its root is read-only" || pass "its root is read-only"

sign_in() { token=$(call --data '{"username":"admin","password":"a-password-for-this-test"}' "$site/api/auth/token" | member accessToken); }
sign_in
task=$(call --data '{"prompt":"A customer of an online book shop: full name, e-mail, age 18-90","count":50,"concurrency":4}' "$site/api/tasks" | member id)
until_true 60 has_begun || fail "it makes records"
at=$(completed)
podman kill --signal KILL "$name" >/dev/null
before=$SECONDS
podman start "$name" >/dev/null 2>&1
until_true 90 healthy && pass "it starts again on its volume after kill -9 ($((SECONDS - before)) s)" || fail "it starts again on its volume"
sign_in # the sessions are kept too; a new one shows that the users are
until_true 120 has_ended || fail "the task goes on"
call "$site/api/tasks/$task/export?format=jsonl" --output "$work/records.jsonl"
rows=$(python3 -c 'import json,sys; print(sum(1 for line in open(sys.argv[1]) if json.loads(line)))' "$work/records.jsonl")
[ "$at" -lt 50 ] && [ "$rows" = 50 ] && pass "50 records to a download, killed after $at" || fail "50 records to a download: $rows, killed after $at"

before=$SECONDS
podman stop --time 10 "$name" >/dev/null 2>&1
code=$(podman inspect "$name" --format '{{.State.ExitCode}}')
[ "$code" = 0 ] && pass "SIGTERM ends it ($((SECONDS - before)) s)" || fail "SIGTERM ends it: exit code $code"
call "$site/alive" >/dev/null 2>&1 && fail "nothing is left" || true

skip "the images of deploy/Dockerfile and compose.yaml: they need several containers in a network of their own"
say "$passed passed, $failed failed, $skipped skipped in $SECONDS s"
[ "$failed" = 0 ]
