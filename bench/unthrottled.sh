#!/bin/sh
# c and d: an unthrottled pull of new leads (50,000, three rounds), of the same unchanged, and with 4 % bad values,
# against plain JDBC batches, COPY and one record at a time: bench/unthrottled.sh [LEADS] [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
# The launcher makes the archive of classes with the jar: one that Maven built has none.
[ -d target/app ] || rm -f target/reconciler.jar
./reconciler --version
BENCH=PullBench exec bench/run "${1:-50000}" "${2:-3}"
