#!/bin/sh
# a: the requests of a run of each kind, and of a month, against the least there can be: bench/requests.sh [LEADS]
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
BENCH=RequestsBench exec bench/run "${1:-11000}"
