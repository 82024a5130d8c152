//! Two editions of one contract, operation by operation, fact by fact.

use hashbrown::{HashMap, HashSet};

use super::claim;
use super::facts::{agree, stated_against, topics};
use crate::contract::{
    Body, Constraint, Contract, Dispute, Fact, Field, FieldPath, Operation, Place, Presence,
    Selector, describes_key,
};
use crate::extract::evidence::spelling;
use crate::extract::{Reading, claims, overview};
use crate::source::Provenance;

/// Compares every two editions and adds what they dispute to both.
pub fn settle(readings: &mut [Reading]) {
    for later in 1..readings.len() {
        let (before, rest) = readings.split_at_mut(later);
        let Some(b) = rest.first_mut() else { return };
        for a in before {
            let found = between(&a.contract, &b.contract);
            let theirs = named_by(&found, &a.contract, &b.contract);
            b.contract.disputes.extend(theirs);
            a.contract.disputes.extend(found);
        }
    }
}

/// Disputes that name the operations of `a`, naming those of `b`.
fn named_by(found: &[Dispute], a: &Contract, b: &Contract) -> Vec<Dispute> {
    let own: HashMap<_, _> = a.operations.iter().map(|one| (&one.id, one)).collect();
    let counterparts = Counterparts::new(b);
    let theirs = found.iter().cloned().map(|mut dispute| {
        let operation = dispute.operation.and_then(|id| own.get(&id).copied());
        let other = operation.and_then(|operation| counterparts.of(operation));
        dispute.operation = other.map(|operation| operation.id.clone());
        dispute
    });
    theirs.collect()
}

/// What two Contracts say differently of the operations that both have. The disputes name the
/// operations of `a`. An operation that only one of them has is no dispute, and what different APIs
/// say is none either.
pub fn between(a: &Contract, b: &Contract) -> Vec<Dispute> {
    let mut found = Vec::new();
    if !a.edition.may_share_api(&b.edition) {
        return found;
    }
    let counterparts = Counterparts::new(b);
    for operation in &a.operations {
        if let Some(other) = counterparts.of(operation) {
            let mut pair = Pair {
                operation,
                other,
                found: &mut found,
            };
            pair.compare();
        }
    }
    found
}

/// The operations of a Contract by the requests that they answer.
struct Counterparts<'a>(HashMap<(String, Option<&'a Selector>), &'a Operation>);

impl<'a> Counterparts<'a> {
    fn new(contract: &'a Contract) -> Self {
        let mut places = HashMap::new();
        for operation in &contract.operations {
            let route = overview::shape(operation.method, &operation.path);
            places
                .entry((route, operation.selector.as_ref()))
                .or_insert(operation);
        }
        Self(places)
    }

    fn of(&self, operation: &Operation) -> Option<&'a Operation> {
        let route = overview::shape(operation.method, &operation.path);
        self.0.get(&(route, operation.selector.as_ref())).copied()
    }
}

/// One operation in two editions.
struct Pair<'a> {
    operation: &'a Operation,
    other: &'a Operation,
    found: &'a mut Vec<Dispute>,
}

impl Pair<'_> {
    fn compare(&mut self) {
        let (a, b) = (self.operation, self.other);
        let holes = overview::hole_disputes(a, &b.path, &b.at);
        self.found.extend(holes);
        for place in [Place::Query, Place::Header] {
            let (here, there) = (parameters(a, place), parameters(b, place));
            // An edition that lists none at all leaves them out, rather than denies them.
            if !here.is_empty() && !there.is_empty() {
                self.fields((&here, &a.at), (&there, &b.at));
            }
        }
        self.bodies(a.request.as_ref(), b.request.as_ref());
        self.bodies(a.response.as_ref(), b.response.as_ref());
        self.statuses();
        self.behaviour();
    }

    fn bodies(&mut self, a: Option<&Body>, b: Option<&Body>) {
        if let (Some(a), Some(b)) = (a, b) {
            self.fields((&a.walk(), &a.at), (&b.walk(), &b.at));
        }
    }

    fn fields(
        &mut self,
        (here, here_at): (&[(FieldPath, &Field)], &Provenance),
        (there, there_at): (&[(FieldPath, &Field)], &Provenance),
    ) {
        let names = |fields: &[(FieldPath, &Field)]| -> HashMap<String, usize> {
            let fields = fields.iter().enumerate();
            fields
                .map(|(place, (path, _))| (comparable(path), place))
                .collect()
        };
        let (ours, theirs) = (names(here), names(there));
        let mut renamed: HashSet<String> = HashSet::new();
        for (path, field) in here {
            let name = comparable(path);
            if let Some(place) = theirs.get(&name) {
                self.field(path, field, there[*place].1);
            } else if let Some(other) = respelt(&name, there, &ours) {
                renamed.insert(comparable(&other.0));
                let claims = [(*field, path), (other.1, &other.0)];
                let claims = claims.map(|(field, path)| claim(path.leaf(), &field.at));
                self.add(path, Fact::Name, claims.to_vec());
            } else {
                self.only_one(path, field, there_at, &theirs);
            }
        }
        for (path, field) in there {
            let name = comparable(path);
            if !ours.contains_key(&name) && !renamed.contains(&name) {
                self.only_one(path, field, here_at, &ours);
            }
        }
    }

    /// A field that the other edition lacks. What lies inside of such a field goes without saying.
    fn only_one(
        &mut self,
        path: &FieldPath,
        field: &Field,
        other: &Provenance,
        others: &HashMap<String, usize>,
    ) {
        if describes_key(path.leaf()) {
            return;
        }
        let name = comparable(path);
        let inside = name.rsplit_once('\n').map(|(around, _)| around);
        if inside.is_none_or(|around| others.contains_key(around)) {
            let claims = vec![
                claim("documented", &field.at),
                claim("not documented", other),
            ];
            self.add(path, Fact::Presence, claims);
        }
    }

    fn field(&mut self, path: &FieldPath, a: &Field, b: &Field) {
        for topic in topics([a, b].into_iter()) {
            if agree(a, b, topic) {
                continue;
            }
            let claims = stated_against(a, b, topic)
                .into_iter()
                .chain(stated_against(b, a, topic));
            self.add(path, topic.about.fact(), claims.collect());
        }
        if let (Some(x), Some(y)) = (presence(a), presence(b))
            && x != y
        {
            self.add(path, Fact::Presence, vec![claim(x, &a.at), claim(y, &b.at)]);
        }
    }

    fn statuses(&mut self) {
        let (a, b) = (&self.operation.success, &self.other.success);
        let shared = a
            .iter()
            .any(|(code, _)| b.iter().any(|(other, _)| other == code));
        if let ([(here, at), ..], [(there, other), ..]) = (&a[..], &b[..])
            && !shared
        {
            self.found.push(Dispute {
                operation: Some(self.operation.id.clone()),
                field: None,
                fact: Fact::Operation,
                claims: vec![
                    claim(format!("succeeds with {here}"), at),
                    claim(format!("succeeds with {there}"), other),
                ],
            });
        }
    }

    /// What is promised of the operation as a whole: how often, how many.
    fn behaviour(&mut self) {
        for one in &self.operation.statements {
            let mut others = self.other.statements.iter();
            let other = others.find(|other| same_promise(&one.constraint, &other.constraint));
            if let Some(other) = other.filter(|other| other.constraint != one.constraint) {
                self.found.push(Dispute {
                    operation: Some(self.operation.id.clone()),
                    field: None,
                    fact: Fact::Constraint,
                    claims: vec![
                        claim(claims::say(&one.constraint), &one.at),
                        claim(claims::say(&other.constraint), &other.at),
                    ],
                });
            }
        }
    }

    fn add(&mut self, path: &FieldPath, fact: Fact, claims: Vec<crate::contract::Claim<String>>) {
        self.found.push(Dispute {
            operation: Some(self.operation.id.clone()),
            field: Some(path.clone()),
            fact,
            claims,
        });
    }
}

/// The field of the other edition at this place, whose name is nearly this one and that this
/// edition lacks.
fn respelt<'f, 'o>(
    name: &str,
    others: &'f [(FieldPath, &'o Field)],
    ours: &HashMap<String, usize>,
) -> Option<&'f (FieldPath, &'o Field)> {
    /// Bodies with more fields are not searched for one that is spelt otherwise.
    const MOST_FIELDS: usize = 500;
    let parts = |name: &str| -> (String, String) {
        let (around, leaf) = name.rsplit_once('\n').unwrap_or(("", name));
        (around.to_owned(), leaf.to_owned())
    };
    let (around, leaf) = parts(name);
    others.iter().take(MOST_FIELDS).find(|(path, _)| {
        let other = comparable(path);
        let (other_around, other_leaf) = parts(&other);
        around == other_around && spelling::near(&leaf, &other_leaf) && !ours.contains_key(&other)
    })
}

fn parameters(operation: &Operation, place: Place) -> Vec<(FieldPath, &Field)> {
    let here = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == place);
    here.map(|parameter| (FieldPath::root(&parameter.field.name), &parameter.field))
        .collect()
}

/// The names along a path. Whether a list lies between them is a matter of kinds, and what the key
/// of a map is called a matter of taste.
fn comparable(path: &FieldPath) -> String {
    let names = path.0.iter().filter_map(|step| match step {
        crate::contract::Step::Name(name) => Some(name.as_str()),
        crate::contract::Step::Items | crate::contract::Step::Key(_) => None,
    });
    names.collect::<Vec<_>>().join("\n")
}

/// Whether two statements about an operation are about the same number.
fn same_promise(a: &Constraint, b: &Constraint) -> bool {
    if let (Constraint::Quota { of, .. }, Constraint::Quota { of: other, .. }) = (a, b) {
        return of == other;
    }
    matches!(
        (a, b),
        (Constraint::RateLimit { .. }, Constraint::RateLimit { .. })
    )
}

fn presence(field: &Field) -> Option<&'static str> {
    match field.presence {
        Presence::Required => Some("required"),
        Presence::Optional => Some("optional"),
        Presence::Unstated => None,
    }
}
