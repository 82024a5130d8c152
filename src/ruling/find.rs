//! The operation and the field that a ruling names.

use crate::contract::{Contract, Direction, Field, FieldPath, Kind, Operation};

/// Where the operation of this id or route stands.
pub(super) fn operation(contract: &Contract, named: &str) -> Option<usize> {
    let is_named =
        |operation: &Operation| operation.id.as_str() == named || operation.route() == named;
    contract.operations.iter().position(is_named)
}

/// Every field of a side with its path, parameters first.
pub(super) fn fields(operation: &Operation, direction: Direction) -> Vec<(FieldPath, &Field)> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|known| (FieldPath::root(&known.field.name), &known.field));
    match direction {
        Direction::Request => parameters.chain(operation.request_fields()).collect(),
        Direction::Response => operation.response_fields(),
        Direction::Behaviour => Vec::new(),
    }
}

/// The field at this path.
pub(super) fn field<'a>(
    operation: &'a mut Operation,
    direction: Direction,
    path: &FieldPath,
) -> Option<&'a mut Field> {
    let body = match direction {
        Direction::Request => {
            let mut parameters = operation.parameters.iter_mut();
            let parameter =
                parameters.find(|known| [known.field.name.as_str()] == path.names()[..]);
            if let Some(parameter) = parameter {
                return Some(&mut parameter.field);
            }
            operation.request.as_mut()?
        }
        Direction::Response => operation.response.as_mut()?,
        Direction::Behaviour => return None,
    };
    inside(&mut body.fields, None, path)
}

fn inside<'a>(
    fields: &'a mut [Field],
    around: Option<(&FieldPath, &Kind)>,
    wanted: &FieldPath,
) -> Option<&'a mut Field> {
    for field in fields {
        let path = match around {
            Some((path, kind)) => path.child(kind, &field.name),
            None => FieldPath::root(&field.name),
        };
        if path.names() == wanted.names() {
            return Some(field);
        }
        let kind = field.kind.clone();
        if let Some(found) = inside(&mut field.children, Some((&path, &kind)), wanted) {
            return Some(found);
        }
    }
    None
}
