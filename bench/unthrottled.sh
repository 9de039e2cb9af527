#!/bin/sh
# c and d: an unthrottled pull of new leads (50,000, three rounds), of the same unchanged, and with 4 % bad values,
# against plain JDBC batches, COPY and one record at a time: bench/unthrottled.sh [LEADS] [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
# Whatever is missing, the jar or its archive of classes, is made before anything is measured.
./reconciler --version
BENCH=PullBench exec bench/run "${1:-50000}" "${2:-3}"
