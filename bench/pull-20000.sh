#!/bin/sh
# A first full sync of 20,000 leads with a heap of 256 MB, then one where nothing has changed; the sandbox has no rate limit.
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
JAVA_OPTS="-Xmx256m" bench/run --leads 20000 --runs 2 -- ./reconciler sync --full
