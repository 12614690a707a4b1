#!/bin/sh
# Tells Spark which GPUs a machine or container has: their numbers in the order of PCI, which executors are told to use as
# well by CUDA_DEVICE_ORDER. Needs the driver's nvidia-smi; every node needs this file where the discoveryScript setting says.
numbers="$(nvidia-smi --query-gpu=index --format=csv,noheader)" || exit 1
printf '{"name": "gpu", "addresses": ['
separator=''
for number in $numbers; do
  printf '%s"%s"' "$separator" "$number"
  separator=', '
done
printf ']}\n'
