//! Worked examples: pages that describe no operation of their own and call those of other pages.
//!
//! Main entry: [`join`]. What such a page shows disputes what the operation's own page says; it
//! never decides what the operation is like, because a guide shows one case of many.

use super::constraints;
use super::evidence;
use super::operations::Draft;
use super::phrases::{self, Said, Subject};
use super::sections::{Content, Page, Part};
use super::shown;
use super::uri;
use crate::contract::{Constraint, Dispute, Operation, Scope};
use crate::document::{Piece, Prose};
use crate::source::DocumentId;

/// The case that a worked example is about.
const CASE: &str = "in the worked example";

/// What a guide says of one operation.
struct Call<'p, 'a> {
    operation: usize,
    parts: &'p [Part<'a>],
}

/// Holds the worked examples beside the operations that they call: adds what they dispute, and what
/// they say of fields in their own case.
pub fn join(
    document: &DocumentId,
    (pages, drafts): (&[Page<'_>], &[Draft]),
    operations: &mut [Operation],
    disputes: &mut Vec<Dispute>,
) {
    let is_guide = |place: &usize| drafts.iter().all(|draft| draft.page != *place);
    for place in (0..pages.len()).filter(is_guide) {
        for call in calls(&pages[place], operations) {
            let operation = &mut operations[call.operation];
            let mut told = Vec::new();
            evidence::weigh(
                &mut operation.clone(),
                &shown::examples(call.parts),
                &mut told,
            );
            for dispute in told {
                add(disputes, dispute);
            }
            hear(document, operation, call.parts);
        }
    }
}

/// The calls on a page: from each route of a known operation to the next route.
fn calls<'p, 'a>(page: &'p Page<'a>, operations: &[Operation]) -> Vec<Call<'p, 'a>> {
    let routes: Vec<(usize, Option<usize>)> = page
        .parts
        .iter()
        .enumerate()
        .filter_map(|(place, part)| match part.content {
            Content::Prose(pieces) => Some((place, route(pieces, operations)?)),
            Content::Table(_) | Content::Code(_) => None,
        })
        .collect();
    let ends = routes.iter().skip(1).map(|(place, _)| *place);
    let ends = ends.chain([page.parts.len()]);
    routes
        .iter()
        .zip(ends)
        .filter_map(|((start, operation), end)| {
            Some(Call {
                operation: (*operation)?,
                parts: &page.parts[*start..end],
            })
        })
        .collect()
}

/// The operation whose route a paragraph prints behind a label; of another route, none.
fn route(pieces: &[Piece], operations: &[Operation]) -> Option<Option<usize>> {
    let printed = pieces.iter().find_map(|piece| {
        let (_, route) = piece.text.split_once(['：', ':'])?;
        uri::read(route)
    })?;
    Some(operations.iter().position(|operation| {
        operation.method == printed.method
            && operation.path.same_shape(&printed.path)
            && operation.selector.is_none()
    }))
}

/// Adds a dispute, or its claims to the same one.
fn add(disputes: &mut Vec<Dispute>, dispute: Dispute) {
    let is_same = |known: &&mut Dispute| {
        known.operation == dispute.operation
            && known.field == dispute.field
            && known.fact == dispute.fact
            && dispute.field.is_some()
            && known.claims.first() == dispute.claims.first()
    };
    let Some(known) = disputes.iter_mut().find(is_same) else {
        disputes.push(dispute);
        return;
    };
    for claim in dispute.claims {
        if !known.claims.contains(&claim) {
            known.claims.push(claim);
        }
    }
}

/// What the sentences say of values: in this case only.
fn hear(document: &DocumentId, operation: &mut Operation, parts: &[Part<'_>]) {
    for part in parts {
        let Content::Prose(pieces) = part.content else {
            continue;
        };
        let prose = Prose {
            pieces: pieces.to_vec(),
        };
        for said in phrases::read(&prose, &Subject::OPERATION).statements {
            let names_field = said.field.is_some() || said.nearby.is_some();
            if names_field && constraints::constrains_values(&said.constraint) {
                constraints::place_named(operation, &in_this_case(said), document);
            }
        }
    }
}

fn in_this_case(mut said: Said) -> Said {
    said.constraint = Constraint::Within {
        scope: Scope::Case(CASE.to_owned()),
        holds: Box::new(said.constraint),
    };
    said
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    /// A page about lamps and a guide that lights one.
    const GUIDED: &str = "# 1.1 点灯
# 功能介绍
点一盏灯。
# URI
POST /v1/lamps
# 请求消息
Table 1-1 请求参数
| 参数 | 是否必选 | 参数类型 | 描述 |
| fuel | 是 | String | 灯油。 |
| watts | 否 | Integer | 功率。 |

# 1.2 快速入门
URI格式：POST /v1/lamps

本例用油灯，“fuel”需设置为“oil”。

请求示例

```
{
  \"fuel\": \"oil\",
  \"watts\": \"9\"
}
```
";

    #[test]
    fn a_guide_disputes_and_speaks_of_its_own_case() {
        let reading = read(&document(GUIDED));
        let operation = &reading.contract.operations[0];
        let [fuel, watts] = operation.request.as_ref().unwrap().fields.as_slice() else {
            panic!("two fields");
        };
        let [said] = fuel.statements.as_slice() else {
            panic!("one statement: {:?}", fuel.statements);
        };
        assert_eq!(
            super::super::claims::tell(&said.constraint),
            "always oil, when in the worked example"
        );
        let kinds = reading.contract.disputes.iter();
        let of_watts = kinds.filter(|dispute| {
            dispute
                .field
                .as_ref()
                .is_some_and(|path| path.leaf() == "watts")
        });
        assert_eq!(of_watts.count(), 1);
        // One case of many decides nothing.
        assert_eq!((watts.evidence.shown, watts.other_kinds.len()), (0, 0));
    }
}
