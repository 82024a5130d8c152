//! Facts on which sources disagree. A disputed fact is not resolved by guessing.

use super::{Field, FieldPath, Operation, OperationId, Segment, Statement, Step};
use crate::source::Provenance;

/// Two or more sources that claim different things about one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// The operation, unless the dispute is about the whole document.
    pub operation: Option<OperationId>,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What they disagree about.
    pub fact: Fact,
    /// Who claims what. At least two, or one that contradicts itself.
    pub claims: Vec<Claim<String>>,
}

impl Dispute {
    /// Whether it leaves something open for the server that keeps this operation: sources of the
    /// operation's own edition disagree about it. What other operations or editions say does not
    /// matter to one that is used as documented.
    pub fn leaves_open(&self, operation: &Operation) -> bool {
        let edition = &operation.at.document;
        self.operation.as_ref() == Some(&operation.id)
            && self
                .claims
                .iter()
                .all(|claim| claim.at.document == *edition)
    }

    /// Whether one of the claims stands in a line that describes the field. Request and answer may
    /// have fields of one path.
    pub fn cites(&self, field: &Field) -> bool {
        let statements = field.statements.iter().map(|statement| &statement.at);
        statements.chain([&field.at]).any(|line| self.is_at(line))
    }

    /// Whether it is about this statement of its field. One that cites no line of any statement of
    /// the field is about all of them.
    pub fn is_about(&self, field: &Field, statement: &Statement) -> bool {
        let cited = |statement: &Statement| self.is_at(&statement.at);
        matches!(self.fact, Fact::Value | Fact::Constraint)
            && (cited(statement) || !field.statements.iter().any(cited))
    }

    /// Whether a source shows the field and its neighbours inside of something that no table has: then
    /// none of them surely stands where the tables put them.
    pub fn moves(&self, operation: &Operation, path: &FieldPath) -> bool {
        fn around(path: &FieldPath) -> &[Step] {
            &path.0[..path.0.len().saturating_sub(1)]
        }
        let own = self.operation.as_ref() == Some(&operation.id);
        let neighbours = |known: &FieldPath| around(known) == around(path);
        // Most disputes are about something else, and what follows looks at all fields.
        if !own || !self.field.as_ref().is_some_and(neighbours) {
            return false;
        }
        let documented = |name: &str| {
            let bodies = [&operation.request, &operation.response]
                .into_iter()
                .flatten();
            let mut fields = bodies.flat_map(|body| &body.fields);
            fields.any(|field| field.holds_name(name))
        };
        let unknown = |claim: &str| {
            let around = claim.rsplit_once(" inside ").map(|(_, around)| around);
            around.is_some_and(|around| !documented(around))
        };
        match self.fact {
            Fact::Structure => self.claims.iter().any(|claim| unknown(&claim.claim)),
            Fact::Presence => self.is_the_thing_itself(operation),
            _ => false,
        }
    }

    /// Whether an undocumented object at the root of an example is called like what the path names.
    fn is_the_thing_itself(&self, operation: &Operation) -> bool {
        let object = |claim: &str| claim.starts_with("shown as Object");
        let root = self.field.as_ref().filter(|field| field.0.len() == 1);
        let name = root.map_or("", |field| field.leaf());
        let named = |segment: &Segment| match segment {
            Segment::Literal(literal) => {
                literal.ends_with(name) || literal.strip_suffix('s').is_some_and(|one| one == name)
            }
            Segment::Parameter(_) => false,
        };
        !name.is_empty()
            && operation.path.0.iter().any(named)
            && self.claims.iter().any(|claim| object(&claim.claim))
    }

    fn is_at(&self, line: &Provenance) -> bool {
        let mut claims = self.claims.iter();
        claims.any(|claim| claim.at.same_line(line))
    }
}

/// What sources can disagree about. The words are those of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// The type of a field.
    Kind,
    /// The spelling of a name.
    Name,
    /// Whether a field is there.
    Presence,
    /// A value outside of what the text allows.
    Value,
    /// Where a field stands in the structure.
    Structure,
    /// A limit, charset, format or other constraint.
    Constraint,
    /// A reference that leads nowhere or to the wrong place.
    Reference,
    /// An example that cannot be read as it is printed.
    ExampleCorrupt,
    /// A path, method or operation.
    Operation,
}

impl Fact {
    /// The word of the inventory.
    pub fn word(self) -> &'static str {
        match self {
            Fact::Kind => "kind",
            Fact::Name => "name",
            Fact::Presence => "presence",
            Fact::Value => "value",
            Fact::Structure => "structure",
            Fact::Constraint => "constraint",
            Fact::Reference => "reference",
            Fact::ExampleCorrupt => "example_corrupt",
            Fact::Operation => "operation",
        }
    }
}

/// What one source claims.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim<T> {
    /// The claimed fact.
    pub claim: T,
    /// Who claims it.
    pub at: Provenance,
}
