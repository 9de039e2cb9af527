#!/bin/sh
# e: from the start of `sync` to its first request to Airtable and to its end, five times or as told (bench/startup.sh [RUNS]), on the Java that the launcher
# finds and on every other one under /usr/lib/jvm, with the archive of classes and without it.
set -eu
cd "$(dirname "$0")/.."
# Whatever is missing, the jar or its archive of classes, is made before anything is measured.
./reconciler --version
runs=${1:-5}
echo "with the archive:"
bench/run --leads 10 --runs "$runs" -- ./reconciler sync
echo "without:"
JAVA_OPTS=-Xshare:off bench/run --leads 10 --runs "$runs" -- ./reconciler sync
for java in /usr/lib/jvm/*/bin/java; do
  home=${java%/bin/java}
  [ ! -L "$home" ] || continue
  echo "$home, the jar alone:"
  bench/run --leads 10 --runs "$runs" -- "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/reconciler.jar sync
  rm -f target/bench.aot target/bench.jsa
  if "$java" -XX:AOTCache=none -version >/dev/null 2>&1; then
    bench/run --leads 10 -- "$java" -XX:AOTCacheOutput=target/bench.aot -XX:+UseSerialGC -jar target/app/reconciler.jar sync
    echo "$home, with an AOT cache:"
    bench/run --leads 10 --runs "$runs" -- "$java" -XX:AOTCache=target/bench.aot -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/app/reconciler.jar sync
  else
    bench/run --leads 10 -- "$java" -XX:ArchiveClassesAtExit=target/bench.jsa -XX:+UseSerialGC -jar target/app/reconciler.jar sync
    echo "$home, with an archive of its own:"
    bench/run --leads 10 --runs "$runs" -- "$java" -XX:SharedArchiveFile=target/bench.jsa -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/app/reconciler.jar sync
  fi
done
