//! Clients that others wrote, over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A Twin in a process of its own, which ends with the test.
pub struct Served {
    process: Child,
    pub url: String,
}

impl Served {
    pub fn new(more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
            .args(["twin", "--port", "0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut url = String::new();
        let told = process.stdout.take().unwrap();
        BufReader::new(told).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        Self { process, url }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.url.trim_start_matches("http://")).unwrap()
    }

    /// Sends these bytes on a connection of their own and gives what comes back.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        // The Twin may close before all is sent, and that is its good right.
        let _ = stream.write_all(bytes);
        let mut told = Vec::new();
        let _ = stream.take(64 * 1024).read_to_end(&mut told);
        String::from_utf8_lossy(&told).into_owned()
    }

    pub fn lives(&self) -> bool {
        let hello = self.raw(b"GET / HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n\r\n");
        hello.starts_with("HTTP/1.1 200") && hello.contains("versions")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_clients_of_others_go_through_the_life_of_a_server() {
    // Signatures are dated by real time, so the clock is real, and is helped along.
    let twin = Served::new(&[]);
    let installed = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/target/tools/clients/bin/python"
    );
    let usual = if Path::new(installed).exists() {
        installed
    } else {
        "python3"
    };
    let python = std::env::var("PYTHON").unwrap_or_else(|_| usual.to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/flow.py");
    let Ok(done) = Command::new(python).args([script, &twin.url]).output() else {
        crate::skip("there is no python3");
        return;
    };
    let (told, failed) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    match done.status.code() {
        Some(77) => crate::skip(told.trim()),
        code => assert_eq!(code, Some(0), "{told}{failed}"),
    }
}

#[test]
fn what_is_hostile_is_refused_and_others_are_served() {
    let twin = Served::new(&["--clock", "manual"]);
    let large = "POST /v3/auth/tokens HTTP/1.1\r\nHost: twin\r\nContent-Length: 1073741824\r\n\r\n";
    let flood: String = (0..1000).map(|n| format!("X-{n}: {n}\r\n")).collect();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = format!(
        "POST /v3/auth/tokens HTTP/1.1\r\nHost: twin\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{deep}",
        deep.len()
    );
    let mut body = large.as_bytes().to_vec();
    body.resize(body.len() + 13 * 1024 * 1024, b' ');
    for (what, bytes, status) in [
        ("a body of a gigabyte", body, "413"),
        (
            "a flood of headers",
            format!("GET / HTTP/1.1\r\nHost: twin\r\n{flood}\r\n").into_bytes(),
            "431",
        ),
        ("deep JSON", deep.into_bytes(), "400"),
        (
            "garbage after a request",
            b"GET / HTTP/1.1\r\nHost: twin\r\n\r\n\x00\xff\x00 nonsense\r\n\r\n".to_vec(),
            "400",
        ),
        ("garbage", b"\x16\x03\x01\x02\x00\r\n\r\n".to_vec(), "400"),
    ] {
        let told = twin.raw(&bytes);
        assert!(
            told.contains(&format!("HTTP/1.1 {status}")),
            "{what}: {told}"
        );
        assert!(twin.lives(), "after {what}");
    }
    let chunked =
        "POST /v3/auth/tokens HTTP/1.1\r\nHost: twin\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut endless = chunked.as_bytes().to_vec();
    for _ in 0..14 {
        endless.extend(b"100000\r\n");
        endless.resize(endless.len() + 0x10_0000, b' ');
        endless.extend(b"\r\n");
    }
    let told = twin.raw(&endless);
    assert!(
        told.is_empty() || told.contains("HTTP/1.1 413"),
        "endless chunks: {told}"
    );
    assert!(twin.lives(), "after endless chunks");
    for _ in 0..100 {
        let mut stream = twin.connect();
        stream.write_all(large.as_bytes()).unwrap();
        stream.write_all(b"{\"auth\": ").unwrap();
        drop(stream);
        let mut stream = twin.connect();
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: twin\r\n\r\n")
            .unwrap();
        // Closing with an answer unread aborts the connection.
        drop(stream);
    }
    assert!(twin.lives(), "after aborted connections");
    let mut dripping = twin.connect();
    dripping.write_all(large.as_bytes()).unwrap();
    for _ in 0..20 {
        dripping.write_all(b" ").unwrap();
        assert!(twin.lives(), "while a body drips");
    }
    let held: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut slow = twin.connect();
            slow.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
            slow
        })
        .collect();
    assert!(twin.lives(), "{} connections are half open", held.len());
    let mut patient = &held[0];
    patient
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut told = Vec::new();
    let ended = patient.read_to_end(&mut told).is_ok() || !told.is_empty();
    assert!(ended, "a head that does not come is not waited for");
}
