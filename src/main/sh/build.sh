# Builds target/reconciler.jar and an archive of its classes, one process at a time; the launcher, ./reconciler, reads this when
# the jar is missing or older than its sources. It uses the launcher's variables: home, jar, app, java, real, advice, archive.
# shellcheck shell=sh
# shellcheck disable=SC2154 # they are the launcher's

# Somebody who may not build is told at once, with the one who may.
refuse_build() {
  place=$home/target
  [ -e "$place" ] || place=$home
  state="is missing or can't be seen"
  [ ! -f "$jar" ] || state="is older than its sources"
  fail 2 "target/reconciler.jar $state, and $(id -un) can't write $place to build it: $(owner_of "$place"), who owns that, has to run $home/reconciler --version once; then start this again"
}

# A symbolic link is made with its content, the owner's process id, in one step.
lock() {
  mkdir -p "$home/target" 2>/dev/null && [ -w "$home/target" ] && [ -x "$home/target" ] || refuse_build
  lock=$home/target/.building
  waited=0
  until ln -s "$$" "$lock" 2>/dev/null; do
    [ "$waited" -gt 0 ] || say "waiting for another build of target/reconciler.jar"
    [ "$waited" -lt 600 ] || fail 1 "gave up waiting: if nothing builds, remove $lock and $lock.break"
    break_stale_lock || sleep 1
    waited=$((waited + 1))
  done
  trap unlock EXIT
  trap 'stop 129' HUP
  trap 'stop 130' INT
  trap 'stop 143' TERM
}

# No lock at all is nothing to break either: somebody may take it at any moment.
owner_lives() {
  owner=$(readlink "$lock") || return 0
  # The process of another user can't be signalled, but it lives.
  kill -0 "$owner" 2>/dev/null || [ -d "/proc/$owner" ] || ps -p "$owner" >/dev/null 2>&1
}

# One at a time, so that nobody removes the lock that another has just taken.
break_stale_lock() {
  ! owner_lives && mkdir "$lock.break" 2>/dev/null || return 1
  owner_lives || rm -f "$lock"
  rmdir "$lock.break"
}

unlock() {
  trap - EXIT HUP INT TERM
  rm -f "$lock"
}

stop() { # exit-code
  [ -z "${maven:-}" ] || kill "$maven" 2>/dev/null || :
  unlock
  exit "$1"
}

build() {
  [ -x "$(dirname "$real")/javac" ] || fail 2 "$java has no javac beside it to build with: $advice"
  say "building target/reconciler.jar (once; about a minute)"
  log=$home/target/reconciler-build.log
  started=$home/target/.build-started
  : >"$started"
  # A program that still runs the old jar keeps it; overwritten, it would break.
  rm -f "$jar"
  (cd "$home" && exec ./mvnw -q -Dmaven.test.skip -Dspotless.check.skip package) >"$log" 2>&1 </dev/null &
  maven=$!
  wait "$maven" || build_failed
  [ -f "$jar" ] || build_failed
  # What is edited while the build runs is newer than the jar.
  touch -r "$started" "$jar"
  archive_classes
}

# Halves the start of every command: the classes that a small demo loads, ready to be mapped. Where this
# fails (no room, no embedded PostgreSQL) the jar does without.
archive_classes() {
  rm -rf "$app"
  "$java" -Djarmode=tools -jar "$jar" extract --destination "$app" >>"$log" 2>&1 </dev/null || return 0
  "$java" -XX:+UseSerialGC "$make_archive=$archive" -jar "$app/reconciler.jar" \
    demo --once --leads 20 >>"$log" 2>&1 </dev/null || rm -f "$archive"
}

build_failed() {
  cat "$log" >&2
  fail 1 "the build failed; its output is above and in $log"
}
