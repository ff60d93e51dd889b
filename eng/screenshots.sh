#!/usr/bin/env bash
# Takes pictures of the running product: starts it on ports and a data folder of its own, drives Chromium, stops it.
#   eng/screenshots.sh            the README's, into docs/
#   eng/screenshots.sh FOLDER     every page, light and dark, wide and on a phone, to be looked at
set -euo pipefail
folder=$(realpath -m "${1:-$(dirname "$0")/../docs}")
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { echo "eng/screenshots.sh: chromium is missing." >&2; exit 1; }
mkdir -p artifacts/screenshots "$folder"
npm install --prefix artifacts/screenshots --no-save --no-audit --no-fund --silent playwright-core@1
cp eng/screenshots.mjs artifacts/screenshots/

dotnet build DataGen.Standalone -nologo -v quiet
dotnet build DataGen.Mock -nologo -v quiet
data=$(mktemp -d)
port=${PORT:-5090} mock=http://127.0.0.1:${MOCK_PORT:-5091}
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait "${started[@]}" 2>/dev/null || true; rm -rf "$data"' EXIT

latency=2500 rate=0.03
[ $# = 0 ] || latency=300 rate=0
MOCK_DATA_DIR=$data/mock MOCK_INFERENCE_LATENCY_MS=$latency MOCK_INFERENCE_ERROR_RATE=$rate \
    dotnet DataGen.Mock/bin/Debug/net10.0/DataGen.Mock.dll --urls "$mock" >"$data/mock-out" 2>&1 &
started+=($!)
DATAGEN_DATA_DIR=$data DATAGEN_APP_PORT=$port DATAGEN_INFERENCE_BASE_URL=$mock EE_CHAINSTORE_API_URL=$mock DATAGEN_MAX_ATTEMPTS=2 DATAGEN_MAX_RECORDS_PER_JOB=100000 \
    dotnet DataGen.Standalone/bin/Debug/net10.0/DataGen.Standalone.dll >"$data/out" 2>&1 &
started+=($!)

for _ in $(seq 200); do
    grep -q 'Ctrl-C stops it' "$data/out" && break
    sleep 0.3
done
password=$(sed -n 's/^ *password: *\([^ ]*\).*/\1/p' "$data/out")
[ -n "$password" ] || { cat "$data/out" "$data/mock-out" >&2; exit 1; }
node artifacts/screenshots/screenshots.mjs "http://localhost:$port" "$mock" admin "$password" "$folder" ${1:+everything}
[ $# != 0 ] || echo "docs/dashboard.png, docs/task.png, docs/data.png and docs/phone.png are new."
