// The command line as its users see it: text in, text and exit status out.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tools/command/command.h"

namespace plexus::tools {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome plexus(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::istringstream in{input};
  std::ostringstream out, err;
  Streams streams{in, out, err};
  const auto status = runCommandLine(arguments, streams);
  return {static_cast<int>(status), out.str(), err.str()};
}

class CommandLine : public testing::Test {
 protected:
  CommandLine()
      : folder_{std::filesystem::temp_directory_path() / ("plexus-command-line-" + std::to_string(getpid()))} {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~CommandLine() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

TEST_F(CommandLine, QueriesAreKeptInTheDirectory) {
  EXPECT_EQ(plexus({"query", path("db"), "-c", "CREATE (:Drug {name: 'doxorubicin'})"}).status, 0);
  const auto read = plexus({"query", path("db"), "-c", "MATCH (d:Drug) RETURN d.name AS name", "--format", "jsonl"});
  EXPECT_EQ(read.status, 0);
  EXPECT_EQ(read.out, "{\"name\":\"doxorubicin\"}\n");
}

TEST_F(CommandLine, AScriptEndsAtTheFirstError) {
  const auto run = plexus({"query", ":memory:", "--format", "csv"}, "RETURN 1 AS a;\nRETURN b;\nRETURN 2 AS c;\n");
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out, "a\n1\n");
  EXPECT_NE(run.err.find("  RETURN b\n         ^"), std::string::npos) << run.err;
}

TEST_F(CommandLine, TransactionsSpanStatements) {
  const auto run =
      plexus({"query", ":memory:", "--format", "csv"},
             "BEGIN; CREATE (:A); ROLLBACK; BEGIN; CREATE (:B); COMMIT; MATCH (n) RETURN labels(n)[0] AS l");
  EXPECT_EQ(run.out, "l\nB\n") << run.err;
}

TEST_F(CommandLine, ParametersAreLiteralsOrStrings) {
  const auto run =
      plexus({"query", ":memory:", "--format", "jsonl", "--param", "i=-1", "--param", "s=Compound::DB1", "--param",
              "l=[1, 'x']", "--param", "d=2020-01-01", "-c", "RETURN $i AS i, $s AS s, $l AS l, $d AS d"});
  EXPECT_EQ(run.out, "{\"i\":-1,\"s\":\"Compound::DB1\",\"l\":[1,\"x\"],\"d\":\"2020-01-01\"}\n") << run.err;
}

TEST_F(CommandLine, ParametersComeFromAJsonFile) {
  std::ofstream{path("p.json")} << R"({"x": 1, "y": 1.0, "z": {"k": [null]}})";
  const auto run = plexus(
      {"query", ":memory:", "--format", "jsonl", "--params", path("p.json"), "-c", "RETURN $x AS x, $y AS y, $z AS z"});
  EXPECT_EQ(run.out, "{\"x\":1,\"y\":1.0,\"z\":{\"k\":[null]}}\n") << run.err;
  EXPECT_EQ(plexus({"query", ":memory:", "--params", path("absent.json"), "-c", "RETURN 1"}).status, 1);
}

TEST_F(CommandLine, TimingIsAJsonLineOnStandardError) {
  const auto run = plexus({"query", ":memory:", "--repeat", "3", "--timing", "-c", "RETURN 1 AS x", "--format", "csv"});
  EXPECT_EQ(run.out, "x\n1\n");
  EXPECT_EQ(run.err.find("{\"parse_ms\":"), 0U) << run.err;
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), ','), 5) << run.err;
}

TEST_F(CommandLine, ExitStatusesTellWhatWentWrong) {
  EXPECT_EQ(plexus({"--help"}).status, 0);
  EXPECT_EQ(plexus({"query"}).status, 2);
  EXPECT_EQ(plexus({"query", ":memory:", "--format", "xml", "-c", "RETURN 1"}).status, 2);
  EXPECT_EQ(plexus({"query", ":memory:", "-c", "RETURN ("}).status, 1);
  EXPECT_EQ(plexus({"info", path("absent")}).status, 3);
  std::ofstream{path("file")} << "not a database";
  EXPECT_EQ(plexus({"query", path("file"), "-c", "RETURN 1"}).status, 3);
}

TEST_F(CommandLine, WrongUsageNamesTheCommandAndTheOption) {
  const auto expectUsage = [&](const std::vector<std::string>& arguments, const std::string& message) {
    const auto run = plexus(arguments);
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, testing::HasSubstr(message));
  };
  expectUsage({"query", ":memory:", "-c", "RETURN 1", "-f", "q.cypher"}, "plexus query: ");
  expectUsage({"query", ":memory:", "-c", "RETURN 1", "-f", "q.cypher"}, "excludes");
  expectUsage({"query", ":memory:", "-c", "RETURN 1", "--repeat", "0"}, "--repeat");
  expectUsage({"query", ":memory:", "-c", "RETURN 1", "--threads", "some"}, "--threads");
  expectUsage({"query", ":memory:", "--unknown"}, "--unknown (see plexus query --help)");
  expectUsage({"query", ":memory:", "RETURN 1"}, "RETURN 1; statements are given by -c (see plexus query --help)");
  expectUsage({"info"}, "plexus info: DB is required");
}

TEST_F(CommandLine, HelpOfACommandListsItsOptions) {
  const auto run = plexus({"query", "--help"});
  EXPECT_EQ(run.status, 0);
  for (const char* option : {"DB", "-c,--command", "--param", "--format", "--timing"}) {
    EXPECT_THAT(run.out, testing::HasSubstr(option));
  }
}

TEST_F(CommandLine, TheSampleIsThereAtOnce) {
  EXPECT_EQ(plexus({"demo", path("lms")}).status, 0);
  const auto read =
      plexus({"query", path("lms"), "--format", "csv", "-c",
              "MATCH (:Therapy {name: 'chemotherapy'})-[:uses]->(d:Drug) RETURN d.name AS drug ORDER BY drug"});
  EXPECT_EQ(read.out, "drug\ndacarbazine\ndocetaxel\ndoxorubicin\ngemcitabine\nifosfamide\n") << read.err;
  EXPECT_EQ(plexus({"demo", path("lms")}).status, 1) << "a second sample would double every statement";
  EXPECT_NE(plexus({"info", path("lms")}).out.find(":Drug"), std::string::npos);
  EXPECT_EQ(plexus({"check", path("lms")}).out, "no findings\n");
}

TEST_F(CommandLine, BackupsRestore) {
  plexus({"query", path("db"), "-c", "CREATE (:A)"});
  EXPECT_EQ(plexus({"backup", path("db"), path("copy")}).status, 0);
  EXPECT_EQ(plexus({"backup", path("db"), path("copy")}).status, 1) << "must not overwrite";
  EXPECT_EQ(plexus({"restore", path("copy"), path("again")}).status, 0);
  EXPECT_EQ(plexus({"query", path("again"), "--format", "csv", "-c", "MATCH (n:A) RETURN count(*) AS n"}).out,
            "n\n1\n");
}

TEST_F(CommandLine, RestoringTakesWhatIsADatabaseToWhereNothingIs) {
  plexus({"query", path("db"), "-c", "CREATE (:A)"});
  ASSERT_EQ(plexus({"backup", path("db"), path("copy")}).status, 0);
  EXPECT_EQ(plexus({"restore", path("copy"), path("db")}).status, 1) << "must not overwrite";
  EXPECT_EQ(plexus({"restore", path("absent"), path("again")}).status, 3);
  EXPECT_FALSE(std::filesystem::exists(path("again")));
  EXPECT_EQ(plexus({"restore", path("copy"), path("no/such/folder")}).status, 1);
  std::filesystem::create_directories(path("again.partial"));  // left by a copy that was killed
  EXPECT_EQ(plexus({"restore", path("copy"), path("again")}).status, 0);
  EXPECT_FALSE(std::filesystem::exists(path("again.partial")));
}

TEST_F(CommandLine, CompactingKeepsWhatIsThere) {
  plexus({"query", path("db"), "-c", "UNWIND range(1, 1000) AS i CREATE (:A {i: i})-[:R]->(:B)"});
  plexus({"query", path("db"), "-c", "MATCH (a:A) WHERE a.i > 10 DETACH DELETE a"});
  const auto compacted = plexus({"compact", path("db")});
  EXPECT_EQ(compacted.status, 0) << compacted.err;
  EXPECT_NE(compacted.out.find("MB on disk"), std::string::npos) << compacted.out;
  EXPECT_EQ(plexus({"check", path("db")}).out, "no findings\n");
  EXPECT_EQ(plexus({"query", path("db"), "--format", "csv", "-c", "MATCH (a:A)-[:R]->(:B) RETURN sum(a.i) AS s"}).out,
            "s\n55\n");
}

TEST_F(CommandLine, InfoCountsByLabelAndType) {
  plexus({"query", path("db"), "-c", "CREATE (:A:B)-[:R]->(:B)-[:S]->(:B), (:A)"});
  const auto info = plexus({"info", path("db")});
  EXPECT_EQ(info.out.find("4 nodes, 2 relationships\n             3  :B\n             2  :A\n"
                          "             1  [:R]\n             1  [:S]\n"),
            0U)
      << info.out;
  EXPECT_NE(info.out.find("format 1, RocksDB "), std::string::npos) << info.out;
}

TEST_F(CommandLine, AShellWithoutATerminalReadsStatementsAndDotCommands) {
  const auto run = plexus({}, ".format csv\nRETURN 1\n  AS x;\n.frmat\n.quit\nRETURN 2 AS y;\n");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "x\n1\n");
  EXPECT_NE(run.err.find("unknown command .frmat; did you mean `.format`?"), std::string::npos) << run.err;
}

TEST_F(CommandLine, WhyGoesDownToTheAssertions) {
  const auto run = plexus({},
                          "CREATE RELATION TYPE is_a TRANSITIVE WITH EVIDENCE;\n"
                          "CREATE (:D {name: 'a'})-[:is_a {source: 'book', publications: ['PMID:1', 'PMID:2']}]->"
                          "(:D {name: 'b'})-[:is_a]->(:D {name: 'c'});\n"
                          "MATCH (a {name: 'a'}), (b {name: 'b'}) CREATE (a)-[:is_a {source: 'trial'}]->(b);\n"
                          ".why ({name: 'a'})-[:is_a]->({name: 'c'})\n.why (:D)-[:has]->()\n.why (:D\n");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out,
            "a is_a c (is_a is transitive)\n"
            "  a is_a b (asserted)\n"
            "      - source: 'book', publications: ['PMID:1', 'PMID:2']\n"
            "      - source: 'trial'\n"
            "  b is_a c (asserted)\n"
            "no relationship matches\n");
  EXPECT_NE(run.err.find("MATCH p = (:D"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace plexus::tools
