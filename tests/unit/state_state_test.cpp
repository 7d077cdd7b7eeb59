#include "oubli/state/state.hpp"

#include "oubli/diag/diagnostic.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <set>
#include <string>
#include <unistd.h>

using namespace oubli;
using oubli::test::read_file;
using oubli::test::TemporaryFolder;

namespace {

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

/// The message and hint of the Error that `action` throws; REQUIRES one.
template <typename Action>
Diagnostic fault_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::dataset);
    return error.diagnostic();
  }
  FAIL("no Error was thrown");
  return {};
}

State created(const TemporaryFolder& folder) { return State::open(folder / "state.db", State::Create::yes); }

void run_sql(const std::filesystem::path& file, const char* sql) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  database.exec(sql);
}

/// Makes a process without root's rights of this one, where rights are tested.
class UnprivilegedUser {
 public:
  UnprivilegedUser() {
    if (::geteuid() == 0) REQUIRE(::seteuid(k_nobody) == 0);
  }
  ~UnprivilegedUser() {
    if (::geteuid() == k_nobody && ::getuid() == 0) static_cast<void>(::seteuid(0) == 0);
  }

 private:
  static constexpr uid_t k_nobody = 65534;
};

/// A umask for the time of a test.
class Umask {
 public:
  explicit Umask(mode_t mask) : m_before(::umask(mask)) {}
  ~Umask() { ::umask(m_before); }

 private:
  mode_t m_before;
};

}  // namespace

TEST_CASE("a state that isn't there is nothing to read and no reason to make one", "[unit][state]") {
  const TemporaryFolder folder;
  CHECK_FALSE(State::open_for_reading(folder / "state.db").has_value());
  const Diagnostic fault = fault_of([&] { static_cast<void>(State::open(folder / "state.db", State::Create::no)); });
  CHECK(fault.message == "there is no state " + (folder / "state.db").string());
  CHECK(fault.hint == "run 'oubli approve --by NAME', which creates it");
  CHECK(names_in(folder.path()).empty());
}

TEST_CASE("a new state and its key belong to their owner alone, whatever the umask", "[unit][state][I10]") {
  const TemporaryFolder folder;
  const mode_t mask = GENERATE(mode_t{0}, mode_t{022}, mode_t{0777});
  const Umask umask(mask);
  const State state = created(folder);
  CHECK(mode_of(folder / "state.db") == 0600);
  CHECK(mode_of(folder / "state.db.key") == 0600);
  CHECK(names_in(folder.path()) == std::set<std::string>{"state.db", "state.db.key"});
  CHECK(state.id().size() == 32);
}

TEST_CASE("two states have different ids and keys", "[unit][state][I10]") {
  const TemporaryFolder first_folder;
  const TemporaryFolder second_folder;
  const State first = created(first_folder);
  const State second = created(second_folder);
  CHECK(first.id() != second.id());
  CHECK(first.digest_key() != second.digest_key());
}

TEST_CASE("a state made again beside its key keeps the key and gets a new id", "[unit][state][I10]") {
  const TemporaryFolder folder;
  const std::string first_id = created(folder).id();
  const std::string key = read_file(folder / "state.db.key");
  std::filesystem::remove(folder / "state.db");
  CHECK(created(folder).id() != first_id);
  CHECK(read_file(folder / "state.db.key") == key);
}

TEST_CASE("a state needs a folder that is there", "[unit][state]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "missing/state.db";
  const Diagnostic fault = fault_of([&] { static_cast<void>(State::open(file, State::Create::yes)); });
  CHECK(fault.message == "the folder of the state " + file.string() + " does not exist");
}

TEST_CASE("a state in a folder without write permission can't be created and can still be read", "[unit][state]") {
  const TemporaryFolder folder;
  const std::filesystem::path sub = folder / "sub";
  std::filesystem::create_directory(sub);
  { const State state = State::open(sub / "state.db", State::Create::yes); }
  std::filesystem::permissions(sub / "state.db", std::filesystem::perms{0644});
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0755});
  std::filesystem::permissions(sub, std::filesystem::perms{0555});
  {
    const UnprivilegedUser user;
    const Diagnostic fault = fault_of([&] { static_cast<void>(State::open(sub / "other.db", State::Create::yes)); });
    CHECK(fault.message == "cannot create " + (sub / "other.db.key").string() + ": Permission denied");
    const auto state = State::open_for_reading(sub / "state.db");
    REQUIRE(state.has_value());
    CHECK_FALSE(state->last_approval().has_value());
  }
  std::filesystem::permissions(sub, std::filesystem::perms{0755});
  CHECK(names_in(sub) == std::set<std::string>{"state.db", "state.db.key"});
}

TEST_CASE("reading a state leaves its bytes and its folder as they were", "[unit][state]") {
  const TemporaryFolder folder;
  {
    State state = created(folder);
    state.append("started", "r1", "{}", "2026-11-22T03:00:12Z");
    state.set_erasure_pending("crm", "another connection is reading crm.db");
  }
  const std::string before = read_file(folder / "state.db");
  const std::set<std::string> names = names_in(folder.path());
  {
    const auto state = State::open_for_reading(folder / "state.db");
    REQUIRE(state.has_value());
    CHECK(state->ledger().size() == 1);
    CHECK(state->erasure_pending().size() == 1);
    CHECK_FALSE(state->first_broken_entry().has_value());
    CHECK(names_in(folder.path()) == names);
  }
  CHECK(read_file(folder / "state.db") == before);
  CHECK(names_in(folder.path()) == names);
}

TEST_CASE("a state opened for reading can't be written", "[unit][state]") {
  const TemporaryFolder folder;
  static_cast<void>(created(folder));
  auto state = State::open_for_reading(folder / "state.db");
  const Diagnostic fault = fault_of([&] { state->append("started", "r1", "{}", "2026-11-22T03:00:12Z"); });
  CHECK_THAT(fault.message, Catch::Matchers::Contains("cannot be written"));
}

TEST_CASE("a file that isn't a state is refused and left as it was", "[unit][state]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "state.db";
  SECTION("empty") { folder.write("state.db", ""); }
  SECTION("text") { folder.write("state.db", std::string(5000, 'x')); }
  SECTION("another database") {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE t (a)");
  }
  SECTION("a state turned to write-ahead logging, which would need companion files to be read") {
    static_cast<void>(created(folder));
    run_sql(file, "PRAGMA journal_mode = WAL");
  }
  SECTION("a database that only says it is a state") {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA application_id = 0x6f626c69; CREATE TABLE t (a)");
  }
  const std::string before = read_file(file);
  const std::string message = file.string() + " is not a state of oubli";
  CHECK(fault_of([&] { static_cast<void>(State::open_for_reading(file)); }).message == message);
  if (!std::filesystem::exists(folder / "state.db.key")) folder.write("state.db.key", std::string(32, 'k'));
  std::filesystem::permissions(folder / "state.db.key", std::filesystem::perms{0600});
  CHECK(fault_of([&] { static_cast<void>(State::open(file, State::Create::yes)); }).message == message);
  CHECK(read_file(file) == before);
}

TEST_CASE("a state of a newer format is refused", "[unit][state]") {
  const TemporaryFolder folder;
  static_cast<void>(created(folder));
  run_sql(folder / "state.db", "UPDATE oubli_state SET format = 7");
  const Diagnostic fault = fault_of([&] { static_cast<void>(State::open_for_reading(folder / "state.db")); });
  CHECK(fault.message == "the state " + (folder / "state.db").string() + " has format 7, and this oubli knows 6");
  CHECK(fault.hint == "use the version of oubli that wrote it, or a newer one");
}

TEST_CASE("a damaged state is an error, never an empty one", "[unit][state]") {
  const TemporaryFolder folder;
  static_cast<void>(created(folder));
  std::string bytes = read_file(folder / "state.db");
  bytes.replace(100, bytes.size() - 100, std::string(bytes.size() - 100, '\xff'));
  folder.write("state.db", bytes);
  const Diagnostic fault = fault_of([&] { static_cast<void>(State::open_for_reading(folder / "state.db")); });
  CHECK_THAT(fault.message, Catch::Matchers::Contains("cannot be opened: "));
}

TEST_CASE("a symbolic link is no state, for reading or writing", "[unit][state]") {
  const TemporaryFolder folder;
  static_cast<void>(created(folder));
  const std::filesystem::path link = folder / "link.db";
  std::filesystem::create_symlink(folder / "state.db", link);
  const std::string message = link.string() + " is a symbolic link";
  CHECK(fault_of([&] { static_cast<void>(State::open_for_reading(link)); }).message == message);
  CHECK(fault_of([&] { static_cast<void>(State::open(link, State::Create::yes)); }).message == message);
}

TEST_CASE("a key that can't be trusted stops a run", "[unit][state][I10]") {
  const TemporaryFolder folder;
  static_cast<void>(created(folder));
  const std::filesystem::path key = folder / "state.db.key";
  std::string message;
  SECTION("missing") {
    std::filesystem::remove(key);
    message = "the key " + key.string() + " is missing";
  }
  SECTION("readable by the group") {
    std::filesystem::permissions(key, std::filesystem::perms{0640});
    message = "the key " + key.string() + " can be read or written by others than its owner";
  }
  SECTION("cut short") {
    std::filesystem::resize_file(key, 31);
    message = "the key " + key.string() + " has 31 bytes instead of 32";
  }
  SECTION("too long") {
    std::filesystem::resize_file(key, 33);
    message = "the key " + key.string() + " has 33 bytes instead of 32";
  }
  SECTION("a symbolic link") {
    std::filesystem::rename(key, folder / "elsewhere");
    std::filesystem::create_symlink(folder / "elsewhere", key);
    message = key.string() + " is a symbolic link";
  }
  CHECK(fault_of([&] { static_cast<void>(State::open(folder / "state.db", State::Create::yes)); }).message == message);
  const auto state = State::open_for_reading(folder / "state.db");
  REQUIRE(state.has_value());
  CHECK(fault_of([&] { static_cast<void>(state->digest_key()); }).message == message);
}

TEST_CASE("the last approval comes back as it was recorded", "[unit][state][I10]") {
  const TemporaryFolder folder;
  State state = created(folder);
  CHECK_FALSE(state.last_approval().has_value());
  const std::string text("oubli: policy/1\n\xC3\xA9t\xC3\xA9 \0 end", 28);
  state.record_approval({0, "2026-11-21T10:00:00Z", "Ada", {{"config", "config", "sha256:00", "old"}}});
  state.record_approval({0,
                         "2026-11-22T10:00:00Z",
                         "Grace",
                         {{"policy", "groupe-scr", "sha256:01", text}, {"config", "config", "sha256:02", ""}}});
  const auto approval = state.last_approval();
  REQUIRE(approval.has_value());
  CHECK(approval->number == 2);
  CHECK(approval->approved_at == "2026-11-22T10:00:00Z");
  CHECK(approval->approved_by == "Grace");
  REQUIRE(approval->texts.size() == 2);
  CHECK(approval->texts[0].kind == "policy");
  CHECK(approval->texts[0].name == "groupe-scr");
  CHECK(approval->texts[0].digest == "sha256:01");
  CHECK(approval->texts[0].text == text);
  CHECK(approval->texts[1].kind == "config");
  CHECK_FALSE(state.approval_on("2026-11-20"_day).has_value());
  CHECK(state.approval_on("2026-11-21"_day)->approved_by == "Ada");
  CHECK(state.approval_on("2026-11-22"_day)->approved_by == "Grace");
  CHECK(state.approval_on("2030-01-01"_day)->approved_by == "Grace");
}

TEST_CASE("pending erasures are remembered until they are done", "[unit][state]") {
  const TemporaryFolder folder;
  {
    State state = created(folder);
    state.set_erasure_pending("web", "no space");
    state.set_erasure_pending("crm", "a reader");
    state.set_erasure_pending("web", "a reader holds a snapshot");
    state.clear_erasure_pending("never");
  }
  State state = State::open(folder / "state.db", State::Create::no);
  using Pending = std::vector<std::pair<std::string, std::string>>;
  CHECK(state.erasure_pending() == Pending{{"crm", "a reader"}, {"web", "a reader holds a snapshot"}});
  state.clear_erasure_pending("crm");
  CHECK(state.erasure_pending() == Pending{{"web", "a reader holds a snapshot"}});
}
