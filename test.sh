#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK; on Debian and Ubuntu it installs the rest: a browser, a second
# mail server, a reader of calendars, and Node.js with the npm client of Postman. Arguments go to `dotnet test`: ./test.sh --filter ApiKeys
# The last line is always "N passed, N failed, N skipped", taken from the results.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

results="$PWD/artifacts/test-results/$$"
client="$PWD/PostmanDashboard.Tests/Client"

say() { printf '%s\n' "$*"; }

has_browser() {
    [ -n "${CHROMIUM:-}" ] && { [ -x "$CHROMIUM" ]; return; }
    is_ubuntu && return 1
    for browser in /usr/bin/chromium-headless-shell /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        [ -x "$browser" ] && return 0
    done
    return 1
}

# The system's Python first: packages of Debian and Ubuntu are not seen by another one that comes first in PATH.
has_module() {
    for python in /usr/bin/python3 python3; do
        "$python" -c "import $1" 2>/dev/null && return 0
    done
    return 1
}

has_python() { has_module sys; }

has_mail_server() { has_module aiosmtpd; }

has_calendar_parser() { has_module icalendar; }

has_postfix() { [ -x /usr/sbin/postfix ]; }

may_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

has_node() { node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null; }

has_npm() { command -v npm >/dev/null; }

has_client() { [ -d "$client/node_modules/@opengovsg/postmangovsg-client" ]; }

is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && may_be_root
}

install_missing() {
    local missing=()
    has_mail_server || missing+=(python3-aiosmtpd)
    has_calendar_parser || missing+=(python3-icalendar)
    command -v curl >/dev/null || missing+=(curl)
    has_node || missing+=(nodejs)
    has_npm || missing+=(npm)
    [ ${#missing[@]} -gt 0 ] && can_install || return 0

    say "Installing for the tests: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# On Debian the Chromium that has no windows: the same pages for less processor time. The full one where that can't be had. Ubuntu's is a
# snap, which neither containers nor Playwright can use: see below.
install_browser() {
    [ -x /usr/bin/chromium-headless-shell ] || [ -n "${CHROMIUM:-}" ] || is_ubuntu || ! can_install && return 0

    say "Installing for the tests: chromium-headless-shell"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation >/dev/null
    has_browser || as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
}

# Without settings of its own, so that none is started: a test starts one beside it. Not where another mail server would be removed for it.
install_postfix() {
    has_postfix || ! can_install && return 0

    say "Installing for the tests: postfix"
    echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends postfix >/dev/null
}

fetched_browser() {
    find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -path '*/chrome-linux*/chrome' -type f 2>/dev/null | sort -V | tail -n 1
}

# Ubuntu: Chrome where it is installed, otherwise the Chromium that Playwright fetches for itself. Needs the build, which
# has Playwright in it.
choose_ubuntu_browser() {
    is_ubuntu && [ -z "${CHROMIUM:-}" ] || return 0
    export CHROMIUM=/usr/bin/google-chrome
    [ ! -x "$CHROMIUM" ] || return 0

    local playwright="$PWD/PostmanDashboard.Tests/bin/Debug/net10.0/.playwright"
    local cli=("$playwright"/node/*/node "$playwright/package/cli.js")
    if [ -z "$(fetched_browser)" ]; then
        say "Installing for the tests: Playwright's Chromium"
        "${cli[@]}" install chromium >/dev/null && can_install \
            && as_root env DEBIAN_FRONTEND=noninteractive "${cli[@]}" install-deps chromium >/dev/null
    fi

    CHROMIUM=$(fetched_browser)
    if [ -z "$CHROMIUM" ]; then
        say "Playwright's Chromium could not be fetched, and Ubuntu's own is a snap, which can't be used."
        CHROMIUM=/usr/bin/google-chrome
    fi
}

# The packages that its lock file names, and again when that has changed.
install_client() {
    has_node && has_npm || return 0
    has_client && [ ! "$client/package-lock.json" -nt "$client/node_modules/.package-lock.json" ] && return 0

    say "Installing the npm client for the tests"
    (cd "$client" && npm ci --silent) || say "npm ci failed in $client."
}

say_what_is_skipped() {
    if ! has_browser; then
        if [ -n "${CHROMIUM:-}" ]; then
            say "Tests in a browser are skipped: CHROMIUM names $CHROMIUM, which can't be run."
        else
            say "Tests in a browser are skipped: no Chromium found. Install it, or set CHROMIUM to the path of one."
        fi
    fi
    if ! has_node; then
        say "Tests with the npm client are skipped: no Node.js 18 or newer found (Debian: apt-get install nodejs npm)."
    elif ! has_client; then
        say "Tests with the npm client are skipped: its packages are missing (npm ci in PostmanDashboard.Tests/Client)."
    fi
    command -v curl >/dev/null || say "Tests of the examples with curl are skipped: it is missing (Debian: apt-get install curl)."
    has_python || say "Tests that read mails with another program, and of the examples in Python, are skipped: Python is missing (Debian: apt-get install python3)."
    has_mail_server || say "Tests against a second mail server are skipped: Python's aiosmtpd is missing (Debian: apt-get install python3-aiosmtpd)."
    if ! has_postfix; then
        say "The test with Postfix is skipped: it is missing (Debian: apt-get install postfix)."
    elif ! may_be_root; then
        say "The test with Postfix is skipped: only root can start it (or sudo without a password)."
    fi
    [ "$(uname) $(id -u)" = "Linux 0" ] || say "Tests that give files to other users and mount file systems are skipped: only root on Linux can."
    has_calendar_parser || say "Tests that read calendars with another program are skipped: Python's icalendar is missing (Debian: apt-get install python3-icalendar)."
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
install_browser
install_postfix
install_client

# -tl:off: plain lines also where the output is a terminal, so that the log reads the same everywhere.
if ! dotnet build --nologo -v q -tl:off; then
    say "The build failed, so no test ran."
    exit 1
fi

choose_ubuntu_browser
say_what_is_skipped

dotnet test --no-build --nologo -tl:off --logger trx --results-directory "$results" "$@"
outcome=$?

if [ -z "$(find "$results" -name '*.trx')" ]; then
    say "The tests left no results: they did not run, or they crashed."
    exit 1
fi

say_counts "$outcome"
