#!/usr/bin/env python3
"""Writes the queries of the TCK's features and of tests/query, a file each, as seeds for parser_fuzz and binder_fuzz.

  seeds.py OUT FOLDER...     folders with *.feature and *.test files
"""
import hashlib
import pathlib
import re
import sys

DOCSTRING = re.compile(r'"""\n(.*?)"""', re.S)
BLOCK = re.compile(r"^(?:query|error|graph|plan|profile)\b[^\n]*\n((?:[ \t]+[^\n]*\n?)+)", re.M)


def queries(folder):
    for file in sorted(folder.rglob("*.feature")):
        yield from DOCSTRING.findall(file.read_text())
    for file in sorted(folder.rglob("*.test")):
        yield from BLOCK.findall(file.read_text())


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for folder in sys.argv[2:]:
        for query in queries(pathlib.Path(folder)):
            text = "\n".join(line.strip() for line in query.strip().splitlines()).encode()
            if len(text) <= 1000:
                (out / hashlib.sha1(text).hexdigest()[:16]).write_bytes(text)


if __name__ == "__main__":
    main()
