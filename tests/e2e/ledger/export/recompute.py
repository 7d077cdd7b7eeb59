"""Computes the chain by the form that oubli-rules(7) gives, sharing nothing with oubli."""
import hashlib
import json
import sys

FIELDS = ("number", "written_at", "kind", "run", "body", "previous")

previous = "0" * 64
for line in sys.stdin:
    entry = json.loads(line)
    fields = [str(entry[name]).encode() for name in FIELDS]
    form = b"".join(b"%d:%s," % (len(field), field) for field in fields)
    assert entry["previous"] == previous and entry["hash"] == hashlib.sha256(form).hexdigest()
    previous = entry["hash"]
    print(entry["kind"])
