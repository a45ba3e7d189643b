# Finds or installs the browser of a test run, and fetches axe-core for it. Sourced by tests/run, after tests/services.sh.

axe_version=4.14.1
axe_sha256=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745

# Exports VITRINE_TEST_CHROMIUM and VITRINE_TEST_AXE. What there is not the tests tell as not tried.
prepare_browser() {
  if [ -z "${VITRINE_TEST_CHROMIUM:-}" ] && ! find_browser; then
    printf '\n=== preparing the browser\n'
    { can_install && install_browser && find_browser; } ||
      echo 'tests/run: there is no Chromium (Debian: apt-get install chromium), so that no page is tried in a browser' >&2
  fi
  [ -n "${VITRINE_TEST_AXE:-}" ] || fetch_axe ||
    echo "tests/run: axe-core $axe_version could not be fetched from npm (it needs curl), so that no page is tried by it" >&2
}

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    VITRINE_TEST_CHROMIUM=$(command -v $name) && export VITRINE_TEST_CHROMIUM && return 0
  done
  unset VITRINE_TEST_CHROMIUM
  return 1
}

install_browser() {
  local log
  echo 'installing chromium'
  log=$(mktemp) || return 1
  as_root apt-get update -qq >"$log" 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >>"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

# Its licence (MPL) keeps it out of this repository: it lies in the target folder, in the version that is named above.
fetch_axe() {
  local folder="${CARGO_TARGET_DIR:-target}/axe-core-$axe_version" archive
  # The tests run in other folders.
  mkdir -p "$folder" && folder=$(cd "$folder" && pwd) || return 1
  if [ ! -s "$folder/axe.min.js" ]; then
    archive=$folder/axe-core.tgz
    curl -fsS --retry 2 --max-time 60 -o "$archive" \
      "https://registry.npmjs.org/axe-core/-/axe-core-$axe_version.tgz" || return 1
    echo "$axe_sha256  $archive" | sha256sum --check --quiet || { rm -f "$archive"; return 1; }
    tar -xzf "$archive" -C "$folder" --strip-components=1 package/axe.min.js package/LICENSE && rm -f "$archive" || return 1
  fi
  export VITRINE_TEST_AXE=$folder/axe.min.js
}
