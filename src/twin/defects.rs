//! Every Defect of a Contract, by rule: no operation and no field is named here.

use super::Twin;
use super::defect::{Defect, DefectClass};
use crate::contract::{
    Constraint, Contract, Direction, Expectation, Field, FieldPath, Kind, Operation, Presence,
    StatementId,
};
use std::sync::Arc;

/// Every Defect that a Twin of this Contract can have, in document order.
pub fn defects(contract: &Contract) -> Vec<Defect> {
    let twin = Twin::new(Arc::new(contract.clone()), 0);
    let mut found = Vec::new();
    for operation in twin.operations() {
        let mut list = List {
            operation,
            found: &mut found,
        };
        list.of_operation(contract);
        list.of_request();
        list.of_response();
    }
    found
}

struct List<'a> {
    operation: &'a Operation,
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

    fn of_operation(&mut self, contract: &Contract) {
        use DefectClass as C;
        self.add(
            C::StatusUndocumented,
            None,
            None,
            "answers success with 299",
        );
        self.add(C::ServerError, None, None, "answers 500");
        self.add(
            C::NoAuthentication,
            None,
            None,
            "serves requests without a valid token",
        );
        self.add(
            C::EnvelopeBroken,
            None,
            None,
            "tells errors in another shape",
        );
        if !contract.error_codes.is_empty() {
            self.add(
                C::ErrorCodeUndocumented,
                None,
                None,
                "tells errors with an unlisted code",
            );
        }
        if self.operation.path.parameters().next().is_some() {
            self.add(
                C::AcceptsUnknown,
                None,
                None,
                "serves requests for what does not exist",
            );
        }
        if self.operation.response.is_some() {
            self.add(C::BodyNotJson, None, None, "answers with a web page");
            self.add(C::BodyCut, None, None, "answers with half of the body");
            self.add(C::ContentTypeWrong, None, None, "calls JSON text/html");
        }
        if !self.operation.method.is_safe() {
            self.add(
                C::StateUnchanged,
                None,
                None,
                "says that it did its work, and does nothing",
            );
        }
        if self.operation.is_async() && contract.jobs.is_some() {
            self.add(
                C::JobIdMissing,
                None,
                None,
                "does not say which job it started",
            );
        }
        if contract
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.operation == self.operation.id)
        {
            self.add(C::JobNeverEnds, None, None, "shows jobs that run for ever");
            self.add(
                C::JobMovesBackwards,
                None,
                None,
                "shows an ended job as running",
            );
            self.add(
                C::JobStateUndocumented,
                None,
                None,
                "shows a job in an unlisted state",
            );
            self.add(
                C::JobReasonMissing,
                None,
                None,
                "shows a failed job without a reason",
            );
        }
        for statement in &self.operation.statements {
            if let Constraint::Quota { .. } = statement.constraint {
                let rule = Some((statement.constraint.word(), Direction::Behaviour));
                self.add(
                    C::LimitTooHigh,
                    None,
                    rule,
                    "allows one more than the limit",
                );
                self.add(C::LimitTooLow, None, rule, "allows one less than the limit");
            }
        }
    }

    fn of_request(&mut self) {
        let ignored = DefectClass::ConstraintIgnored;
        let mut enforced = false;
        for (path, field) in self.operation.request_fields() {
            for rule in enforced_rules(field) {
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
        if enforced {
            self.add(
                DefectClass::RefusedButChanged,
                None,
                None,
                "refuses, and does it all the same",
            );
        }
    }

    fn of_response(&mut self) {
        use DefectClass as C;
        for (path, field) in self.operation.response_fields() {
            self.add(
                C::KindWrong,
                Some(&path),
                None,
                &format!("gives {path} another kind"),
            );
            if field.nullable.is_none() {
                self.add(
                    C::ValueNull,
                    Some(&path),
                    None,
                    &format!("gives null for {path}"),
                );
            }
            if field.expectation() == Expectation::Expected {
                self.add(
                    C::FieldMissing,
                    Some(&path),
                    None,
                    &format!("leaves out {path}"),
                );
                self.add(
                    C::FieldMisspelt,
                    Some(&path),
                    None,
                    &format!("misspells {path}"),
                );
            }
            for statement in &field.statements {
                let rule = Some((statement.constraint.word(), Direction::Response));
                match &statement.constraint {
                    Constraint::Enum { open: false, .. } | Constraint::Const(_)
                        if field.kind != Kind::Boolean =>
                    {
                        self.add(
                            C::EnumOutside,
                            Some(&path),
                            rule,
                            &format!("gives {path} an unlisted value"),
                        );
                    }
                    Constraint::Format { .. } => {
                        self.add(
                            C::FormatWrong,
                            Some(&path),
                            rule,
                            &format!("gives {path} another format"),
                        );
                    }
                    Constraint::Enum { .. }
                    | Constraint::Const(_)
                    | Constraint::Length { .. }
                    | Constraint::Charset(_)
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
}

/// The rules about a request's field that the Twin enforces by itself.
fn enforced_rules(field: &Field) -> Vec<&'static str> {
    let mut rules = vec!["kind"];
    if field.presence == Presence::Required {
        rules.push("presence");
    }
    for statement in &field.statements {
        let word = statement.constraint.word();
        let enforced = match &statement.constraint {
            Constraint::Enum { open, .. } => !open,
            Constraint::Length { .. }
            | Constraint::Charset(_)
            | Constraint::ForbiddenCharacters(_)
            | Constraint::Const(_)
            | Constraint::Format { .. }
            | Constraint::Range { .. }
            | Constraint::ItemCount { .. }
            | Constraint::NotEmpty => true,
            Constraint::Unique => matches!(field.kind, Kind::Array(_)),
            Constraint::Pattern(_)
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
            | Constraint::Other(_) => false,
        };
        if enforced {
            rules.push(word);
        }
    }
    rules
}
