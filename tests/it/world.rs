//! `twin --world`: a file instead of the small world, and what is said of one that is none.

use std::path::Path;
use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::store;
use proofhouse::twin::{Twin, world_schema};
use proofhouse::wire::{Method, Request};
use serde_json::{Value, json};

fn twin(seed: u64) -> Twin {
    let contract = Contract::newest(&store::embedded()).unwrap();
    Twin::new(Arc::new(contract), seed)
}

/// A few servers that keep tea warm.
fn kitchen() -> Value {
    json!({
        "version": 1,
        "projects": [{ "name": "kitchen" }],
        "users": [{ "name": "cook" }],
        "flavors": [{ "id": "pot.small", "vcpus": 1, "ram_mb": 512 }],
        "images": [{ "name": "Tea Linux", "os_type": "Linux" }],
        "networks": [{ "name": "counter", "cidr": "10.1.0.0/24" }],
        "security_groups": [{ "name": "default" }],
        "volumes": [{ "name": "jar", "size_gb": 5, "count": 2 }],
        "servers": [
            {
                "name": "pot", "count": 3, "flavor": "pot.small", "image": "Tea Linux", "state": "stopped",
                "nics": [{ "network": "counter" }],
            },
            {
                "name": "urn", "flavor": "pot.small", "image": "Tea Linux",
                "nics": [{ "network": "counter", "ip": "10.1.0.2" }], "volumes": [{ "volume": "jar-1" }],
            },
        ],
    })
}

fn ask(twin: &mut Twin, path: &str) -> Value {
    let lent = twin.lent();
    let target = path.replace("{p}", &lent["project_id"][0]);
    let mut request = Request::new(Method::Get, target);
    request
        .headers
        .set("X-Auth-Token", lent["token"][0].as_str());
    let answer = twin.respond(&request);
    assert_eq!(answer.status, 200, "{path}");
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn a_file_replaces_the_world() {
    let mut twin = twin(7).with_world(&kitchen().to_string()).unwrap();
    let servers = ask(
        &mut twin,
        "/v2.1/{p}/servers/detail?sort_key=display_name&sort_dir=asc",
    );
    let told = servers["servers"].as_array().unwrap().iter();
    let told: Vec<String> = told
        .map(|server| {
            let networks = server["addresses"].as_object().unwrap().values();
            let ips: Vec<&str> = networks
                .map(|list| list[0]["addr"].as_str().unwrap())
                .collect();
            let (name, status) = (server["name"].as_str(), server["status"].as_str());
            format!("{} {} {}", name.unwrap(), status.unwrap(), ips.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "pot-1 SHUTOFF 10.1.0.3",
            "pot-2 SHUTOFF 10.1.0.4",
            "pot-3 SHUTOFF 10.1.0.5",
            "urn ACTIVE 10.1.0.2",
        ]
    );
    let lent = twin.lent();
    assert_eq!(lent["server_id"].len(), 4);
    assert_eq!(lent["volume_id"].len(), 1, "the other jar is at the urn");
}

#[test]
fn the_seed_decides_the_ids_that_nobody_wrote() {
    let file = kitchen().to_string();
    let world = |seed| twin(seed).with_world(&file).unwrap().world();
    assert_eq!(world(7), world(7));
    assert_ne!(world(7)["servers"][0]["id"], world(8)["servers"][0]["id"]);
}

/// Whatever the small world is made of is told, and understood again.
#[test]
fn a_world_that_is_printed_and_read_is_the_same() {
    let mut seeded = twin(42);
    let printed = seeded.world();
    let mut read = twin(42).with_world(&printed.to_string()).unwrap();
    assert_eq!(read.world(), printed);
    assert_eq!(read.lent(), seeded.lent());
    let server = format!(
        "/v1/{{p}}/baremetalservers/{}",
        seeded.lent()["server_id"][0]
    );
    let job = format!("/v1/{{p}}/jobs/{}", seeded.lent()["job_id"][2]);
    for path in [
        "/v2.1/{p}/servers/detail",
        "/v2.1/{p}/flavors/detail",
        "/v2.1/{p}/images/detail",
        "/v2.1/{p}/os-volumes/detail",
        "/v2.1/{p}/os-keypairs",
        "/v2.1/{p}/os-security-groups",
        "/v2.1/{p}/os-floating-ips",
        "/v1/{p}/cloudservers/os-server-groups",
        &server,
        &job,
    ] {
        assert_eq!(ask(&mut read, path), ask(&mut seeded, path), "{path}");
    }
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Value), expected: &str) {
    let mut file = kitchen();
    change(&mut file);
    let text = format!("{file:#}");
    let error = twin(7).with_world(&text).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    let number = error
        .strip_prefix("line ")
        .and_then(|rest| rest.split(':').next());
    let line = text
        .lines()
        .nth(number.unwrap().parse::<usize>().unwrap() - 1);
    let quoted = expected.split('`').nth(1).unwrap();
    assert!(line.unwrap().contains(quoted), "{error}: {line:?}");
}

#[test]
fn what_is_no_world_is_told_with_its_line_and_what_would_be_right() {
    refused(
        |file| file["servers"][0]["flavour"] = json!("pot.small"),
        "unknown field `flavour`",
    );
    refused(
        |file| file["servers"][0]["state"] = json!("stoped"),
        "`stoped`, expected one of `active`, `stopped`",
    );
    refused(
        |file| file["servers"][1]["flavor"] = json!("pot.smal"),
        "there is no flavor `pot.smal`; did you mean `pot.small`?",
    );
    refused(
        |file| file["servers"][1]["volumes"][0]["volume"] = json!("teapot"),
        "there is no volume `teapot`",
    );
    refused(
        |file| file["networks"][0]["cidr"] = json!("10.1.0.1/24"),
        "`10.1.0.1/24` is no range of addresses",
    );
    refused(
        |file| file["servers"][1]["nics"][0]["ip"] = json!("10.2.0.9"),
        "`10.2.0.9` is no address of the network",
    );
    refused(
        |file| file["now"] = json!("-009999-01-02T00:00:00Z"),
        "`-009999-01-02T00:00:00Z` is no time",
    );
    refused(
        |file| file["servers"][0] = file["servers"][1].clone(),
        "there are two servers `urn`",
    );
}

#[test]
fn the_schema_is_committed_and_accepts_what_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("formats/world.schema.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(
        committed,
        world_schema(),
        "stale; `proofhouse twin --world-schema > formats/world.schema.json` rewrites it"
    );
    let validator = jsonschema::validator_for(&committed).unwrap();
    for file in [kitchen(), twin(42).world()] {
        let wrong = validator.iter_errors(&file).map(|error| error.to_string());
        assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    }
}
