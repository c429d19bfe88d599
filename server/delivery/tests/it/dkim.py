"""Verifies each signature of a message with dkimpy: argv names the message and a JSON file of DNS records; prints one line each."""

import json
import sys

import dkim

with open(sys.argv[1], "rb") as file:
    message = file.read()
with open(sys.argv[2]) as file:
    records = json.load(file)


def ask(name, timeout=5):
    text = records.get(name.decode() if isinstance(name, bytes) else name)
    return None if text is None else text.encode()


for n in range(int(sys.argv[3])):
    try:
        print("good" if dkim.DKIM(message).verify(idx=n, dnsfunc=ask) else "bad")
    except Exception as fault:  # The test shows whatever it says.
        print("fault", repr(fault))
