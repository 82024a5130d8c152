//! Has a Twin read one limit of the document one off, the way a Defect says.

use super::defect::{Defect, DefectClass};
use crate::contract::{
    Constraint, Contract, Direction, Field, FieldPath, Operation, Statement, Step,
};

/// Which way a limit is read wrong.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// It is not read at all.
    Not,
    /// One more is let in.
    Wider,
    /// One less is.
    Narrower,
}

/// The Contract as a Twin with this Defect reads it. None where it reads it right.
pub(super) fn contract(contract: &Contract, defect: &Defect) -> Option<Contract> {
    let way = match defect.class {
        DefectClass::LimitWidened => Way::Wider,
        DefectClass::LimitNarrowed => Way::Narrower,
        // Other rules are read, and not enforced.
        DefectClass::ConstraintIgnored if is_window(defect.statement.as_ref()?.rule) => Way::Not,
        _ => return None,
    };
    let statement = defect.statement.as_ref()?;
    let mut misread = contract.clone();
    let operation = misread
        .operations
        .iter_mut()
        .find(|operation| operation.id == defect.operation)?;
    let statements = statements(operation, defect.field.as_ref(), statement.direction)?;
    if way == Way::Not {
        statements.retain(|said| said.constraint.word() != statement.rule);
    }
    let about_it = statements.iter_mut();
    for said in about_it.filter(|said| said.constraint.word() == statement.rule) {
        if let Some(other) = moved(&said.constraint, way) {
            said.constraint = other;
        }
    }
    Some(misread)
}

/// Whether a rule says which versions have something.
fn is_window(rule: &str) -> bool {
    ["microversion_min", "microversion_max"].contains(&rule)
}

/// What is said of a field of the request or the answer, or of the operation as a whole.
fn statements<'o>(
    operation: &'o mut Operation,
    path: Option<&FieldPath>,
    direction: Direction,
) -> Option<&'o mut Vec<Statement>> {
    let Some(path) = path else {
        return Some(&mut operation.statements);
    };
    if direction == Direction::Response {
        let shown = &mut operation.response.as_mut()?.fields;
        return Some(&mut field_at(shown, &path.0)?.statements);
    }
    let parameters = operation.parameters.iter_mut();
    let mut parameters = parameters.map(|parameter| &mut parameter.field);
    let field = match parameters.find(|field| FieldPath::root(&field.name) == *path) {
        Some(parameter) => parameter,
        None => field_at(&mut operation.request.as_mut()?.fields, &path.0)?,
    };
    Some(&mut field.statements)
}

/// Whether a limit can be read wrong in both ways and still let something in.
pub(super) fn can_be_misread(constraint: &Constraint) -> bool {
    let is_limit = !is_window(constraint.word());
    let ways = [Way::Wider, Way::Narrower];
    is_limit && ways.iter().all(|way| moved(constraint, *way).is_some())
}

/// The limit one off at its upper end, or at its lower one where it has no other.
fn moved(constraint: &Constraint, way: Way) -> Option<Constraint> {
    if let Constraint::Length { min, max, unit } = *constraint {
        let (min, max) = counted(min, max, way)?;
        return Some(Constraint::Length { min, max, unit });
    }
    if let Constraint::ItemCount { min, max } = *constraint {
        let (min, max) = counted(min, max, way)?;
        return Some(Constraint::ItemCount { min, max });
    }
    if let Constraint::Range { min, max } = *constraint {
        let (min, max) = shifted(min, max, way)?;
        return Some(Constraint::Range { min, max });
    }
    if let Constraint::Microversion { min, max } = *constraint {
        let (min, max) = match (min, max, way) {
            (_, Some(max), Way::Wider) => (min, Some(max.after()?)),
            (_, Some(max), _) => (min, Some(max.before()?)),
            (Some(min), None, Way::Wider) => (Some(min.before()?), None),
            (Some(min), None, _) => (Some(min.after()?), None),
            (None, None, _) => return None,
        };
        return Some(Constraint::Microversion { min, max });
    }
    None
}

fn counted(min: Option<u64>, max: Option<u64>, way: Way) -> Option<(Option<u64>, Option<u64>)> {
    let signed = |limit: Option<u64>| limit.map(i64::try_from).transpose().ok();
    let (min, max) = shifted(signed(min)?, signed(max)?, way)?;
    let unsigned = |limit: Option<i64>| limit.map(u64::try_from).transpose().ok();
    Some((unsigned(min)?, unsigned(max)?))
}

fn shifted(min: Option<i64>, max: Option<i64>, way: Way) -> Option<(Option<i64>, Option<i64>)> {
    let step = if way == Way::Wider { 1 } else { -1 };
    let (min, max) = match (min, max) {
        (min, Some(max)) => (min, Some(max.checked_add(step)?)),
        (Some(min), None) => (Some(min.checked_sub(step)?), None),
        (None, None) => return None,
    };
    let is_empty = min.zip(max).is_some_and(|(min, max)| min > max);
    (!is_empty).then_some((min, max))
}

fn field_at<'f>(fields: &'f mut [Field], steps: &[Step]) -> Option<&'f mut Field> {
    let mut names = steps.iter().filter_map(|step| match step {
        Step::Name(name) => Some(name.as_str()),
        Step::Items | Step::Key(_) => None,
    });
    let first = names.next()?;
    let mut field = fields.iter_mut().find(|field| field.name == first)?;
    for name in names {
        field = field.children.iter_mut().find(|child| child.name == name)?;
    }
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_one_off_at_one_end() {
        let range = |min, max| Constraint::Range { min, max };
        let both = range(Some(1), Some(40));
        assert_eq!(moved(&both, Way::Wider), Some(range(Some(1), Some(41))));
        assert_eq!(moved(&both, Way::Narrower), Some(range(Some(1), Some(39))));
        let least = range(Some(1), None);
        assert_eq!(moved(&least, Way::Wider), Some(range(Some(0), None)));
        let one = range(Some(7), Some(7));
        assert!(!can_be_misread(&one), "nothing would be left");
        let least = Constraint::ItemCount {
            min: Some(0),
            max: None,
        };
        assert!(!can_be_misread(&least), "no list is shorter than empty");
    }
}
