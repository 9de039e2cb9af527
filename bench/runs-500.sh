#!/bin/sh
# 500 runs in a row in one service with a heap of 256 MB: live heap, threads and connections must not grow.
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
BENCH=MemoryBench exec bench/run "${1:-500}"
