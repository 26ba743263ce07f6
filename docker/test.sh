#!/bin/sh
# The tests of the stack in containers, from a checkout: brings up an engine where there is none and that is possible.
# Says [SKIP] and ends well where it is not; with --require it fails then.
#   TRACERL_BASE_IMAGE   base of all images (default: one that .ci/engine makes)
set -eu
cd "$(dirname -- "$0")/.."

if [ -z "${TRACERL_BASE_IMAGE:-}" ] || ! docker info >/dev/null 2>&1; then
  if ! base=$(.ci/engine); then
    echo "[SKIP] container tests: there is no container engine, and none could be brought up (see above)"
    [ "${1:-}" != --require ]
    exit
  fi
  export TRACERL_BASE_IMAGE="${TRACERL_BASE_IMAGE:-$base}"
fi
exec ./mvnw -B -ntp -Pcontainers -DskipTests -pl docker -am verify
