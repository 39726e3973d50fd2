"""The built program as its users run it, for tests that kill, interrupt and starve it.

Each test file is run as `python3 FILE BINARY [unittest's arguments]`.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARY = None


class ProductTest(unittest.TestCase):
    """A folder of its own for each test; runs the binary in it."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="plexus-crash-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.random = random.Random(self.id())

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_product(self, *arguments, **options):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120, **options)

    def start(self, *arguments, **options):
        return subprocess.Popen([BINARY, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def ask(self, database, query, *options):
        """The cells of the last row, as text."""
        done = self.run_product("query", database, "--format", "csv", "-c", query, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()[-1].split(",")

    def assert_sound(self, database):
        done = self.run_product("check", database)
        self.assertEqual((done.returncode, done.stdout), (0, "no findings\n"), done.stderr)


class GraphFiles:
    """A graph in Hetionet's format: genes that interact, each with the next `degree` ones."""

    def __init__(self, folder, genes=20_000, degree=15):
        self.nodes = os.path.join(folder, "nodes.tsv")
        self.edges = os.path.join(folder, "edges.sif")
        self.counts = [str(genes), str(genes * degree)]
        with open(self.nodes, "w") as out:
            out.write("id\tname\tkind\n")
            out.writelines(f"Gene::{i}\tgene {i}\tGene\n" for i in range(genes))
        with open(self.edges, "w") as out:
            out.write("source\tmetaedge\ttarget\n")
            out.writelines(f"Gene::{i}\tGiG\tGene::{(i + step + 1) % genes}\n"
                           for i in range(genes) for step in range(degree))

    def arguments(self, database):
        return ["import", database, "--format", "hetionet", self.nodes, self.edges]


COUNTS = "MATCH (n) WITH count(*) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r)"


def main():
    global BINARY
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__")
