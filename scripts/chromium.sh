#!/bin/sh
# The browser tests need Debian's Chromium: installed where one is root, else named. Without it they are skipped.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests ..." >&2
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1 && exit 0
fi
echo "No Chromium: the browser tests will be skipped. On Debian: apt-get install -y chromium" >&2
exit 0
