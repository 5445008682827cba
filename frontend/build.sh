#!/usr/bin/env bash
# Builds or tests the front end; does nothing when nothing changed since it last did. Usage: build.sh build|test
set -euo pipefail
cd "$(dirname "$0")"
task=$1
mkdir -p ../target
stamp=../target/frontend-$task.stamp
now=$(cat package-lock.json package.json .npmrc tsconfig.json vite.config.ts build.sh $(find src test -type f | sort) | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$now" ] && [ -e ../target/classes/static/manifest.json ]; then
  exit 0
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
npm run --silent "$task"
printf '%s' "$now" > "$stamp"
