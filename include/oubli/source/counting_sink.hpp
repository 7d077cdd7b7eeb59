/// A sink that may be told of many records at once.
#pragma once

#include "oubli/source/data_source.hpp"

#include <cstdint>

namespace oubli {

/// What is the same for many records can be counted for all of them. A source that can tell which they
/// are may judge one, and then say how many more there were like it, in any order among the others and
/// as late as at the end of the pass; or it may tell of each, as of any sink.
class CountingSink : public RecordSink {
 public:
  /// Whether records of this judgement, but for the starts it tells, and none of them older than those
  /// told before, may be told of by their number alone from now on.
  [[nodiscard]] virtual bool takes_number(const Judgement& judgement) const = 0;
  /// REQUIRES: takes_number.
  virtual void add(const Judgement& judgement, std::int64_t records) = 0;
};

}  // namespace oubli
