"""Files that are cut, lost or overwritten are refused in clear words; wrong answers are never given."""
import os
import shutil

import product
from product import COUNTS, GraphFiles, ProductTest

READ_ALL = "MATCH (a)-[r]->(b) RETURN count(a.id), count(b.name), count(r)"


class Damage(ProductTest):
    def setUp(self):
        super().setUp()
        graph = GraphFiles(self.folder, genes=5_000, degree=8)
        self.whole = self.path("whole")
        self.assertEqual(self.run_product(*graph.arguments(self.whole)).returncode, 0)
        self.right = self.ask(self.whole, READ_ALL)
        self.ask(self.whole, COUNTS)

    def files(self, *ends):
        return [name for name in sorted(os.listdir(self.whole)) if name.endswith(ends) or name.startswith(ends)]

    def damaged(self, name, change):
        database = self.path("db")
        shutil.rmtree(database, ignore_errors=True)
        shutil.copytree(self.whole, database)
        change(os.path.join(database, name))
        return database

    def test_files_cut_or_lost_are_not_opened(self):
        changes = {"lost": os.remove, "cut": lambda file: os.truncate(file, os.path.getsize(file) // 2)}
        for name in self.files(".sst", "MANIFEST", "CURRENT"):
            for what, change in changes.items():
                database = self.damaged(name, change)
                for options in ([], ["--read-only"]):
                    with self.subTest(file=name, what=what, options=options):
                        done = self.run_product("query", database, "-c", READ_ALL, *options)
                        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
                        self.assertRegex(done.stderr, "is damaged|cannot be read|is not a Plexus database")

    def test_overwritten_bytes_are_found(self):
        for name in self.files(".sst"):
            size = os.path.getsize(os.path.join(self.whole, name))
            for _ in range(3):
                # The footer's last bytes are its magic number; all before is under checksums.
                at = self.random.randrange(size - 60)
                database = self.damaged(name, lambda file: self.flip(file, at))
                with self.subTest(file=name, at=at):
                    check = self.run_product("check", database)
                    self.assertIn(check.returncode, (1, 3), check.stdout)
                    self.assertIn("is damaged", check.stdout + check.stderr)
                    done = self.run_product("query", database, "--format", "csv", "-c", READ_ALL)
                    if done.returncode == 0:  # what it read was not what is damaged
                        self.assertEqual(done.stdout.splitlines()[-1].split(","), self.right)
                    else:
                        self.assertIn("is damaged", done.stderr)

    @staticmethod
    def flip(file, at):
        with open(file, "r+b") as bytes_:
            bytes_.seek(at)
            old = bytes_.read(1)
            bytes_.seek(at)
            bytes_.write(bytes([old[0] ^ 0x55]))

    def test_other_folders_and_files_are_no_databases(self):
        file, folder = self.path("file"), self.path("folder")
        with open(file, "w") as out:
            out.write("text\n")
        os.mkdir(folder)
        with open(os.path.join(folder, "notes.txt"), "w") as out:
            out.write("text\n")
        for path in (file, folder):
            for options in ([], ["--read-only"]):
                done = self.run_product("query", path, "-c", "RETURN 1", *options)
                self.assertEqual((done.returncode, done.stderr.strip()), (3, f"{path}: is not a Plexus database"))
        self.assertEqual(os.listdir(folder), ["notes.txt"])


if __name__ == "__main__":
    product.main()
