#!/usr/bin/env bash
# unpack-debian.sh SUITE FOLDER PACKAGE...
#
# Unpacks packages of another Debian SUITE with all their libraries (libc included) into FOLDER, without installing
# anything: no root, no maintainer script, no service. The programs are pointed at FOLDER's own loader and libraries, so
# they run in place, and only there: the path is written into them. A second call with the same words does nothing.
set -euo pipefail

suite=$1 folder=$2
shift 2
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
stamp="$suite $folder $*"
[ "$(cat "$folder/.unpacked" 2>/dev/null || true)" != "$stamp" ] || exit 0

for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: not a Debian system" >&2; exit 1; }
done
rm -rf "$folder"
apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT

# perl is only for wrapper scripts that nobody calls here: it is declared as installed, so that it is not fetched.
declare_installed() {
  printf 'Package: %s\nStatus: install ok installed\nMaintainer: none <none@example.org>\nArchitecture: %s\n' "$1" "$arch"
  printf 'Multi-Arch: allowed\nVersion: 999:1\nDescription: declared\n\n'
}

prepare_apt() {
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  arch=$(dpkg --print-architecture)
  declare_installed perl > "$apt/status"
  # The suite is read from where this machine gets its own Debian packages.
  local codename keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  apt-get indextargets --format '$(REPO_URI)|$(RELEASE)' 'Identifier: Packages' |
    awk -F'|' -v codename="$codename" -v suite="$suite" -v keyring="$keyring" '$2 == codename {
      print "Types: deb\nURIs: " $1 "\nSuites: " suite "\nComponents: main\nSigned-By: " keyring; exit }' \
    > "$apt/debian.sources"
  [ -s "$apt/debian.sources" ] || { echo "this machine has no Debian package source to take $suite from" >&2; exit 1; }
}

# Check-Valid-Until: the source may be a snapshot of an earlier day.
private_apt() {
  apt-get -q -o Dir::Etc::sourcelist="$apt/debian.sources" -o Dir::Etc::sourceparts=- \
    -o Dir::State="$apt" -o Dir::State::Lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
    -o APT::Install-Recommends=0 -o APT::Sandbox::User=root -o Debug::NoLocking=1 -o Acquire::Languages=none \
    -o Acquire::Check-Valid-Until=false -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
    "$@" > "$apt/log" 2>&1 || {
      sed -E 's#https?://[^ /]*#(mirror)#g' "$apt/log" | tail -10 >&2
      exit 1
    }
}

unpack() {
  # The root folders are links into usr (merged /usr); the package that makes them is not among those unpacked.
  local name deb
  mkdir -p "$folder"/usr/{bin,sbin,lib,lib64}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$folder/$name"; done
  for deb in "$apt"/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$folder" --keep-directory-symlink --no-same-owner \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
  done
}

# patchelf is unpacked too and run through the unpacked loader, because the machine's libc may be too old for it.
point_programs_at_own_libraries() {
  local libraries loader program
  libraries=$(dirname "$(find "$folder/usr/lib" -name 'libc.so.6' | head -1)")
  loader=$(find "$libraries" "$folder/usr/lib64" -name 'ld-linux*.so.*' | head -1)
  [ -e "$loader" ] || { echo "no loader among the unpacked packages" >&2; exit 1; }
  while IFS= read -r -d '' program; do
    [ "${program##*/}" != patchelf ] || continue
    run_patchelf --print-interpreter "$program" > /dev/null 2>&1 || continue
    # DT_RPATH, which counts for the libraries of libraries too; the newer DT_RUNPATH does not.
    run_patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries:$libraries/private:$folder/usr/lib" "$program"
  done < <(find "$folder/usr/bin" "$folder/usr/sbin" -type f -perm -u+x -print0)
}

run_patchelf() { "$loader" --library-path "$libraries" "$folder/usr/bin/patchelf" "$@"; }

prepare_apt
private_apt update
private_apt install -y --download-only "$@" patchelf
unpack
point_programs_at_own_libraries
echo "$stamp" > "$folder/.unpacked"
