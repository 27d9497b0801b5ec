#!/bin/sh
# Every test on SQLite, then those that use the database again on a PostgreSQL of our own.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
unset DATABASE_URL
sh scripts/chromium.sh

failed=0
$bin/pytest -n 2 --dist worksteal "$@" || failed=1
echo
$bin/python scripts/postgres.py $bin/pytest -n 2 --dist worksteal "$@" || failed=1
exit $failed
