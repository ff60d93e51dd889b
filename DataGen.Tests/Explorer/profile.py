"""Profiles a JSON Lines file as the API's /profile does, by other means: the second opinion of ProfileTests."""

import collections
import json
import math
import statistics
import sys


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_text(value):
    return value if isinstance(value, str) else as_json(value)


def quantile(ordered, share):
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def profile(name, records):
    values = [record[name] for record in records if record.get(name) is not None]
    is_boolean = all(isinstance(value, bool) for value in values)
    is_number = not is_boolean and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    is_text = all(isinstance(value, str) for value in values)
    if is_number or is_boolean or is_text:
        order = (lambda value: value.encode()) if is_text else (lambda value: value)
    else:
        values = [as_json(value) for value in values]
        order = lambda value: value.encode()
    counts = sorted(collections.Counter(values).items(), key=lambda pair: (-pair[1], order(pair[0])))
    found = {
        "name": name,
        "filled": len(values),
        "nulls": len(records) - len(values),
        "distinct": len(counts),
        "top": [[as_text(value), count] for value, count in counts[:10]],
    }
    if is_number and values:
        ordered = sorted(values)
        found["numbers"] = [
            ordered[0],
            ordered[-1],
            statistics.fmean(values),
            statistics.stdev(values) if len(values) > 1 else None,
            *(quantile(ordered, share) for share in (0.05, 0.25, 0.5, 0.75, 0.95)),
        ]
        found["values"] = ordered
    elif is_text and values:
        lengths = [len(value) for value in values]
        found["texts"] = [min(values, key=order), max(values, key=order)]
        found["lengths"] = [min(lengths), statistics.fmean(lengths), max(lengths)]
    return found


def association(down, across, pairs):
    """Cramer's V, corrected for chance (Bergsma 2013)."""
    (downs, acrosses) = (collections.Counter(pair[0] for pair in pairs), collections.Counter(pair[1] for pair in pairs))
    cells = collections.Counter(pairs)
    n = len(pairs)
    chi = sum((cells[(d, a)] - downs[d] * acrosses[a] / n) ** 2 / (downs[d] * acrosses[a] / n) for d in downs for a in acrosses)
    (r, k) = (len(downs), len(acrosses))
    surplus = max(0, chi / n - (k - 1) * (r - 1) / (n - 1))
    (rr, kk) = (r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1))
    return [down, across, min(1, math.sqrt(surplus / min(kk - 1, rr - 1))), sorted([d, a, m] for (d, a), m in cells.items())]


lines = [line for line in open(sys.argv[1], encoding="utf-8", newline="").read().split("\n") if line]
records = [json.loads(line) for line in lines]
names = list(dict.fromkeys(name for record in records for name in record))
fresh, seen = [], set()
for line in lines:
    fresh.append(line not in seen)
    seen.add(line)
crossed = []
for at, down in enumerate(names):
    for across in names[at + 1 :]:
        pairs = [(as_text(r[down]), as_text(r[across])) for r in records if r.get(down) is not None and r.get(across) is not None]
        if pairs and min(len(set(p[0] for p in pairs)), len(set(p[1] for p in pairs))) > 1 and max(len(set(p[0] for p in pairs)), len(set(p[1] for p in pairs))) <= 12:
            crossed.append(association(down, across, pairs))
json.dump(
    {
        "fresh": fresh,
        "crosses": crossed,
        "total": len(records),
        "duplicates": len(lines) - len(set(lines)),
        "columns": [profile(name, records) for name in names],
    },
    sys.stdout,
)
