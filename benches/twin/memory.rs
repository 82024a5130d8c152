//! Memory follows the world, not the requests: ten thousand servers, a million requests.

use std::time::{Duration, Instant};

use proofhouse::twin::Twin;
use proofhouse::wire::{Method, Request};
use serde_json::{Value, json};

const N_SERVERS: u32 = 10_000;
const N_REQUESTS: u32 = 1_000_000;

/// Prints the resident memory with many servers, and after each quarter of many requests.
pub fn grow(twin: Twin) {
    let mut world = twin.world();
    let server = world["servers"][0].clone();
    let (flavor, image) = (&server["flavor"], &server["image"]);
    let many = json!([{
        "name": "many", "count": N_SERVERS, "flavor": flavor, "image": image,
        "nics": [{ "network": server["nics"][0]["network"] }],
    }]);
    // The servers of the file are replaced, and what refers to them with them.
    let home = world.as_object_mut().expect("a world is an object");
    home.insert("servers".to_owned(), many);
    home.remove("floating_ips");
    home.remove("jobs");
    let empty = resident();
    let mut twin = twin.with_world(&world.to_string()).expect("it is a world");
    let full = resident();
    println!("memory: {empty} MB, with {N_SERVERS} servers {full} MB");
    let lent = twin.lent();
    let servers = lent["server_id"].clone();
    let requests: Vec<Request> = servers
        .iter()
        .take(1000)
        .flat_map(|id| requests(&lent, id))
        .collect();
    let start = Instant::now();
    for n in 0..N_REQUESTS {
        let at = n as usize % requests.len();
        let answer = twin.respond(&requests[at]);
        assert!(
            answer.status < 300,
            "{}: {}",
            requests[at].target,
            answer.status
        );
        twin.advance(Duration::from_millis(1));
        if (n + 1) % (N_REQUESTS / 4) == 0 {
            let seconds = start.elapsed().as_secs_f64();
            println!(
                "memory: after {} requests {} MB, {seconds:.1} s",
                n + 1,
                resident()
            );
        }
    }
}

/// Looking, changing, and jobs that come and go.
fn requests(lent: &std::collections::BTreeMap<String, Vec<String>>, server: &str) -> Vec<Request> {
    let project = &lent["project_id"][0];
    let compute = format!("/v2.1/{project}/servers/{server}");
    let request = |method, target: String, body: Value| {
        let mut request = Request::new(method, target);
        request
            .headers
            .set("X-Auth-Token", lent["token"][0].as_str());
        if !body.is_null() {
            request.body = body.to_string().into();
        }
        request
    };
    let tea = json!({ "metadata": { "tea": "green" } });
    let hard = json!({ "reboot": { "type": "HARD", "servers": [{ "id": server }] } });
    let many = format!("/v1/{project}/baremetalservers/action");
    vec![
        request(Method::Get, compute.clone(), Value::Null),
        request(Method::Post, format!("{compute}/metadata"), tea),
        request(
            Method::Put,
            compute.clone(),
            json!({ "server": { "name": "tea" } }),
        ),
        request(Method::Post, many, hard),
        request(
            Method::Get,
            format!("{compute}/os-instance-actions"),
            Value::Null,
        ),
    ]
}

/// Resident memory in MB; 0 where the system does not tell.
fn resident() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = told.lines().filter_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = lines
        .next()
        .and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
