//! Every Defect of a Contract, by rule: no operation and no field is named here.

use super::Twin;
use super::defect::{Defect, DefectClass};
use super::misread::{self, Way};
use super::routes::Route;
use super::{needed, obey, sicken};
use crate::contract::{
    Constraint, Contract, Creation, Direction, Expectation, Field, FieldPath, Kind, Operation,
    Place, Presence, Relation, Segment, Selector, Statement, StatementId, creations, is_project,
    letters,
};
use crate::wire::Method;
use std::sync::Arc;

/// Every Defect that a Twin of this Contract can have, in document order.
pub fn defects(contract: &Contract) -> Vec<Defect> {
    let twin = Twin::new(Arc::new(contract.clone()), 0);
    let creations = creations(contract);
    let mut found = Vec::new();
    for operation in twin.operations() {
        let Some(route) = twin.route(&operation.id) else {
            continue;
        };
        let mut list = List {
            operation,
            route,
            found: &mut found,
        };
        list.of_operation(contract, &creations);
        list.of_request();
        list.of_parameters();
        list.of_choices();
        list.of_writes();
        list.of_response();
        list.of_windows();
    }
    found
}

struct List<'a> {
    operation: &'a Operation,
    route: &'a Route,
    found: &'a mut Vec<Defect>,
}

impl List<'_> {
    fn add(
        &mut self,
        class: DefectClass,
        field: Option<&FieldPath>,
        rule: Option<(&'static str, Direction)>,
        title: &str,
    ) {
        let operation = self.operation.id.clone();
        let mut id = format!("{operation}/{}", class.word());
        if let Some(field) = field {
            id.push_str(&format!("/{field}"));
        }
        if let Some((rule, _)) = rule {
            id.push_str(&format!("/{rule}"));
        }
        if self.found.iter().any(|known| known.id == id) {
            return;
        }
        let statement = rule.map(|(rule, direction)| StatementId {
            operation: operation.clone(),
            direction,
            field: field.cloned(),
            rule,
        });
        self.found.push(Defect {
            id,
            class,
            operation,
            field: field.cloned(),
            statement,
            title: title.to_owned(),
        });
    }

    /// A Defect of the operation as a whole.
    fn of_whole(&mut self, class: DefectClass, title: &str) {
        self.add(class, None, None, title);
    }

    fn of_operation(&mut self, contract: &Contract, creations: &[Creation]) {
        self.of_whole(DefectClass::StatusUndocumented, "answers success with 299");
        self.of_whole(DefectClass::ServerError, "answers 500");
        self.of_admission(contract);
        self.of_whole_answer();
        self.of_effect(creations);
        self.of_started_jobs(contract);
        self.of_shown_jobs(contract);
        self.of_behaviour();
        self.of_numbers(contract);
    }

    /// Who is let in, and to what.
    fn of_admission(&mut self, contract: &Contract) {
        use DefectClass as C;
        let public = self.route.public;
        if !public {
            let title = "serves requests without a valid token";
            self.of_whole(C::NoAuthentication, title);
            self.of_whole(C::EnvelopeBroken, "tells errors in another shape");
        }
        if !public && !contract.error_codes.is_empty() {
            let title = "tells errors with an unlisted code";
            self.of_whole(C::ErrorCodeUndocumented, title);
        }
        let names: Vec<&str> = self.operation.path.parameters().collect();
        let lists = self.operation.method.is_safe() && names.iter().all(|name| is_project(name));
        if !names.is_empty() {
            let title = "serves requests for what does not exist";
            self.of_whole(C::AcceptsUnknown, title);
        }
        if lists && !names.is_empty() && !public {
            self.of_whole(C::ProjectsMixed, "serves a token of another project");
        }
    }

    fn of_whole_answer(&mut self) {
        use DefectClass as C;
        if self.operation.response.is_none() {
            return;
        }
        self.of_whole(C::AnswerHalf, "sends half of its answer");
        let title = "shows a field that nobody documents";
        self.of_whole(C::FieldUndocumented, title);
        self.of_whole(C::BodyNotJson, "answers with a web page");
        self.of_whole(C::BodyCut, "answers with half of the body");
        self.of_whole(C::ContentTypeWrong, "calls JSON text/html");
    }

    fn of_effect(&mut self, creations: &[Creation]) {
        use DefectClass as C;
        if self.operation.method.is_safe() || !self.route.has_effect {
            return;
        }
        let title = "says that it did its work, and does nothing";
        self.of_whole(C::StateUnchanged, title);
        let mut creations = creations.iter();
        if creations.any(|creation| creation.removes == self.operation.id) {
            self.of_whole(C::WorksOnce, "does its work the first time only");
        }
    }

    fn of_started_jobs(&mut self, contract: &Contract) {
        use DefectClass as C;
        if self.operation.is_async() && contract.jobs.is_some() {
            self.of_whole(C::JobIdMissing, "does not say which job it started");
            self.of_whole(C::JobUnknown, "names a job that does not exist");
        }
    }

    fn of_shown_jobs(&mut self, contract: &Contract) {
        use DefectClass as C;
        let jobs = contract.jobs.as_ref();
        if jobs.is_none_or(|jobs| jobs.operation != self.operation.id) {
            return;
        }
        self.of_whole(C::JobNeverEnds, "shows jobs that run for ever");
        self.of_whole(C::JobMovesBackwards, "shows an ended job as running");
        self.of_whole(C::JobStateUndocumented, "shows a job in an unlisted state");
        if sicken::ids_of_things(self.operation, contract)
            .next()
            .is_some()
        {
            self.of_whole(C::JobOfAnother, "shows jobs with ids of other things");
        }
        let title = "shows a failed job without a reason";
        self.of_whole(C::JobReasonMissing, title);
        if sicken::span(self.operation).is_some() {
            self.of_whole(C::JobEndsEarly, "shows jobs that ended before they began");
        }
        self.of_jobs(contract);
    }

    /// What the operation as a whole promises.
    fn of_behaviour(&mut self) {
        use DefectClass as C;
        for statement in &self.operation.statements {
            let rule = Some((statement.constraint.word(), Direction::Behaviour));
            if let Constraint::StatePrecondition { .. } = statement.constraint {
                self.add(C::ConstraintIgnored, None, rule, "works in every state");
            }
            if let Constraint::Quota { of, max: Some(_) } = &statement.constraint
                && !obey::is_of_the_request(of)
            {
                let title = "allows one more than the limit";
                self.add(C::LimitTooHigh, None, rule, title);
                self.add(C::LimitTooLow, None, rule, "allows one less than the limit");
            }
        }
    }

    /// Numbers of all things of a collection, which an operation of their project shows.
    fn of_numbers(&mut self, contract: &Contract) {
        let fields = self.operation.response_fields().into_iter();
        for (path, _) in fields.filter(|(_, field)| field.kind == Kind::Integer) {
            let name = letters(path.leaf());
            let Some(noun) = name.strip_suffix("used") else {
                continue;
            };
            let noun = noun.strip_prefix("total").unwrap_or(noun);
            let is_counted = contract.operations.iter().any(|makes| {
                let Some(Segment::Literal(word)) = makes.path.0.last() else {
                    return false;
                };
                let word = letters(word.strip_prefix("os-").unwrap_or(word));
                makes.method == Method::Post && word == noun && self.is_beside(makes)
            });
            if is_counted {
                let title = format!("counts one too many in {path}");
                self.add(DefectClass::CountWrong, Some(&path), None, &title);
            }
        }
    }

    /// Whether the paths of an operation and of this one have the same parameters.
    fn is_beside(&self, other: &Operation) -> bool {
        self.operation.path.parameters().eq(other.path.parameters())
    }

    /// What not all versions have: an operation, or a field of its answer.
    fn of_windows(&mut self) {
        use DefectClass as C;
        let whole = (None, self.operation.statements.iter().collect(), true);
        let fields = self.operation.response_fields().into_iter();
        let fields = fields.map(|(path, field)| {
            let always = field.expectation_where_it_exists() == Expectation::Expected;
            (Some(path), field.statements.iter().collect(), always)
        });
        let windowed: Vec<(Option<FieldPath>, Vec<&Statement>, bool)> =
            std::iter::once(whole).chain(fields).collect();
        for (path, said, always) in &windowed {
            let path = path.as_ref();
            let direction = path.map_or(Direction::Behaviour, |_| Direction::Response);
            for said in said {
                if !matches!(said.constraint, Constraint::Microversion { .. }) {
                    continue;
                }
                let rule = Some((said.constraint.word(), direction));
                let what = path.map_or("what it does".to_owned(), ToString::to_string);
                let title = format!("has {what} in every version");
                self.add(C::ConstraintIgnored, path, rule, &title);
                let title = format!("has {what} in one version more");
                self.add(C::LimitWidened, path, rule, &title);
                if *always {
                    let title = format!("has {what} in one version less");
                    self.add(C::LimitNarrowed, path, rule, &title);
                }
            }
        }
    }

    fn of_jobs(&mut self, contract: &Contract) {
        let Some(jobs) = &contract.jobs else { return };
        if !sicken::parts(self.operation, &jobs.state).is_empty() {
            self.add(
                DefectClass::JobPartsContradict,
                None,
                None,
                "shows a job that succeeded with parts that failed",
            );
        }
        let known = [&FieldPath::root(&jobs.id), &jobs.state];
        let free = |(path, field): &(FieldPath, &Field)| {
            path.0.len() == 1
                && field.kind == Kind::String
                && field.statements.is_empty()
                && !known.contains(&path)
                && !jobs.reasons.contains(path)
        };
        if let Some((path, _)) = self.operation.response_fields().into_iter().find(free) {
            let title = format!("changes {path} of jobs that ended");
            self.add(DefectClass::JobRestless, Some(&path), None, &title);
        }
    }

    /// Rules about what stands in path and query, and query parameters as a whole.
    fn of_parameters(&mut self) {
        for parameter in &self.operation.parameters {
            let path = FieldPath::root(&parameter.field.name);
            let rules = match parameter.place {
                Place::Path | Place::Query => enforced_rules(&parameter.field),
                Place::Header => continue,
            };
            // Any text will do for a text.
            let numeric = matches!(
                parameter.field.kind,
                Kind::Integer | Kind::Number | Kind::Boolean
            );
            let apt = |rule: &&str| *rule != "presence" && (*rule != "kind" || numeric);
            for rule in rules.into_iter().filter(apt) {
                let title = format!("does not enforce {rule} of {path}");
                let rule = Some((rule, Direction::Request));
                self.add(DefectClass::ConstraintIgnored, Some(&path), rule, &title);
            }
            self.of_limits(&path, &parameter.field);
            let meaningless = self.route.meaningless.contains(&path.leaf());
            if parameter.place == Place::Query && !meaningless {
                let title = format!("ignores {path}");
                self.add(DefectClass::QueryIgnored, Some(&path), None, &title);
            }
        }
    }

    /// Fields and query parameters that may be left out, of what has an effect.
    fn of_choices(&mut self) {
        if self.operation.method.is_safe() || !self.route.has_effect {
            return;
        }
        let queries = self.operation.parameters.iter();
        let queries = queries.filter(|parameter| parameter.place == Place::Query);
        let queries = queries.map(|query| (FieldPath::root(&query.field.name), &query.field));
        let given = self.operation.request_fields().into_iter().chain(queries);
        for (path, field) in given {
            let scalar = field.children.is_empty() && field.kind.inner().is_none();
            if scalar && field.presence != Presence::Required {
                let title =
                    format!("says that it did its work, and does nothing where {path} is given");
                self.add(DefectClass::IdleWhenGiven, Some(&path), None, &title);
            }
        }
    }

    /// Fields that may be left out and that the answer to the same request shows again.
    fn of_writes(&mut self) {
        let shown = self.operation.response_fields();
        for (path, field) in self.operation.request_fields() {
            let scalar = field.children.is_empty() && field.kind.inner().is_none();
            let echoed = shown.iter().any(|(known, _)| *known == path);
            let meaningless = self.route.meaningless.contains(&path.to_string().as_str());
            if scalar
                && echoed
                && !meaningless
                && field.presence != Presence::Required
                && path.0.len() > 1
            {
                let title = format!("forgets {path}");
                self.add(DefectClass::WriteForgotten, Some(&path), None, &title);
            }
        }
    }

    fn of_request(&mut self) {
        let ignored = DefectClass::ConstraintIgnored;
        let mut enforced = false;
        for (path, field) in self.operation.request_fields() {
            self.of_limits(&path, field);
            let selects = self.selects(&path);
            for rule in enforced_rules(field) {
                if selects.contains(&rule) {
                    continue;
                }
                enforced = true;
                let title = format!("does not enforce {rule} of {path}");
                self.add(
                    ignored,
                    Some(&path),
                    Some((rule, Direction::Request)),
                    &title,
                );
            }
        }
        if enforced && self.route.has_effect {
            self.add(
                DefectClass::RefusedButChanged,
                None,
                None,
                "refuses, and does it all the same",
            );
        }
    }

    /// Limits of a value that are one off.
    fn of_limits(&mut self, path: &FieldPath, field: &Field) {
        let limits = field.statements.iter().map(|said| &said.constraint);
        for limit in limits.filter(|limit| misread::can_be_misread(limit)) {
            let word = limit.word();
            let rule = Some((word, Direction::Request));
            let shows = |way| misread::shows(field, limit, way, |name| self.beside(path, name));
            let (wider, narrower) = (shows(Way::Wider), shows(Way::Narrower));
            if wider {
                let title = format!("lets one more in by {word} of {path}");
                self.add(DefectClass::LimitWidened, Some(path), rule, &title);
            }
            if narrower {
                let title = format!("lets one less in by {word} of {path}");
                self.add(DefectClass::LimitNarrowed, Some(path), rule, &title);
            }
        }
    }

    /// The field of this name in the same object of the request.
    fn beside(&self, path: &FieldPath, name: &str) -> Option<&Field> {
        let (_, around) = path.0.split_last()?;
        let fields = self.operation.request_fields().into_iter();
        let mut fields = fields.filter(|(known, _)| {
            known.leaf() == name && known.0.split_last().is_some_and(|(_, at)| at == around)
        });
        fields.next().map(|(_, field)| field)
    }

    /// Rules about the member that selects the operation: without it, or with another value, another
    /// operation is called, and this one cannot ignore anything.
    fn selects(&self, path: &FieldPath) -> &'static [&'static str] {
        match &self.operation.selector {
            Some(Selector::Key(key)) if *path == FieldPath::root(key) => &["presence"],
            Some(Selector::Value { key, .. }) if *path == FieldPath::root(key) => {
                &["kind", "presence", "const", "enum", "not_empty"]
            }
            Some(_) | None => &[],
        }
    }

    fn of_response(&mut self) {
        use DefectClass as C;
        let is_asked = self.operation.method.is_safe();
        let all = self.operation.response_fields();
        for (path, field) in &all {
            let mut of = |class, title: String| self.add(class, Some(path), None, &title);
            of(C::KindWrong, format!("gives {path} another kind"));
            if !field.other_kinds.is_empty() {
                of(C::OtherClaim, format!("takes the other side about {path}"));
            }
            if field.nullable.is_none() {
                of(C::ValueNull, format!("gives null for {path}"));
            }
            if field.expectation() == Expectation::Expected {
                of(C::FieldMissing, format!("leaves out {path}"));
                of(C::FieldMisspelt, format!("misspells {path}"));
            }
            if is_asked && counts(path, field, &all) {
                of(C::CountWrong, format!("counts one too many in {path}"));
            }
            self.of_shown_values(path, field);
        }
    }

    /// What is promised of the values that are shown.
    fn of_shown_values(&mut self, path: &FieldPath, field: &Field) {
        use DefectClass as C;
        for statement in &field.statements {
            let rule = Some((statement.constraint.word(), Direction::Response));
            match &statement.constraint {
                Constraint::Enum { open: false, .. } | Constraint::Const(_)
                    if field.kind != Kind::Boolean =>
                {
                    let title = format!("gives {path} an unlisted value");
                    self.add(C::EnumOutside, Some(path), rule, &title);
                }
                Constraint::Format { .. } => {
                    let title = format!("gives {path} another format");
                    self.add(C::FormatWrong, Some(path), rule, &title);
                }
                Constraint::Enum { .. }
                | Constraint::Const(_)
                | Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::Mixture { .. }
                | Constraint::Multiple(_)
                | Constraint::Except(_)
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Pattern(_)
                | Constraint::Range { .. }
                | Constraint::ItemCount { .. }
                | Constraint::Unique
                | Constraint::NotEmpty
                | Constraint::RequiredIf(_)
                | Constraint::ExclusiveWith(_)
                | Constraint::Precedence(_)
                | Constraint::Relative { .. }
                | Constraint::Default(_)
                | Constraint::StatePrecondition { .. }
                | Constraint::Quota { .. }
                | Constraint::Idempotent
                | Constraint::RateLimit { .. }
                | Constraint::Microversion { .. }
                | Constraint::Nullable
                | Constraint::AsyncJob
                | Constraint::Within { .. }
                | Constraint::Other(_) => {}
            }
        }
    }
}

/// Whether a field is a number that is called a count and stands beside a list.
fn counts(path: &FieldPath, field: &Field, shown: &[(FieldPath, &Field)]) -> bool {
    let name = field.name.to_lowercase();
    let around = &path.0[..path.0.len() - 1];
    let beside = |other: &FieldPath| other.0.split_last().is_some_and(|(_, at)| at == around);
    let mut lists = shown
        .iter()
        .filter(|(other, field)| beside(other) && matches!(field.kind, Kind::Array(_)));
    field.kind == Kind::Integer
        && (name.ends_with("total") || name.ends_with("count"))
        && lists.next().is_some()
        && lists.next().is_none()
}

/// The rules about a request's field that the Twin enforces by itself.
fn enforced_rules(field: &Field) -> Vec<&'static str> {
    let mut rules = Vec::new();
    if field.kind != Kind::Unknown {
        rules.push("kind");
    }
    if field.presence == Presence::Required {
        rules.push("presence");
    }
    for statement in &field.statements {
        let word = statement.constraint.word();
        let enforced = match &statement.constraint {
            Constraint::Enum { open, .. } => !open,
            Constraint::Length { .. }
            | Constraint::Charset(_)
            | Constraint::Mixture { .. }
            | Constraint::Multiple(_)
            | Constraint::Except(_)
            | Constraint::ForbiddenCharacters(_)
            | Constraint::Const(_)
            | Constraint::Format { .. }
            | Constraint::Range { .. }
            | Constraint::ItemCount { .. }
            | Constraint::NotEmpty => true,
            Constraint::Unique => matches!(field.kind, Kind::Array(_)),
            Constraint::Quota { of, .. } => {
                matches!(field.kind, Kind::Array(_)) && obey::is_of_the_request(of)
            }
            Constraint::RequiredIf(condition) => needed::can_be_told(condition),
            Constraint::Relative { how, to } => *how != Relation::DefaultsTo && !to.contains('.'),
            Constraint::ExclusiveWith(names) => {
                let is_name = |name: &String| !name.contains(char::is_whitespace);
                let is_list = matches!(field.kind, Kind::Array(_));
                !is_list && names.iter().any(is_name)
            }
            Constraint::Pattern(_)
            | Constraint::Precedence(_)
            | Constraint::Default(_)
            | Constraint::StatePrecondition { .. }
            | Constraint::Idempotent
            | Constraint::RateLimit { .. }
            | Constraint::Microversion { .. }
            | Constraint::Nullable
            | Constraint::AsyncJob => false,
            Constraint::Other(_) => {
                let given = statement.constraint.may_be_given();
                let is_told = given.is_some_and(|(case, _)| needed::can_be_told(case));
                is_told || statement.constraint.parts().is_some()
            }
            Constraint::Within { .. } => {
                let is_map = matches!(field.kind, Kind::Map { .. });
                let is_of_keys = is_map && obey::of_keys(&statement.constraint).is_some();
                let in_case = statement.constraint.of_case().is_some_and(|(case, held)| {
                    needed::can_be_told(case) && obey::bounds_a_value(held)
                });
                is_of_keys || in_case || statement.constraint.but_for().is_some()
            }
        };
        if enforced && !rules.contains(&word) {
            rules.push(word);
        }
    }
    rules
}
