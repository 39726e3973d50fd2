#!/usr/bin/env python3
"""Fails on any #include that goes against the arrows between folders (docs/architecture.md).

Usage: check_layering.py ROOT [--self-test]
"""
import pathlib
import re
import sys

# Each folder may include itself and what is listed here.
VALUE = ["core/value", "core/base"]
STORAGE = ["core/storage"] + VALUE
CATALOG = ["core/catalog"] + STORAGE
KNOWLEDGE = ["core/inference", "core/text", "core/function"] + CATALOG
BIND = ["core/bind", "core/parse"] + KNOWLEDGE
PLAN = ["core/plan"] + BIND
EXEC = ["core/exec", "import/format"] + PLAN
API = ["core/api"] + EXEC
ALLOWED = {
    "core/base": [],
    "core/value": ["core/base"],
    "core/storage": VALUE,
    "core/catalog": STORAGE,
    "core/inference": CATALOG,
    "core/text": CATALOG,
    "core/function": ["core/inference"] + CATALOG,
    "core/parse": VALUE,
    "core/bind": BIND,
    "core/plan": PLAN,
    "core/exec": EXEC,
    "core/api": EXEC,
    "import/format": VALUE,
    "import/load": ["import/format"] + CATALOG,
    "export": ["core/api"] + VALUE,
    "tools": ["core/api", "core/parse", "core/function", "import/load", "import/format", "export"] + CATALOG,
}
# Libraries that only one folder may see.
FENCED = {
    re.compile(r"<rocksdb/"): "core/storage",
    re.compile(r'[<"](antlr4-runtime|Cypher(Lexer|Parser|Visitor|BaseVisitor))'): "core/parse",
    re.compile(r"<histedit"): "tools",
    re.compile(r"<CLI/"): "tools",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"][^>"]+[>"])')


def folder_of(path):
    matches = [f for f in ALLOWED if path == f or path.startswith(f + "/")]
    return max(matches, key=len) if matches else None


def offences(root):
    """Yields (file, line, message)."""
    for top in ("core", "import", "export", "tools"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            relative = file.relative_to(root).as_posix()
            yield from offences_in(relative, file.read_text(encoding="utf-8"))


def offences_in(relative, text):
    mine = folder_of(relative)
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        included = match.group(1)
        for pattern, owner in FENCED.items():
            if pattern.match(included) and mine != owner:
                yield relative, number, f"only {owner} may include {included}"
        theirs = folder_of(included.strip('<>"'))
        if theirs and theirs != mine and theirs not in ALLOWED[mine]:
            yield relative, number, f"{mine} may not include {included}"


def self_test():
    assert list(offences_in("core/value/x.cpp", '#include "core/storage/store.h"\n'))
    assert list(offences_in("core/exec/x.cpp", "#include <rocksdb/db.h>\n"))
    assert not list(offences_in("core/storage/x.cpp", '#include <rocksdb/db.h>\n#include "core/base/ids.h"\n'))


def main():
    self_test()
    found = list(offences(pathlib.Path(sys.argv[1])))
    for file, line, message in found:
        print(f"{file}:{line}: {message}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
