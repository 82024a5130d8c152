//! The Twin over HTTP/1.1 and HTTP/2: a shell that turns HTTP into [`Request`]s, and keeps the clock.
//!
//! Beside the documented paths it has three of its own: `GET /-/lent` tells what a run may use,
//! `POST /-/reset` puts the world back, `POST /-/clock` with `{"advance_seconds": n}` lets time pass
//! and with `{"now": "2024-03-01T08:00:00Z"}` sets the clock by which signatures are dated.
//! Whatever a client does, it costs a bounded amount of memory and time.
#![expect(
    clippy::disallowed_methods,
    reason = "the shell is where real time comes in"
)]

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response as HttpResponse;
use axum::routing::{get, post};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::{Entry, MOST_BODY, Twin};
use crate::wire::{Headers, Method, Request, Response};

/// A head must have come within this time, since the last answer or the connection.
const MOST_IDLE: Duration = Duration::from_secs(10);
/// A body must have come within this time.
const MOST_PATIENCE: Duration = Duration::from_secs(30);
/// Connections at one time; more wait to be accepted.
const MOST_CONNECTIONS: usize = 1024;
/// Header lines of a request, and bytes of its head.
const MOST_HEADERS: usize = 100;
const MOST_HEAD: usize = 64 * 1024;
/// Requests at one time on one connection of HTTP/2.
const MOST_STREAMS: u32 = 100;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(50);

/// How virtual time passes over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// So many times as fast as real time, from now on.
    Times(u32),
    /// Only by `POST /-/clock`.
    Manual,
}

/// How a Twin is served.
#[allow(
    missing_debug_implementations,
    reason = "a journal may be anything that is written to"
)]
pub struct Service {
    /// How time passes.
    pub clock: Clock,
    /// Where every exchange is written, one JSON object a line.
    pub journal: Option<Box<dyn Write + Send>>,
}

impl From<Clock> for Service {
    /// Without a journal.
    fn from(clock: Clock) -> Self {
        Self {
            clock,
            journal: None,
        }
    }
}

struct Shell {
    twin: Twin,
    pristine: Twin,
    clock: Clock,
    last: Instant,
    journal: Option<Box<dyn Write + Send>>,
}

type Shared = Arc<Mutex<Shell>>;

/// Serves the Twin until the future is dropped.
///
/// # Errors
/// When the listener has no address.
pub async fn serve(mut twin: Twin, listener: TcpListener, service: Service) -> io::Result<()> {
    listener.local_addr()?;
    if let Clock::Times(_) = service.clock {
        // Whoever asks has real time; the past of the world stays where it is.
        let passed = Timestamp::now().duration_since(twin.now());
        twin.advance(Duration::try_from(passed).unwrap_or_default());
    }
    let shell = Shell {
        pristine: twin.clone(),
        twin,
        clock: service.clock,
        last: Instant::now(),
        journal: service.journal,
    };
    let shared: Shared = Arc::new(Mutex::new(shell));
    let app = Router::new()
        .route("/-/lent", get(lent))
        .route("/-/reset", post(reset))
        .route("/-/clock", post(turn))
        .fallback(answer)
        .with_state(shared);
    accept(&listener, &app).await
}

/// Takes connections, a bounded number of them, for ever.
async fn accept(listener: &TcpListener, app: &Router) -> io::Result<()> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(MOST_IDLE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MOST_STREAMS)
        .max_header_list_size(u32::try_from(MOST_HEAD).unwrap_or(u32::MAX))
        .keep_alive_interval(MOST_PATIENCE)
        .keep_alive_timeout(MOST_PATIENCE);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return Ok(());
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or the client is gone already: others are still served.
            tokio::time::sleep(BREATH).await;
            continue;
        };
        // Where it cannot be set, answers are slower and no less right.
        let _ = stream.set_nodelay(true);
        let (builder, service) = (builder.clone(), TowerToHyperService::new(app.clone()));
        tokio::spawn(async move {
            // A connection that breaks is the client's loss.
            let _ = builder
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(place);
        });
    }
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
    shell.last = Instant::now();
    shell.write(&Entry::Reset {}.line());
    json_response(StatusCode::OK, &json!({}))
}

async fn turn(State(shared): State<Shared>, body: Body) -> HttpResponse {
    let asked = match to_bytes(body, 1024).await {
        Ok(bytes) => serde_json::from_slice::<Value>(&bytes).unwrap_or_default(),
        Err(_) => Value::Null,
    };
    let seconds = asked["advance_seconds"].as_f64();
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let wall = asked["now"].as_str().and_then(|text| text.parse().ok());
    if time.is_none() && wall.is_none() {
        let help = json!({ "error": "send {\"advance_seconds\": 1.5} or {\"now\": \"2024-03-01T08:00:00Z\"}" });
        return json_response(StatusCode::BAD_REQUEST, &help);
    }
    let mut shell = locked(&shared);
    shell.twin.advance(time.unwrap_or_default());
    if let Some(wall) = wall {
        shell.twin.set_wall(wall);
    }
    json_response(
        StatusCode::OK,
        &json!({ "now": shell.twin.now().to_string() }),
    )
}

async fn answer(State(shared): State<Shared>, request: HttpRequest) -> HttpResponse {
    let (head, body) = request.into_parts();
    let Ok(method) = head.method.as_str().parse::<Method>() else {
        return refusal(StatusCode::METHOD_NOT_ALLOWED, "there is no such method");
    };
    let body = match tokio::time::timeout(MOST_PATIENCE, to_bytes(body, MOST_BODY)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"),
        Err(_) => return refusal(StatusCode::REQUEST_TIMEOUT, "the body did not come"),
    };
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let mut request = Request::new(method, target);
    request.headers = headers(&head.headers);
    if let (None, Some(host)) = (request.headers.get("host"), head.uri.authority()) {
        // HTTP/2 has the host elsewhere.
        request.headers.set("Host", host.as_str());
    }
    request.body = body;
    to_http(locked(&shared).respond(&request))
}

impl Shell {
    fn respond(&mut self, request: &Request) -> Response {
        // Within a millisecond no time passes, and what was answered holds.
        let passed = Duration::from_millis(
            self.last
                .elapsed()
                .as_millis()
                .try_into()
                .unwrap_or(u64::MAX),
        );
        self.last += passed;
        if let Clock::Times(factor) = self.clock {
            self.twin.advance(passed.saturating_mul(factor));
            self.twin.set_wall(Timestamp::now());
        }
        if self.journal.is_none() {
            return self.twin.respond(request);
        }
        // Whoever is known by something that the request ends is known before it.
        let caller = self.twin.caller(request).ok();
        let response = self.twin.respond(request);
        self.write(&Entry::of(&self.twin, caller.as_ref(), request, &response).line());
        response
    }

    fn write(&mut self, line: &str) {
        if let Some(journal) = &mut self.journal {
            // A full disk must not keep the Twin from answering.
            let _ = writeln!(journal, "{line}").and_then(|()| journal.flush());
        }
    }
}

fn headers(map: &HeaderMap) -> Headers {
    let lines = map.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (Cow::Owned(name.as_str().to_owned()), value)
    });
    Headers(lines.collect())
}

fn to_http(response: Response) -> HttpResponse {
    let mut http = HttpResponse::new(Body::from(response.body));
    *http.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &response.headers.0 {
        // A shell that knows its bodies cannot lie about their lengths.
        if name.eq_ignore_ascii_case("content-length") {
            continue;
        }
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_ref()),
            HeaderValue::from_str(value),
        ) {
            http.headers_mut().insert(name, value);
        }
    }
    named(http)
}

fn refusal(status: StatusCode, message: &str) -> HttpResponse {
    let code = status.as_u16();
    json_response(
        status,
        &json!({ "error": { "code": code, "message": message } }),
    )
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
