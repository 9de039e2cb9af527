#!/bin/sh
# b: pull, push and both at 5 requests a second, with answers in 0, 100 and 150 to 350 ms: bench/throttled.sh [PULLED] [PUSHED]
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
BENCH=ThrottledBench exec bench/run "${1:-10000}" "${2:-2000}"
