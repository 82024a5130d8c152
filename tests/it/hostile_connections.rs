//! Connections that nobody meant to make: each gives a Finding, an honest "undecided" or a clear
//! error, in bounded time and memory.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use proofhouse::event::CaseOutcome;
use proofhouse::target::{ConnectError, Live, LiveOptions, Target};
use proofhouse::wire::{FailureKind, Method, Request};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::hostile_servers::{SERVES_ANYTHING, check, run, says, server};

/// A 200 whose body is this, and nothing after it.
fn body(body: &str) -> impl Fn(&mut TcpStream) + Send + Sync + 'static {
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let answer = format!("{head}Content-Length: {length}\r\n\r\n{body}");
    move |stream| {
        let _ = stream.write_all(answer.as_bytes());
    }
}

const NOT_JSON: &str = "body_json: sent something that is not JSON";

#[test]
fn json_that_readers_disagree_about_is_a_finding() {
    let deep = "[".repeat(100_000);
    for hostile in [
        deep.as_str(),
        r#"{"name": "Grey", "litres": NaN}"#,
        r#"{"name": "\ud800", "litres": 2}"#,
        r#"{"name": "Grey", "litres": 2, "litres": 3}"#,
    ] {
        check(body(hostile), &[NOT_JSON, SERVES_ANYTHING]);
    }
}

/// A gigabyte of zeros, packed: one zero, then "258 more like the last" again and again. Its end is
/// left out; who unpacks it would be out of memory before.
fn bomb() -> Vec<u8> {
    // The head of a gzip file; then a last block in fixed codes, and a zero. Codes stand with their
    // first bit first, numbers with their last.
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let start = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let more = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let bits = start
        .into_iter()
        .chain(std::iter::repeat_n(more, 16).flatten());
    let bits: Vec<u8> = bits.collect();
    let bytes = bits.chunks_exact(8).map(|bits| {
        let bits = bits.iter().enumerate();
        bits.fold(0, |byte, (place, bit)| byte | bit << place)
    });
    let bytes: Vec<u8> = bytes.collect();
    packed.extend(&bytes[..2]);
    // From there on, thirteen bytes are eight times thirteen bits.
    let n_bytes = (1 << 30) / 258 * more.len() / 8;
    packed.extend(bytes[2..15].iter().cycle().take(n_bytes));
    packed
}

/// A server that answers everything with these bytes, said to be packed, and notes what it is asked.
fn serves_packed(bytes: Arc<[u8]>) -> (String, Arc<Mutex<String>>) {
    let asked = Arc::new(Mutex::new(String::new()));
    let heads = Arc::clone(&asked);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let n_read = stream.read(&mut head).unwrap_or(0);
            heads
                .lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&head[..n_read]));
            let start =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n";
            let _ = write!(
                stream,
                "{start}Content-Length: {}\r\nConnection: close\r\n\r\n",
                bytes.len()
            );
            let _ = stream.write_all(&bytes);
        }
    });
    (endpoint, asked)
}

#[cfg(target_os = "linux")]
#[test]
fn what_unpacks_to_a_gigabyte_takes_less_memory_than_that() {
    let (endpoint, _) = serves_packed(bomb().into());
    let folder = tempfile::tempdir().unwrap();
    let case = "servers.list/request/valid/minimal";
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 900000; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["run", "--quiet", "--endpoint", &endpoint, "--case", case])
        .args(["--lend", "project_id=p1"])
        .env("PROOFHOUSE_TOKEN", "a-long-token")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(told.contains("sent something that is not JSON"), "{told}");
}

#[test]
fn what_was_packed_unasked_is_not_unpacked() {
    let packed: Arc<[u8]> = bomb().into();
    assert!(packed.len() < 7_000_000);
    let (endpoint, asked) = serves_packed(Arc::clone(&packed));
    let mut live = Live::connect(LiveOptions::new(&endpoint)).unwrap();
    let answer = live
        .send(&Request::new(Method::Get, "/v1/kettles/k1"))
        .unwrap();
    assert!(answer.body == packed[..], "it is as it was sent");
    assert!(
        !asked
            .lock()
            .unwrap()
            .to_lowercase()
            .contains("accept-encoding")
    );
    let (_, accusations) = run(&endpoint);
    assert_eq!(accusations, [NOT_JSON, SERVES_ANYTHING]);
}

#[test]
fn a_redirect_is_an_answer_and_takes_no_credentials_elsewhere() {
    let visits = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&visits);
    let elsewhere = server(move |stream| {
        seen.fetch_add(1, Ordering::Relaxed);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    for location in [
        format!("{elsewhere}/steal"),
        "/v1/kettles/k1".to_owned(),
        "//[".to_owned(),
    ] {
        let redirects = move |stream: &mut TcpStream| {
            let answer = format!(
                "HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(answer.as_bytes());
        };
        let (outcomes, accusations) = run(&server(redirects));
        assert!(
            accusations
                .iter()
                .any(|told| told.starts_with("status_documented")),
            "{accusations:?}"
        );
        assert!(
            outcomes
                .iter()
                .filter(|outcome| **outcome == CaseOutcome::Failed)
                .count()
                >= 2
        );
    }
    assert_eq!(visits.load(Ordering::Relaxed), 0);
}

#[test]
fn a_body_that_is_longer_than_promised_is_cut_where_it_was_promised_to_end() {
    let long = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"name\": \"Grey\", \"litres\": 2}";
    check(
        says(long),
        &["body_json: sent JSON that ends too early", SERVES_ANYTHING],
    );
}

#[test]
fn absurd_headers_are_a_finding() {
    let many: String = (0..10_000).map(|n| format!("X-{n}: 1\r\n")).collect();
    let one = format!("X-Long: {}\r\n", "a".repeat(2_000_000));
    for headers in [many, one] {
        let answer = format!(
            "HTTP/1.1 200 OK\r\n{headers}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
        );
        let absurd = move |stream: &mut TcpStream| {
            let _ = stream.write_all(answer.as_bytes());
        };
        let start = Instant::now();
        check(absurd, &["broken_answer: sent half an answer"]);
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_body_that_drips_for_ever_decides_nothing() {
    let drips = |stream: &mut TcpStream| {
        let head =
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n";
        let mut dripped = stream.write_all(head);
        while dripped.is_ok() {
            thread::sleep(Duration::from_millis(50));
            dripped = stream.write_all(b" ");
        }
    };
    let (outcomes, accusations) = run(&server(drips));
    assert_eq!(accusations, [""; 0]);
    let undecided = |outcome: &&CaseOutcome| matches!(outcome, CaseOutcome::Undecided(reason) if reason == "timed out");
    assert!(
        outcomes.iter().filter(undecided).count() >= 2,
        "{outcomes:?}"
    );
}

#[test]
fn cookies_are_not_kept() {
    let heads = Arc::new(Mutex::new(String::new()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::clone(&heads);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let n_read = stream.read(&mut head).unwrap_or(0);
            heard
                .lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&head[..n_read]));
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nSet-Cookie: crumb=1; Path=/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    let mut live = Live::connect(LiveOptions::new(&endpoint)).unwrap();
    for _ in 0..3 {
        live.send(&Request::new(Method::Get, "/v1/kettles/k1"))
            .unwrap();
    }
    let heads = heads.lock().unwrap();
    assert_eq!(
        (heads.matches("GET /").count(), heads.contains("crumb")),
        (4, false)
    );
}

/// A server that answers the first request and resets every further connection.
fn resets_after_hello() -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let n_resets = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&n_resets);
    thread::spawn(move || {
        let mut said_hello = false;
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            if said_hello {
                counted.fetch_add(1, Ordering::Relaxed);
                // Closing with unread bytes resets the connection.
                let _ = stream.read(&mut head[..1]);
                continue;
            }
            said_hello = true;
            let _ = stream.read(&mut head);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (endpoint, n_resets)
}

fn impatient(endpoint: &str) -> LiveOptions {
    LiveOptions {
        patience: Duration::from_secs(2),
        pause: Duration::from_millis(1),
        ..LiveOptions::new(endpoint)
    }
}

#[test]
fn a_reset_is_an_outage_and_only_what_may_be_repeated_is() {
    for (method, n_tries) in [(Method::Get, 4), (Method::Delete, 4), (Method::Post, 1)] {
        let (endpoint, n_resets) = resets_after_hello();
        let mut live = Live::connect(impatient(&endpoint)).unwrap();
        let failure = live
            .send(&Request::new(method, "/v1/kettles/k1"))
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unreachable, "{failure}");
        assert_eq!(n_resets.load(Ordering::Relaxed), n_tries, "{method}");
    }
}

/// A certificate for this machine, as a file of PEM, and a server's side of it.
fn certificate(protocols: &[&[u8]]) -> (String, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    (made.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

/// A TLS server that says these bytes to everybody, whatever they ask.
fn tls_server(acceptor: TlsAcceptor, answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            }
        });
    });
    endpoint
}

const HELLO: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

#[test]
fn a_server_that_cannot_prove_who_it_is_is_not_asked() {
    let (pem, acceptor) = certificate(&[b"http/1.1"]);
    let endpoint = tls_server(acceptor, HELLO);
    let error = Live::connect(impatient(&endpoint)).unwrap_err();
    assert!(
        matches!(&error, ConnectError::Unreachable { .. }),
        "{error:?}"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("certificate"), "{cause}");
    let trusting = LiveOptions {
        ca: Some(pem.into_bytes()),
        ..impatient(&endpoint)
    };
    let mut live = Live::connect(trusting).unwrap();
    assert_eq!(
        live.send(&Request::new(Method::Get, "/")).unwrap().status,
        200
    );
}

#[test]
fn what_is_not_tls_is_not_asked() {
    let plain = server(|stream| {
        let _ = stream.write_all(HELLO);
    });
    let error = Live::connect(impatient(&plain.replace("http://", "https://"))).unwrap_err();
    assert!(
        matches!(&error, ConnectError::Unreachable { .. }),
        "{error:?}"
    );
}

#[test]
fn a_server_that_goes_away_is_an_outage() {
    // HTTP/2: SETTINGS, then GOAWAY with the last stream 0 and the code ENHANCE_YOUR_CALM.
    const GOAWAY: &[u8] = &[
        0, 0, 0, 4, 0, 0, 0, 0, 0, //
        0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11,
    ];
    let (pem, acceptor) = certificate(&[b"h2"]);
    let endpoint = tls_server(acceptor, GOAWAY);
    let trusting = LiveOptions {
        ca: Some(pem.into_bytes()),
        ..impatient(&endpoint)
    };
    let start = Instant::now();
    let error = Live::connect(trusting).unwrap_err();
    assert!(
        matches!(&error, ConnectError::Unreachable { .. }),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(10));
}
