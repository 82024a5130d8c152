//! Clients that keep their connections, and servers that they ask.

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};

/// Connections at one time.
const N_CLIENTS: usize = 32;
/// How long a server is asked in one turn.
const TURN: Duration = Duration::from_secs(2);

/// What came of asking.
pub struct Load {
    /// Answers a second.
    pub rate: f64,
    /// The time that half of the answers, and 99 of 100, took at most.
    p50: Duration,
    p99: Duration,
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Load { rate, p50, p99 } = self;
        write!(f, "{rate:.0}/s, p50 {p50:.1?}, p99 {p99:.1?}")
    }
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder
        .enable_all()
        .build()
        .expect("the system gives a runtime")
}

/// Serves on a free port, on a thread of its own, until the process ends.
pub fn serve<F: Future<Output = ()>>(
    server: impl FnOnce(TcpListener) -> F + Send + 'static,
) -> SocketAddr {
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let _ = told.send(listener.local_addr().expect("a listener has an address"));
            server(listener).await;
        });
    });
    heard.recv().expect("the server listens")
}

/// Asks a server the same thing for a while.
pub fn ask(server: SocketAddr, target: &str, token: &str) -> Load {
    let request =
        format!("GET {target} HTTP/1.1\r\nHost: {server}\r\nX-Auth-Token: {token}\r\n\r\n");
    let start = Instant::now();
    let mut times: Vec<Duration> = runtime().block_on(async {
        let local = tokio::task::LocalSet::new();
        let clients =
            (0..N_CLIENTS).map(|_| local.spawn_local(client(server, request.clone(), start)));
        let clients: Vec<_> = clients.collect();
        let told = local.run_until(async {
            let mut times = Vec::new();
            for client in clients {
                times.extend(client.await.expect("a client does not panic"));
            }
            times
        });
        told.await
    });
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    Load {
        rate,
        p50: at(50),
        p99: at(99),
    }
}

async fn client(server: SocketAddr, request: String, start: Instant) -> Vec<Duration> {
    let stream = TcpStream::connect(server)
        .await
        .expect("the server accepts");
    stream.set_nodelay(true).expect("a socket");
    let mut times = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    while start.elapsed() < TURN {
        let begun = Instant::now();
        send(&stream, request.as_bytes()).await;
        receive(&stream, &mut buffer).await;
        times.push(begun.elapsed());
    }
    times
}

async fn send(stream: &TcpStream, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        stream.writable().await.expect("a socket");
        if let Ok(n) = stream.try_write(bytes) {
            bytes = &bytes[n..];
        }
    }
}

/// Reads one whole answer, which must be a good one.
async fn receive(stream: &TcpStream, buffer: &mut [u8]) {
    let mut n = 0;
    loop {
        stream.readable().await.expect("a socket");
        match stream.try_read(&mut buffer[n..]) {
            Ok(0) => panic!("the server hung up"),
            Ok(more) => n += more,
            Err(_) => continue,
        }
        let text = &buffer[..n];
        let Some(end) = text.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&text[..end]).to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let mut lengths = head
            .lines()
            .filter_map(|line| line.strip_prefix("content-length: "));
        let length: usize = lengths
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a length");
        if n >= end + 4 + length {
            return;
        }
    }
}
