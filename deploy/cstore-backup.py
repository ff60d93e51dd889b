#!/usr/bin/env python3
"""Copies what DataGen keeps in a node's CStore to a file, a JSON line for each key, and back.

    python3 deploy/cstore-backup.py save http://node:31234 datagen.jsonl
    python3 deploy/cstore-backup.py load http://node:31234 datagen.jsonl

Users, their tasks with every record, their API tokens and the counters. Sessions are left out: everybody signs in again. CStore has no list of
its keys, so the names of the users lead to their tasks, and those to the rest. Files in R1FS stay there; their ids are copied. Environment:
R1EN_CSTORE_AUTH_HKEY (auth:default) names the users, R1EN_CHAINSTORE_PEERS (a JSON array or a comma list) the nodes that a load is sent to too.
An address may hold a user and a password. What is in the file is as secret as the store: it holds records and password hashes.
"""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class Node:
    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
        self.address = urllib.parse.urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        peers = os.environ.get("R1EN_CHAINSTORE_PEERS") or os.environ.get("EE_CHAINSTORE_PEERS") or ""
        self.peers = json.loads(peers) if peers.startswith("[") else [peer.strip() for peer in peers.split(",") if peer.strip()]

    def value(self, key):
        return self._call("get", {"key": key})

    def fields(self, key):
        return self._call("hgetall", {"hkey": key}) or {}

    def set(self, key, value, field=None):
        names = {"key": key} if field is None else {"hkey": key, "key": field}
        body = {**names, "value": value, "chainstore_peers": self.peers}
        if self._call("set" if field is None else "hset", {}, body) is not True:
            raise OSError(f"{key}: the node did not confirm the write")

    # A node answers one call at a time and may be busy: what fails is tried again.
    def _call(self, path, query, body=None):
        url = f"{self.address}/{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        for attempt in range(5):
            try:
                with urllib.request.urlopen(urllib.request.Request(url, data, self.headers), timeout=60) as answer:
                    result = json.load(answer)["result"]
                if isinstance(result, dict) and set(result) == {"error"}:
                    raise OSError(f"{path}: {result['error']}")
                return result
            except urllib.error.HTTPError as error:
                if error.code < 500 or attempt == 4:
                    raise
            except OSError:
                if attempt == 4:
                    raise
            time.sleep(2**attempt)


def keys(node):
    """Every hash and value. A task's progress precedes its records, so those stored during the copy are found on restart."""
    users = os.environ.get("R1EN_CSTORE_AUTH_HKEY") or "auth:default"
    yield "hash", users
    for user in sorted(node.fields(users)):
        yield "hash", f"datagen:user:{user}:tasks"
        yield "hash", f"datagen:user:{user}:tokens"
        for task in sorted(node.fields(f"datagen:user:{user}:tasks")):
            document = f"datagen:task:{task}"
            yield "value", document
            shards = len(json.loads(node.value(document) or "{}").get("shards") or [0])
            for shard in range(shards):
                yield "value", f"{document}:shard:{shard}"
            yield "value", f"{document}:budget"
            yield "hash", f"{document}:segments"
            yield "hash", f"{document}:curation"
    yield "hash", "datagen:tasks:active"
    yield "hash", "datagen:metrics"
    yield "hash", "datagen:metrics:users"


def save(node, path):
    count = 0
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        for kind, key in keys(node):
            content = node.fields(key) if kind == "hash" else node.value(key)
            if content:
                file.write(json.dumps({"key": key, kind: content}, ensure_ascii=False) + "\n")
                count += 1
    return count


def load(node, path):
    """Records come before what says that they are there."""
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    for line in sorted(lines, key=lambda line: not line["key"].endswith((":segments", ":curation"))):
        if "hash" in line:
            for field, value in line["hash"].items():
                node.set(line["key"], value, field)
        else:
            node.set(line["key"], line["value"])
    return len(lines)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("save", "load"):
        sys.exit(__doc__)
    print(f"{(save if sys.argv[1] == 'save' else load)(Node(sys.argv[2]), sys.argv[3])} keys")
