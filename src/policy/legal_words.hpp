/// Words that a policy and a reference write alike.
#pragma once

#include "oubli/model/policy.hpp"
#include "policy/fields.hpp"

namespace oubli {

inline constexpr Word<LegalBasis> k_legal_bases[] = {{"consent", LegalBasis::consent},
                                                     {"contract", LegalBasis::contract},
                                                     {"legal_obligation", LegalBasis::legal_obligation},
                                                     {"vital_interests", LegalBasis::vital_interests},
                                                     {"public_task", LegalBasis::public_task},
                                                     {"legitimate_interests", LegalBasis::legitimate_interests}};

inline constexpr Word<Disposition> k_dispositions[] = {
    {"purge", Disposition::purge}, {"anonymise", Disposition::anonymise}, {"flag", Disposition::flag}};

}  // namespace oubli
