#!/usr/bin/env bash
# The images of deploy/compose.yaml as containers, with nothing but what that file gives them for deploy/.env.example: the mock, two Tasks, three
# Runners, two of Explorer and Web, the Gateway and a redis-server of this machine. Five thousand records in shards, kill -9 of a Tasks and of a
# Runner in the middle, and a download. Needs no docker compose: it reads the file itself. Installs what it needs on Debian, as root.
#   eng/compose-test.sh                      # --where-possible and BASE=pull as for eng/image-test.sh
. "$(dirname "$0")/images.sh"

prefix=datagen-compose-test-$$
net=10.89.${NET:-199}
site=http://127.0.0.1:${PORT:-5198}
clean() {
    podman rm --force --volumes $(podman ps --all --quiet --filter "name=$prefix") >/dev/null 2>&1 || true
    podman network rm --force "$prefix" >/dev/null 2>&1 || true
    podman volume rm --force "$prefix" >/dev/null 2>&1 || true
    [ -z "${redis:-}" ] || kill "$redis" 2>/dev/null || true
    rm -rf "$work"
}
trap clean EXIT
where_possible "$@"
prepare
need redis-server
python3 -c 'import yaml' 2>/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-yaml >/dev/null
for service in Runner Tasks Explorer Web Gateway; do
    build deploy/Dockerfile "localhost/datagen/${service,,}" --layers=true --build-arg "PROJECT=DataGen.$service"
done
build DataGen.Mock/Dockerfile localhost/datagen/mock --layers=true

# A line of a shell for each container. Names are found in /etc/hosts, where a name may have many addresses.
cat >"$work/containers.py" <<'P'
import re, shlex, sys
try:
    import yaml
except ImportError:  # another Python than Debian's is first on the path
    sys.path.append("/usr/lib/python3/dist-packages")
    import yaml
prefix, net, port = sys.argv[1:]
given = dict(line.rstrip("\n").split("=", 1) for line in open("deploy/.env.example") if re.match(r"\w+=", line))
given.update(DATAGEN_SESSION_SECRET="x" * 40, R1EN_CSTORE_AUTH_SECRET="y" * 40, R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD="a-password-for-this-test")
given.update(DATAGEN_MAX_RECORDS_PER_JOB="5000", DATAGEN_RECORDS_PER_SHARD="2000")
def text(value):
    """${NAME:-other} and ${NAME:?complaint}; what stands for a name that is not given may hold others."""
    done = ""
    while start := re.search(r"\$\{(\w+):([-?])", value):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(value[end], 0)
            end += 1
        name, kind = start.groups()
        if not given.get(name) and kind == "?":
            sys.exit(f"{name} is not set")
        done += value[:start.start()] + (given.get(name) or text(value[start.end():end - 1]))
        value = value[end:]
    return done + value
services = {name: s for name, s in yaml.safe_load(open("deploy/compose.yaml"))["services"].items() if name != "redis"}
addresses, last = {}, 10
for name, service in services.items():
    count = 3 if name == "runner" else service.get("deploy", {}).get("replicas", 1)
    addresses[name] = [f"{net}.{last + i}" for i in range(count)]
    last += count
hosts = [f"--add-host={name}:{a}" for name, all in {**addresses, "redis": [f"{net}.1"]}.items() for a in all]
for name, service in services.items():
    for number, address in enumerate(addresses[name]):
        options = ["--name", f"{prefix}-{name}-{number}", "--network", prefix, "--ip", address, *hosts]
        if service.get("read_only"):
            options += ["--read-only", "--read-only-tmpfs=false"]
        for drop in service.get("cap_drop", []):
            options += ["--cap-drop", drop]
        options += ["--security-opt", "no-new-privileges"]
        for folder in service.get("tmpfs", []):
            options += ["--tmpfs", folder]
        for volume in service.get("volumes", []):
            options += ["--volume", volume if volume.startswith("/") else prefix + ":" + volume.split(":")[1]]
        for each in service.get("ports", []):
            options += ["--publish", f"127.0.0.1:{port}:{text(each).split(':')[-1]}"]
        for variable, value in service["environment"].items():
            options += ["--env", f"{variable}={text(str(value))}"]
        print(shlex.join([*options, f"localhost/{service['image']}"]))
P
python3 "$work/containers.py" "$prefix" "$net" "${site##*:}" >"$work/containers"

podman network create --subnet "$net.0/24" "$prefix" >/dev/null
# The network's own address, where Redis listens, is there with the first container.
podman run --detach --name "$prefix-first" --network "$prefix" "${limits[@]}" localhost/datagen/mock >/dev/null 2>"$work/run.log" || {
    skip "all of it: this machine has no network for containers: $(tail -1 "$work/run.log")"
    summary
    exit
}
redis-server --bind "$net.1" --port 6379 --protected-mode no --save '' --appendonly no --dir "$work" >"$work/redis.log" & redis=$!
while read -r line; do
    eval "podman run --detach ${limits[*]} $line" >/dev/null 2>"$work/run.log" || { cat "$work/run.log"; fail "a container starts: $line"; }
done <"$work/containers"

healthy() { for each in $(podman ps --all --format '{{.Names}}' | grep -E "^$prefix-(runner|tasks|explorer|web|gateway)-"); do podman healthcheck run "$each" || return 1; done; }
until_true 120 healthy && pass "every container is healthy" || { fail "every container is healthy"; podman ps --all; }
sign_in
create 5000
until_true 60 has_made 300 || fail "records are made"
at=$(completed)
podman kill --signal KILL "$prefix-tasks-0" "$prefix-runner-2" >/dev/null
sleep 5
podman start "$prefix-tasks-0" "$prefix-runner-2" >/dev/null 2>&1
until_true 240 has_ended || fail "the task goes on"
rows=$(rows)
[ "$rows" = 5000 ] && pass "5000 records to a download, a Tasks and a Runner killed after $at" || fail "5000 records to a download: $rows"
total=$(call "$site/api/tasks/$task/rows?limit=1&filter=age>=50" | member total)
[ "$total" -gt 0 ] && pass "Explorer answers about them" || fail "Explorer answers about them"
call "$site/login" | grep -q '<form' && pass "Web shows a page" || fail "Web shows a page"
until_true 60 healthy && pass "the killed ones are back" || fail "the killed ones are back"
say "$SECONDS s"
summary
