//! `edition.json`: what a document promises for all its operations, and their order.

use serde::{Deserialize, Serialize};

use super::VERSION;
use super::constraint::ScalarFile;
use super::ruling::RulingFile;
use super::text::Written;
use crate::contract::{
    Claim, Combination, Contract, Dispute, Edition, Envelope, ErrorCode, Fact, FieldPath,
    JobProtocol, Operation, OperationId, StateTable, StatusCode, Version, VersionHeader,
    VersionProtocol,
};
use crate::source::{DocumentId, Provenance};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionFile {
    version: u64,
    edition: Written<DocumentId>,
    language: Option<String>,
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api: Option<String>,
    /// The folders of the operations, in document order.
    pub(super) operations: Vec<String>,
    statuses: Vec<StatusFile>,
    error_codes: Vec<ErrorCodeFile>,
    envelopes: Vec<EnvelopeFile>,
    jobs: Option<JobsFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    versions: Option<VersionsFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    states: Vec<StatesFile>,
    disputes: Vec<DisputeFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rulings: Vec<RulingFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusFile {
    status: u16,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorCodeFile {
    code: String,
    status: Option<u16>,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeFile {
    code: Written<FieldPath>,
    message: Written<FieldPath>,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JobsFile {
    operation: Written<OperationId>,
    id: String,
    state: Written<FieldPath>,
    running: Vec<String>,
    succeeded: Vec<String>,
    failed: Vec<String>,
    reasons: Vec<Written<FieldPath>>,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionsFile {
    headers: Vec<VersionHeaderFile>,
    default: Option<Written<Version>>,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionHeaderFile {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatesFile {
    field: String,
    from: Vec<String>,
    at: Written<Provenance>,
    rows: Vec<CombinationFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CombinationFile {
    of: Vec<Vec<ScalarFile>>,
    gives: String,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeFile {
    operation: Option<Written<OperationId>>,
    field: Option<Written<FieldPath>>,
    fact: Written<Fact>,
    claims: Vec<ClaimFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimFile {
    claim: String,
    at: Written<Provenance>,
}

impl EditionFile {
    pub(super) fn of(contract: &Contract, operations: Vec<String>) -> Self {
        let statuses = contract.statuses.iter().map(|status| StatusFile {
            status: status.code,
            at: Written(status.at.clone()),
        });
        let codes = contract.error_codes.iter().map(|error| ErrorCodeFile {
            code: error.code.clone(),
            status: error.status,
            at: Written(error.at.clone()),
        });
        let envelopes = contract.envelopes.iter().map(|envelope| EnvelopeFile {
            code: Written(envelope.code.clone()),
            message: Written(envelope.message.clone()),
            at: Written(envelope.at.clone()),
        });
        Self {
            version: VERSION,
            edition: Written(contract.edition.id.clone()),
            language: contract.edition.language.clone(),
            date: contract.edition.date.clone(),
            title: contract.edition.title.clone(),
            api: contract.edition.api.clone(),
            operations,
            statuses: statuses.collect(),
            error_codes: codes.collect(),
            envelopes: envelopes.collect(),
            jobs: contract.jobs.as_ref().map(JobsFile::of),
            versions: contract.versions.as_ref().map(VersionsFile::of),
            states: contract.states.iter().map(StatesFile::of).collect(),
            disputes: contract.disputes.iter().map(DisputeFile::of).collect(),
            rulings: contract.rulings.iter().map(RulingFile::of).collect(),
        }
    }

    pub(super) fn into_contract(self, operations: Vec<Operation>) -> Contract {
        let statuses = self.statuses.into_iter().map(|file| StatusCode {
            code: file.status,
            at: file.at.0,
        });
        let codes = self.error_codes.into_iter().map(|file| ErrorCode {
            code: file.code,
            status: file.status,
            at: file.at.0,
        });
        let envelopes = self.envelopes.into_iter().map(|file| Envelope {
            code: file.code.0,
            message: file.message.0,
            at: file.at.0,
        });
        Contract {
            edition: Edition {
                id: self.edition.0,
                language: self.language,
                date: self.date,
                title: self.title,
                api: self.api,
            },
            operations,
            statuses: statuses.collect(),
            error_codes: codes.collect(),
            envelopes: envelopes.collect(),
            jobs: self.jobs.map(JobsFile::into_jobs),
            versions: self.versions.map(VersionsFile::into_versions),
            states: self
                .states
                .into_iter()
                .map(StatesFile::into_states)
                .collect(),
            disputes: self
                .disputes
                .into_iter()
                .map(DisputeFile::into_dispute)
                .collect(),
            rulings: self
                .rulings
                .into_iter()
                .map(RulingFile::into_ruled)
                .collect(),
        }
    }
}

impl JobsFile {
    fn of(jobs: &JobProtocol) -> Self {
        Self {
            operation: Written(jobs.operation.clone()),
            id: jobs.id.clone(),
            state: Written(jobs.state.clone()),
            running: jobs.running.clone(),
            succeeded: jobs.succeeded.clone(),
            failed: jobs.failed.clone(),
            reasons: jobs.reasons.iter().cloned().map(Written).collect(),
            at: Written(jobs.at.clone()),
        }
    }

    fn into_jobs(self) -> JobProtocol {
        JobProtocol {
            operation: self.operation.0,
            id: self.id,
            state: self.state.0,
            running: self.running,
            succeeded: self.succeeded,
            failed: self.failed,
            reasons: self.reasons.into_iter().map(|path| path.0).collect(),
            at: self.at.0,
        }
    }
}

impl VersionsFile {
    fn of(versions: &VersionProtocol) -> Self {
        let headers = versions.headers.iter().map(|header| VersionHeaderFile {
            name: header.name.clone(),
            service: header.service.clone(),
        });
        Self {
            headers: headers.collect(),
            default: versions.default.map(Written),
            at: Written(versions.at.clone()),
        }
    }

    fn into_versions(self) -> VersionProtocol {
        let headers = self.headers.into_iter().map(|file| VersionHeader {
            name: file.name,
            service: file.service,
        });
        VersionProtocol {
            headers: headers.collect(),
            default: self.default.map(|version| version.0),
            at: self.at.0,
        }
    }
}

impl StatesFile {
    fn of(table: &StateTable) -> Self {
        let rows = table.rows.iter().map(|row| CombinationFile {
            of: row
                .of
                .iter()
                .map(|values| values.iter().map(ScalarFile::of).collect())
                .collect(),
            gives: row.gives.clone(),
            at: Written(row.at.clone()),
        });
        Self {
            field: table.field.clone(),
            from: table.from.clone(),
            at: Written(table.at.clone()),
            rows: rows.collect(),
        }
    }

    fn into_states(self) -> StateTable {
        let values =
            |file: Vec<ScalarFile>| file.into_iter().map(ScalarFile::into_scalar).collect();
        let rows = self.rows.into_iter().map(|file| Combination {
            of: file.of.into_iter().map(values).collect(),
            gives: file.gives,
            at: file.at.0,
        });
        StateTable {
            field: self.field,
            from: self.from,
            rows: rows.collect(),
            at: self.at.0,
        }
    }
}

impl DisputeFile {
    pub(super) fn of(dispute: &Dispute) -> Self {
        let claims = dispute.claims.iter().map(|claim| ClaimFile {
            claim: claim.claim.clone(),
            at: Written(claim.at.clone()),
        });
        Self {
            operation: dispute.operation.clone().map(Written),
            field: dispute.field.clone().map(Written),
            fact: Written(dispute.fact),
            claims: claims.collect(),
        }
    }

    pub(super) fn into_dispute(self) -> Dispute {
        let claims = self.claims.into_iter().map(|file| Claim {
            claim: file.claim,
            at: file.at.0,
        });
        Dispute {
            operation: self.operation.map(|id| id.0),
            field: self.field.map(|path| path.0),
            fact: self.fact.0,
            claims: claims.collect(),
        }
    }
}
