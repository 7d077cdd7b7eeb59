/// Random changes of a ledger, by somebody who may write to the state file and knows how it is made: each is found by
/// the chain itself, or by a head that was noted before.
#include "oubli/state/state.hpp"
#include "state/ledger.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

using namespace oubli;

namespace {

constexpr int k_entries = 40;
constexpr int k_mutations = 1'000;

class Mutation {
 public:
  Mutation(SQLite::Database& database, unsigned seed) : m_database(database), m_random(seed) {}

  /// Makes one, and says which.
  std::string make() {
    switch (below(6)) {
      case 0:
        return change_byte();
      case 1:
        return remove();
      case 2:
        return insert();
      case 3:
        return exchange();
      case 4:
        return cut_off();
      default:
        return write_anew();
    }
  }

 private:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }
  int entry() { return 1 + below(k_entries); }
  void run(const std::string& sql) { m_database.exec(sql); }

  std::string change_byte() {
    constexpr std::array k_fields{"written_at", "kind", "run", "body", "previous", "hash"};
    const std::string field = k_fields.at(static_cast<std::size_t>(below(k_fields.size())));
    const int number = entry();
    std::string text =
        m_database.execAndGet(fmt::format("SELECT {} FROM ledger WHERE number = {}", field, number)).getString();
    if (text.empty()) text = " ";
    auto& byte = text.at(static_cast<std::size_t>(below(static_cast<int>(text.size()))));
    byte = byte == 'x' ? 'y' : 'x';
    SQLite::Statement update(m_database, fmt::format("UPDATE ledger SET {} = ? WHERE number = {}", field, number));
    update.bind(1, text);
    update.exec();
    return fmt::format("a byte of {} of entry {}", field, number);
  }

  std::string remove() {
    const int number = entry();
    run(fmt::format("DELETE FROM ledger WHERE number = {}", number));
    if (below(2) == 0) run(fmt::format("UPDATE ledger SET number = number - 1 WHERE number > {}", number));
    return fmt::format("entry {} taken out", number);
  }

  std::string insert() {
    const int number = entry();
    run(fmt::format("UPDATE ledger SET number = -number WHERE number >= {};"
                    "UPDATE ledger SET number = 1 - number WHERE number < 0",
                    number));
    run(fmt::format("INSERT INTO ledger SELECT {}, written_at, kind, run, body, previous, hash FROM ledger "
                    "WHERE number = {}",
                    number, number == 1 ? 2 : 1));
    return fmt::format("an entry put in as {}", number);
  }

  std::string exchange() {
    const int one = entry();
    const int other = 1 + (one + below(k_entries - 1)) % k_entries;
    run(fmt::format("UPDATE ledger SET number = 0 WHERE number = {0}; UPDATE ledger SET number = {0} WHERE number = {1};"
                    "UPDATE ledger SET number = {1} WHERE number = 0",
                    one, other));
    return fmt::format("entries {} and {} exchanged", one, other);
  }

  // The chain that is left is sound by itself.
  std::string cut_off() {
    const int left = below(k_entries);
    run(fmt::format("DELETE FROM ledger WHERE number > {}", left));
    set_head(left);
    return fmt::format("cut off after entry {}", left);
  }

  // So is one that was computed again after a change.
  std::string write_anew() {
    const int from = entry();
    auto entries = state::read_ledger(m_database);
    run(fmt::format("DELETE FROM ledger WHERE number >= {}", from));
    set_head(from - 1);
    entries.at(static_cast<std::size_t>(from) - 1).body += " ";
    for (auto at = entries.begin() + from - 1; at != entries.end(); ++at) state::append_within(m_database, *at);
    return fmt::format("written anew from entry {}", from);
  }

  // Of an empty ledger it is as many zeros.
  void set_head(int number) {
    run(fmt::format("UPDATE oubli_state SET ledger_head = coalesce((SELECT hash FROM ledger WHERE number = {}), '{}')",
                    number, std::string(state::k_hash_length, '0')));
  }

  SQLite::Database& m_database;
  std::mt19937 m_random;
};

}  // namespace

TEST_CASE("a thousand random mutations of a ledger are found", "[unit][ledger]") {
  const test::TemporaryFolder folder;
  static_cast<void>(State::open(folder / "state.db", State::Create::yes));
  SQLite::Database database((folder / "state.db").string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA synchronous = OFF");
  for (int i = 1; i <= k_entries; ++i) {
    state::append_entry(database, {0,
                                   fmt::format("2026-11-22T03:{:02}:00Z", i),
                                   i % 4 == 1 ? "started" : "table",
                                   i % 7 == 0 ? "" : fmt::format("r{}", i / 4),
                                   fmt::format(R"({{"purged":{}}})", i),
                                   {},
                                   {}});
  }
  const auto head = state::read_ledger(database).back().hash;
  database.exec("DROP TRIGGER ledger_is_never_changed; DROP TRIGGER ledger_is_never_shortened");
  REQUIRE_FALSE(state::find_broken_entry(database).has_value());
  int found = 0;
  for (unsigned seed = 0; seed < k_mutations; ++seed) {
    const SQLite::Transaction rolled_back(database);
    CAPTURE(seed, Mutation(database, seed).make());
    const auto entries = state::read_ledger(database);
    const bool has_head = std::ranges::find(entries, head, &LedgerEntry::hash) != entries.end();
    const bool is_found = state::find_broken_entry(database).has_value() || !has_head;
    CHECK(is_found);
    found += is_found ? 1 : 0;
  }
  CHECK(found == k_mutations);
}
