#include "policy/document_builder.hpp"

#include "diag/utf8.hpp"
#include "policy/text_checks.hpp"

#include <fmt/format.h>

#include <utility>

namespace oubli {

namespace {

/// Escapes can write what the text itself may not hold.
bool has_hidden_character(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const CodePoint point = code_point_at(text, offset);
    if (!point.valid || is_hidden_character(point.value)) return true;
    offset += point.length;
  }
  return false;
}

/// Faults quote keys as they stand in the file, and long ones not at all.
std::string named(const Node& key) {
  constexpr std::size_t k_longest = 60;
  return key.text.size() > k_longest || has_hidden_character(key.text) ? "this key" : fmt::format("`{}`", key.text);
}

}  // namespace

Node DocumentBuilder::take_root() {
  if (m_nodes == 0) m_root.where = m_findings.locate({0, 0});
  return std::move(m_root);
}

bool DocumentBuilder::expects_key() const {
  return !m_frames.empty() && m_frames.back().node.kind == Node::Kind::mapping && !m_frames.back().key;
}

int DocumentBuilder::indent() const {
  if (m_frames.empty()) return -1;
  const Frame& frame = m_frames.back();
  return expects_key() && frame.layout == Frame::Layout::block ? frame.column - 1 : frame.indent;
}

// ---------------------------------------------------------------- before each value

/// Takes the indicator that a value of the innermost collection must have before it.
Extent DocumentBuilder::enter() {
  if (++m_nodes > k_most_nodes) {
    m_findings.stop(m_walk.here(), "yaml-size", fmt::format("more than {} values", k_most_nodes), "split the file");
  }
  if (m_frames.empty()) return m_walk.here();
  Frame& frame = m_frames.back();
  const Extent indicator = frame.node.kind == Node::Kind::sequence ? enter_item(frame) : enter_entry(frame);
  frame.empty = false;
  return indicator;
}

Extent DocumentBuilder::enter_item(Frame& frame) {
  if (frame.layout == Frame::Layout::block) return m_walk.take_dash(frame.column);
  if (!frame.empty) m_walk.take_comma();
  return m_walk.here();
}

Extent DocumentBuilder::enter_entry(Frame& frame) {
  if (frame.key) return m_walk.take_colon();
  const bool is_block = frame.layout == Frame::Layout::block;
  if (!frame.empty && is_block) m_walk.seek_key(frame.column);
  if (!frame.empty && !is_block) m_walk.take_comma();
  m_walk.refuse_explicit_key();
  return m_walk.here();
}

// ---------------------------------------------------------------- events

void DocumentBuilder::OnDocumentStart(const YAML::Mark& /*mark*/) { m_walk.begin_document(); }

void DocumentBuilder::OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) {
  const Extent indicator = enter();
  const Extent written = m_walk.take_null(indent());
  const bool is_written = written.end > written.begin;
  const bool is_item = !m_frames.empty() && m_frames.back().node.kind == Node::Kind::sequence;
  if (!is_written && is_item && m_frames.back().layout == Frame::Layout::flow) {
    m_findings.add(m_walk.here(), "yaml-empty-item", "an item is missing before this comma or bracket",
                   "remove the comma, or write the item");
  }
  Node node;
  node.where = m_findings.locate(is_written ? written : indicator);
  node.text = m_walk.view(written);
  finish(std::move(node), is_written ? written : indicator);
}

void DocumentBuilder::OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) {
  enter();
  const Extent first = m_walk.seek_value(indent()).first;
  m_walk.take_alias();
  Node node;
  node.kind = Node::Kind::scalar;
  node.where = m_findings.locate(first);
  node.text = m_walk.view({first.begin, m_walk.here().begin});
  finish(std::move(node), first);
}

void DocumentBuilder::OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                               const std::string& value) {
  enter();
  m_walk.seek_value(indent());
  const char first = m_walk.peek();
  const Extent extent = m_walk.take_scalar(value, indent());
  Node node;
  node.kind = Node::Kind::scalar;
  node.where = m_findings.locate(extent);
  node.text = value;
  node.quoted = std::string_view("'\"|>").find(first) != std::string_view::npos;
  check_value(node, extent);
  finish(std::move(node), extent);
}

void DocumentBuilder::OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                                      YAML::EmitterStyle::value style) {
  start(Node::Kind::sequence, style);
}

void DocumentBuilder::OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                                 YAML::EmitterStyle::value style) {
  start(Node::Kind::mapping, style);
}

void DocumentBuilder::OnSequenceEnd() { end(']'); }

void DocumentBuilder::OnMapEnd() { end('}'); }

// ---------------------------------------------------------------- collections

void DocumentBuilder::start(Node::Kind kind, YAML::EmitterStyle::value style) {
  enter();
  const bool is_block = style != YAML::EmitterStyle::Flow;
  // A sequence may stand under its key without further indentation.
  const bool may_stand_under_key =
      is_block && kind == Node::Kind::sequence && !m_frames.empty() && m_frames.back().node.kind == Node::Kind::mapping;
  const SourceWalk::Lead lead = m_walk.seek_value(may_stand_under_key ? indent() - 1 : indent());
  if (expects_key()) {
    // At the end of the text yaml-cpp takes every bracket still open for the start of a key.
    if (!is_block && m_walk.unclosed().end > lead.first.begin) {
      m_walk.take_bracket();
      throw ReadingStopped{};
    }
    m_findings.add(lead.first, "yaml-complex-key", "a list or mapping can't be a key", "use a text as the key");
  }
  if (m_frames.size() == k_deepest) {
    m_findings.stop(lead.first, "yaml-depth", fmt::format("more than {} levels", k_deepest), "nest less");
  }
  if (is_block) check_block_start(lead);
  Frame frame;
  frame.node.kind = kind;
  frame.node.where = m_findings.locate(lead.first);
  frame.column = lead.column;
  frame.indent = is_block ? lead.column : indent();
  const bool has_bracket = m_walk.peek() == (kind == Node::Kind::sequence ? '[' : '{');
  frame.layout = is_block ? Frame::Layout::block : has_bracket ? Frame::Layout::flow : Frame::Layout::pair;
  if (frame.layout == Frame::Layout::flow) m_walk.take_bracket();
  m_frames.push_back(std::move(frame));
}

/// A block starts on a line of its own or right after a dash.
void DocumentBuilder::check_block_start(const SourceWalk::Lead& lead) {
  const bool after_dash = !m_frames.empty() && m_frames.back().node.kind == Node::Kind::sequence;
  if (!lead.own_line && !after_dash) {
    m_findings.stop(lead.first, "yaml-syntax", "a mapping or list must start on a line of its own",
                    "move it to the next line, or put the text in quotes");
  }
  if (lead.tab) m_findings.stop(lead.first, "yaml-tab", "a tab in the indentation", "indent with spaces");
}

void DocumentBuilder::end(char bracket) {
  Frame frame = std::move(m_frames.back());
  if (frame.layout == Frame::Layout::flow) m_walk.close_flow(bracket);
  m_frames.pop_back();
  const Extent extent = m_walk.here();
  finish(std::move(frame.node), extent);
}

// ---------------------------------------------------------------- after each value

void DocumentBuilder::finish(Node node, Extent extent) {
  if (m_frames.empty()) {
    m_root = std::move(node);
    return;
  }
  Frame& frame = m_frames.back();
  if (frame.node.kind == Node::Kind::sequence) {
    frame.node.items.push_back(std::move(node));
  } else if (frame.key) {
    frame.node.entries.push_back({std::move(*frame.key), std::move(node)});
    frame.key.reset();
  } else {
    check_key(node, extent, frame);
    frame.key = std::move(node);
  }
}

void DocumentBuilder::check_key(const Node& key, Extent extent, Frame& frame) {
  if (key.kind == Node::Kind::null) {
    m_findings.add(extent, "yaml-key", "a key must be a text", "write the key, in quotes if need be");
  }
  if (key.kind != Node::Kind::scalar) return;
  if (m_walk.view(extent).find('\n') != std::string_view::npos) {
    m_findings.add(extent, "yaml-key", "a key must stand on one line", "write the key on one line");
  }
  if (key.text == "<<" && !key.quoted) {
    m_findings.add(extent, "yaml-merge-key", "merge keys aren't read here", "write the entries out");
    return;
  }
  const auto [earlier, is_new] = frame.lines.emplace(key.text, key.where.line);
  if (!is_new) {
    m_findings.add(extent, "yaml-duplicate-key",
                   fmt::format("{} is already set on line {}", named(key), earlier->second), "remove one of both");
  }
}

void DocumentBuilder::check_value(const Node& scalar, Extent extent) {
  if (scalar.quoted && has_hidden_character(scalar.text)) {
    m_findings.add(extent, "yaml-control", "an escape that writes a character that can't be seen", "remove it");
  }
}

}  // namespace oubli
