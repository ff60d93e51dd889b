#!/usr/bin/env bash
# Takes the pictures in docs/ from the running product: starts it on a port and a data folder of its own, drives Chromium, stops it.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { echo "eng/screenshots.sh: chromium is missing." >&2; exit 1; }
mkdir -p artifacts/screenshots docs
npm install --prefix artifacts/screenshots --no-save --no-audit --no-fund --silent playwright-core@1
cp eng/screenshots.mjs artifacts/screenshots/

dotnet build DataGen.AppHost -nologo -v quiet
data=$(mktemp -d)
port=${PORT:-5090}
DATAGEN_DATA_DIR=$data DATAGEN_APP_PORT=$port MOCK_INFERENCE_LATENCY_MS=2500 MOCK_INFERENCE_ERROR_RATE=0.03 DATAGEN_MAX_ATTEMPTS=2 \
    dotnet DataGen.AppHost/bin/Debug/net10.0/DataGen.AppHost.dll >"$data/out" 2>&1 &
host=$!
trap 'kill "$host" 2>/dev/null || true; wait "$host" 2>/dev/null || true; rm -rf "$data"' EXIT

for _ in $(seq 100); do
    grep -q 'Ctrl-C stops it' "$data/out" && break
    sleep 0.3
done
password=$(sed -n 's/^ *password: *\([^ ]*\).*/\1/p' "$data/out")
[ -n "$password" ] || { cat "$data/out" >&2; exit 1; }
node artifacts/screenshots/screenshots.mjs "http://localhost:$port" admin "$password" docs
echo "docs/dashboard.png, docs/task.png and docs/phone.png are new."
