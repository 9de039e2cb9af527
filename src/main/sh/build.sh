# Builds target/reconciler.jar and an archive of its classes, one process at a time; the launcher, ./reconciler, reads this when
# the jar is missing or older than its sources, or has no archive for this Java. It uses the launcher's variables: home, jar, app,
# java, real, advice, archive, make_archive, no_archive.
# shellcheck shell=sh
# shellcheck disable=SC2154 # they are the launcher's

log=$home/target/reconciler-build.log

# Somebody who may not build is told at once, with the one who may.
refuse_build() {
  place=$home/target
  [ -e "$place" ] || place=$home
  state="is missing or can't be seen"
  [ ! -f "$jar" ] || state="is older than its sources"
  fail 2 "target/reconciler.jar $state, and $(id -un) can't write $place to build it: $(owner_of "$place"), who owns that, has to run $home/reconciler --version once; then start this again"
}

lock=$home/target/.building

may_write() { [ -w "$home/target" ] && [ -x "$home/target" ]; }

lock() {
  mkdir -p "$home/target" 2>/dev/null && may_write || refuse_build
  waited=0
  until try_lock; do
    [ "$waited" -gt 0 ] || say "waiting for another build of target/reconciler.jar"
    [ "$waited" -lt 600 ] || fail 1 "gave up waiting: if nothing builds, remove $lock and $lock.break"
    break_stale_lock || sleep 1
    waited=$((waited + 1))
  done
}

# A symbolic link is made with its content, the owner's process id, in one step.
try_lock() {
  ln -s "$$" "$lock" 2>/dev/null || return 1
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
  [ -z "${child:-}" ] || kill "$child" 2>/dev/null || :
  unlock
  exit "$1"
}

build() {
  [ -x "$(dirname "$real")/javac" ] || fail 2 "$java has no javac beside it to build with: $advice"
  say "building target/reconciler.jar (once; about a minute)"
  started=$home/target/.build-started
  : >"$started"
  # A program that still runs the old jar keeps it; overwritten, it would break.
  rm -f "$jar"
  (cd "$home" && exec ./mvnw -q -Dmaven.test.skip -Dspotless.check.skip package) >"$log" 2>&1 </dev/null &
  child=$!
  wait "$child" || build_failed
  child=
  [ -f "$jar" ] || build_failed
  # What is edited while the build runs is newer than the jar.
  touch -r "$started" "$jar"
  archive_classes >>"$log" 2>&1 </dev/null || :
}

# A jar that Maven built, or another Java: the first command makes the archive, and is quiet about it where nobody waits at a
# terminal. Whoever can't, because target is another's or somebody is at it already, goes on without.
archive_if_missing() {
  may_write && { try_lock || { break_stale_lock && try_lock; }; } || return 0
  if needs_archive; then
    [ ! -t 2 ] || say "making every later start quicker (once; less than a minute)"
    rm -f "$log"
    archive_classes >>"$log" 2>&1 </dev/null || :
  fi
  unlock
}

# Halves the start of every command: the classes that a small demo loads, ready to be mapped. Where this fails (no room, no
# embedded PostgreSQL) the jar does without, and it is not tried again before there is another one.
archive_classes() {
  [ -n "$archive" ] || return 0
  rm -f "$archive" "$no_archive"
  if extract && record_classes; then
    mv -f "$archive.new" "$archive"
  else
    rm -f "$archive.new"
    touch "$no_archive"
  fi
}

# The archives of other Javas fit the same files, as long as they are left alone.
extract() {
  if [ -f "$app/reconciler.jar" ] && [ -z "$(find "$jar" -newer "$app/reconciler.jar")" ]; then
    return 0
  fi
  rm -rf "$app" "$app.new"
  "$java" -Djarmode=tools -jar "$jar" extract --destination "$app.new" \
    && touch "$app.new/reconciler.jar" && mv "$app.new" "$app"
}

# What somebody has set for the command, the demo need not bear; nor is it waited for without end.
record_classes() {
  env -i PATH="$PATH" HOME="${HOME:-/}" XDG_CACHE_HOME="${XDG_CACHE_HOME:-}" LC_ALL="${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" \
    "$java" -XX:+UseSerialGC "$make_archive=$archive.new" -jar "$app/reconciler.jar" demo --once --leads 20 &
  child=$!
  waited=0
  while kill -0 "$child" 2>/dev/null; do
    [ "$waited" -lt 120 ] || kill "$child" 2>/dev/null || :
    sleep 1
    waited=$((waited + 1))
  done
  maker=$child
  child=
  wait "$maker" && [ -f "$archive.new" ]
}

build_failed() {
  cat "$log" >&2
  fail 1 "the build failed; its output is above and in $log"
}
