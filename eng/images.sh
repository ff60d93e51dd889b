# Sourced by eng/image-test.sh and eng/compose-test.sh, which run as root on Debian: installs podman and buildah, and builds images on the base images
# that the Dockerfiles name, or on stand-ins for them, made from Debian and this machine's own .NET (BASE=pull: on the real ones).
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
passed=0 failed=0 skipped=0
# No more open files and processes than this machine's own limits: without CAP_SYS_RESOURCE nobody may raise them.
limits=(--ulimit nofile=4096:4096 --ulimit nproc=4096:4096)

say() { printf '%s\n' "$*"; }
pass() { passed=$((passed + 1)); say "  ok       $*"; }
fail() { failed=$((failed + 1)); say "  FAILED   $*"; }
skip() { skipped=$((skipped + 1)); say "  skipped  $*"; }
summary() {
    if [ "$skipped" = 0 ]; then say "$passed passed, $failed failed"; else say "$passed passed, $failed failed, $skipped skipped"; fi
    [ "$failed" = 0 ]
}
until_true() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.3; done
}

need() { # Debian packages, each of which brings a program of its name
    local missing=() tool
    for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    [ ${#missing[@]} = 0 ] && return
    say "Installing ${missing[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# An image with what the real ones have: Debian, .NET, the user app and the setting that names it.
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
    buildah commit --quiet "$from" "$base" >/dev/null
    buildah rm "$from" >/dev/null
}

sdk=mcr.microsoft.com/dotnet/sdk:10.0 aspnet=mcr.microsoft.com/dotnet/aspnet:10.0 base=localhost/datagen-test-base
options=()

prepare() {
    [ "$(id -u)" = 0 ] || { say "$0: run it as root."; exit 1; }
    need podman buildah runc mmdebstrap curl python3
    if [ "${BASE:-}" = pull ]; then
        buildah pull --quiet "$sdk" >/dev/null
        buildah pull --quiet "$aspnet" >/dev/null
        return
    fi
    buildah inspect --type image "$base" >/dev/null 2>&1 || stand_in
    # What the stand-in lacks as an SDK is this machine's, and so are the packages. They are restored here: a
    # container does not know the certificates of a proxy that this machine may be behind.
    dotnet restore DataGen.sln --nologo -v quiet
    local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
    options=(--volume "$(dirname "$(readlink -f "$(command -v dotnet)")"):/usr/share/dotnet:ro" --volume "$packages:/root/.nuget/packages"
        --build-context "$sdk=docker-image://$base" --build-context "$aspnet=docker-image://$base")
}

# Whether a container that holds nothing of the product can be made and started here.
try_machine() {
    prepare
    podman run --rm --network host --read-only --cap-drop ALL --security-opt no-new-privileges "${limits[@]}" "$base" true
}

# With --where-possible, as CI runs these scripts: where this machine cannot run containers they say so in a line, and that is no failure.
where_possible() {
    local script=eng/${0##*/}
    case "${1:-}" in
        --try) try_machine; exit ;;
        --where-possible)
            # A program of its own, in which the first failure is the end.
            timeout 300 "$script" --try >"$work/try.log" 2>&1 || {
                say "$script: skipped, this machine cannot run containers: $(tail -1 "$work/try.log" | cut -c1-200)"
                exit 0
            } ;;
    esac
}

build() { # DOCKERFILE TAG OPTION...
    local file=$1 tag=$2 began=$SECONDS
    shift 2
    buildah build --isolation chroot --pull=never --quiet --format docker "${options[@]}" "$@" --file "$file" --tag "$tag" . \
        >"$work/build.log" 2>&1 || { tail -30 "$work/build.log"; fail "$file builds"; exit 1; }
    pass "$file makes $tag ($((SECONDS - began)) s)"
}

# The calls of an operator: $site and $token.
member() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
call() { curl --silent --fail --max-time 60 --header "Authorization: Bearer ${token:-}" --header 'Content-Type: application/json' "$@"; }
sign_in() { token=$(call --data '{"username":"admin","password":"a-password-for-this-test"}' "$site/api/auth/token" | member accessToken); }
create() { # COUNT [CONCURRENCY]
    task=$(call --data "{\"prompt\":\"A customer of an online book shop: full name, e-mail, age 18-90\",\"count\":$1,\"concurrency\":${2:-null}}" \
        "$site/api/tasks" | member id)
}
completed() { call "$site/api/tasks/$task" | member completed; }
has_made() { [ "$(completed)" -ge "$1" ]; }
has_ended() { [ "$(call "$site/api/tasks/$task" | member status)" = succeeded ]; }
rows() { # the rows of the download, each of which has to be JSON
    call "$site/api/tasks/$task/export?format=jsonl" --output "$work/records.jsonl"
    python3 -c 'import json,sys; print(sum(1 for line in open(sys.argv[1]) if json.loads(line)))' "$work/records.jsonl"
}
