#!/usr/bin/env bash
# This version beside an earlier one: Tasks of one with a Runner of the other, both in one cluster with kill -9 of each, and an upgrade and a roll back
# in mid-task. Builds the earlier commit from git's history in a folder of its own; a few minutes.
#   eng/mixed-versions.sh [COMMIT]        # the commit before this one, else
set -euo pipefail
cd "$(dirname "$0")/.."

commit=$(git rev-parse --verify --quiet "${1:-HEAD~1}^{commit}") || { echo "$0: ${1:-HEAD~1} is not in this checkout's history." >&2; exit 1; }
earlier=$(mktemp -d)
trap 'rm -rf "$earlier"' EXIT
echo "This version beside $(git log -1 --format='%h of %cs' "$commit")"
git archive "$commit" | tar -x -C "$earlier"
for project in DataGen.Tasks DataGen.Runner; do
    dotnet build "$earlier/$project" --nologo -v quiet -p:RunAnalyzers=false
done
dotnet build DataGen.Tests --nologo -v quiet
DATAGEN_EARLIER=$earlier DataGen.Tests/bin/Debug/net10.0/DataGen.Tests -class DataGen.Tests.Reliability.MixedVersionsTests -explicit only \
    -noColor -noLogo -showLiveOutput
