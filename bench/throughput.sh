#!/usr/bin/env bash
# How many records a second the whole product makes and stores, beside the ideal of concurrency / latency. Everything (stand-in model and store
# included) runs on this machine, so compare ratios of one run, not figures of two machines.
#   bench/throughput.sh [records] [concurrency] [latency in ms]
set -euo pipefail
cd "$(dirname "$0")/.."
records=${1:-20000} concurrency=${2:-256} latency=${3:-50}

dotnet publish DataGen.Mock -c Release -o artifacts/bench/mock --nologo -v quiet
dotnet build DataGen.Standalone -c Release --nologo -v quiet
data=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait "${pids[@]}" 2>/dev/null || true; rm -rf "$data"' EXIT

mkdir "$data/mock" "$data/host"
(cd "$data" && exec env MOCK_DATA_DIR="$data/mock" MOCK_INFERENCE_LATENCY_MS="$latency" MOCK_INFERENCE_JITTER_MS=0 ASPNETCORE_URLS=http://127.0.0.1:5391 \
    dotnet "$OLDPWD/artifacts/bench/mock/DataGen.Mock.dll" >"$data/mock.log" 2>&1) & pids+=($!)
for _ in $(seq 100); do curl -fs http://127.0.0.1:5391/health >/dev/null && break; sleep 0.2; done
DATAGEN_DATA_DIR="$data/host" DATAGEN_APP_HOST=127.0.0.1 DATAGEN_APP_PORT=5390 DATAGEN_MAX_RECORDS_PER_JOB=10000000 DATAGEN_MAX_CONCURRENCY="$concurrency" \
    EE_CHAINSTORE_API_URL=http://127.0.0.1:5391 DATAGEN_INFERENCE_BASE_URL=http://127.0.0.1:5391 \
    dotnet DataGen.Standalone/bin/Release/net10.0/DataGen.Standalone.dll >"$data/host.log" 2>&1 & pids+=($!)
for _ in $(seq 100); do grep -q 'Ctrl-C stops it' "$data/host.log" && break; sleep 0.2; done
password=$(sed -n 's/^ *password: *\([^ ]*\).*/\1/p' "$data/host.log")

RECORDS=$records CONCURRENCY=$concurrency LATENCY=$latency PASSWORD=$password HOST_PID=${pids[1]} python3 - <<'PY'
import json, os, time, urllib.request
base = "http://127.0.0.1:5390"
def call(path, body=None, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(base + path, data=json.dumps(body).encode() if body is not None else None, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)
token = call("/api/auth/token", {"username": "admin", "password": os.environ["PASSWORD"]})["accessToken"]
prompt = "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points"
def run(count):
    task = call("/api/tasks", {"prompt": prompt, "count": count}, token)
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        now = call(f"/api/tasks/{task['id']}", token=token)
        if now["status"] not in ("queued", "running"):
            began, ended = (time.mktime(time.strptime(now[k][:19], "%Y-%m-%dT%H:%M:%S")) + float("0." + now[k][20:].rstrip("Z")) for k in ("startedAt", "finishedAt"))
            assert now["status"] == "succeeded" and now["completed"] == count and now["failures"] == 0, now
            return ended - began
        time.sleep(0.2)
    raise SystemExit("not finished within 600 s")
count, concurrency, latency = (int(os.environ[k]) for k in ("RECORDS", "CONCURRENCY", "LATENCY"))
warm = run(min(count, 5000))
took = run(count)
share = f", {100 * count / took / (concurrency / latency * 1000):.0f} % of the ideal {concurrency / latency * 1000:,.0f}/s" if latency else ""
with open(f"/proc/{os.environ['HOST_PID']}/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM")).split()[1]
print(f"{count} records, {concurrency} at once, {latency} ms each: {count / took:,.0f}/s{share}; peak memory of the host {int(peak) // 1024} MiB")
PY
