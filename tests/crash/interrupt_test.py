"""Ctrl-C ends a query and not the shell, and an import without a trace; a full disk is an error like any other."""
import os
import pty
import resource
import select
import signal
import time

import product
from product import COUNTS, GraphFiles, ProductTest

LONG_QUERY = "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j WITH i + j AS k WHERE k % 7 = 8 RETURN count(k);"


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, *arguments):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm"
            os.execv(product.BINARY, [product.BINARY, *arguments])
        self.text = ""

    def type(self, text):
        os.write(self.file, text.encode())

    def wait_for(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > end or not select.select([self.file], [], [], end - time.monotonic())[0]:
                raise AssertionError(f"no {text!r} in {self.text!r}")
            self.text += os.read(self.file, 65536).decode(errors="replace")
        self.text = self.text[self.text.index(text) + len(text):]

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)


class Interrupt(ProductTest):
    def test_a_query_in_the_shell(self):
        terminal = Terminal(self.path("db"))
        self.addCleanup(terminal.close)
        terminal.wait_for("> ")
        terminal.type(LONG_QUERY + "\r")
        terminal.wait_for("count(k);")
        time.sleep(0.3)
        terminal.type("\x03")
        terminal.wait_for("interrupted", seconds=3)
        terminal.type("RETURN 6 * 7 AS answer;\r")
        terminal.wait_for("42")

    def test_what_is_typed_in_the_shell(self):
        terminal = Terminal(self.path("db"))
        self.addCleanup(terminal.close)
        terminal.wait_for("> ")
        terminal.type("RETURN nonsense\r")
        terminal.wait_for("...> ")
        terminal.type("more")
        time.sleep(0.3)  # until the line is edited; a Ctrl-C before is not heard
        terminal.type("\x03")
        terminal.wait_for("plexus> ")
        terminal.type("RETURN 6 * 7 AS answer;\r")
        terminal.wait_for("42")

    def test_a_query_of_the_command_line(self):
        process = self.start("query", self.path("db"), "-c", LONG_QUERY)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=5)
        self.assertEqual(process.returncode, 1)
        self.assertIn("interrupted", errors)

    def test_an_import(self):
        graph, database = GraphFiles(self.folder), self.path("db")
        self.ask(database, "CREATE (:Old)-[:OLD]->(:Old) RETURN 1")
        began = time.monotonic()
        self.assertEqual(self.run_product(*graph.arguments(self.path("whole"))).returncode, 0)
        whole = time.monotonic() - began
        for share in (0.3, 0.5, 0.7, 0.8, 0.9):
            process = self.start(*graph.arguments(database))
            time.sleep(share * whole)
            process.send_signal(signal.SIGINT)
            said, errors = process.communicate(timeout=20)
            self.assert_sound(database)
            if said:  # all was stored when the signal came
                break
            # Before the program listens, the signal ends it.
            if process.returncode != -signal.SIGINT:
                self.assertEqual((process.returncode, errors), (1, "the import was interrupted; nothing was stored\n"))
            self.assertEqual(self.ask(database, COUNTS), ["2", "1"])
            self.assertEqual([n for n in os.listdir(database) if n.startswith("bulk-")], [])
        self.assertGreater(share, 0.3)


class FullDisk(ProductTest):
    """A limit on the size of files stands for a disk that is full."""

    @staticmethod
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    def run_starved(self, *arguments):
        # Python ignores SIGXFSZ; without restore_signals so does the program, whose writes then fail.
        return self.run_product(*arguments, preexec_fn=self.small_files, restore_signals=False)

    def test_import(self):
        graph, database = GraphFiles(self.folder), self.path("db")
        self.ask(database, "CREATE (:Old)-[:OLD]->(:Old) RETURN 1")
        done = self.run_starved(*graph.arguments(database))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("File too large", done.stderr)
        self.assertEqual(self.ask(database, COUNTS), ["2", "1"])
        self.assert_sound(database)

    def test_commits(self):
        database = self.path("db")
        self.ask(database, "CREATE (:Old)-[:OLD]->(:Old) RETURN 1")
        done = self.run_starved("query", database, "-c", "UNWIND range(1, 200000) AS i CREATE (:New {s: 'text ' + i})")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("File too large", done.stderr)
        self.assertEqual(self.ask(database, COUNTS), ["2", "1"])
        self.assert_sound(database)


if __name__ == "__main__":
    product.main()
