#!/bin/sh
# Every Python from 3.11 on that is installed here, oldest first: on the PATH, or under pyenv.
for python in $(command -v python3 || true) \
    $(for minor in 11 12 13 14 15; do command -v "python3.$minor" || true; done) \
    "${HOME:-/root}"/.pyenv/versions/3.*/bin/python; do
    "$python" -c 'import sys; v = sys.version_info; v >= (3, 11) and print(f"{v[0]}.{v[1]:02}.{v[2]:02}", sys.executable)' 2>/dev/null
done | sort -u -k 1,1 | cut -d " " -f 2
