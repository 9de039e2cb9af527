#!/bin/sh
# 200 requests a second on GET /api/leads while a sync of 10,000 changed leads runs at Airtable's pace.
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
BENCH=LoadBench exec bench/run
