/// Makes the tree of a document from the parser's events, each checked against the text.
#pragma once

#include "oubli/policy/document.hpp"
#include "policy/findings.hpp"
#include "policy/source_walk.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oubli {

class DocumentBuilder : public YAML::EventHandler {
 public:
  static constexpr std::size_t k_deepest = 32;
  /// More values than any policy has; keeps a hostile file's tree small.
  static constexpr std::size_t k_most_nodes = 100'000;

  DocumentBuilder(SourceWalk& walk, Findings& findings) : m_walk(walk), m_findings(findings) {}

  /// The tree; a null node for a document without any value.
  [[nodiscard]] Node take_root();

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  /// A collection whose end hasn't been met.
  struct Frame {
    enum class Layout { block, flow, pair };  ///< pair: `[a: b]`, a mapping without brackets

    Node node;
    Layout layout = Layout::block;
    int column = 0;   ///< of a block's keys or dashes, from 0
    int indent = -1;  ///< its values stand right of this column
    bool empty = true;
    std::optional<Node> key;                     ///< mapping: of the value that comes next
    std::unordered_map<std::string, int> lines;  ///< mapping: where each key stands
  };

  Extent enter();
  Extent enter_item(Frame& frame);
  Extent enter_entry(Frame& frame);
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] int indent() const;
  void start(Node::Kind kind, YAML::EmitterStyle::value style);
  void check_block_start(const SourceWalk::Lead& lead);
  void end(char bracket);
  void finish(Node node, Extent extent);
  void check_key(const Node& key, Extent extent, Frame& frame);
  void check_value(const Node& scalar, Extent extent);

  SourceWalk& m_walk;
  Findings& m_findings;
  std::vector<Frame> m_frames;
  std::size_t m_nodes = 0;
  Node m_root;
};

}  // namespace oubli
