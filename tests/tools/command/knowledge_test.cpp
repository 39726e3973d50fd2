// docs/knowledge.md runs as it stands, on the sample: a `cypher` block, and what follows it: `csv`, its result, or
// `error`, pieces of the message in their order.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tools/command/command.h"
#include "tools/command/profiles.h"

namespace plexus::tools {
namespace {

struct Block {
  std::string language, text;
  std::size_t line;
};

std::filesystem::path sourceFolder() {
  return std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path().parent_path();
}

std::vector<Block> blocksOf(const std::filesystem::path& file) {
  std::ifstream stream{file};
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.push_back({line.substr(3), "", number});
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

struct Outcome {
  Exit exit;
  std::string out, err;
};

Outcome plexus(const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  Streams streams{in, out, err};
  const Exit exit = runCommandLine(arguments, streams);
  return {exit, out.str(), err.str()};
}

class Knowledge : public testing::Test {
 protected:
  Knowledge() : database_{std::filesystem::temp_directory_path() / ("plexus-knowledge-" + std::to_string(getpid()))} {
    std::filesystem::remove_all(database_);
  }
  ~Knowledge() override {
    std::filesystem::remove_all(database_);
    std::filesystem::remove_all(copy());
  }
  std::string copy() const { return database_.string() + "-copy"; }
  Outcome query(const std::string& text) {
    return plexus({"query", database_.string(), "--format", "csv", "-c", text});
  }

  std::filesystem::path database_;
};

void expectMessage(const std::string& pieces, const Outcome& outcome) {
  EXPECT_EQ(outcome.exit, Exit::kRefused);
  std::istringstream lines{pieces};
  std::size_t from = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t found = outcome.err.find(line, from);
    ASSERT_NE(found, std::string::npos) << "not in the message: " << line << "\n" << outcome.err;
    from = found + line.size();
  }
}

TEST_F(Knowledge, ThePageRunsAsItStands) {
  ASSERT_EQ(plexus({"demo", database_.string()}).exit, Exit::kDone);
  const auto blocks = blocksOf(sourceFolder() / "docs" / "knowledge.md");
  std::size_t ran = 0;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (blocks[i].language != "cypher") continue;
    SCOPED_TRACE("docs/knowledge.md:" + std::to_string(blocks[i].line));
    const Outcome outcome = query(blocks[i].text);
    ++ran;
    if (blocks[i + 1].language == "error") {
      expectMessage(blocks[i + 1].text, outcome);
    } else {
      EXPECT_EQ(outcome.out, blocks[i + 1].text) << outcome.err;
    }
  }
  EXPECT_GT(ran, 8U);
}

TEST_F(Knowledge, TheScriptOfASchemaRecreatesIt) {
  ASSERT_EQ(plexus({"demo", database_.string()}).exit, Exit::kDone);
  ASSERT_EQ(query("MATCH (n) DETACH DELETE n").exit, Exit::kDone);
  ASSERT_EQ(query("CREATE CONSTRAINT odd FOR (x:`Odd one`) REQUIRE x.code IS UNIQUE").exit, Exit::kDone);
  ASSERT_EQ(query("CREATE NODE TYPE `Odd one` EXTENDS Drug, Target STRICT "
                  "(`a b` LIST<INTEGER> DEFAULT [-1, 2], code STRING UNIQUE, day DATE DEFAULT date('2026-11-27'))")
                .err,
            "");
  ASSERT_EQ(query("CREATE RELATION TYPE responds_to EXTENDS treated_by DISJOINT WITH resistant_to "
                  "IMPLIED BY treated_by/uses, responds_to")
                .err,
            "");
  ASSERT_EQ(query("ALTER DATABASE SET STRICT").err, "");
  const Outcome script = plexus({"schema", database_.string()});
  ASSERT_EQ(plexus({"query", copy(), "-c", script.out}).err, "Added 1 constraint\nAdded 1 index\n");
  EXPECT_EQ(plexus({"schema", copy()}).out, script.out);
}

TEST_F(Knowledge, ProfilesAreDeclaredAndRecreated) {
  for (const Profile& profile : profiles()) {
    std::filesystem::remove_all(database_);
    std::filesystem::remove_all(copy());
    const Outcome declared = plexus({"schema", database_.string(), "--profile", std::string{profile.name}});
    ASSERT_EQ(declared.exit, Exit::kDone) << declared.err;
    EXPECT_EQ(declared.out, profile.script);
    EXPECT_EQ(declared.err, "");
    const Outcome again = plexus({"schema", database_.string(), "--profile", std::string{profile.name}});
    EXPECT_EQ(again.exit, Exit::kDone);
    EXPECT_NE(again.err.find("is declared already: nothing was changed"), std::string::npos) << again.err;
    const Outcome script = plexus({"schema", database_.string()});
    ASSERT_EQ(plexus({"query", copy(), "-c", script.out}).err, "");
    EXPECT_EQ(plexus({"schema", copy()}).out, script.out);
  }
  EXPECT_EQ(plexus({"schema", database_.string(), "--profile", "therapies"}).exit, Exit::kUsage);
}

}  // namespace
}  // namespace plexus::tools
