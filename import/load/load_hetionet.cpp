#include "import/load/load_hetionet.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "import/format/hetionet.h"
#include "import/format/shorten.h"
#include "import/load/load_relationships.h"
#include "import/load/row_errors.h"

namespace plexus::load {
namespace {

namespace hetionet = format::hetionet;
using format::Cell;

constexpr std::size_t kColumns = 3;

// What both tables need: batches, errors, progress.
class TableLoader {
 protected:
  TableLoader(LoadContext& context, RowStream& rows) : context_{context}, rows_{rows} {}
  ~TableLoader() = default;

  template <typename TakeRow, typename Store>
  void run(ProgressState::Phase phase, TakeRow takeRow, Store store) {
    while (rows_.next()) {
      if (rows_.startsFile()) {
        if (phase == ProgressState::Phase::kNodes) context_.places.beginFile(rows_.file());
        context_.meter.begin(phase, rows_.file(), context_.graph);
      }
      errors_.begin(rows_, kColumns, false);
      for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
        if (!errors_.isBad(row)) takeRow(row, rows_.batch().row(row));
      }
      if (errors_.any()) errors_.tell(rows_, context_.rejects);
      store();
      context_.meter.update(rows_.bytesRead(), context_.graph);
    }
    context_.meter.endGroup(rows_.bytesRead());
  }

  LoadContext& context_;
  RowStream& rows_;
  RowErrors errors_;
};

IdSpace& spaceOf(LoadContext& context, std::uint8_t kind) {
  return context.spaces.get(std::string{hetionet::kinds()[kind].label});
}

class HetionetNodes : TableLoader {
 public:
  HetionetNodes(LoadContext& context, RowStream& rows)
      : TableLoader{context, rows}, idKey_{context.graph.key("id")}, nameKey_{context.graph.key("name")} {}

  void run() {
    TableLoader::run(
        ProgressState::Phase::kNodes,
        [this](std::size_t row, std::span<const Cell> cells) {
          takeRow(row, cells[0].text(), cells[1].text(), cells[2].text());
        },
        [this] { store(); });
  }

 private:
  // The nodes of one kind in a batch.
  struct Group {
    IdSpace* space = nullptr;  // null: the kind did not come yet
    LabelSet labels;
    bool existed = false;  // the database has an index in which ids must not be
    std::vector<std::string_view> ids, names;
    std::vector<std::size_t> slots;
  };

  void takeRow(std::size_t row, std::string_view id, std::string_view name, std::string_view kindName) {
    const std::optional<std::uint8_t> kind =
        lastKind_ && hetionet::kinds()[*lastKind_].name == kindName ? lastKind_ : hetionet::findKind(kindName);
    if (!kind) return unknownKind(row, kindName);
    lastKind_ = kind;
    if (id.empty()) return errors_.add(row, 1, "empty id", "the id is empty");
    Group& group = groups_[*kind];
    if (group.space == nullptr) open(group, *kind);
    // Once a batch: slots must not move while some of them wait for their nodes.
    if (group.slots.empty()) group.space->ids.reserve(rows_.batch().size());
    const auto [existing, slot] =
        group.space->ids.tryInsert(id, IdMap::kPending, context_.places.at(rows_.batch().line(row)));
    if (existing != kNoNode)
      return duplicate(row, id, context_.places.describe(group.space->ids.placeOf(id), rows_.file()));
    if (group.existed) {
      const NodeId stored = context_.spaces.existing().find(group.space->name, id);
      if (stored != kNoNode) {
        group.space->ids.setNode(slot, stored);
        return duplicate(row, id, "in the database");
      }
    }
    group.ids.push_back(id);
    group.names.push_back(name);
    group.slots.push_back(slot);
  }

  void open(Group& group, std::uint8_t kind) {
    const std::string label{hetionet::kinds()[kind].label};
    group.space = &spaceOf(context_, kind);
    group.space->declared = true;
    group.space->addLabel(label);
    group.labels = context_.graph.labels(std::span{&label, 1});
    context_.graph.identify(group.labels, "id", label);
    group.existed = context_.spaces.existing().idProperty(label) == "id";
  }

  void store() {
    for (Group& group : groups_) {
      if (group.ids.empty()) continue;
      const NodeId first = context_.graph.addNodes(group.labels, group.ids.size());
      for (std::size_t i = 0; i < group.slots.size(); ++i) {
        group.space->ids.setNode(group.slots[i], first + static_cast<NodeId>(i));
      }
      setProperty(idKey_, first, group.ids);
      setProperty(nameKey_, first, group.names);
      group.ids.clear();
      group.names.clear();
      group.slots.clear();
    }
  }

  void setProperty(PropertyKeyId key, NodeId first, const std::vector<std::string_view>& texts) {
    strings_.clear();
    strings_.resize(texts.size());
    std::copy(texts.begin(), texts.end(), strings_.data<std::string_view>().begin());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].empty()) strings_.setNull(i);
    }
    context_.graph.setNodeProperty(key, first, strings_);
  }

  void duplicate(std::size_t row, std::string_view id, const std::string& first) {
    errors_.add(
        row, 1, "duplicate id",
        fmt::format("the id `{}` is there already{}", format::shorten(id), first.empty() ? "" : " (" + first + ")"));
  }

  void unknownKind(std::size_t row, std::string_view name) {
    std::vector<std::string> known;
    for (const auto& kind : hetionet::kinds()) known.emplace_back(kind.name);
    const std::string hint = didYouMean(name, known);
    errors_.add(
        row, 3, "unknown kind",
        fmt::format("`{}` is not a kind of Hetionet's{}", format::shorten(name), hint.empty() ? "" : "; " + hint));
  }

  PropertyKeyId idKey_, nameKey_;
  std::array<Group, 11> groups_;
  std::optional<std::uint8_t> lastKind_;
  Vector strings_{Vector::Kind::kString};
};

class HetionetEdges : TableLoader {
 public:
  HetionetEdges(LoadContext& context, RowStream& rows) : TableLoader{context, rows} {}

  void run() {
    TableLoader::run(
        ProgressState::Phase::kRelationships,
        [this](std::size_t row, std::span<const Cell> cells) {
          takeRow(row, cells[0].text(), cells[1].text(), cells[2].text());
        },
        [this] { store(); });
  }

 private:
  // The edges of one metaedge in a batch, and how their ends are found.
  struct Group {
    std::optional<EndResolver> source, target;
    RelTypeId type = kNoId;
    std::vector<NodeId> starts, ends;
  };

  void takeRow(std::size_t row, std::string_view source, std::string_view metaedge, std::string_view target) {
    if (metaedge != lastName_ && !select(metaedge)) {
      return errors_.add(row, 2, "unknown metaedge",
                         fmt::format("`{}` is not a metaedge of Hetionet's", format::shorten(metaedge)));
    }
    Group& group = groups_[last_];
    const NodeId start = group.source->resolve(source);
    const NodeId end = group.target->resolve(target);
    if (start == kNoNode || end == kNoNode)
      return unknownEnd(row, start == kNoNode, start == kNoNode ? source : target);
    group.starts.push_back(start);
    group.ends.push_back(end);
  }

  bool select(std::string_view name) {
    const std::optional<std::uint8_t> index = hetionet::findMetaedge(name);
    if (!index) return false;
    last_ = *index;
    lastName_.assign(name);
    Group& group = groups_[last_];
    if (group.source) return true;
    const hetionet::Metaedge& metaedge = hetionet::metaedges()[last_];
    group.source.emplace(context_.spaces, candidates(metaedge.source));
    group.target.emplace(context_.spaces, candidates(metaedge.target));
    group.type = context_.graph.type(metaedge.type);
    return true;
  }

  std::vector<IdSpace*> candidates(std::uint8_t kind) {
    IdSpace& space = spaceOf(context_, kind);
    context_.spaces.extendToDatabase(space, space.name);
    return {&space};
  }

  void unknownEnd(std::size_t row, bool isSource, std::string_view id) {
    const Group& group = groups_[last_];
    const EndResolver& resolver = isSource ? *group.source : *group.target;
    const std::string message = unknownNode(context_.spaces, resolver.candidates(), id);
    const bool exists = message.ends_with(" has");
    errors_.add(
        row, isSource ? 1 : 3, exists ? "wrong kind" : "unknown node",
        exists ? fmt::format("{}: {} begins at {} and ends at {}", message, lastName_, kindName(true), kindName(false))
               : message);
  }

  std::string_view kindName(bool source) const {
    const hetionet::Metaedge& metaedge = hetionet::metaedges()[last_];
    return hetionet::kinds()[source ? metaedge.source : metaedge.target].label;
  }

  void store() {
    for (Group& group : groups_) {
      if (group.starts.empty()) continue;
      context_.graph.addRelationships(group.type, group.starts, group.ends);
      group.starts.clear();
      group.ends.clear();
    }
  }

  std::array<Group, 24> groups_;
  std::size_t last_ = 0;  // of groups_; lastName_ is empty while there was none
  std::string lastName_;
};

}  // namespace

void loadHetionet(LoadContext& context, const std::vector<std::filesystem::path>& files) {
  std::vector<std::filesystem::path> nodes, edges;
  for (const auto& file : files) {
    const RowStream rows{{file}, context.open, RowStream::Header::kFirstFile};
    const auto table = hetionet::recognise(rows.headerCells(), rows.fileOfHeader());
    (table == hetionet::Table::kNodes ? nodes : edges).push_back(file);
  }
  if (!nodes.empty()) {
    RowStream rows{nodes, context.open, RowStream::Header::kEachFile};
    HetionetNodes{context, rows}.run();
  }
  if (!edges.empty()) {
    RowStream rows{edges, context.open, RowStream::Header::kEachFile};
    HetionetEdges{context, rows}.run();
  }
}

}  // namespace plexus::load
