#!/bin/sh
# setup.sh PYTHON VENV: makes the virtual environment with exactly the packages of requirements.lock.
set -eu
python=$1
venv=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Tieout needs Python 3.11 or newer; $python is $("$python" -V 2>&1). Try: make PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install -y python3-venv" >&2
    exit 1
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
echo "Installing into $venv ..." >&2
$pip install --require-hashes --requirement requirements.lock
# Only the project itself is left, so nothing is resolved or downloaded but what the lock pins.
$pip install --no-deps --no-build-isolation --editable .
