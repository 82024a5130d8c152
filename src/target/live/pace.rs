//! How fast to ask: the documented limits per minute, what the server itself says, and when to try
//! again.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use serde_json::Value;

use crate::contract::{Constraint, Contract, Operation, OperationId};
use crate::wire::{FailureKind, Method, Request, Response, SendFailure};

/// How often one request is tried.
const MOST_TRIES: u32 = 4;
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// The pace of one target, shared by all who ask it.
pub(super) struct Pace {
    limits: HashMap<OperationId, DefaultDirectRateLimiter>,
    /// Codes of errors that mean 429, whatever status they come with.
    flow_codes: Vec<String>,
    /// The first pause before trying again; each further one is twice as long.
    pause: Duration,
    /// Monotonic time before which nobody asks, because the server said so.
    closed_until: Mutex<Duration>,
}

impl Pace {
    pub(super) fn new(contract: Option<&Contract>, pause: Duration) -> Self {
        let operations = contract.map(|contract| contract.operations.as_slice());
        let limits = operations
            .unwrap_or_default()
            .iter()
            .filter_map(|operation| {
                let limiter = RateLimiter::direct(quota(per_minute(operation)?)?);
                Some((operation.id.clone(), limiter))
            });
        let codes = contract.map(|contract| contract.error_codes.as_slice());
        let codes = codes
            .unwrap_or_default()
            .iter()
            .filter(|code| code.status == Some(429));
        Self {
            limits: limits.collect(),
            flow_codes: codes.map(|code| code.code.clone()).collect(),
            pause,
            closed_until: Mutex::default(),
        }
    }

    /// How long to wait before asking; none: now. Asking again after the wait gives none.
    pub(super) fn pause(&self, operation: Option<&OperationId>, now: Duration) -> Option<Duration> {
        let closed_until = *self
            .closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if closed_until > now {
            return Some(closed_until - now);
        }
        let limiter = self.limits.get(operation?)?;
        let refused = limiter.check().err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()))
    }

    /// What an answer says about the pace: how long nobody should ask.
    pub(super) fn heed(&self, answer: &Response, now: Duration, date: SystemTime) {
        if let Some(pause) = self.asked_pause(answer, date) {
            let mut closed_until = self
                .closed_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *closed_until = (*closed_until).max(now + pause);
        }
    }

    fn asked_pause(&self, answer: &Response, date: SystemTime) -> Option<Duration> {
        if !self.is_enough(answer) && answer.status != 503 {
            return None;
        }
        let text = answer.headers.get("Retry-After")?;
        let pause = text
            .trim()
            .parse()
            .map(Duration::from_secs)
            .ok()
            .or_else(|| {
                let time = httpdate::parse_http_date(text).ok()?;
                time.duration_since(date).ok()
            });
        pause.map(|pause| pause.min(LONGEST_PAUSE))
    }

    /// Whether the server says that it was asked too often.
    pub(super) fn is_enough(&self, answer: &Response) -> bool {
        if answer.status == 429 {
            return true;
        }
        if answer.status < 400 || self.flow_codes.is_empty() {
            return false;
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        texts(&body)
            .iter()
            .any(|text| self.flow_codes.iter().any(|code| code == text))
    }

    /// How long to wait before the same request is sent again; none: what came is what counts.
    /// `jitter` is between 0 and 1.
    pub(super) fn again(
        &self,
        request: &Request,
        outcome: &Result<Response, SendFailure>,
        n_tries: u32,
        jitter: f64,
    ) -> Option<Duration> {
        let is_passing = match outcome {
            Ok(answer) => matches!(answer.status, 502..=504) || self.is_enough(answer),
            Err(failure) => failure.kind == FailureKind::Unreachable,
        };
        if !is_passing || !is_idempotent(request.method) || n_tries >= MOST_TRIES {
            return None;
        }
        let pause = self.pause * 2_u32.pow(n_tries.saturating_sub(1));
        Some(pause.mul_f64(0.5 + jitter.clamp(0.0, 1.0)))
    }
}

/// Whether HTTP promises that twice is like once.
fn is_idempotent(method: Method) -> bool {
    match method {
        Method::Get | Method::Head | Method::Options | Method::Put | Method::Delete => true,
        Method::Post | Method::Patch => false,
    }
}

/// The documented limit of an operation.
pub fn per_minute(operation: &Operation) -> Option<u32> {
    let limits = operation.statements.iter().filter_map(|statement| {
        if let Constraint::RateLimit { per_minute } = statement.constraint {
            Some(per_minute)
        } else {
            None
        }
    });
    limits.min()
}

/// A tenth at once and nine tenths spread over the minute: never more than the limit in any minute.
fn quota(per_minute: u32) -> Option<Quota> {
    let burst = NonZeroU32::new((per_minute / 10).max(1))?;
    let spread = per_minute.saturating_sub(burst.get()).max(1);
    Some(Quota::with_period(Duration::from_secs(60) / spread)?.allow_burst(burst))
}

/// Every text in a small tree: error answers are small.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{ErrorCode, Statement, sample};
    use crate::wire::Headers;

    const HALF: Duration = Duration::from_millis(500);

    fn limited(per_minute: u32) -> Contract {
        let mut listed = sample::operation("GET /v1/kettles", "", "");
        listed.statements.push(Statement {
            constraint: Constraint::RateLimit { per_minute },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let mut contract = sample::contract(vec![listed]);
        contract.error_codes.push(ErrorCode {
            code: "KT.0429".to_owned(),
            status: Some(429),
            at: sample::at(),
        });
        contract
    }

    fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Response {
        let mut answer = Response {
            status,
            headers: Headers::default(),
            body: body.to_owned().into(),
        };
        for (name, value) in headers {
            answer.headers.set(name, *value);
        }
        answer
    }

    #[test]
    fn a_documented_limit_is_kept_in_any_minute() {
        for per_minute in [1, 2, 9, 10, 20, 60, 100, 600] {
            let clock = governor::clock::FakeRelativeClock::default();
            let quota = quota(per_minute).unwrap();
            let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
            let step = Duration::from_millis(10);
            let let_through: Vec<bool> = (0..18_000)
                .map(|_| {
                    clock.advance(step);
                    limiter.check().is_ok()
                })
                .collect();
            let most = let_through
                .windows(6_000)
                .map(|minute| minute.iter().filter(|ok| **ok).count())
                .max();
            let (most, limit) = (most.unwrap(), per_minute as usize);
            assert!(
                most <= limit && most * 10 >= limit * 5,
                "{per_minute}: {most}"
            );
        }
    }

    #[test]
    fn an_operation_waits_for_its_limit_and_another_does_not() {
        let pace = Pace::new(Some(&limited(10)), HALF);
        let listed = OperationId::new("kettles.list");
        assert_eq!(pace.pause(Some(&listed), Duration::ZERO), None);
        assert!(pace.pause(Some(&listed), Duration::ZERO).unwrap() > Duration::from_secs(5));
        assert_eq!(pace.pause(None, Duration::ZERO), None);
    }

    #[test]
    fn retry_after_closes_the_gate_for_everybody() {
        let (now, date) = (Duration::from_secs(100), SystemTime::UNIX_EPOCH);
        for (told, seconds) in [
            ("7", 7),
            ("Thu, 01 Jan 1970 00:00:09 GMT", 9),
            ("86400", 120),
        ] {
            let pace = Pace::new(None, HALF);
            pace.heed(&answer(429, &[("Retry-After", told)], ""), now, date);
            assert_eq!(pace.pause(None, now), Some(Duration::from_secs(seconds)));
            assert_eq!(pace.pause(None, now + Duration::from_secs(seconds)), None);
        }
        let pace = Pace::new(None, HALF);
        pace.heed(&answer(200, &[("Retry-After", "7")], ""), now, date);
        pace.heed(&answer(429, &[("Retry-After", "soon")], ""), now, date);
        assert_eq!(pace.pause(None, now), None);
    }

    #[test]
    fn a_documented_flow_control_error_means_429() {
        let pace = Pace::new(Some(&limited(10)), HALF);
        let body = r#"{"error":{"code":"KT.0429"}}"#;
        assert!(pace.is_enough(&answer(400, &[], body)));
        assert!(!pace.is_enough(&answer(200, &[], body)));
        assert!(!pace.is_enough(&answer(400, &[], r#"{"error":{"code":"KT.0001"}}"#)));
    }

    #[test]
    fn only_what_may_pass_and_may_be_repeated_is_tried_again() {
        let pace = Pace::new(None, HALF);
        let failed = |kind| {
            Err(SendFailure {
                kind,
                detail: String::new(),
            })
        };
        let again = |method, outcome: &Result<Response, SendFailure>, n_tries| {
            pace.again(&Request::new(method, "/"), outcome, n_tries, 0.5)
                .map(|pause| pause.as_millis())
        };
        let busy = Ok(answer(503, &[], ""));
        assert_eq!(
            [1, 2, 3, 4].map(|n| again(Method::Get, &busy, n)),
            [Some(500), Some(1000), Some(2000), None]
        );
        for method in [Method::Post, Method::Patch] {
            assert_eq!(again(method, &busy, 1), None, "{method}");
        }
        assert_eq!(again(Method::Get, &Ok(answer(500, &[], "")), 1), None);
        assert_eq!(again(Method::Get, &failed(FailureKind::TimedOut), 1), None);
        assert_eq!(
            again(Method::Get, &failed(FailureKind::BrokenAnswer), 1),
            None
        );
        assert_eq!(
            again(Method::Delete, &failed(FailureKind::Unreachable), 1),
            Some(500)
        );
    }
}
