#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK; on Debian and Ubuntu it installs the rest (a browser
# and a mail server for tests). Arguments go to `dotnet test`: ./test.sh --filter ApiKeys
# The last line is always "N passed, N failed, N skipped", taken from the results.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

results="$PWD/artifacts/test-results/$$"

say() { printf '%s\n' "$*"; }

has_browser() {
    [ -n "${CHROMIUM:-}" ] && { [ -x "$CHROMIUM" ]; return; }
    for browser in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        [ -x "$browser" ] && return 0
    done
    return 1
}

# The system's Python first: packages of Debian and Ubuntu are not seen by another one that comes first in PATH.
has_mail_server() {
    for python in /usr/bin/python3 python3; do
        "$python" -c 'import aiosmtpd' 2>/dev/null && return 0
    done
    return 1
}

is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_missing() {
    local missing=()
    # Ubuntu's chromium is a snap, which neither containers nor Playwright can use.
    has_browser || [ -n "${CHROMIUM:-}" ] || is_ubuntu || missing+=(chromium fonts-liberation)
    has_mail_server || missing+=(python3-aiosmtpd)
    [ ${#missing[@]} -gt 0 ] && can_install || return 0

    say "Installing for the tests: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

say_what_is_skipped() {
    if ! has_browser; then
        if [ -n "${CHROMIUM:-}" ]; then
            say "Tests in a browser are skipped: CHROMIUM names $CHROMIUM, which can't be run."
        elif is_ubuntu; then
            say "Tests in a browser are skipped: Ubuntu's chromium is a snap. Set CHROMIUM to a Chromium or Chrome to run them."
        else
            say "Tests in a browser are skipped: no Chromium found. Install it, or set CHROMIUM to the path of one."
        fi
    fi
    has_mail_server || say "Tests against a real mail server are skipped: Python's aiosmtpd is missing (Debian: apt-get install python3-aiosmtpd)."
}

# The sum of one number over the <Counters …/> of every results file.
count() {
    find "$results" -name '*.trx' -exec sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" {} + | awk '{ sum += $1 } END { print sum + 0 }'
}

say_counts() {
    local passed failed
    passed=$(count passed)
    failed=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
    [ "$1" -eq 0 ] || [ "$failed" -gt 0 ] || say "No test failed, but their run did: it ended before all of them were through."
    # The results count a skipped test in their total and nowhere else.
    say "$passed passed, $failed failed, $(($(count total) - passed - failed)) skipped"
    [ "$1" -eq 0 ] && [ "$failed" -eq 0 ]
}

rm -rf "$PWD/artifacts/test-results"
mkdir -p "$results"
install_missing
say_what_is_skipped

# -tl:off: plain lines also where the output is a terminal, so that the log reads the same everywhere.
if ! dotnet build --nologo -v q -tl:off; then
    say "The build failed, so no test ran."
    exit 1
fi

dotnet test --no-build --nologo -tl:off --logger trx --results-directory "$results" "$@"
outcome=$?

if [ -z "$(find "$results" -name '*.trx')" ]; then
    say "The tests left no results: they did not run, or they crashed."
    exit 1
fi

say_counts "$outcome"
