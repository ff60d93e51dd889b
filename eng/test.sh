#!/usr/bin/env bash
# Installs what the tests need where it is missing, builds everything, runs all tests. The last line is "N passed, N failed[, N skipped]".
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install_debian() {
    [ "$(id -u)" = 0 ] || { echo "eng/test.sh: '$1' is missing; install the packages $2 or run as root." >&2; exit 1; }
    echo "Installing $2"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null
}

command -v dotnet >/dev/null || { echo "eng/test.sh: the .NET SDK 10 is missing." >&2; exit 1; }
command -v redis-server >/dev/null || install_debian redis-server redis-server
command -v python3 >/dev/null || install_debian python3 python3
command -v chromium >/dev/null || install_debian chromium "chromium fonts-dejavu-core"
command -v npm >/dev/null || install_debian npm "nodejs npm"

# The real Ratio1 packages for the interop tests and axe-core for the browser tests; again only when the lock file has changed.
node=DataGen.Tests/Interop/node
[ "$node/node_modules/.package-lock.json" -nt "$node/package-lock.json" ] || npm ci --prefix "$node" --ignore-scripts --no-audit --no-fund --loglevel error

# JSON-Schema-Test-Suite (MIT), as Debian has it; unpacked, not installed: it comes with a shelf of Perl modules.
suite=artifacts/json-schema-suite package=libtest-json-schema-acceptance-perl
if [ ! -d "$suite" ]; then
    rm -rf "$suite.new"
    mkdir -p "$suite.new"
    (cd "$suite.new" && { apt-get download -q "$package" || { apt-get update -qq && apt-get download -q "$package"; }; } >/dev/null) \
        && dpkg-deb -x "$suite.new"/*.deb "$suite.new" && mv "$suite.new" "$suite" \
        || { echo "eng/test.sh: JSON-Schema-Test-Suite is missing; Debian's package $package has it, unpacked into $suite." >&2; exit 1; }
fi

# One layout of the code, 120 columns wide: `dotnet csharpier format .` makes it.
dotnet tool restore >/dev/null
dotnet csharpier check .

dotnet build DataGen.sln --nologo -v quiet

report=artifacts/tests.xml
mkdir -p artifacts
rm -f "$report"
code=0
dotnet DataGen.Tests/bin/Debug/net10.0/DataGen.Tests.dll -noLogo -noColor -result-xml "$report" "$@" || code=$?

# <assembly ... total="120" passed="119" failed="1" skipped="0" not-run="0" errors="0" ...>
[ -f "$report" ] || { echo "eng/test.sh: the tests did not finish." >&2; exit 1; }
count() { grep -o '<assembly [^>]*' "$report" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'; }
passed=$(count passed) failed=$(( $(count failed) + $(count errors) )) skipped=$(count skipped)
# Everything a test needs was installed above: a skipped one is one that should have run.
[ "$skipped" = 0 ] || { echo "eng/test.sh: $skipped tests were skipped." >&2; code=1; }
[ "$passed" != 0 ] || { echo "eng/test.sh: no test ran." >&2; code=1; }
[ "$skipped" = 0 ] && echo "$passed passed, $failed failed" || echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
