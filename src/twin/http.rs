//! The Twin over HTTP: a shell that turns HTTP into [`Request`]s, and keeps the clock.
//!
//! Beside the documented paths it has three of its own: `GET /-/lent` tells what a run may use,
//! `POST /-/reset` puts the world back, `POST /-/clock` with `{"advance_seconds": n}` lets time pass.
#![expect(
    clippy::disallowed_methods,
    reason = "the shell is where real time comes in"
)]

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response as HttpResponse;
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{MOST_BODY, Twin};
use crate::wire::{Headers, Method, Request, Response};

/// A body must have come within this time.
const MOST_PATIENCE: Duration = Duration::from_secs(30);

/// How virtual time passes over HTTP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clock {
    /// So many times as fast as real time.
    Times(u32),
    /// Only by `POST /-/clock`.
    Manual,
}

struct Shell {
    twin: Twin,
    pristine: Twin,
    clock: Clock,
    last: Instant,
}

type Shared = Arc<Mutex<Shell>>;

/// Serves the Twin until the future is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve(twin: Twin, listener: TcpListener, clock: Clock) -> io::Result<()> {
    let shell = Shell {
        pristine: twin.clone(),
        twin,
        clock,
        last: Instant::now(),
    };
    let shared: Shared = Arc::new(Mutex::new(shell));
    let app = Router::new()
        .route("/-/lent", get(lent))
        .route("/-/reset", post(reset))
        .route("/-/clock", post(turn))
        .fallback(answer)
        .with_state(shared);
    axum::serve(listener, app).await
}

/// A panic while answering would leave the world as it was; going on beats refusing for ever.
fn locked(shared: &Shared) -> MutexGuard<'_, Shell> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn lent(State(shared): State<Shared>) -> HttpResponse {
    json_response(StatusCode::OK, &json!(locked(&shared).twin.lent()))
}

async fn reset(State(shared): State<Shared>) -> HttpResponse {
    let mut shell = locked(&shared);
    shell.twin = shell.pristine.clone();
    json_response(StatusCode::OK, &json!({}))
}

async fn turn(State(shared): State<Shared>, body: Body) -> HttpResponse {
    let asked = match to_bytes(body, 1024).await {
        Ok(bytes) => serde_json::from_slice::<Value>(&bytes).unwrap_or_default(),
        Err(_) => Value::Null,
    };
    let Some(seconds) = asked["advance_seconds"]
        .as_f64()
        .and_then(|s| Duration::try_from_secs_f64(s).ok())
    else {
        let help = json!({ "error": "send {\"advance_seconds\": 1.5}" });
        return json_response(StatusCode::BAD_REQUEST, &help);
    };
    locked(&shared).twin.advance(seconds);
    json_response(StatusCode::OK, &json!({}))
}

async fn answer(State(shared): State<Shared>, request: HttpRequest) -> HttpResponse {
    let (head, body) = request.into_parts();
    let Ok(method) = head.method.as_str().parse::<Method>() else {
        return json_response(
            StatusCode::METHOD_NOT_ALLOWED,
            &json!({ "error_code": "405", "error_msg": "no such method" }),
        );
    };
    let body = match tokio::time::timeout(MOST_PATIENCE, to_bytes(body, MOST_BODY)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            return json_response(
                StatusCode::PAYLOAD_TOO_LARGE,
                &json!({ "error_code": "413", "error_msg": "the body is too large" }),
            );
        }
        Err(_) => {
            return json_response(
                StatusCode::REQUEST_TIMEOUT,
                &json!({ "error_code": "408", "error_msg": "the body did not come" }),
            );
        }
    };
    let headers = head.headers.iter().map(|(name, value)| {
        (
            Cow::Owned(name.as_str().to_owned()),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str())
        .to_owned();
    let request = Request {
        method,
        target,
        headers: Headers(headers.collect()),
        body,
    };
    let mut shell = locked(&shared);
    let now = Instant::now();
    let passed = now.duration_since(shell.last);
    shell.last = now;
    if let Clock::Times(factor) = shell.clock {
        shell.twin.advance(passed.saturating_mul(factor));
    }
    to_http(shell.twin.respond(&request))
}

fn to_http(response: Response) -> HttpResponse {
    let mut http = HttpResponse::new(Body::from(response.body));
    *http.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &response.headers.0 {
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_ref()),
            HeaderValue::from_str(value),
        ) {
            http.headers_mut().insert(name, value);
        }
    }
    named(http)
}

fn json_response(status: StatusCode, body: &Value) -> HttpResponse {
    let mut http = HttpResponse::new(Body::from(body.to_string()));
    *http.status_mut() = status;
    http.headers_mut()
        .insert("content-type", HeaderValue::from_static("application/json"));
    named(http)
}

/// Every answer says that it comes from a Twin, so that nobody takes it for a cloud.
fn named(mut http: HttpResponse) -> HttpResponse {
    let name = concat!("proofhouse-twin/", env!("CARGO_PKG_VERSION"));
    http.headers_mut()
        .insert("server", HeaderValue::from_static(name));
    http
}
