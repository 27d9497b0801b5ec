#!/bin/sh
# Style, types, the direction of imports, and migrations that match the models.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
# The settings make their keys where TIEOUT_DATA points.
TIEOUT_DATA=$(mktemp -d)
export TIEOUT_DATA DJANGO_SETTINGS_MODULE=tieout.settings
trap 'rm -rf "$TIEOUT_DATA"' EXIT

$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports
$bin/django-admin makemigrations --check --dry-run
