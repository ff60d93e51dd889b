#!/usr/bin/env bash
# Takes docs/aspire.png, the graph of Aspire's dashboard: starts the app host on ports and a data folder of its own, drives Chromium, stops it.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { echo "eng/aspire-screenshot.sh: chromium is missing." >&2; exit 1; }
mkdir -p artifacts/screenshots
npm install --prefix artifacts/screenshots --no-save --no-audit --no-fund --silent playwright-core@1
cp eng/aspire-screenshot.mjs artifacts/screenshots/

dotnet build DataGen.AppHost -nologo -v quiet
data=$(mktemp -d)
port=${PORT:-15090}
dotnet run --project DataGen.AppHost --no-build -- "DATAGEN_DATA_DIR=$data" "DATAGEN_APP_PORT=$((port + 3))" "ASPNETCORE_URLS=http://localhost:$port" \
    "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:$((port + 1))" "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:$((port + 2))" >"$data/out" 2>&1 &
started=$!
trap 'kill "$started" 2>/dev/null || true; wait "$started" 2>/dev/null || true; rm -rf "$data"' EXIT

for _ in $(seq 600); do
    grep -q 'Ctrl-C stops it' "$data/out" && break
    sleep 0.3
done
login=$(grep -o "http://localhost:$port/login?t=[0-9a-f]*" "$data/out" | head -1) || { cat "$data/out" >&2; exit 1; }
node artifacts/screenshots/aspire-screenshot.mjs "$login" docs/aspire.png
echo "docs/aspire.png is new."
