//! Generated cases: any number of them, the same ones for the same seed, and shrinkable.
//!
//! Main type: [`Generator`]. Every other case breaks one statement, the rest break none; what is
//! expected is decided by [`Auditor::settle`] on the request as generated, never assumed.

use proptest::prelude::*;
use proptest::strategy::{BoxedStrategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::audit::Auditor;
use super::dispute::Disputes;
use super::request::{Base, Edit, Extent, Site, given, select, sites};
use super::scenario::{counting, template_at};
use super::strategy::{self, Violation};
use super::valid::runner;
use super::{Case, CaseId, Draft, Expect, Given, Template};
use crate::contract::{Contract, Direction, Operation, Place, Presence, StatementId};
use crate::wire::Method;

/// What the names of generated cases have between the operation and their numbers.
pub(super) const MARK: &str = "/request/generated/";

/// A shrinking that takes more steps than this is long enough.
const MOST_STEPS: usize = 4000;

/// Generated requests: the members of the body, and the query.
type Parts = (Vec<(String, Template)>, Vec<Option<(String, Given)>>);

/// Generates the cases of one operation.
pub struct Generator<'a> {
    operation: &'a Operation,
    auditor: Auditor<'a>,
    disputes: Disputes<'a>,
    base: Base,
    valid: BoxedStrategy<Parts>,
    violations: Vec<(Site<'a>, Violation)>,
    /// What says how many things are made: by chance, no more than one.
    counting: Vec<Site<'a>>,
}

/// `n` generated cases of the operation. None where there is nothing to vary.
pub fn generated(operation: &Operation, contract: &Contract, seed: u64, n: u32) -> Vec<Case> {
    let generator = Generator::new(operation, contract);
    if !generator.varies() {
        return Vec::new();
    }
    (0..n).map(|turn| generator.case(seed, turn)).collect()
}

/// The smallest case that `fails` like the generated case of this id does. None when no generated
/// case has this id, or it does not fail.
pub fn shrink(
    operation: &Operation,
    contract: &Contract,
    id: &CaseId,
    fails: &mut dyn FnMut(&Case) -> bool,
) -> Option<Case> {
    let (start, numbers) = id.0.rsplit_once('/')?;
    let (seed, turn) = numbers.split_once('-')?;
    let generator = Generator::new(operation, contract);
    let known = start == generator.id_start();
    generator.shrink(
        seed.parse().ok()?,
        turn.parse().ok().filter(|_| known)?,
        fails,
    )
}

impl<'a> Generator<'a> {
    /// Prepares the strategies of an operation.
    pub fn new(operation: &'a Operation, contract: &'a Contract) -> Self {
        let sites = sites(operation);
        let body = operation.request.as_ref();
        let members = strategy::object(body.map_or(&[][..], |body| &body.fields));
        let query: Vec<_> = sites.iter().filter_map(query).collect();
        let violations = sites.iter().flat_map(|site| {
            let violations = strategy::violations(site).into_iter();
            violations.map(|violation| (site.clone(), violation))
        });
        Self {
            operation,
            auditor: Auditor::new(operation),
            disputes: Disputes::about(contract, operation),
            base: Base::of(operation, Extent::Minimal, None),
            violations: violations.collect(),
            counting: match operation.method {
                Method::Post => counting(operation),
                _ => Vec::new(),
            },
            valid: (members, query).boxed(),
        }
    }

    /// Whether two generated cases can differ.
    pub fn varies(&self) -> bool {
        !self.violations.is_empty()
    }

    /// The generated case of this seed and turn.
    pub fn case(&self, seed: u64, turn: u32) -> Case {
        self.tree(seed, turn).case()
    }

    fn shrink(&self, seed: u64, turn: u32, fails: &mut dyn FnMut(&Case) -> bool) -> Option<Case> {
        let mut tree = self.tree(seed, turn);
        let mut best = Some(tree.case()).filter(|case| fails(case))?;
        let mut failed = true;
        for _ in 0..MOST_STEPS {
            let moved = if failed {
                tree.simplify()
            } else {
                tree.complicate()
            };
            if !moved {
                break;
            }
            let case = tree.case();
            failed = fails(&case);
            if failed {
                best = case;
            }
        }
        Some(best)
    }

    fn id_start(&self) -> String {
        let start = MARK.trim_end_matches('/');
        format!("{}{start}", self.operation.id)
    }

    fn tree(&self, seed: u64, turn: u32) -> Tree<'_, 'a> {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&turn.to_le_bytes());
        let mut runner = runner(&bytes);
        let violated = (turn % 2 == 1).then(|| self.choose(&mut runner)).flatten();
        let edits = violated.map(|(_, violation)| made(&violation.edits, &mut runner));
        Tree {
            generator: self,
            id: CaseId(format!("{}/{seed}-{turn}", self.id_start())),
            parts: made(&self.valid, &mut runner),
            violated: violated.zip(edits),
            at_parts: true,
        }
    }

    fn choose(&self, runner: &mut TestRunner) -> Option<&(Site<'a>, Violation)> {
        let turn = runner.rng().next_u32() as usize;
        self.violations
            .get(turn.checked_rem(self.violations.len())?)
    }
}

/// A tree of the strategy. The strategies of this module reject nothing, so there is always one.
fn made<T: std::fmt::Debug>(
    strategy: &BoxedStrategy<T>,
    runner: &mut TestRunner,
) -> Box<dyn ValueTree<Value = T>> {
    strategy
        .new_tree(runner)
        .expect("the strategies of this module reject nothing")
}

/// A query parameter: always, sometimes, or never.
fn query(site: &Site<'_>) -> Option<BoxedStrategy<Option<(String, Given)>>> {
    let inner = site.field.kind.inner().is_none();
    let fine = super::request::parameter_value(site.field).sure;
    if site.place != Some(Place::Query) || !inner {
        return None;
    }
    let name = site.field.name.clone();
    let values = strategy::value(site.field, &site.field.kind);
    let values = values.prop_map(move |value| (name.clone(), given(&value)));
    if site.field.presence == Presence::Required {
        return Some(values.prop_map(Some).boxed());
    }
    let offered = fine && !super::valid::is_identifier(site.field);
    offered.then(|| proptest::option::of(values).boxed())
}

/// A case that can become simpler.
struct Tree<'g, 'a> {
    generator: &'g Generator<'a>,
    id: CaseId,
    parts: Box<dyn ValueTree<Value = Parts>>,
    violated: Option<Violated<'g, 'a>>,
    /// Whether the parts are being simplified; the violating value comes after them.
    at_parts: bool,
}

/// The statement that a case breaks, and the value that does it.
type Violated<'g, 'a> = (&'g (Site<'a>, Violation), Box<dyn ValueTree<Value = Edit>>);

impl Tree<'_, '_> {
    fn simplify(&mut self) -> bool {
        if self.at_parts && self.parts.simplify() {
            return true;
        }
        self.at_parts = false;
        self.violated
            .as_mut()
            .is_some_and(|(_, edit)| edit.simplify())
    }

    fn complicate(&mut self) -> bool {
        if self.at_parts {
            return self.parts.complicate();
        }
        self.violated
            .as_mut()
            .is_some_and(|(_, edit)| edit.complicate())
    }

    fn case(&self) -> Case {
        let operation = self.generator.operation;
        let mut draft = self.draft();
        for site in &self.generator.counting {
            let is_said = draft
                .body
                .as_ref()
                .and_then(|body| template_at(body, &site.path));
            if is_said.is_some() {
                site.edit(&mut draft, &Edit::Set(Template::Literal(1.into())));
            }
        }
        let violated = self
            .violated
            .as_ref()
            .and_then(|((site, violation), edit)| {
                let changed = site.edit(&mut draft, &edit.current());
                changed.then_some((site, violation.rule))
            });
        let tests = violated.map(|(site, rule)| StatementId {
            operation: operation.id.clone(),
            direction: Direction::Request,
            field: Some(site.path.clone()),
            rule,
        });
        Case {
            id: self.id.clone(),
            operation: operation.id.clone(),
            title: match &tests {
                Some(tests) => format!("a generated request that breaks {}", tests.rule),
                None => "a generated request".to_owned(),
            },
            expect: self
                .generator
                .auditor
                .settle(self.hoped(violated), tests.as_ref(), &draft),
            tests,
            draft,
        }
    }

    fn draft(&self) -> Draft {
        let (mut members, query) = self.parts.current();
        let mut draft = self.generator.base.draft.clone();
        draft.query = query.into_iter().flatten().collect();
        if self.generator.operation.request.is_some() {
            select(self.generator.operation, &mut members);
            draft.body = Some(Template::Object(members));
        }
        draft
    }

    /// What is hoped of a request that breaks this, or nothing.
    fn hoped(&self, violated: Option<(&Site<'_>, &'static str)>) -> Expect {
        match violated {
            None if self.generator.base.sure => Expect::Accepted,
            None => Expect::Either,
            Some((site, rule)) if self.generator.disputes.leave_open(site, rule) => Expect::Either,
            Some(_) => Expect::Refused,
        }
    }
}
