#!/bin/sh
# Gives our namespace its retention, and registers our search attributes, before the first case. Safe to repeat.
set -eu

# Temporal forgets a closed run after 72 hours unless told otherwise, and a case outlives its runs by years.
retention=3650d

until temporal operator cluster health >/dev/null 2>&1; do sleep 2; done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi

# It takes some seconds until every part of the server knows a new namespace.
register() {
  attempts=30
  until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" "$@"; do
    attempts=$((attempts - 1))
    [ "$attempts" -gt 0 ] || exit 1
    sleep 2
  done
}
register --name Stage --type Keyword --name Office --type Keyword --name NextDate --type Datetime --name Escalated --type Bool
