#!/bin/sh
# Each page with 100,000 leads, 10,000 runs and 5,000 dead letters: the median of 21 looks, which may take 150 ms.
set -eu
cd "$(dirname "$0")/.."
BENCH=PageBench exec bench/run
