#!/bin/sh
# A first case in six requests. Everybody in it is invented. While `npm start` runs, in another terminal:
#   sh examples/first-case.sh
set -eu
cd "$(dirname "$0")/.."

api=http://localhost:${API_PORT:-3000}/v1
today=$(date -u +%F)

# ask <staffId> <path> [options of curl]: one request with the token of that staff member.
ask() {
  token=$(npm run --silent token -- "$1")
  path=$2
  shift 2
  curl -sSw '\n' "$api$path" -H "Authorization: Bearer $token" "$@"
}

# send <staffId> <path> <key> <body>: a request that changes something. The same key and body again changes nothing more.
send() {
  ask "$1" "$2" -H "Idempotency-Key: $3" -H 'Content-Type: application/json' -d "$4"
}

echo '1. A caseworker opens a case of a person whom the police met today.'
opened=$(send caseworker-1 /pathways "first-case-$today" '{
  "indication": { "observedOn": "'"$today"'", "by": "police" },
  "office": "amsterdam",
  "person": { "residence": "noLawfulResidence", "ageGroup": "adult", "nationality": "ZZ" }
}')
echo "$opened"
reference=$(echo "$opened" | sed 's/.*"reference":"\([^"]*\)".*/\1/')

echo '2. The police record that the reflection period has started. The day is today, unless the fact says "on".'
send police-1 "/pathways/$reference/facts" "start-$reference" '{ "type": "reflectionStarted" }'

echo '3. The caseworker reads the pathway: stage, tasks, dates, what comes next, and which facts may be recorded now.'
ask caseworker-1 "/pathways/$reference"

echo '4. The supervisor may not close a case with open statutory tasks: 409, and "missing" names them.'
send supervisor-1 "/pathways/$reference/facts" "close-$reference" '{ "type": "closed", "result": "assisted" }'

echo '5. The caseworker reads the timeline, in Dutch.'
ask caseworker-1 "/pathways/$reference/facts" -H 'Accept-Language: nl'

echo '6. The caseworker looks ahead: the calendar of a case that has not begun. Its first lines:'
ask caseworker-1 /pathway-previews -H 'Content-Type: application/json' -H 'Accept: text/calendar' -d '{
  "startOn": "2027-11-30",
  "person": { "residence": "noLawfulResidence", "ageGroup": "adult", "nationality": "ZZ" },
  "assume": [
    { "type": "reflectionStarted", "on": "2027-11-30" },
    { "type": "cooperated", "on": "2028-01-11", "form": "reportSigned" }
  ]
}' | sed -n 1,20p
