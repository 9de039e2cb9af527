#!/bin/sh
# f: an idle run and one with 100 changes, with ever more leads and 10,000 open dead letters: bench/growth.sh [LEADS...]
set -eu
cd "$(dirname "$0")/.."
# Whatever is missing, the jar or its archive of classes, is made before anything is measured.
./reconciler --version
[ $# -gt 0 ] || set -- 1000 10000 100000 500000
BENCH=GrowthBench exec bench/run "$@"
