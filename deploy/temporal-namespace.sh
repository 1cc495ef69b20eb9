#!/bin/sh
# Gives our namespace its retention, and registers our search attributes, before the first case. Safe to repeat.
set -eu

# Temporal forgets a run this long after its end. An open case needs no run of before, and each release leaves some 60 kB a case behind.
retention=90d

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
register --name Stage --type Keyword --name Office --type Keyword --name NextDate --type Datetime --name Escalated --type Bool \
  --name Attention --type KeywordList
