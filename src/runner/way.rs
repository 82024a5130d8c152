//! What a case sends on the way to what a Finding saw.

use std::collections::VecDeque;

use crate::finding::{Earlier, Finding, Severity};
use crate::wire::Exchange;

/// The last of so many requests are told.
const MOST: usize = 12;

/// The last requests of a case that may have changed something.
#[derive(Debug, Default)]
pub(super) struct Way(VecDeque<Earlier>);

impl Way {
    /// Another case begins.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps an exchange in mind, unless it only asked for something.
    pub(super) fn add(&mut self, exchange: &Exchange) {
        if exchange.request.method.is_safe() {
            return;
        }
        // One more than is told: the last one may be what the Finding is about.
        if self.0.len() > MOST {
            self.0.pop_front();
        }
        self.0.push_back(Earlier {
            request: exchange.request.clone(),
            seen: exchange.seen(),
        });
    }

    /// Tells a Finding what came before its exchange. A note is about the answer alone.
    pub(super) fn tell(&self, finding: &mut Finding) {
        if finding.severity == Severity::Note {
            return;
        }
        let exchange = finding.exchange.as_ref();
        let is_it = |earlier: &Earlier| exchange.is_some_and(|own| own.request == earlier.request);
        let end = self.0.iter().rposition(is_it).unwrap_or(self.0.len());
        let start = end.saturating_sub(MOST);
        finding.earlier = self.0.range(start..end).cloned().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseId;
    use crate::contract::OperationId;
    use crate::finding::Verdict;
    use crate::wire::{Headers, Method, Request, Response};

    fn exchange(method: Method, target: &str) -> Exchange {
        Exchange {
            request: Request::new(method, target),
            outcome: Ok(Response {
                status: 202,
                headers: Headers::default(),
                body: bytes::Bytes::new(),
            }),
            elapsed: std::time::Duration::ZERO,
        }
    }

    fn told(way: &Way, own: Exchange) -> Vec<String> {
        let mut finding = Finding {
            check: "lamps",
            severity: Severity::Violation,
            verdict: Verdict::Server,
            operation: OperationId::new("lamps.show"),
            field: None,
            title: "shows no light".to_owned(),
            promise: "it is lit".to_owned(),
            sources: Vec::new(),
            expected: "light".to_owned(),
            seen: "none".to_owned(),
            case: CaseId("lamps.show/scenario/lit".to_owned()),
            exchange: Some(own),
            change: None,
            earlier: Vec::new(),
        };
        way.tell(&mut finding);
        let earlier = finding.earlier.iter();
        let lines = earlier.map(|it| format!("{} {}", it.request.target, it.seen));
        lines.collect()
    }

    #[test]
    fn what_may_have_changed_something_came_before() {
        let mut way = Way::default();
        way.add(&exchange(Method::Post, "/lamps"));
        way.add(&exchange(Method::Get, "/lamps"));
        way.add(&exchange(Method::Delete, "/lamps/1"));
        let shown = exchange(Method::Get, "/lamps/1");
        assert_eq!(told(&way, shown.clone()), ["/lamps 202", "/lamps/1 202"]);
        let removed = exchange(Method::Delete, "/lamps/1");
        assert_eq!(told(&way, removed), ["/lamps 202"]);
        for _ in 0..100 {
            way.add(&exchange(Method::Post, "/lamps"));
        }
        assert_eq!(told(&way, shown.clone()).len(), MOST);
        way.clear();
        assert!(told(&way, shown).is_empty());
    }
}
