//! Every Check there is, in the order in which a page about them would be read.

use super::Trial;
use super::{
    authentication, body_json, broken_answer, content_type, disputed, error_code_documented,
    error_envelope, format, job_failure_reason, job_id, job_progress, job_state, job_thing,
    job_times, kind, listed_count, missing_field, not_found, nullable, quota, read_after_write,
    refused_changed_state, scenario, server_error, state_unchanged, status_documented,
    undocumented_field, valid_refused, value, version_window, violation_accepted,
};
use crate::finding::{Finding, Severity};

/// Guards one promise.
pub trait Check: Sync {
    /// The stable code: `job_state`.
    fn code(&self) -> &'static str;

    /// The promise in one line.
    fn title(&self) -> &'static str;

    /// How bad it is when the promise is broken for sure.
    fn severity(&self) -> Severity;

    /// The manual: what is promised, what breaks it, an example of each, when it is less than sure.
    fn explanation(&self) -> &'static str;

    /// What this Trial shows of broken promises.
    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding>;
}

/// Every Check.
pub fn registry() -> &'static [&'static dyn Check] {
    &[
        &broken_answer::BrokenAnswer,
        &server_error::ServerError,
        &status_documented::StatusDocumented,
        &content_type::ContentType,
        &body_json::BodyJson,
        &kind::KindCheck,
        &nullable::NullableCheck,
        &missing_field::MissingField,
        &value::ValueCheck,
        &format::FormatCheck,
        &version_window::VersionWindow,
        &listed_count::ListedCount,
        &undocumented_field::UndocumentedField,
        &disputed::Disputed,
        &error_envelope::ErrorEnvelope,
        &error_code_documented::ErrorCodeDocumented,
        &violation_accepted::ViolationAccepted,
        &valid_refused::ValidRefused,
        &refused_changed_state::RefusedChangedState,
        &quota::QuotaCheck,
        &authentication::Authentication,
        &not_found::NotFound,
        &read_after_write::ReadAfterWrite,
        &state_unchanged::StateUnchanged,
        &job_id::JobId,
        &job_state::JobState,
        &job_progress::JobProgress,
        &job_thing::JobThing,
        &job_times::JobTimes,
        &job_failure_reason::JobFailureReason,
        &scenario::ScenarioCheck,
    ]
}

/// The Check of this code.
pub fn find(code: &str) -> Option<&'static dyn Check> {
    registry()
        .iter()
        .copied()
        .find(|check| check.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_check_has_a_code_of_its_own_and_a_manual() {
        let mut codes = BTreeSet::new();
        for check in registry() {
            let code = check.code();
            assert!(codes.insert(code), "two checks are called {code}");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            assert!(
                !check.title().ends_with('.'),
                "{code}: a title has no full stop"
            );
            for part in ["Promised:", "Broken:", "Example:"] {
                assert!(check.explanation().contains(part), "{code} lacks `{part}`");
            }
            assert!(find(code).is_some_and(|found| found.code() == code));
        }
    }
}
