/// A value is a plausible day, or it says why it is none; what is written as it was read is the same day.
///
/// The first byte is the format, the second the type of the value.
#include "fuzz/target.hpp"
#include "oubli/engine/read_day.hpp"

#include <array>
#include <cstring>

namespace {

using namespace oubli;
using Kind = ColumnFormat::Kind;

constexpr Day k_today{date::year{2026} / 11 / 22};
constexpr Day k_plausible_from{date::year{1980} / 1 / 1};

struct Reader {
  EventRule event;
  TableRules rules;
  RunDays days{k_today, k_today};

  explicit Reader(ColumnFormat format) {
    event.formats = {std::move(format)};
    event.zone = "Europe/Paris";
    rules.timezone = "Europe/Paris";
    rules.plausible_from = k_plausible_from;
  }
};

const std::array<ColumnFormat, 12>& formats() {
  static const std::array<ColumnFormat, 12> k_formats = {
      {{Kind::iso, ""},
       {Kind::pattern, "dd/mm/yyyy"},
       {Kind::pattern, "yyyymmdd"},
       {Kind::pattern, "yyyymm"},
       {Kind::pattern, "dd/mm/yyyy HH:MM:SS"},
       {Kind::pattern, "mm-dd-yyyy"},
       {Kind::epoch_s, ""},
       {Kind::epoch_ms, ""},
       {Kind::epoch_us, ""},
       {Kind::chromium_us, ""},
       {Kind::julian_day, ""},
       {Kind::excel_serial, ""}}};
  return k_formats;
}

template <class Number>
Number number_in(std::string_view bytes) {
  Number number{};
  std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof number));
  return number;
}

Value value_of(std::uint8_t type, std::string_view bytes) {
  switch (type % 4) {
    case 0:
      return Value::of(bytes);
    case 1:
      return Value::of(number_in<std::int64_t>(bytes));
    case 2:
      return Value::of(number_in<double>(bytes));
    default:
      return Value::of_blob(bytes);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Reader reader(formats()[data[0] % formats().size()]);
  const auto bytes = fuzz::text_of(data + 2, size - 2);
  const auto reading = DayReader(reader.event, reader.rules, reader.days).read(value_of(data[1], bytes));
  if (reading.state == EventReading::State::known) {
    fuzz::require(reading.day >= k_plausible_from, "a known day is plausible");
    fuzz::require(reading.day <= k_today + date::days{1}, "a known day has come");
    const auto again = DayReader(Reader({Kind::iso, ""}).event, reader.rules, reader.days)
                           .read(Value::of(std::string_view(to_text(reading.day))));
    fuzz::require(again == reading, "a day that is written reads the same again");
  }
  return 0;
}
