#include "core/api/type_command.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/api/merge_statements.h"
#include "core/api/type_declaration.h"
#include "core/base/nearest_name.h"
#include "core/catalog/conformance.h"
#include "core/catalog/evidence.h"
#include "core/exec/operator/write/constraints.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::api {
namespace {

using catalog::Catalog;
using catalog::Conformance;
using catalog::NodeType;
using catalog::Offence;
using catalog::RelationType;
using catalog::SchemaRule;
using catalog::TypeSchema;

[[noreturn]] void failAt(Span span, std::string message, std::string hint = {}) {
  throw Error{ErrorType::kSchemaError, Phase::kRuntime, "", std::move(message), span, std::move(hint)};
}

// What contradicts a declaration: how much of it, and the first examples.
class Offences {
 public:
  void operator()(const Offence& offence) {
    if (++count_ <= kExamples) examples_ += "\n  " + offence.message;
  }
  // Throws if there were any.
  void require(Span span) const {
    if (count_ == 0) return;
    std::string message = count_ == 1 ? "the data contradict the declaration:"
                                      : fmt::format("the data contradict the declaration in {} places:", count_);
    message += examples_;
    if (count_ > kExamples) message += fmt::format("\n  and {} more", count_ - kExamples);
    throw Error{ErrorType::kConstraintValidationFailed, Phase::kRuntime, "", std::move(message), span};
  }

 private:
  static constexpr std::size_t kExamples = 3;
  std::size_t count_ = 0;
  std::string examples_;
};

// A command at work: what is declared is replaced as a whole, then data are fitted to it and checked.
class TypeCommand {
 public:
  TypeCommand(storage::WriteTransaction& transaction, Summary& summary)
      : transaction_{transaction},
        summary_{summary},
        catalog_{Catalog::of(transaction.view()).copy()},
        nodes_{catalog_->types().nodeTypes()},
        relations_{catalog_->types().relationTypes()},
        strict_{catalog_->types().strict()} {}

  void create(const ast::NodeTypeDeclaration& declaration, const ast::CreateType& command) {
    if (!mayCreate(catalog_->types().nodeTypes(), catalog_->labels, declaration, command, "node type")) return;
    NodeType type = nodeTypeOf(declaration, *catalog_);
    const LabelId label = type.label;
    put(nodes_, std::move(type));
    build(declaration.name.span);
    setRules(label, false, catalog_->types().nodeType(label)->properties, declaration.name);
    addSuperLabels(label);
    setDefaults(*catalog_->types().nodeType(label));
    Offences offences;
    Conformance{view(), std::ref(offences)}.checkNodes(Roaring{view().labelled(label)});
    offences.require(declaration.name.span);
  }

  void create(const ast::RelationTypeDeclaration& declaration, const ast::CreateType& command) {
    if (!mayCreate(catalog_->types().relationTypes(), catalog_->relTypes, declaration, command, "relation type")) {
      return;
    }
    RelationType type = relationTypeOf(declaration, *catalog_);
    const RelTypeId id = type.type;
    if (catalog_->types().isInverseName(id)) {
      const auto& of = catalog_->relTypes.name(catalog_->types().reading(id).type);
      failAt(declaration.name.span, "`" + declaration.name.text + "` is the name of the inverse of `" + of + "`");
    }
    if (declaration.inverse && view().relationshipCount(type.inverse) > 0) {
      failAt(declaration.inverse->span,
             fmt::format("`{}` cannot name the inverse: {} relationships of that type are stored",
                         declaration.inverse->text, view().relationshipCount(type.inverse)));
    }
    warnOfUnknownEnds(declaration);
    warnOfUnknownRelations(declaration);
    put(relations_, std::move(type));
    build(declaration.name.span);
    setDefaults(*catalog_->types().relationType(id));
    mergeRepeated(id);
    setRules(id, true, catalog_->types().relationType(id)->properties, declaration.name);
    requireConformance(id, declaration.name.span);
  }

  void dropNodeType(const ast::DropType& drop) {
    const auto label = catalog_->labels.find(drop.name.text);
    if (!label || !catalog_->types().nodeType(*label)) return failToDrop(drop, nodes_, catalog_->labels, "node type");
    for (const NodeType& other : nodes_) {
      if (std::find(other.parents.begin(), other.parents.end(), *label) == other.parents.end()) continue;
      failAt(drop.name.span, fmt::format("node type `{}` extends `{}`: drop it first",
                                         catalog_->labels.name(other.label), drop.name.text));
    }
    std::erase_if(nodes_, [&](const NodeType& type) { return type.label == *label; });
    build(drop.name.span);
    setRules(*label, false, {}, drop.name);
  }

  void dropRelationType(const ast::DropType& drop) {
    const auto id = catalog_->relTypes.find(drop.name.text);
    if (!id || !catalog_->types().relationType(*id)) {
      return failToDrop(drop, relations_, catalog_->relTypes, "relation type");
    }
    for (const RelationType& other : relations_) {
      if (other.type == *id || !refersTo(other, *id)) continue;
      failAt(drop.name.span, fmt::format("relation type `{}` refers to `{}`: drop it first",
                                         catalog_->relTypes.name(other.type), drop.name.text));
    }
    std::erase_if(relations_, [&](const RelationType& type) { return type.type == *id; });
    build(drop.name.span);
    setRules(*id, true, {}, drop.name);
  }

  void setStrict(bool strict, Span span) {
    strict_ = strict;
    build(span);
    Offences offences;
    if (strict) Conformance{view(), std::ref(offences)}.checkAll();
    offences.require(span);
  }

 private:
  const storage::GraphView& view() const { return transaction_.view(); }

  static LabelId idOf(const NodeType& type) { return type.label; }
  static RelTypeId idOf(const RelationType& type) { return type.type; }

  // False if there is nothing to do.
  template <typename Type, typename Declaration>
  bool mayCreate(const std::vector<Type>& known, const catalog::NameTable& names, const Declaration& declaration,
                 const ast::CreateType& command, const char* kind) {
    const auto id = names.find(declaration.name.text);
    const bool exists =
        id && std::any_of(known.begin(), known.end(), [&](const Type& type) { return idOf(type) == *id; });
    if (exists && declaration.ifNotExists) {
      summary_.warnings.push_back(
          fmt::format("the {} `{}` is declared already: nothing was changed", kind, declaration.name.text));
      return false;
    }
    if (exists && !command.alter && !command.orReplace) {
      failAt(declaration.name.span, fmt::format("the {} `{}` is declared already", kind, declaration.name.text),
             "ALTER changes it; IF NOT EXISTS leaves it alone");
    }
    if (!exists && command.alter) {
      failAt(declaration.name.span, fmt::format("there is no {} `{}`", kind, declaration.name.text),
             didYouMean(declaration.name.text, namesOf(known, names)));
    }
    return true;
  }

  template <typename Type>
  static std::vector<std::string> namesOf(const std::vector<Type>& types, const catalog::NameTable& names) {
    std::vector<std::string> all;
    all.reserve(types.size());
    for (const Type& type : types) all.push_back(names.name(idOf(type)));
    return all;
  }

  template <typename Type>
  void failToDrop(const ast::DropType& drop, const std::vector<Type>& types, const catalog::NameTable& names,
                  const char* kind) {
    const std::string message = fmt::format("there is no {} `{}`", kind, drop.name.text);
    if (!drop.ifExists) failAt(drop.name.span, message, didYouMean(drop.name.text, namesOf(types, names)));
    summary_.warnings.push_back(message + ": nothing was changed");
  }

  static bool refersTo(const RelationType& type, RelTypeId id) {
    const auto is = [&](const catalog::RelationReading& reading) { return reading.type == id; };
    return std::any_of(type.parents.begin(), type.parents.end(), is) ||
           std::any_of(type.disjointWith.begin(), type.disjointWith.end(), is) ||
           std::any_of(type.impliedBy.begin(), type.impliedBy.end(),
                       [&](const auto& chain) { return std::any_of(chain.begin(), chain.end(), is); });
  }

  template <typename Type>
  static void put(std::vector<Type>& types, Type type) {
    const auto known = std::find_if(types.begin(), types.end(), [&](const Type& t) { return idOf(t) == idOf(type); });
    if (known == types.end()) {
      types.push_back(std::move(type));
    } else {
      *known = std::move(type);
    }
  }

  void build(Span span) {
    try {
      catalog_->setTypes(TypeSchema::build(nodes_, relations_, strict_, *catalog_));
    } catch (const Error& error) {
      throw error.at(span);
    }
    transaction_.setAttachment(catalog_);
  }

  void warnOfUnknownEnds(const ast::RelationTypeDeclaration& declaration) {
    for (const auto* ends : {&declaration.from, &declaration.to}) {
      for (const auto& name : *ends) {
        const auto label = catalog_->labels.find(name.text);
        if (label && catalog_->types().nodeType(*label)) continue;
        const std::string hint = didYouMean(name.text, namesOf(nodes_, catalog_->labels));
        summary_.warnings.push_back("`" + name.text + "` is not a declared node type" +
                                    (hint.empty() ? "" : "; " + hint));
      }
    }
  }

  void warnOfUnknownRelations(const ast::RelationTypeDeclaration& declaration) {
    std::vector<std::string> known = namesOf(relations_, catalog_->relTypes);
    for (const RelationType& type : relations_) {
      if (type.inverse != kNoId) known.push_back(catalog_->relTypes.name(type.inverse));
    }
    known.push_back(declaration.name.text);
    if (declaration.inverse) known.push_back(declaration.inverse->text);
    const auto warn = [&](const ast::Name& name, const char* where) {
      const auto type = catalog_->relTypes.find(name.text);
      const bool isStored = type && view().relationshipCount(*type) > 0;
      if (isStored || std::find(known.begin(), known.end(), name.text) != known.end()) return;
      const std::string hint = didYouMean(name.text, known);
      summary_.warnings.push_back(fmt::format("{}: `{}` is neither a declared relation type nor in the data{}{}", where,
                                              name.text, hint.empty() ? "" : "; ", hint));
    };
    for (const auto& chain : declaration.impliedBy) {
      for (const auto& step : chain) warn(step, "IMPLIED BY");
    }
    for (const auto& other : declaration.disjointWith) warn(other, "DISJOINT WITH");
  }

  // The unique constraints that a declaration stands for, in place of those of the one before.
  void setRules(std::uint16_t owner, bool onRelationships, const std::vector<catalog::PropertyDeclaration>& properties,
                const ast::Name& name) {
    const auto wanted = [&](PropertyKeyId key) {
      return std::any_of(properties.begin(), properties.end(),
                         [&](const auto& property) { return property.unique && property.key == key; });
    };
    const auto isOwn = [&](const SchemaRule& rule) {
      return rule.spec.onRelationships == onRelationships && rule.spec.labelOrType == owner &&
             rule.constraint == catalog::ConstraintKind::kUnique && rule.spec.properties.size() == 1;
    };
    std::vector<SchemaRule> known;
    std::copy_if(catalog_->rules().begin(), catalog_->rules().end(), std::back_inserter(known), isOwn);
    for (const SchemaRule& rule : known) {
      if (!rule.ofType || wanted(rule.spec.properties.front())) continue;
      catalog_->dropRule(rule.name);
      transaction_.dropIndex(rule.spec.id);
    }
    for (const auto& property : properties) {
      const bool there = std::any_of(known.begin(), known.end(),
                                     [&](const auto& rule) { return rule.spec.properties.front() == property.key; });
      if (property.unique && !there) addUnique(owner, onRelationships, property.key, name);
    }
    transaction_.setAttachment(catalog_);
  }

  void addUnique(std::uint16_t owner, bool onRelationships, PropertyKeyId key, const ast::Name& name) {
    SchemaRule rule;
    rule.name = fmt::format("unique_{}_{}", name.text, catalog_->propertyKeys.name(key));
    rule.hasIndex = rule.ofType = true;
    rule.constraint = catalog::ConstraintKind::kUnique;
    rule.spec.unique = true;
    rule.spec.onRelationships = onRelationships;
    rule.spec.labelOrType = owner;
    rule.spec.properties = {key};
    const auto spec = catalog_->addRule(std::move(rule)).spec;
    transaction_.setAttachment(catalog_);
    try {
      transaction_.createIndex(spec);
    } catch (const storage::UniqueViolation& violation) {
      Offences offences;
      if (onRelationships) {
        findRepeated(catalog::relationshipsOf(view(), owner), key, offences);
      } else {
        findRepeated(Roaring{view().labelled(owner)}, key, offences);
      }
      offences.require(name.span);
      exec::throwViolation(violation, view());
    }
  }

  // Those whose value another one before them has.
  template <typename Entities>
  void findRepeated(const Entities& entities, PropertyKeyId key, Offences& offences) {
    using Entity = std::decay_t<decltype(*entities.begin())>;
    const Conformance words{view(), {}};
    const auto less = [](const Value& a, const Value& b) { return order(a, b) < 0; };
    std::map<Value, Entity, decltype(less)> first{less};
    for (const Entity& entity : entities) {
      const Value value = view().property(entity, key);
      if (value.isNull()) continue;
      const auto [known, isNew] = first.try_emplace(value, entity);
      if (isNew) continue;
      offences({"", fmt::format("{} has `{}` = {}, which {} has already", words.describe(entity),
                                catalog_->propertyKeys.name(key), toCypherText(value), words.describe(known->second))});
    }
  }

  template <typename Action>
  void guarded(Action action) {
    try {
      action();
    } catch (const storage::UniqueViolation& violation) {
      exec::throwViolation(violation, view());
    }
  }

  // Nodes of the type, and of its sub-types, get the labels that they now have to have.
  void addSuperLabels(LabelId label) {
    const TypeSchema& types = catalog_->types();
    std::vector<LabelId> changed{label};
    changed.insert(changed.end(), types.descendants(label).begin(), types.descendants(label).end());
    for (const LabelId type : changed) {
      for (const LabelId ancestor : types.ancestors(type)) {
        const Roaring missing = view().labelled(type) - view().labelled(ancestor);
        guarded([&] {
          for (const NodeId node : missing) transaction_.addLabel(node, ancestor);
        });
        summary_.counters.labelsAdded += missing.cardinality();
      }
    }
  }

  void setDefaults(const NodeType& type) {
    for (const auto& property : type.properties) {
      if (!property.notNull || property.defaultValue.isNull()) continue;
      guarded([&] {
        for (const NodeId node : Roaring{view().labelled(type.label)}) setDefault(node, property);
      });
    }
  }

  void setDefaults(const RelationType& type) {
    for (const auto& property : type.properties) {
      if (!property.notNull || property.defaultValue.isNull()) continue;
      guarded([&] {
        for (const auto& r : catalog::relationshipsOf(view(), type.type)) {
          setDefault(r, property);
          if (property.evidence) setDefaultInRows(r);
        }
      });
    }
  }

  // In the rows of evidence after the first, whose fields are the relationship's own properties.
  void setDefaultInRows(const Relationship& relationship) {
    const auto key = catalog_->propertyKeys.find(catalog::kMoreEvidence);
    const Value more = key ? view().property(relationship, *key) : Value{};
    if (!more.is(ValueKind::kList)) return;
    List texts;
    for (const Value& text : more.list()) {
      std::string why;
      const auto row = text.is(ValueKind::kString) ? catalog::readRow(text.string(), why) : std::nullopt;
      if (!row) return;  // what cannot be read is an offence of its own
      auto entries = row->entries();
      catalog::addDefaults(*catalog_, relationship.type, entries);
      texts.emplace_back(catalog::evidenceText(Map{std::move(entries)}));
    }
    transaction_.setProperty(relationship, *key, Value{std::move(texts)});
  }

  // Of the type and its sub-types, where statements now have evidence.
  void mergeRepeated(RelTypeId id) {
    std::vector<RelTypeId> changed{id};
    for (const auto& below : catalog_->types().subRelations(id)) changed.push_back(below.type);
    for (const RelTypeId type : changed) {
      if (!catalog_->types().withEvidence(*catalog_->types().relationType(type))) continue;
      const std::size_t merged = mergeStatements(transaction_, *catalog_, type);
      if (merged == 0) continue;
      summary_.counters.relationshipsDeleted += merged;
      summary_.warnings.push_back(fmt::format("{} of `{}` said what others say, and became evidence of those",
                                              merged == 1 ? "1 relationship" : fmt::format("{} relationships", merged),
                                              catalog_->relTypes.name(type)));
    }
    transaction_.setAttachment(catalog_);
  }

  template <typename Entity>
  void setDefault(const Entity& entity, const catalog::PropertyDeclaration& property) {
    if (!view().property(entity, property.key).isNull()) return;
    transaction_.setProperty(entity, property.key, property.defaultValue);
    ++summary_.counters.propertiesSet;
  }

  void requireConformance(RelTypeId id, Span span) {
    Offences offences;
    Conformance conformance{view(), std::ref(offences)};
    std::vector<RelTypeId> changed{id};
    for (const auto& below : catalog_->types().subRelations(id)) changed.push_back(below.type);
    for (const RelTypeId type : changed) {
      const auto all = catalog::relationshipsOf(view(), type);
      conformance.checkRelationships(type, all);
      conformance.checkCycles(type, all);
    }
    offences.require(span);
  }

  storage::WriteTransaction& transaction_;
  Summary& summary_;
  std::shared_ptr<Catalog> catalog_;
  std::vector<NodeType> nodes_;
  std::vector<RelationType> relations_;
  bool strict_;
};

}  // namespace

void runCreateType(const ast::CreateType& create, storage::WriteTransaction& transaction, Summary& summary) {
  TypeCommand command{transaction, summary};
  std::visit([&](const auto& declaration) { command.create(declaration, create); }, create.declaration);
}

void runDropType(const ast::DropType& drop, storage::WriteTransaction& transaction, Summary& summary) {
  TypeCommand command{transaction, summary};
  if (drop.relation) {
    command.dropRelationType(drop);
  } else {
    command.dropNodeType(drop);
  }
}

void runAlterDatabase(const ast::AlterDatabase& alter, storage::WriteTransaction& transaction) {
  Summary summary;
  TypeCommand{transaction, summary}.setStrict(alter.strict, alter.span);
}

}  // namespace plexus::api
