//! Names the fields that tell how many things a request makes, where prose speaks of making several at once.
//!
//! Main entry: [`translate`].

use super::phrases::BATCH;
use crate::contract::{Constraint, Field, Kind, Operation, Presence};

/// Says "more than one of `count`" in place of "several at once", where the object that the field stands in, or
/// one around it, holds such a count.
pub(super) fn translate(operations: &mut [Operation]) {
    for operation in operations {
        if let Some(body) = &mut operation.request {
            name(&mut body.fields, &[]);
        }
    }
}

fn name(fields: &mut [Field], around: &[String]) {
    let own: Vec<String> = fields
        .iter()
        .filter(|field| counts(field))
        .map(above_one)
        .collect();
    let known = if own.is_empty() { around } else { &own };
    for field in fields.iter_mut() {
        for said in &mut field.statements {
            if let Constraint::ExclusiveWith(rivals) = &mut said.constraint
                && *rivals == [BATCH]
                && !known.is_empty()
            {
                *rivals = known.to_vec();
            }
        }
        name(&mut field.children, known);
    }
}

fn above_one(count: &Field) -> String {
    format!("{} > 1", count.name)
}

/// Whether a field is the number of things that a request makes: one, where it is left out.
fn counts(field: &Field) -> bool {
    const NAMES: [&str; 6] = [
        "count",
        "min_count",
        "max_count",
        "quantity",
        "number",
        "amount",
    ];
    let is_left_out = field.presence == Presence::Optional;
    field.kind == Kind::Integer && is_left_out && NAMES.contains(&field.name.as_str())
}

#[cfg(test)]
mod tests {
    use crate::extract::claims::tell;
    use crate::extract::tests::reading;

    #[test]
    fn what_makes_several_is_named_where_the_body_counts() {
        let told = |count: &str| {
            let text = format!(
                "# 创建灯\n# URI\nPOST /v1/lamps\n# 请求参数\n| 参数 | 是否必选 | 参数类型 | 描述 |\n\
                 | wick | 否 | String | 灯芯的编号，指定灯芯的场景不能批量创建灯。 |\n\
                 | {count} | 否 | Integer | 灯的数量。 |\n"
            );
            let reading = reading(&text);
            let fields = reading.contract.operations[0].request_fields().into_iter();
            let said = fields.flat_map(|(_, field)| &field.statements);
            said.map(|said| tell(&said.constraint)).collect::<Vec<_>>()
        };
        assert_eq!(told("count"), ["not together with count > 1"]);
        assert_eq!(told("volts"), ["not together with several at once"]);
    }
}
