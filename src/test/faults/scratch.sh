# To be sourced by the scripts beside it: a folder of their own, which is gone at their end, with whatever is in $started.
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
example="$project/examples/fashion-mnist"
folder="$(mktemp -d)"
started=()
finish() {
  for pid in ${started[@]+"${started[@]}"}; do kill "$pid" 2>/dev/null || true; done
  umount "$folder/disk" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
