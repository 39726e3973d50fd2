#!/usr/bin/env python3
"""Asks the built-in sample all questions of a file, by the built program, and compares columns and rows.

  check_questions.py PLEXUS QUESTIONS.json

A question has `cypher`, `columns`, `rows`, and `ordered`: whether the order of the rows is part of the answer.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def ask(plexus, database, cypher):
    done = subprocess.run([plexus, "query", database, "-c", cypher, "--format", "jsonl"], capture_output=True, text=True)
    if done.returncode != 0:
        return None, [done.stderr]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return (list(rows[0]) if rows else None), [list(row.values()) for row in rows]


def main():
    plexus, questions = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        database = str(pathlib.Path(folder) / "sample")
        subprocess.run([plexus, "demo", database], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for question in questions:
            columns, rows = ask(plexus, database, question["cypher"])
            wanted = question["rows"]
            if not question["ordered"]:
                rows, wanted = sorted(rows, key=str), sorted(wanted, key=str)
            if rows == wanted and columns in (None, question["columns"]):
                continue
            failed += 1
            print(f"{question['id']}: {question['question']}\n  {question['cypher']}\n  expected {wanted}\n  got      {rows}")
    print(f"{len(questions)} questions, {failed} answered wrongly")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
