#!/bin/bash
# A member of the replica set: its members know each other by a key, which mongod takes from a file of its own only.
set -euo pipefail
key=/tmp/replica.key
rm -f "$key"
(umask 377 && printf '%s' "$MONGO_REPLICA_KEY" >"$key")
chown mongodb:mongodb "$key"
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile "$key" --bind_ip_all --wiredTigerCacheSizeGB 0.25
