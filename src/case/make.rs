//! All cases of one operation.
//!
//! Main entries: [`cases`], and [`untestable`] for what requests alone cannot try.

use std::collections::HashSet;

use super::audit::Auditor;
use super::boundary::{self, Probe, Side};
use super::condition::leaves_open;
use super::dispute::Disputes;
use super::each_case::is_fine_in_all_cases;
use super::pair::{self, PairAttempt};
use super::relation::is_bound_elsewhere;
use super::request::{Base, Edit, Extent, Site, is_shown_as_null, selecting, sites};
use super::valid::{is_identifier, listed};
use super::version::{self, VersionAttempt};
use super::violation::{Attempt, kinds, kinds_as_text, presence};
use super::{AskedVersion, Case, CaseId, Draft, Expect, Given, Template, whole};
use crate::contract::{
    Contract, Direction, Field, FieldPath, Operation, Place, Presence, Segment, Selector,
    StatementId, is_project,
};
use crate::wire::Method;

/// The word that stands for the request as a whole in ids.
const REQUEST: &str = "request";

/// How the rules begin that say which microversions have something.
const MICROVERSION: &str = "microversion";

/// The name under which a target lends the id of a project that is not the caller's.
const OTHER_PROJECT: &str = "other_project_id";

/// Every case of an operation that needs nothing but lent values: valid requests, and values on
/// both sides of the boundary of every statement about its requests.
pub fn cases(operation: &Operation, contract: &Contract) -> Vec<Case> {
    let mut maker = Maker::new(operation, contract);
    maker.valid();
    maker.strangers(contract);
    for site in sites(operation) {
        maker.site(&site);
    }
    maker.selecting_member();
    for name in operation.path.parameters() {
        maker.nobody(name);
        if is_project(name) {
            maker.neighbour(name);
        }
    }
    maker.unknown_members();
    maker.versions(contract);
    maker.found
}

/// The smallest valid request of an operation.
pub fn smallest(operation: &Operation, contract: &Contract) -> Case {
    let mut maker = Maker::new(operation, contract);
    maker.valid();
    maker.found.swap_remove(0)
}

/// The smallest valid request of an operation that shows a thing, to be sent for each further thing
/// that is lent. None where the operation may change something or its path ends in no thing.
pub fn each(operation: &Operation, contract: &Contract) -> Option<Case> {
    let shows = matches!(operation.path.0.last(), Some(Segment::Parameter(_)));
    if !(shows && operation.method.is_safe()) {
        return None;
    }
    let mut maker = Maker::new(operation, contract);
    let Base { draft, sure } = maker.minimal.clone();
    let title = "all that is required, for each thing that is lent";
    maker.push_whole("valid", "each", title, draft, accepted(sure));
    maker.found.pop()
}

/// The statements about requests and behaviour that no request alone can try, each once, with the
/// reason.
pub fn untestable(operation: &Operation) -> Vec<(StatementId, &'static str)> {
    let mut found: Vec<(StatementId, &'static str)> = Vec::new();
    for site in sites(operation) {
        for statement in &site.field.statements {
            let constraint = &statement.constraint;
            if pair::attempts(operation, &site, constraint).is_some() {
                continue;
            }
            let id = || site.statement(operation, constraint.word());
            match boundary::probes(site.field, constraint) {
                Ok(probes) if probes.is_empty() => {
                    found.push((id(), "no value shows it without breaking another statement"));
                }
                Ok(probes) if probes.iter().all(|probe| site.carried(probe).is_none()) => {
                    found.push((id(), site.why_not()));
                }
                Ok(_) => {}
                Err(reason) => found.push((id(), reason)),
            }
        }
    }
    if let Some(path) = selecting(operation) {
        let id = StatementId {
            operation: operation.id.clone(),
            direction: Direction::Request,
            field: Some(path),
            rule: "presence",
        };
        found.push((id, "without it, another operation is called"));
    }
    for statement in &operation.statements {
        let id = StatementId {
            operation: operation.id.clone(),
            direction: Direction::Behaviour,
            field: None,
            rule: statement.constraint.word(),
        };
        let reason = boundary::out_of_reach(&statement.constraint);
        found.push((id, reason.unwrap_or("it names no field of the request")));
    }
    let mut known = HashSet::new();
    found.retain(|(id, _)| known.insert(id.clone()));
    found
}

/// The key by which a body selects the operation, where the document describes it.
fn selecting_field(operation: &Operation) -> Option<(FieldPath, &Field)> {
    let Some(Selector::Key(_)) = operation.selector else {
        return None;
    };
    let path = selecting(operation)?;
    let fields = operation.request_fields().into_iter();
    let mut fields = fields.filter(|(known, _)| *known == path);
    fields.next()
}

struct Maker<'a> {
    operation: &'a Operation,
    auditor: Auditor<'a>,
    disputes: Disputes<'a>,
    minimal: Base,
    known: HashSet<String>,
    found: Vec<Case>,
}

/// What is special about a case.
struct Told {
    part: String,
    rule: &'static str,
    slug: String,
    title: String,
    tests: Option<StatementId>,
}

impl<'a> Maker<'a> {
    fn new(operation: &'a Operation, contract: &'a Contract) -> Self {
        Self {
            operation,
            auditor: Auditor::new(operation),
            disputes: Disputes::about(contract, operation),
            minimal: Base::of(operation, Extent::Minimal, None),
            known: HashSet::new(),
            found: Vec::new(),
        }
    }

    fn push(&mut self, told: Told, draft: Draft, expect: Expect) {
        let Told {
            part, rule, slug, ..
        } = told;
        let id = format!("{}/{part}/{rule}/{slug}", self.operation.id);
        let expect = self.auditor.settle(expect, told.tests.as_ref(), &draft);
        if self.known.insert(id.clone()) {
            self.found.push(Case {
                id: CaseId(id),
                operation: self.operation.id.clone(),
                tests: told.tests,
                title: told.title,
                draft,
                expect,
            });
        }
    }

    fn push_whole(
        &mut self,
        rule: &'static str,
        slug: &str,
        title: &str,
        draft: Draft,
        expect: Expect,
    ) {
        let told = Told {
            part: REQUEST.to_owned(),
            rule,
            slug: slug.to_owned(),
            title: title.to_owned(),
            tests: None,
        };
        self.push(told, draft, expect);
    }

    fn valid(&mut self) {
        let minimal = self.minimal.clone();
        let mut body = self.operation.request.iter();
        let is_open = body.any(|body| leaves_open(&body.fields));
        let expect = accepted(minimal.sure && !is_open);
        self.push_whole(
            "valid",
            "minimal",
            "all that is required",
            minimal.draft.clone(),
            expect,
        );
        let maximal = Base::of(self.operation, Extent::Maximal, None);
        if maximal.draft != minimal.draft {
            let expect = accepted(maximal.sure);
            self.push_whole(
                "valid",
                "maximal",
                "all that is documented",
                maximal.draft,
                expect,
            );
        }
    }

    fn strangers(&mut self, contract: &Contract) {
        let promised = whole::promises_authentication(self.operation, contract);
        let expect = if promised {
            Expect::Refused
        } else {
            Expect::Either
        };
        for (slug, title, draft) in whole::strangers(&self.minimal.draft) {
            let tests = StatementId {
                operation: self.operation.id.clone(),
                direction: Direction::Behaviour,
                field: None,
                rule: "authentication",
            };
            let told = Told {
                part: REQUEST.to_owned(),
                rule: "authentication",
                slug: slug.to_owned(),
                title: title.to_owned(),
                tests: Some(tests),
            };
            self.push(told, draft, expect);
        }
    }

    /// Microversions around the windows of the operation and of what it answers.
    fn versions(&mut self, contract: &Contract) {
        let statements = self.operation.statements.iter();
        let mut rules = statements.map(|said| said.constraint.word());
        let rule = rules.find(|rule| rule.starts_with(MICROVERSION));
        let whole = version::of_operation(self.operation, contract);
        for attempt in whole {
            let tests = rule.map(|rule| StatementId {
                operation: self.operation.id.clone(),
                direction: Direction::Behaviour,
                field: None,
                rule,
            });
            self.version(attempt, tests);
        }
        for attempt in version::of_answer(self.operation, contract) {
            self.version(attempt, None);
        }
    }

    fn version(&mut self, attempt: VersionAttempt, tests: Option<StatementId>) {
        let sure = version::has_what_is_required(self.operation, attempt.version);
        let expect = match attempt.side {
            Side::Outside => Expect::Refused,
            Side::Inside | Side::Open => accepted(self.minimal.sure && sure),
        };
        let mut draft = self.minimal.draft.clone();
        draft.version = attempt.version;
        let told = Told {
            part: REQUEST.to_owned(),
            rule: MICROVERSION,
            slug: attempt.slug,
            title: attempt.title,
            tests,
        };
        self.push(told, draft, expect);
    }

    fn unknown_members(&mut self) {
        for (slug, title, draft) in whole::with_unknown(&self.minimal.draft) {
            self.push_whole("unknown", slug, title, draft, Expect::Either);
        }
    }

    /// Another project in the path: what is in it is not the caller's.
    fn neighbour(&mut self, name: &str) {
        let mut draft = self.minimal.draft.clone();
        for (known, value) in &mut draft.path {
            if known == name {
                *value = Given::Lent(OTHER_PROJECT.to_owned());
            }
        }
        let told = Told {
            part: name.to_owned(),
            rule: "not_found",
            slug: "another-project".to_owned(),
            title: format!("{name} of another project"),
            tests: Some(self.not_found(name)),
        };
        self.push(told, draft, Expect::Refused);
    }

    fn not_found(&self, name: &str) -> StatementId {
        StatementId {
            operation: self.operation.id.clone(),
            direction: Direction::Request,
            field: Some(FieldPath::root(name)),
            rule: "not_found",
        }
    }

    /// A well-formed id of nothing, in the path.
    fn nobody(&mut self, name: &str) {
        let mut parameters = self.operation.parameters.iter();
        let field = parameters
            .find(|p| p.place == Place::Path && p.field.name == name)
            .map(|parameter| &parameter.field);
        let Some(id) = whole::nobody(field) else {
            return;
        };
        let named = |mut draft: Draft| {
            for (known, value) in &mut draft.path {
                if known == name {
                    *value = Given::Literal(id.clone());
                }
            }
            draft
        };
        let told = |slug: &str, title: String| Told {
            part: name.to_owned(),
            rule: "not_found",
            slug: slug.to_owned(),
            title,
            tests: Some(self.not_found(name)),
        };
        // A request that says nothing but this name may well be how the thing comes to be.
        let is_last = self.operation.path.parameters().last() == Some(name);
        let puts = self.operation.method == Method::Put && is_last;
        let expect = if puts && self.operation.request.is_none() {
            Expect::Either
        } else {
            Expect::Refused
        };
        let nobody = told("nobody", format!("{name} of nothing"));
        let all = told(
            "nobody-all",
            format!("{name} of nothing, with all that is documented"),
        );
        let draft = named(self.minimal.draft.clone());
        self.push(nobody, draft, expect);
        // Only a whole request could make what is not there.
        let maximal = Base::of(self.operation, Extent::Maximal, None);
        if puts && maximal.sure && maximal.draft != self.minimal.draft {
            self.push(all, named(maximal.draft), expect);
        }
    }

    fn site(&mut self, site: &Site<'_>) {
        let base = Base::of(self.operation, Extent::Minimal, Some(site));
        for attempt in presence(site) {
            self.presence(site, &base, attempt);
        }
        let wrong = match site.place {
            None => kinds(site.field),
            Some(_) => kinds_as_text(site.field),
        };
        for probe in wrong {
            self.probe(site, &base, "kind", probe);
        }
        for statement in &site.field.statements {
            let constraint = &statement.constraint;
            let rule = constraint.word();
            if let Some(first) = version::of_field(site.field, constraint) {
                self.first_version(site, &base, rule, first);
            } else if let Some(attempts) = pair::attempts(self.operation, site, constraint) {
                attempts
                    .into_iter()
                    .for_each(|attempt| self.pair(site, rule, attempt));
            } else if let Ok(probes) = boundary::probes(site.field, constraint) {
                probes
                    .into_iter()
                    .for_each(|probe| self.probe(site, &base, rule, probe));
            }
        }
        if site.place.is_none() && is_identifier(site.field) {
            self.unknown_identifier(site, &base);
        }
    }

    /// A field of the request, in the first version that has it. What comes of it in another one is
    /// not documented.
    fn first_version(
        &mut self,
        site: &Site<'_>,
        base: &Base,
        rule: &'static str,
        of: AskedVersion,
    ) {
        let sure = base.sure && version::has_what_is_required(self.operation, of);
        let expect = self.expect(site, rule, Side::Inside, sure);
        let mut draft = base.draft.clone();
        draft.version = of;
        let told = site.told(
            self.operation,
            rule,
            "first".to_owned(),
            "in the first version that has it",
        );
        self.push(told, draft, expect);
    }

    /// The member that selects the operation, of another kind than documented. What null means there
    /// is for each server to say, and of a member that is but null nobody need look at the value.
    fn selecting_member(&mut self) {
        let Some((path, field)) = selecting_field(self.operation) else {
            return;
        };
        if is_shown_as_null(self.operation, path.leaf()) {
            return;
        }
        let site = Site {
            place: None,
            path,
            field,
        };
        let base = self.minimal.clone();
        for probe in kinds(field) {
            if probe.slug != "null" {
                self.probe(&site, &base, "kind", probe);
            }
        }
    }

    fn probe(&mut self, site: &Site<'_>, base: &Base, rule: &'static str, probe: Probe) {
        let side = match site.carried(&probe) {
            None => return,
            Some(Side::Inside) if !is_fine_in_all_cases(site.field, &probe.value) => Side::Open,
            Some(side) => side,
        };
        let expect = self.expect(site, rule, side, base.sure);
        let mut draft = base.draft.clone();
        if site.edit(&mut draft, &Edit::Set(probe.value)) {
            let told = site.told(self.operation, rule, probe.slug, &probe.title);
            self.push(told, draft, expect);
        }
    }

    fn presence(&mut self, site: &Site<'_>, base: &Base, attempt: Attempt) {
        let left_out = matches!(attempt.edit, Edit::Remove);
        let base = if left_out && site.field.presence == Presence::Optional {
            self.without(site)
        } else {
            base.clone()
        };
        let expect = self.expect(site, attempt.rule, attempt.side, base.sure);
        let mut draft = base.draft;
        if site.edit(&mut draft, &attempt.edit) {
            let told = site.told(self.operation, attempt.rule, attempt.slug, &attempt.title);
            self.push(told, draft, expect);
        }
    }

    /// The smallest request that has the object around the site.
    fn without(&self, site: &Site<'_>) -> Base {
        let mut around = site.clone();
        around.path.0.pop();
        if around.path.0.is_empty() {
            return self.minimal.clone();
        }
        Base::of(self.operation, Extent::Minimal, Some(&around))
    }

    fn pair(&mut self, site: &Site<'_>, rule: &'static str, attempt: PairAttempt<'_>) {
        let base = pair::base(self.operation, site);
        let expect = self.expect(site, rule, attempt.side, base.sure);
        let mut draft = base.draft;
        let edits = attempt.edits.iter();
        if edits.fold(true, |all, (site, edit)| all & site.edit(&mut draft, edit)) {
            let told = site.told(self.operation, rule, attempt.slug, &attempt.title);
            self.push(told, draft, expect);
        }
    }

    /// The id of nothing in a body: refused at once, or by the job that follows.
    fn unknown_identifier(&mut self, site: &Site<'_>, base: &Base) {
        let Some(id) = whole::nobody(Some(site.field)) else {
            return;
        };
        let mut draft = base.draft.clone();
        let value = Template::Literal(serde_json::Value::from(id));
        if site.edit(&mut draft, &Edit::Set(value)) {
            let mut told = site.told(
                self.operation,
                "not_found",
                "nobody".to_owned(),
                "of nothing",
            );
            told.tests = None;
            self.push(told, draft, Expect::Either);
        }
    }

    fn expect(&self, site: &Site<'_>, rule: &str, side: Side, sure: bool) -> Expect {
        if self.disputes.leave_open(site, rule) {
            return Expect::Either;
        }
        match side {
            Side::Inside => accepted(sure && !is_bound_elsewhere(site.field)),
            Side::Outside => Expect::Refused,
            Side::Open => Expect::Either,
        }
    }
}

fn accepted(sure: bool) -> Expect {
    if sure {
        Expect::Accepted
    } else {
        Expect::Either
    }
}

fn is_listed(field: &Field) -> bool {
    listed(field, 0).next().is_some()
}

impl Site<'_> {
    fn statement(&self, operation: &Operation, rule: &'static str) -> StatementId {
        StatementId {
            operation: operation.id.clone(),
            direction: Direction::Request,
            field: Some(self.path.clone()),
            rule,
        }
    }

    fn told(&self, operation: &Operation, rule: &'static str, slug: String, title: &str) -> Told {
        Told {
            part: self.path.to_string(),
            rule,
            slug,
            title: format!("{} {title}", self.path.leaf()),
            tests: Some(self.statement(operation, rule)),
        }
    }

    /// Why none of the values around a statement can stand at this place.
    fn why_not(&self) -> &'static str {
        if self.field.kind.inner().is_some() {
            "how a list is written there is not documented"
        } else {
            "no value around it can be written there"
        }
    }

    /// The side on which a value still lies when it stands at this place. None where the place
    /// cannot hold it without becoming something else.
    fn carried(&self, probe: &Probe) -> Option<Side> {
        let Some(place) = self.place else {
            return Some(probe.side);
        };
        let Template::Literal(value) = &probe.value else {
            return None;
        };
        if value.is_null() {
            return None;
        }
        let text = match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        };
        let kept = match place {
            // What a path names must exist, unless the document lists it, and must still be one
            // segment of that path.
            Place::Path => {
                let exists = probe.side != Side::Inside || is_listed(self.field);
                exists && text.chars().any(|c| c != '.')
            }
            Place::Query => true,
            // HTTP drops blanks around the value of a header.
            Place::Header => text.bytes().all(|b| (0x20..0x7f).contains(&b)) && text.trim() == text,
        };
        // Many a server takes an empty parameter for one that is left out.
        let left_out = text.is_empty() && self.field.presence != Presence::Required;
        let side = if left_out { Side::Open } else { probe.side };
        kept.then_some(side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::sample::{at, contract, field, kettle, name_rules, operation, optional};
    use crate::contract::{
        Claim, Constraint, Dispute, Fact, Format, Kind, Parameter, PathTemplate, Scalar, Statement,
        Step, Unit, Version, VersionProtocol,
    };
    use crate::source::{DocumentId, Provenance};

    /// The cases of the kettle whose id starts like this, with what must happen.
    fn told(start: &str) -> String {
        let operation = kettle();
        let cases = cases(&operation, &contract(&operation));
        let lines = cases.iter().filter_map(|case| {
            let rest = case.id.0.strip_prefix("kettles.create/")?;
            let shown = rest.starts_with(start);
            shown.then(|| format!("{rest} {:?}", case.expect))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_name_is_tried_on_both_sides_of_its_length() {
        let lengths = told("kettle.name/length_range/");
        insta::assert_snapshot!(lengths.replace("kettle.name/length_range/", ""), @r"
        0-characters Refused
        1-characters Accepted
        2-characters Accepted
        62-characters Accepted
        63-characters Accepted
        64-characters Refused
        63-characters-of-3-bytes Accepted
        64-characters-of-3-bytes Refused
        ");
    }

    #[test]
    fn versions_are_asked_for_around_their_windows() {
        let version = |minor| Some(Version::new(2, minor));
        let said = |min, max| Statement {
            constraint: Constraint::Microversion { min, max },
            at: at(),
            rule: "test".to_owned(),
        };
        let route = "GET /v2/kettles/{kettle_id}";
        let mut operation = crate::contract::sample::operation(route, "", "lid spout");
        operation.statements.push(said(version(3), None));
        let shown = &mut operation.response.as_mut().unwrap().fields;
        shown[0].statements.push(said(version(7), None));
        shown[1].statements.push(said(None, version(6)));
        let mut contract = contract(&operation);
        contract.versions = Some(VersionProtocol {
            headers: Vec::new(),
            default: version(1),
            at: at(),
        });
        let cases = cases(&operation, &contract);
        let told = cases
            .iter()
            .filter(|case| case.id.0.contains("/microversion/"));
        let lines = told.map(|case| {
            let slug = case.id.0.rsplit('/').next().unwrap();
            format!("{slug} {:?} {:?}", case.draft.version, case.expect)
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        2.2 This(Version { major: 2, minor: 2 }) Refused
        2.3 This(Version { major: 2, minor: 3 }) Accepted
        unnamed Unnamed Refused
        answer-2.6 This(Version { major: 2, minor: 6 }) Accepted
        answer-2.7 This(Version { major: 2, minor: 7 }) Accepted
        ");
    }

    #[test]
    fn lent_names_are_not_invented() {
        insta::assert_snapshot!(told("kettle.shelf_id/"), @r"
        kettle.shelf_id/presence/missing Refused
        kettle.shelf_id/presence/given Accepted
        kettle.shelf_id/kind/a-number Refused
        kettle.shelf_id/kind/true Refused
        kettle.shelf_id/kind/a-list Refused
        kettle.shelf_id/kind/an-object Refused
        kettle.shelf_id/kind/null Refused
        kettle.shelf_id/not_found/nobody Either
        ");
        insta::assert_snapshot!(told("tenant_id/"), @r"
        tenant_id/not_found/nobody Refused
        tenant_id/not_found/another-project Refused
        ");
    }

    #[test]
    fn a_list_is_tried_with_more_items_and_with_twins() {
        let list = [told("kettle.tags/max_items"), told("kettle.tags/unique")];
        insta::assert_snapshot!(list.join("\n"), @r"
        kettle.tags/max_items/0-items Refused
        kettle.tags/max_items/1-items Accepted
        kettle.tags/max_items/3-items Accepted
        kettle.tags/max_items/4-items Refused
        kettle.tags/unique/two-different Accepted
        kettle.tags/unique/two-alike Refused
        ");
    }

    #[test]
    fn a_disputed_kind_is_left_open() {
        let mut operation = kettle();
        let body = operation.request.as_mut().unwrap();
        let name = &mut body.fields[0].children[0];
        name.other_kinds.push(Claim {
            claim: Kind::Integer,
            at: at(),
        });
        let cases = cases(&operation, &contract(&operation));
        let expects = |slug: &str| {
            let id = format!("kettles.create/kettle.name/kind/{slug}");
            cases
                .iter()
                .find(|case| case.id.0 == id)
                .map(|case| case.expect)
        };
        assert_eq!(expects("a-number"), Some(Expect::Either));
        assert_eq!(expects("true"), Some(Expect::Refused));
    }

    #[test]
    fn a_disputed_rule_is_left_open_and_no_other() {
        let operation = kettle();
        let mut contract = contract(&operation);
        let claim = |text: &str| Claim {
            claim: text.to_owned(),
            at: at(),
        };
        contract.disputes.push(Dispute {
            operation: Some(operation.id.clone()),
            field: Some(FieldPath(vec![
                Step::Name("kettle".into()),
                Step::Name("name".into()),
            ])),
            fact: Fact::Constraint,
            claims: vec![claim("length_range 1..63"), claim("length_range 1..64")],
        });
        let open = |rule: &str| {
            let cases = cases(&operation, &contract);
            let start = format!("kettles.create/kettle.name/{rule}/");
            let mut about = cases
                .into_iter()
                .filter(|case| case.id.0.starts_with(&start));
            about.all(|case| case.expect == Expect::Either)
        };
        assert!(open("length_range") && !open("charset") && !open("kind"));
    }

    #[test]
    fn a_dispute_about_the_answer_leaves_the_request_alone() {
        let mut operation = operation(vec![field("name", Kind::String, &name_rules())]);
        operation.response = operation.request.clone();
        let mut contract = contract(&operation);
        let about = |line| Dispute {
            operation: Some(operation.id.clone()),
            field: Some(FieldPath::root("name")),
            fact: Fact::Value,
            claims: vec![Claim {
                claim: "something else".to_owned(),
                at: Provenance::line(&DocumentId::new("kettles"), line),
            }],
        };
        let n_refused = |contract: &Contract| {
            let cases = cases(&operation, contract).into_iter();
            let about = cases.filter(|case| case.id.0.contains("/name/charset/"));
            about.filter(|case| case.expect == Expect::Refused).count()
        };
        contract.disputes = vec![about(99)];
        assert!(n_refused(&contract) > 10);
        contract.disputes = vec![about(at().line)];
        assert_eq!(n_refused(&contract), 0);
    }

    #[test]
    fn references_are_lent_whatever_their_name_says() {
        let uuid = Constraint::Format {
            format: Format::Uuid,
            or_empty: false,
        };
        let list = Kind::Array(Box::new(Kind::String));
        let operation = operation(vec![
            field("handle", Kind::String, std::slice::from_ref(&uuid)),
            field("spare_ids", list, &[]),
            field("kitchen_zone", Kind::String, &[]),
            field("tea", Kind::String, &[]),
        ]);
        let cases = cases(&operation, &contract(&operation));
        let lent = |name: &str| Template::Lent(name.to_owned());
        let expected = [
            ("handle", lent("handle")),
            ("spare_ids", Template::Array(vec![lent("spare_ids")])),
            ("kitchen_zone", lent("kitchen_zone")),
            ("tea", Template::Literal("proofhouse".into())),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value));
        assert_eq!(
            cases[0].draft.body,
            Some(Template::Object(expected.to_vec()))
        );
    }

    #[test]
    fn what_nobody_checks_may_be_anything() {
        let unchecked = Constraint::Other(crate::contract::NOT_CHECKED.to_owned());
        let short = |stated: &[Constraint]| {
            let length = Constraint::Length {
                min: None,
                max: Some(9),
                unit: Unit::Characters,
            };
            let stated = [&[length], stated].concat();
            let operation = operation(vec![field("metal", Kind::String, &stated)]);
            let cases = cases(&operation, &contract(&operation));
            let of_metal = cases.iter().filter(|case| case.id.0.contains("/metal/"));
            let refused = of_metal.filter(|case| case.expect == Expect::Refused);
            let rules = refused.filter_map(|case| Some(case.tests.as_ref()?.rule));
            rules.collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(short(&[]), ["kind", "max_length", "presence"].into());
        assert_eq!(short(&[unchecked]), ["presence"].into());
    }

    #[test]
    fn two_that_are_the_same_may_be_removed_together() {
        let twice = |route: &str| {
            let mut operation = crate::contract::sample::operation(route, "lids", "");
            let list = &mut operation.request.as_mut().unwrap().fields[0];
            list.kind = Kind::Array(Box::new(Kind::Object));
            list.children = vec![field("key", Kind::String, &[Constraint::Unique])];
            let cases = cases(&operation, &contract(&operation));
            let twice = cases
                .iter()
                .find(|case| case.id.0.ends_with("unique/twice"));
            twice.map(|case| case.expect)
        };
        let path = "POST /v1/kettles/{kettle_id}/lids";
        assert_eq!(twice(&format!("{path}/add")), Some(Expect::Refused));
        assert_eq!(twice(&format!("{path}/delete")), Some(Expect::Either));
    }

    #[test]
    fn what_requests_cannot_try_is_said() {
        let stated = [
            Constraint::Unique,
            Constraint::RequiredIf("the lid is heavy".to_owned()),
            Constraint::Default(Scalar::Text("steel".to_owned())),
        ];
        let mut operation = operation(vec![field("metal", Kind::String, &stated)]);
        operation.statements = field("", Kind::Unknown, &[Constraint::AsyncJob]).statements;
        let told: Vec<String> = untestable(&operation)
            .into_iter()
            .map(|(id, reason)| format!("{id}: {reason}"))
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        kettles.create request metal unique: it depends on what exists already
        kettles.create request metal required_if: its condition is kept in words
        kettles.create request metal default: the server fills it in by itself
        kettles.create behaviour async_job: it is seen in answers
        ");
    }

    #[test]
    fn each_value_that_makes_a_field_needed_is_tried() {
        let volts = optional(field("volts", Kind::Integer, &[]));
        let needed = Constraint::RequiredIf("volts in (230, 400)".to_owned());
        let fuse = optional(field("fuse", Kind::Integer, &[needed]));
        let operation = operation(vec![volts, fuse]);
        let cases = cases(&operation, &contract(&operation));
        let ids = cases.iter().map(|case| case.id.0.as_str());
        let missing = ids.filter_map(|id| id.split_once("/missing-with-volts-"));
        let values: Vec<&str> = missing.map(|(_, value)| value).collect();
        assert_eq!(values, ["230", "400"]);
    }

    #[test]
    fn exclusive_and_conditional_fields_are_tried_in_pairs() {
        let gas = field(
            "gas",
            Kind::String,
            &[Constraint::ExclusiveWith(vec!["volts".to_owned()])],
        );
        let volts = optional(field("volts", Kind::Integer, &[]));
        let fuse = field(
            "fuse",
            Kind::String,
            &[Constraint::RequiredIf("volts=230".to_owned())],
        );
        let operation = operation(vec![optional(gas), volts, optional(fuse)]);
        let cases = cases(&operation, &contract(&operation));
        let lines = cases.iter().filter(|case| {
            case.id.0.contains("exclusive_with") || case.id.0.contains("required_if")
        });
        let lines = lines.map(|case| format!("{} {:?}", case.id, case.expect));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        kettles.create/gas/exclusive_with/without-volts Accepted
        kettles.create/gas/exclusive_with/with-volts Refused
        kettles.create/fuse/required_if/given-with-volts-230 Accepted
        kettles.create/fuse/required_if/missing-with-volts-230 Refused
        ");
    }

    #[test]
    fn a_number_that_another_bounds_is_tried_beside_it() {
        use crate::contract::Relation;
        let relative = |how| Constraint::Relative {
            how,
            to: "least".to_owned(),
        };
        let least = field(
            "least",
            Kind::Integer,
            &[Constraint::Range {
                min: Some(1.into()),
                max: Some(9.into()),
            }],
        );
        let most = field("most", Kind::Integer, &[relative(Relation::AtLeast)]);
        let none = field("none", Kind::Integer, &[relative(Relation::DefaultsTo)]);
        let operation = operation(vec![optional(least), optional(most), optional(none)]);
        let cases = cases(&operation, &contract(&operation));
        let lines = cases.iter().filter(|case| case.id.0.contains("/relative/"));
        let lines = lines.map(|case| format!("{} {:?}: {}", case.id, case.expect, case.title));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        kettles.create/most/relative/as-least Accepted: most that is the same as least
        kettles.create/most/relative/less-than-least Refused: most that is less than least
        ");
        let audited = |least: i64, most: i64| {
            let member =
                |name: &str, number: i64| (name.to_owned(), Template::Literal(number.into()));
            let mut draft = cases[0].draft.clone();
            draft.body = Some(Template::Object(vec![
                member("least", least),
                member("most", most),
            ]));
            Auditor::new(&operation).audit(&draft)
        };
        assert_eq!(audited(3, 3), []);
        assert_eq!(audited(3, 2), [(FieldPath::root("most"), "relative")]);
    }

    #[test]
    fn numbers_between_steps_and_those_left_out_are_tried_beside_good_ones() {
        let range = Constraint::Range {
            min: Some(10.into()),
            max: Some(90.into()),
        };
        let except = Constraint::Except(vec![Scalar::Integer(13)]);
        let steps = field(
            "watts",
            Kind::Integer,
            &[range.clone(), Constraint::Multiple(20)],
        );
        let gaps = field("litres", Kind::Integer, &[range, except]);
        let operation = operation(vec![steps, gaps]);
        let cases = cases(&operation, &contract(&operation));
        let told = |part: &str| {
            let lines = cases.iter().filter_map(|case| {
                let (_, rest) = case.id.0.split_once(part)?;
                Some(format!("{rest} {:?}", case.expect))
            });
            lines.collect::<Vec<_>>().join(", ")
        };
        let told = ["/watts/multiple/", "/watts/range/", "/litres/except/"].map(told);
        insta::assert_snapshot!(told.join("\n"), @r"
        20 Accepted, 21 Refused, 19 Refused
        0 Refused, 20 Accepted, 80 Accepted, 100 Refused
        13 Refused, 12 Accepted, 14 Accepted
        ");
    }

    #[test]
    fn without_a_promise_about_credentials_either_is_fine() {
        let operation = kettle();
        let mut contract = contract(&operation);
        contract.statuses.clear();
        let cases = cases(&operation, &contract);
        let mut asked = cases
            .iter()
            .filter(|case| case.id.0.contains("/authentication/"));
        assert!(asked.all(|case| case.expect == Expect::Either));
    }

    /// The cases of a parameter of this place, kind and promise, and what they expect.
    fn parameter(place: Place, kind: Kind, constraint: Constraint) -> String {
        let mut operation = kettle();
        let path = match place {
            Place::Path => "/v1/{tenant_id}/kettles/{spout}",
            Place::Query | Place::Header => "/v1/{tenant_id}/kettles",
        };
        operation.path = PathTemplate::parse(path);
        let spout = field("spout", kind, std::slice::from_ref(&constraint));
        let field = if place == Place::Path {
            spout
        } else {
            optional(spout)
        };
        operation.parameters.push(Parameter { place, field });
        let cases = cases(&operation, &contract(&operation));
        let start = format!("kettles.create/spout/{}/", constraint.word());
        let lines = cases.iter().filter_map(|case| {
            let rest = case.id.0.strip_prefix(&start)?;
            Some(format!("{rest} {:?}", case.expect))
        });
        lines.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn parameters_are_tried_on_both_sides_wherever_they_stand() {
        let one_of = |values: [&str; 2]| Constraint::Enum {
            values: values.map(|value| Scalar::Text(value.into())).to_vec(),
            open: false,
        };
        let range = Constraint::Range {
            min: Some(1.into()),
            max: Some(5.into()),
        };
        let length = Constraint::Length {
            min: Some(1),
            max: Some(3),
            unit: Unit::Characters,
        };
        let told = [
            parameter(Place::Query, Kind::Integer, range.clone()),
            parameter(Place::Header, Kind::Integer, range),
            parameter(Place::Query, Kind::String, length.clone()),
            parameter(Place::Header, Kind::String, length),
            parameter(Place::Path, Kind::String, one_of(["hot", "cold"])),
            parameter(Place::Header, Kind::String, one_of(["a", "b"])),
        ];
        insta::assert_snapshot!(told.join("\n"), @r"
        0 Refused, 1 Accepted, 5 Accepted, 6 Refused, beyond-32-bits Refused, beyond-64-bits Refused
        0 Refused, 1 Accepted, 5 Accepted, 6 Refused, beyond-32-bits Refused, beyond-64-bits Refused
        0-characters Either, 1-characters Accepted, 2-characters Accepted, 3-characters Accepted, 4-characters Refused, 3-characters-of-2-bytes Accepted, 4-characters-of-2-bytes Refused, 3-characters-of-3-bytes Accepted, 4-characters-of-3-bytes Refused, 4-characters-of-4-bytes Refused
        0-characters Either, 1-characters Accepted, 2-characters Accepted, 3-characters Accepted, 4-characters Refused
        hot Accepted, cold Accepted, hot-in-other-case Refused, hot-cut-short Refused, hot-misspelt Refused, hot-with-a-blank-behind Refused, cold-in-other-case Refused, cold-cut-short Refused, cold-misspelt Refused, cold-with-a-blank-behind Refused
        a Accepted, b Accepted, a-in-other-case Refused, a-cut-short Either, a-misspelt Refused, b-in-other-case Refused, b-cut-short Either, b-misspelt Refused
        ");
    }

    #[test]
    fn a_list_in_a_query_is_not_guessed_at() {
        let mut operation = kettle();
        let count = Constraint::ItemCount {
            min: Some(1),
            max: Some(2),
        };
        let list = Kind::Array(Box::new(Kind::String));
        operation.parameters.push(Parameter {
            place: Place::Query,
            field: optional(field("spouts", list, &[count])),
        });
        let told = untestable(&operation).into_iter();
        let about = told.filter(|(id, _)| id.field == Some(FieldPath::root("spouts")));
        assert_eq!(
            about.map(|(_, reason)| reason).collect::<Vec<_>>(),
            ["how a list is written there is not documented"]
        );
    }
}
