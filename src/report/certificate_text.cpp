// The certificate of destruction for a person: to be printed, signed and filed.

#include "oubli/report/certificate.hpp"
#include "report/colour.hpp"
#include "report/rule_words.hpp"
#include "report/run_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::counted;
using report::Paint;
using report::printable;

constexpr int k_label_width = 14;

class CertificateText {
 public:
  CertificateText(std::ostream& out, const Certificate& certificate, const Style& style)
      : m_out(out), m_certificate(certificate), m_style(style), m_paint(style) {}

  void write() const {
    m_out << m_paint.bold("Certificate of destruction") << "\n\n";
    write_who();
    for (const auto& table : m_certificate.tables) write_table(table);
    if (m_certificate.tables.empty()) m_out << '\n' << "  Nothing was archived, purged or emptied.\n";
    write_method();
    write_limits();
    write_proof();
  }

 private:
  void line(std::string_view label, std::string_view words) const {
    constexpr int k_at = k_label_width + 4;
    const std::string text = report::wrapped(words, m_style.columns, k_at, k_at);
    m_out << "  " << m_paint.dim(report::padded_right(label, k_label_width)) << "  "
          << text.substr(static_cast<std::size_t>(k_at));
  }

  void sentence(std::string_view words, int indent = 4) const {
    m_out << report::wrapped(words, m_style.columns, indent, indent);
  }

  void write_who() const {
    for (const auto& policy : m_certificate.policies) {
      line("controller", report::controller_words(policy));
      line("policy", fmt::format("{}, version {}, in force since {}, {}; judged as of {} in {}", policy.policy,
                                 policy.version, to_text(policy.in_force_from), policy.digest, to_text(policy.as_of),
                                 policy.timezone));
    }
    line("approved", fmt::format("by {} at {}", m_certificate.approved_by, m_certificate.approved_at));
    line("operator", m_certificate.operated_by.empty() ? "not named" : m_certificate.operated_by);
    line("run", fmt::format("{}, begun {}, {}", m_certificate.run, m_certificate.started_at, end_words()));
    line("by", "oubli " + m_certificate.version + ", config " + m_certificate.config_digest);
  }

  [[nodiscard]] std::string end_words() const {
    if (m_certificate.finished_at.empty()) return "CUT OFF: the ledger has no end of it";
    return fmt::format("ended {}, {}", m_certificate.finished_at, m_certificate.status);
  }

  void write_table(const Certificate::Table& table) const {
    const char* const side = table.side == Side::archive ? " (archive)" : "";
    m_out << '\n' << m_paint.bold(printable(fmt::format("{}.{}{}", table.dataset, table.table, side))) << '\n';
    for (const auto& words : done_words(table)) sentence(words, 2);
    for (const auto& [column, records] : table.columns)
      sentence(fmt::format("{} emptied or masked in {}", column, counted(records, "record")), 4);
    if (!table.rules) {
      sentence(fmt::format("under rules {} of policy {}: the texts are in `oubli ledger policy`", table.rules_digest,
                           table.policy),
               2);
      return;
    }
    for (const auto& purpose : table.rules->purposes) write_purpose(purpose, *table.rules);
    sentence("rules " + table.rules_digest, 2);
  }

  static std::vector<std::string> done_words(const Certificate::Table& table) {
    std::vector<std::string> words;
    const auto say = [&](std::int64_t records, const char* what) {
      if (records > 0) words.push_back(counted(records, "record") + " " + what);
    };
    say(table.purged, "purged");
    say(table.archived, "moved to the intermediate archive");
    say(table.minimised_there, "of these minimised there");
    say(table.anonymised, "anonymised");
    say(table.minimised, "minimised");
    say(table.remaining, "due and NOT done");
    return words;
  }

  void write_purpose(const PurposeRule& purpose, const TableRules& rules) const {
    const std::string title = purpose.title.empty() ? "" : ": " + purpose.title;
    sentence("under " + purpose.purpose + title, 2);
    sentence(report::purpose_words(purpose, rules), 4);
    sentence("Why: " + report::reason_words(purpose) + ".", 4);
  }

  void write_method() const {
    m_out << '\n' << m_paint.bold("Method") << '\n';
    for (const auto& erasure : m_certificate.erasures) {
      const auto text = report::wrapped(erasure.dataset + ": " + method_words(erasure), m_style.columns, 2, 4);
      m_out << (erasure.done ? text : m_paint.bad(text));
    }
    if (m_certificate.erasures.empty()) sentence("No file had anything to be erased from it.", 2);
  }

  static std::string method_words(const Certificate::Erasure& erasure) {
    if (!erasure.done) return "erasure NOT done when the run ended: removed bytes may still be in its files";
    if (erasure.kind == DatasetKind::csv)
      return "each file written anew without the records, flushed, and put in the place of the old one";
    return "deleted with secure_delete, then the whole database file rewritten (VACUUM) and its log emptied into it; " +
           search_words(erasure.search);
  }

  static std::string search_words(const ResidueSearch& search) {
    if (search.searched == 0) return "no removed value was long enough, or alone enough, to be searched for";
    return fmt::format("of {} searched for in the bytes of its files, {} found", counted(search.searched, "removed value"),
                       search.found == 0 ? "none was" : report::grouped(search.found) + " were");
  }

  void write_limits() const {
    m_out << '\n' << m_paint.bold("Out of reach") << '\n';
    sentence("Backups, replicas and snapshots, and what the medium keeps of overwritten or freed blocks: that no trace is "
             "there is not certified.",
             2);
    if (!m_certificate.external.empty())
      sentence("Kept elsewhere, and not looked at: " + report::listed(m_certificate.external) + ".", 2);
    if (!m_certificate.failed.empty())
      sentence("Could not be read or fully changed: " + report::listed(m_certificate.failed) + ".", 2);
    if (m_certificate.untouched > 0)
      sentence(counted(m_certificate.untouched, "table") + " looked at, in which there was nothing to do.", 2);
  }

  void write_proof() const {
    m_out << '\n' << m_paint.bold("Proof") << '\n';
    const std::string words =
        fmt::format("entries {} to {} of the ledger; its chain {}", m_certificate.first_entry, m_certificate.last_entry,
                    m_certificate.is_chain_sound ? "is as it was written" : "is NOT as it was written");
    const auto text = report::wrapped(words, m_style.columns, 2, 4);
    m_out << (m_certificate.is_chain_sound ? text : m_paint.bad(text)) << "  head " << m_certificate.head << '\n';
  }

  std::ostream& m_out;
  const Certificate& m_certificate;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_certificate_text(std::ostream& out, const Certificate& certificate, const Style& style) {
  CertificateText(out, certificate, style).write();
}

}  // namespace oubli
