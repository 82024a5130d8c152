//! Fields, as files keep them. What is absent or plain is left out.

use serde::{Deserialize, Serialize};

use super::constraint::{ScalarFile, StatementFile};
use super::text::Written;
use crate::contract::{Claim, Evidence, Field, Kind, Presence};
use crate::source::Provenance;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFile {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed: Option<String>,
    kind: Written<Kind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    other_kinds: Vec<KindClaimFile>,
    presence: Written<Presence>,
    at: Written<Provenance>,
    #[serde(default, skip_serializing_if = "EvidenceFile::is_none")]
    evidence: EvidenceFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nullable: Option<Written<Provenance>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    statements: Vec<StatementFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    children: Vec<FieldFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindClaimFile {
    kind: Written<Kind>,
    at: Written<Provenance>,
}

/// What examples show. Left out where there is no example and no condition.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct EvidenceFile {
    places: u32,
    shown: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    conditional: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<ScalarFile>,
}

impl EvidenceFile {
    fn is_none(&self) -> bool {
        self.places == 0 && self.shown == 0 && !self.conditional && self.values.is_empty()
    }
}

impl FieldFile {
    pub(super) fn of(field: &Field) -> Self {
        let claims = field.other_kinds.iter().map(|claim| KindClaimFile {
            kind: Written(claim.claim.clone()),
            at: Written(claim.at.clone()),
        });
        let Evidence {
            places,
            shown,
            conditional,
            values,
        } = &field.evidence;
        Self {
            name: field.name.clone(),
            printed: field.printed.clone(),
            kind: Written(field.kind.clone()),
            other_kinds: claims.collect(),
            presence: Written(field.presence),
            at: Written(field.at.clone()),
            evidence: EvidenceFile {
                places: *places,
                shown: *shown,
                conditional: *conditional,
                values: values.iter().map(ScalarFile::of).collect(),
            },
            nullable: field.nullable.clone().map(Written),
            statements: field.statements.iter().map(StatementFile::of).collect(),
            children: field.children.iter().map(FieldFile::of).collect(),
        }
    }

    pub(super) fn into_field(self) -> Field {
        let claims = self.other_kinds.into_iter().map(|claim| Claim {
            claim: claim.kind.0,
            at: claim.at.0,
        });
        let EvidenceFile {
            places,
            shown,
            conditional,
            values,
        } = self.evidence;
        let statements = self.statements.into_iter();
        Field {
            name: self.name,
            printed: self.printed,
            kind: self.kind.0,
            other_kinds: claims.collect(),
            presence: self.presence.0,
            evidence: Evidence {
                places,
                shown,
                conditional,
                values: values.into_iter().map(ScalarFile::into_scalar).collect(),
            },
            nullable: self.nullable.map(|at| at.0),
            statements: statements.map(StatementFile::into_statement).collect(),
            children: self
                .children
                .into_iter()
                .map(FieldFile::into_field)
                .collect(),
            at: self.at.0,
        }
    }
}
