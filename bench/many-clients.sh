#!/bin/sh
# g: a run a minute of many clients: bench/many-clients.sh [CLIENTS] [INSTANCES] [MINUTES]
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
BENCH=ClientsBench exec bench/run "${1:-200}" "${2:-1}" "${3:-3}"
