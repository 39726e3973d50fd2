// tests/import/load/recorder.h: takes what an import hands to storage and keeps it as plain data.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/value/print.h"
#include "import/load/import_job.h"
#include "tests/import/support.h"

namespace plexus::test {

class RecordingBulkLoad final : public storage::BulkLoad {
 public:
  NodeId addNodes(std::span<const LabelId> labels, std::size_t count) override {
    const auto first = static_cast<NodeId>(nodeLabels.size());
    nodeLabels.insert(nodeLabels.end(), count, {labels.begin(), labels.end()});
    return first;
  }
  void setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values) override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values.isNull(i)) nodeProperties[first + static_cast<NodeId>(i)][key] = toCypherText(values.value(i));
    }
  }
  std::uint64_t addRelationships(RelTypeId type, std::span<const NodeId> starts,
                                 std::span<const NodeId> ends) override {
    auto& list = relationships[type];
    const std::uint64_t first = list.size();
    for (std::size_t i = 0; i < starts.size(); ++i) list.push_back({starts[i], ends[i], {}});
    return first;
  }
  void setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values) override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values.isNull(i)) relationships[type].at(first + i).properties[key] = toCypherText(values.value(i));
    }
  }
  void changeRelProperty(RelTypeId, PropertyKeyId, RelId, const Value&) override {}
  void createIndex(const storage::IndexSpec& spec) override { indexes.push_back(spec); }
  void setAttachment(std::shared_ptr<const storage::Attachment>) override { attached = true; }
  void finish(const std::function<void()>&) override {}

  struct Edge {
    NodeId start, end;
    std::map<PropertyKeyId, std::string> properties;
  };
  std::vector<std::vector<LabelId>> nodeLabels;
  std::map<NodeId, std::map<PropertyKeyId, std::string>> nodeProperties;
  std::map<RelTypeId, std::vector<Edge>> relationships;
  std::vector<storage::IndexSpec> indexes;
  bool attached = false;
};

// Nodes that "were there before": label -> property, and id -> node.
class FakeDatabase final : public load::ExistingNodes {
 public:
  std::string idProperty(const std::string& label) const override {
    const auto found = properties.find(label);
    return found == properties.end() ? "" : found->second;
  }
  NodeId find(const std::string& label, std::string_view id) const override {
    const auto found = nodes.find({label, std::string{id}});
    return found == nodes.end() ? kNoNode : found->second;
  }
  std::map<std::string, std::string> properties;
  std::map<std::pair<std::string, std::string>, NodeId> nodes;
};

// An import whose files are texts, and what came of it.
class Import {
 public:
  std::map<std::string, std::string> files;
  load::ImportOptions options;
  FakeDatabase database;
  RecordingBulkLoad bulk;
  std::shared_ptr<catalog::Catalog> catalog = std::make_shared<catalog::Catalog>();
  load::ImportReport report;

  void run() {
    load::NoProgress progress;
    const auto hasNodes = [this](const std::string& label) { return database.properties.count(label) > 0; };
    report = load::runImport({bulk, catalog, database, hasNodes}, options, progress,
                             [this](const std::filesystem::path& file) {
                               const auto text = files.find(file.string());
                               if (text == files.end())
                                 return std::make_unique<format::CsvReader>(file, options.dialect);
                               return std::make_unique<format::CsvReader>(text->first, text->second, options.dialect);
                             });
  }
  std::string error() {
    return errorOf([this] { run(); });
  }

  // "(:A:B {p: 1})", properties by name.
  std::string node(NodeId id) const {
    std::string text = "(";
    for (const LabelId label : bulk.nodeLabels.at(id)) text += ":" + catalog->labels.name(label);
    const auto found = bulk.nodeProperties.find(id);
    return text + (found == bulk.nodeProperties.end() ? "" : map(found->second)) + ")";
  }
  std::vector<std::string> nodes() const {
    std::vector<std::string> all;
    for (NodeId id = 0; id < bulk.nodeLabels.size(); ++id) all.push_back(node(id));
    return all;
  }
  // "0-[:T {p: 1}]->1", by type.
  std::vector<std::string> relationships() const {
    std::vector<std::string> all;
    for (const auto& [type, edges] : bulk.relationships) {
      for (const auto& edge : edges) {
        all.push_back(std::to_string(edge.start) + "-[:" + catalog->relTypes.name(type) + map(edge.properties) + "]->" +
                      std::to_string(edge.end));
      }
    }
    return all;
  }
  std::vector<std::string> indexNames() const {
    std::vector<std::string> all;
    for (const auto& rule : catalog->rules()) all.push_back(rule.name);
    return all;
  }

 private:
  std::string map(const std::map<PropertyKeyId, std::string>& properties) const {
    std::map<std::string, std::string> byName;
    for (const auto& [key, value] : properties) byName[catalog->propertyKeys.name(key)] = value;
    std::string text;
    for (const auto& [name, value] : byName) text += (text.empty() ? " {" : ", ") + name + ": " + value;
    return text.empty() ? "" : text + "}";
  }
};

}  // namespace plexus::test
