/// The policy's own words for its enumerations, as a policy file writes them.
#include "oubli/model/policy.hpp"

namespace oubli {

std::string_view to_text(EventKind kind) {
  switch (kind) {
    case EventKind::dated:
      return "dated";
    case EventKind::end:
      return "end";
    case EventKind::planned:
      return "planned";
  }
  return "";
}

std::string_view to_text(LegalBasis basis) {
  switch (basis) {
    case LegalBasis::consent:
      return "consent";
    case LegalBasis::contract:
      return "contract";
    case LegalBasis::legal_obligation:
      return "legal_obligation";
    case LegalBasis::vital_interests:
      return "vital_interests";
    case LegalBasis::public_task:
      return "public_task";
    case LegalBasis::legitimate_interests:
      return "legitimate_interests";
  }
  return "";
}

std::string_view to_text(Disposition disposition) {
  switch (disposition) {
    case Disposition::flag:
      return "flag";
    case Disposition::anonymise:
      return "anonymise";
    case Disposition::purge:
      return "purge";
  }
  return "";
}

std::string_view to_text(EventExpression::Combine combine) {
  switch (combine) {
    case EventExpression::Combine::single:
      return "single";
    case EventExpression::Combine::latest_of:
      return "latest_of";
    case EventExpression::Combine::earliest_of:
      return "earliest_of";
    case EventExpression::Combine::first_known:
      return "first_known";
  }
  return "";
}

std::string_view to_text(Role role) {
  switch (role) {
    case Role::controller:
      return "controller";
    case Role::joint_controller:
      return "joint_controller";
    case Role::processor:
      return "processor";
  }
  return "";
}

std::string_view to_text(CategoryEnd::Extent extent) {
  switch (extent) {
    case CategoryEnd::Extent::purpose:
      return "purpose";
    case CategoryEnd::Extent::active:
      return "active";
    case CategoryEnd::Extent::archive:
      return "archive";
  }
  return "";
}

}  // namespace oubli
