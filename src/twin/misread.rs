//! Has a Twin read one limit of the document one off, the way a Defect says.

use super::defect::{Defect, DefectClass};
use crate::contract::{
    Constraint, Contract, Decimal, Direction, Field, FieldPath, Format, Operation, Relation,
    Scalar, Statement, Step,
};

/// Which way a limit is read wrong.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
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

/// Whether a limit that is read wrong in this way shows in some value of the field: one that all else said
/// of it lets in. `beside` gives the fields next to it.
pub(super) fn shows<'f>(
    field: &Field,
    limit: &Constraint,
    way: Way,
    beside: impl Fn(&str) -> Option<&'f Field>,
) -> bool {
    if let Constraint::Length { max: Some(max), .. } = *limit {
        // What a wider limit lets in besides, or a narrower one keeps out.
        let length = if way == Way::Wider { max + 1 } else { max };
        return has_length(field, length);
    }
    let Constraint::Range { max: Some(max), .. } = *limit else {
        return true;
    };
    let edge = if way == Way::Wider {
        max.steps(1)
    } else {
        Some(max)
    };
    if !edge.is_some_and(|edge| may_be(field, edge)) {
        return false;
    }
    let bounded = |said: &Constraint| {
        let Constraint::Relative {
            how: Relation::AtMost | Relation::Below,
            to,
        } = said
        else {
            return false;
        };
        beside(to)
            .and_then(highest)
            .is_some_and(|other| other <= max)
    };
    let mut said = field.statements.iter().map(|said| &said.constraint);
    way == Way::Narrower || !said.any(bounded)
}

/// Whether all but its limits let a field be this number.
fn may_be(field: &Field, number: Decimal) -> bool {
    let mut said = field.statements.iter().map(|said| &said.constraint);
    let Some(number) = number.whole() else {
        return !said.any(|said| matches!(said, Constraint::Multiple(_)));
    };
    said.all(|said| {
        if let Constraint::Multiple(of) = said {
            return number.checked_rem(*of) == Some(0);
        }
        !matches!(said, Constraint::Except(values) if values.contains(&Scalar::Integer(number)))
    })
}

/// Whether a text of the field can be so long: Base64 comes in fours.
fn has_length(field: &Field, length: u64) -> bool {
    let mut said = field.statements.iter().map(|said| &said.constraint);
    let is_base64 = said.any(|said| {
        matches!(
            said,
            Constraint::Format {
                format: Format::Base64,
                ..
            }
        )
    });
    // One character of it is one byte.
    !is_base64 || length.is_multiple_of(4)
}

fn highest(field: &Field) -> Option<Decimal> {
    field.statements.iter().find_map(|said| {
        if let Constraint::Range { max, .. } = said.constraint {
            max
        } else {
            None
        }
    })
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
        let (min, max) = shifted(min, max, way, Decimal::steps)?;
        return Some(Constraint::Range { min, max });
    }
    if let Constraint::Mixture { least, ref kinds } = *constraint {
        let least = match way {
            Way::Narrower => least.checked_add(1)?,
            Way::Wider | Way::Not => least.checked_sub(1)?,
        };
        let kinds = kinds.clone();
        let is_possible = least > 0 && least as usize <= kinds.len();
        return is_possible.then_some(Constraint::Mixture { least, kinds });
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
    let (min, max) = shifted(signed(min)?, signed(max)?, way, i64::checked_add)?;
    let unsigned = |limit: Option<i64>| limit.map(u64::try_from).transpose().ok();
    Some((unsigned(min)?, unsigned(max)?))
}

fn shifted<N: PartialOrd + Copy>(
    min: Option<N>,
    max: Option<N>,
    way: Way,
    steps: impl Fn(N, i64) -> Option<N>,
) -> Option<(Option<N>, Option<N>)> {
    let step = if way == Way::Wider { 1 } else { -1 };
    let (min, max) = match (min, max) {
        (min, Some(max)) => (min, Some(steps(max, step)?)),
        (Some(min), None) => (Some(steps(min, -step)?), None),
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
    use crate::contract::{Statement, Unit, sample};

    fn said(constraint: Constraint) -> Statement {
        let rule = "sample".to_owned();
        let at = sample::at();
        Statement {
            constraint,
            at,
            rule,
        }
    }

    #[test]
    fn no_base64_has_a_length_between_fours() {
        let mut field = sample::operation("GET /v1/kettles", "", "leaf")
            .response
            .unwrap()
            .fields
            .remove(0);
        let limit = Constraint::Length {
            min: None,
            max: Some(32),
            unit: Unit::Bytes,
        };
        let shows = |field: &Field, way| shows(field, &limit, way, |_| None);
        assert!(shows(&field, Way::Wider) && shows(&field, Way::Narrower));
        let format = Constraint::Format {
            format: Format::Base64,
            or_empty: false,
        };
        field.statements.push(said(format));
        assert!(!shows(&field, Way::Wider), "33 is no multiple of 4");
        assert!(shows(&field, Way::Narrower), "32 is one");
    }

    fn number(statements: Vec<Constraint>) -> Field {
        let mut field = sample::operation("GET /v1/kettles", "", "leaf")
            .response
            .unwrap()
            .fields
            .remove(0);
        field.statements = statements.into_iter().map(said).collect();
        field
    }

    #[test]
    fn no_limit_shows_between_two_steps_or_where_a_number_is_left_out() {
        let limit = Constraint::Range {
            min: Some(10.into()),
            max: Some(90.into()),
        };
        let shows = |field: &Field, way| shows(field, &limit, way, |_| None);
        let steps = number(vec![limit.clone(), Constraint::Multiple(10)]);
        assert!(!shows(&steps, Way::Wider), "91 is no multiple of 10");
        assert!(shows(&steps, Way::Narrower));
        let left_out = Constraint::Except(vec![Scalar::Integer(90)]);
        let gap = number(vec![limit.clone(), left_out]);
        assert!(shows(&gap, Way::Wider));
        assert!(!shows(&gap, Way::Narrower), "90 will not do anyway");
    }

    #[test]
    fn what_stands_beside_a_number_may_have_its_limit() {
        let limit = || Constraint::Range {
            min: Some(1.into()),
            max: Some(9.into()),
        };
        let at_most = Constraint::Relative {
            how: Relation::AtMost,
            to: "last".to_owned(),
        };
        let (first, last) = (number(vec![limit(), at_most]), number(vec![limit()]));
        let shows = |field, way| {
            shows(field, &limit(), way, |name| {
                (name == "last").then_some(&last)
            })
        };
        assert!(
            !shows(&first, Way::Wider),
            "10 is more than the last may be"
        );
        assert!(shows(&first, Way::Narrower));
        assert!(shows(&last, Way::Wider));
    }

    #[test]
    fn a_limit_is_one_off_at_one_end() {
        let range = |min: Option<i64>, max: Option<i64>| Constraint::Range {
            min: min.map(Decimal::from),
            max: max.map(Decimal::from),
        };
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
