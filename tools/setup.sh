# Sourced by the tools, from the top of the project: makes ready the machine they run on.
# shellcheck shell=bash

# Everything fetched is kept here: backbones, data, the golden files' Python.
# shellcheck disable=SC2034 # the tools use it
cache="${XDG_CACHE_HOME:-$HOME/.cache}/firn"

# Headings and commands stand out on a terminal.
bold='' plain=''
if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi

# Notes for people go to standard error: standard output is a tool's answer.
note() { printf '%s\n' "$*" >&2; }
fail() { note "${0##*/}: $*"; exit 69; }

installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# Installs those of the named Debian or Ubuntu packages that are missing.
install_packages() {
  local package missing=() root=()
  command -v apt-get >/dev/null \
    || fail "installs on Debian and Ubuntu only; elsewhere, install what these packages hold: $*"
  for package; do installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "as root, run: apt-get update && apt-get install ${missing[*]}"
    root=(sudo)
  fi
  note "Installing ${missing[*]}"
  "${root[@]}" apt-get update --quiet=2 >/dev/null
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# Any Python with pip will do, not only the system's.
install_python() {
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3 python3-pip
}

# Prints the Python that has NumPy; the system's gets it, if the usual one has not.
python_with_numpy() {
  if python3 -c 'import numpy' 2>/dev/null; then
    command -v python3
  else
    install_packages python3 python3-numpy
    echo /usr/bin/python3
  fi
}

# Prints the Python that runs ONNX models, at the versions of the tests; it is made once.
python_with_onnx() {
  local home="$cache/onnx-venv" requirements=tools/onnx-requirements.txt python=python3
  if ! cmp --silent "$requirements" "$home/requirements.txt"; then
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
      install_packages python3 python3-venv
      python=/usr/bin/python3
    fi
    note "Fetching ONNX Runtime"
    # The copy comes last: where it is, all is.
    rm -rf "$home" \
      && "$python" -m venv "$home" \
      && "$home/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >&2 \
      && cp "$requirements" "$home/requirements.txt" \
      || fail "cannot make a Python with what $requirements names in $home"
  fi
  echo "$home/bin/python"
}

# What the build links against, and what finds it.
# shellcheck disable=SC2034 # the tools use it
libraries=(libsqlite3-dev libopenblas-dev pkg-config)

need_swift() {
  command -v swift >/dev/null \
    || fail "Swift 6.2 or newer is not on the PATH. Get it from https://www.swift.org/install/linux/, then try again."
}

# How the tests are built: in release, for C targets of a debug build are compiled without optimisation.
# shellcheck disable=SC2034 # the tools use it
test_flags=(--configuration release --explicit-target-dependency-import-check error -Xswiftc -enable-testing)

# Swift's own libraries go into the command: it starts in half the time, and runs where there is no Swift.
build_command() { swift build --configuration release --static-swift-stdlib --product firn; }

# stage TITLE COMMAND…: runs the command under a heading, and says how long it took.
stage() {
  local title=$1 started=$SECONDS
  shift
  printf '\n%s== %s%s\n' "$bold" "$title" "$plain"
  "$@"
  printf '   %s: %d s\n' "$title" $((SECONDS - started))
}
