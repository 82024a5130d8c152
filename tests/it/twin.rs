//! The Twin as its callers see it: everything served, who may ask, and what stays behind.

use std::sync::Arc;
use std::time::Duration;

use proofhouse::contract::Contract;
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::finding::Severity;
use proofhouse::runner::{self, Plan};
use proofhouse::store;
use proofhouse::target::InProcess;
use proofhouse::twin::{Rules, Twin};
use proofhouse::wire::{Method, Request, Response};
use serde_json::{Value, json};

/// Operations of the contract that the Twin does not answer yet: none.
const NOT_SERVED: [&str; 0] = [];

fn contract() -> Arc<Contract> {
    Arc::new(Contract::newest(&store::embedded()).unwrap())
}

fn twin() -> Twin {
    Twin::new(contract(), 42)
}

/// A caller with a token.
struct Caller {
    twin: Twin,
    /// The microversion that is asked for.
    version: Option<&'static str>,
    token: String,
    project: String,
}

impl Caller {
    fn new(twin: Twin) -> Self {
        let lent = twin.lent();
        Self {
            token: lent["token"][0].clone(),
            project: lent["project_id"][0].clone(),
            version: None,
            twin,
        }
    }

    /// What is lent under a name.
    fn lent(&self, name: &str) -> String {
        self.twin.lent()[name][0].clone()
    }

    fn ask(&mut self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let target = path.replace("{p}", &self.project);
        let mut request = Request::new(method, target);
        request.headers.set("X-Auth-Token", self.token.as_str());
        request.headers.set("Host", "twin:1");
        if let Some(version) = self.version {
            request.headers.set("X-OpenStack-Nova-API-Version", version);
        }
        if !body.is_null() {
            request.body = body.to_string().into();
        }
        read(&self.twin.respond(&request))
    }

    fn get(&mut self, path: &str) -> Value {
        let (status, body) = self.ask(Method::Get, path, Value::Null);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

fn read(response: &Response) -> (u16, Value) {
    let body = serde_json::from_slice(&response.body).unwrap_or_default();
    (response.status, body)
}

#[test]
fn every_operation_of_every_edition_is_served() {
    for contract in store::embedded().into_iter().chain([(*contract()).clone()]) {
        let twin = Twin::new(Arc::new(contract.clone()), 42);
        let unserved = contract
            .operations
            .iter()
            .filter(|known| !twin.serves(&known.id));
        let unserved: Vec<&str> = unserved.map(|known| known.id.as_str()).collect();
        assert_eq!(unserved, NOT_SERVED, "{}", contract.edition.id);
    }
}

/// Editions differ in their words and limits; whichever one the Twin plays, it keeps it.
#[test]
fn every_edition_is_kept_without_a_finding() {
    let plan = Plan {
        generated: 1,
        ..Plan::default()
    };
    for contract in store::embedded() {
        let contract = Arc::new(contract);
        let mut target = InProcess::new(Twin::new(Arc::clone(&contract), plan.seed));
        let (mut n_passed, mut accused) = (0, Vec::new());
        runner::run(&contract, &plan, &mut target, &mut |event| match event {
            Event::CaseFinished { outcome, .. } => {
                n_passed += usize::from(*outcome == CaseOutcome::Passed);
            }
            Event::FindingMade(finding) if finding.severity != Severity::Note => {
                accused.push(format!("{}: {}", finding.case, finding.title));
            }
            _ => {}
        });
        let edition = &contract.edition.id;
        assert_eq!(accused, [""; 0], "{edition}");
        let n_operations = contract.operations.len();
        assert!(n_passed > n_operations, "{edition}: {n_passed} passed");
    }
}

#[test]
fn a_server_is_built_used_and_removed() {
    let mut caller = Caller::new(twin());
    let order = json!({ "server": {
        "name": "tea", "imageRef": caller.lent("imageRef"), "flavorRef": "s3.medium.2",
        "networks": [{ "uuid": caller.lent("vpc_id") }], "key_name": "keypair-twin", "max_count": 1,
    } });
    let (status, made) = caller.ask(Method::Post, "/v2.1/{p}/servers", order);
    assert_eq!(status, 202, "{made}");
    let id = made["server"]["id"].as_str().unwrap().to_owned();
    let place = format!("/v2.1/{{p}}/servers/{id}");
    assert_eq!(caller.get(&place)["server"]["status"], "BUILD");
    caller.twin.advance(Duration::from_secs(5));
    assert_eq!(caller.get(&place)["server"]["status"], "ACTIVE");

    let stop = json!({ "os-stop": {} });
    let action = format!("{place}/action");
    assert_eq!(caller.ask(Method::Post, &action, stop.clone()).0, 202);
    assert_eq!(
        caller.ask(Method::Post, &action, stop).0,
        409,
        "it is stopping already"
    );
    caller.twin.advance(Duration::from_secs(5));
    assert_eq!(caller.get(&place)["server"]["status"], "SHUTOFF");

    let volume = caller.lent("volumeId");
    let attach = json!({ "volumeAttachment": { "volumeId": volume } });
    let attachments = format!("{place}/os-volume_attachments");
    assert_eq!(caller.ask(Method::Post, &attachments, attach).0, 200);
    assert_eq!(
        caller.get(&attachments)["volumeAttachments"][0]["volumeId"],
        volume
    );

    assert_eq!(caller.ask(Method::Delete, &place, Value::Null).0, 204);
    let (status, gone) = caller.ask(Method::Get, &place, Value::Null);
    let fault = gone
        .as_object()
        .and_then(|gone| gone.values().next())
        .unwrap();
    assert_eq!((status, fault["code"].as_u64()), (404, Some(404)));
    let free = caller.get(&format!("/v2.1/{{p}}/os-volumes/{volume}"));
    assert_eq!(
        free["volume"]["status"], "available",
        "the volume stays: {free}"
    );
}

/// Orders a server with two disks and an address of its own, and waits for it: its id, the ids of its
/// disks, that of its address.
fn whole_server(caller: &mut Caller) -> (String, Vec<String>, String) {
    let order = json!({ "server": {
        "name": "whole", "imageRef": caller.lent("imageRef"), "flavorRef": caller.lent("flavorRef"),
        "vpcid": caller.lent("vpcid"), "nics": [{ "subnet_id": caller.lent("subnet_id") }],
        "root_volume": { "volumetype": "SSD", "size": 40 }, "data_volumes": [{ "volumetype": "SSD", "size": 10 }],
        "publicip": { "eip": { "iptype": "5_bgp", "bandwidth": { "size": 1, "sharetype": "PER", "chargemode": "traffic" } } },
    } });
    let (status, ordered) = caller.ask(Method::Post, "/v1/{p}/cloudservers", order);
    assert_eq!(status, 200, "{ordered}");
    caller.twin.advance(Duration::from_secs(60));
    let job = caller.get(&format!(
        "/v1/{{p}}/jobs/{}",
        ordered["job_id"].as_str().unwrap()
    ));
    let server = &job["entities"]["sub_jobs"][0]["entities"]["server_id"];
    let server = server.as_str().unwrap().to_owned();
    let shown = caller.get(&format!(
        "/v2.1/{{p}}/servers/{server}/os-volume_attachments"
    ));
    let disks = shown["volumeAttachments"].as_array().unwrap().iter();
    let disks = disks.map(|disk| disk["volumeId"].as_str().unwrap().to_owned());
    let shown = caller.get("/v2.1/{p}/os-floating-ips");
    let addresses = shown["floating_ips"].as_array().unwrap().iter();
    let mut own = addresses
        .map(|address| &address["floating_ip"])
        .filter(|address| address["instance_id"] == *server);
    let address = own.next().unwrap()["id"].as_str().unwrap().to_owned();
    (server, disks.collect(), address)
}

#[test]
fn what_hangs_on_a_server_goes_with_it_where_that_is_asked() {
    let mut caller = Caller::new(twin());
    for all in [false, true] {
        let (server, disks, address) = whole_server(&mut caller);
        let [root, data] = disks.as_slice() else {
            unreachable!("two disks were ordered: {disks:?}")
        };
        let removal =
            json!({ "servers": [{ "id": server }], "delete_publicip": all, "delete_volume": all });
        assert_eq!(
            caller
                .ask(Method::Post, "/v1/{p}/cloudservers/delete", removal)
                .0,
            200
        );
        caller.twin.advance(Duration::from_secs(60));
        let places = [
            ("os-volumes", root, true),
            ("os-volumes", data, all),
            ("os-floating-ips", &address, all),
        ];
        for (place, id, goes) in places {
            let path = format!("/v2.1/{{p}}/{place}/{id}");
            let status = caller.ask(Method::Get, &path, Value::Null).0;
            assert_eq!(status, if goes { 404 } else { 200 }, "{place}, all: {all}");
        }
    }
}

#[test]
fn of_what_is_given_together_the_first_counts() {
    let mut caller = Caller::new(twin());
    let (port, network) = (caller.lent("networks.port"), caller.lent("vpc_id"));
    let mut order = |network: Value, more: Value| {
        let mut server = json!({
            "name": "first", "imageRef": caller.lent("imageRef"), "flavorRef": "s3.medium.2", "networks": [network],
        });
        server
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let order = json!({ "server": server });
        let (status, made) = caller.ask(Method::Post, "/v2.1/{p}/servers", order);
        caller.twin.advance(Duration::from_secs(5));
        let id = made["server"]["id"].as_str().unwrap_or_default();
        let cards = format!("/v2.1/{{p}}/servers/{id}/os-interface");
        let card =
            caller.ask(Method::Get, &cards, Value::Null).1["interfaceAttachments"][0].clone();
        (status, card)
    };
    let nowhere = "00000000-0000-0000-0000-000000000000";
    let all = json!({ "port": port, "uuid": nowhere, "fixed_ip": "192.168.0.77" });
    let (status, card) = order(all, json!({}));
    assert_eq!((status, &card["port_id"]), (202, &json!(port)));
    let (status, _) = order(json!({ "uuid": nowhere }), json!({}));
    assert_eq!(status, 400);
    for (most, expected) in [(1, 400), (2, 202)] {
        let counts = json!({ "min_count": 2, "max_count": most });
        let (status, _) = order(json!({ "uuid": network }), counts);
        assert_eq!(status, expected, "from 2 to {most} servers");
    }
    let image = caller.lent("imageRef");
    let named = |list: Value| list["servers"].as_array().map_or(0, Vec::len);
    let of_image = named(caller.get(&format!("/v2.1/{{p}}/servers?image={image}")));
    let with_name = named(caller.get(&format!("/v2.1/{{p}}/servers?image={image}&name=nobody")));
    assert_eq!(of_image, with_name, "an image leaves other filters out");
}

#[test]
fn what_a_version_does_not_have_is_not_there() {
    let mut caller = Caller::new(twin());
    let place = format!("/v2.1/{{p}}/servers/{}", caller.lent("server_id"));
    let mut tell = |version| {
        caller.version = version;
        let (tags, _) = caller.ask(Method::Get, &format!("{place}/tags"), Value::Null);
        let described = json!({ "server": { "description": version.unwrap_or("none") } });
        caller.ask(Method::Put, &place, described);
        let shown = caller.get(&place)["server"]["description"].clone();
        caller.version = Some("2.26");
        let kept = caller.get(&place)["server"]["description"].clone();
        (tags, shown, kept)
    };
    assert_eq!(tell(Some("2.26")), (200, json!("2.26"), json!("2.26")));
    assert_eq!(tell(None), (404, Value::Null, json!("2.26")));
    assert_eq!(tell(Some("2.18")), (404, Value::Null, json!("2.26")));
    assert_eq!(tell(Some("2.19")), (404, json!("2.19"), json!("2.19")));
}

/// Only one of the editions says since when there is this filter.
#[test]
fn a_filter_of_a_later_version_is_not_heeded() {
    let mut editions = store::embedded().into_iter();
    let edition = editions.find(|known| known.edition.id.as_str() == "bms-ref-2020-zh");
    let mut caller = Caller::new(Twin::new(Arc::new(edition.unwrap()), 42));
    let mut n_found = |version| {
        caller.version = Some(version);
        let found = caller.get("/v2.1/{p}/servers?tags=nobody-has-this");
        found["servers"].as_array().unwrap().len()
    };
    assert_eq!(n_found("2.26"), 0);
    assert!(n_found("2.25") > 0);
}

#[test]
fn metadata_is_merged_by_post_and_replaced_by_put() {
    let mut caller = Caller::new(twin());
    let place = format!("/v2.1/{{p}}/servers/{}/metadata", caller.lent("server_id"));
    let tea = json!({ "metadata": { "tea": "green" } });
    let (_, merged) = caller.ask(Method::Post, &place, tea.clone());
    assert_eq!(merged["metadata"]["key"], "value");
    let (_, replaced) = caller.ask(Method::Put, &place, tea.clone());
    assert_eq!(replaced, tea);
}

/// As many of a kind as the limits tell are made, and no more.
#[test]
fn quotas_that_are_told_are_kept() {
    let mut caller = Caller::new(twin());
    let limits = caller.get("/v2.1/{p}/limits")["limits"]["absolute"].clone();
    // Numbers, as texts where the document has texts.
    let most = |name: &str| -> u64 {
        let told = limits[name].to_string();
        told.trim_matches('"').parse().unwrap()
    };
    let server = caller.lent("server_id");
    let metadata = format!("/v2.1/{{p}}/servers/{server}/metadata");
    let many = |n: u64| (0..n).map(|n| (format!("k{n}"), json!("v")));
    for (n, status) in [
        (most("maxServerMeta"), 200),
        (most("maxServerMeta") + 1, 400),
    ] {
        let body = json!({ "metadata": many(n).collect::<serde_json::Map<_, _>>() });
        assert_eq!(
            caller.ask(Method::Put, &metadata, body).0,
            status,
            "{n} keys"
        );
    }
    for (path, body, most) in [
        (
            "/v2.1/{p}/os-server-groups",
            json!({ "server_group": { "name": "tea", "policies": ["anti-affinity"] } }),
            most("maxServerGroups"),
        ),
        (
            "/v2.1/{p}/os-security-groups",
            json!({ "security_group": { "name": "tea", "description": "tea" } }),
            most("maxSecurityGroups"),
        ),
        (
            "/v2.1/{p}/os-floating-ips",
            json!({ "pool": "admin_external_net", "tenant_id": caller.project }),
            most("maxTotalFloatingIps"),
        ),
    ] {
        let mut n_made = 0;
        let refused = loop {
            let (status, told) = caller.ask(Method::Post, path, body.clone());
            if status >= 300 {
                break (status, told);
            }
            n_made += 1;
            assert!(n_made <= most, "{path}: {n_made} made");
        };
        assert_eq!(refused.0, 403, "{path}: {}", refused.1);
        let list = caller.get(path);
        let all = list.as_object().unwrap().values().find_map(Value::as_array);
        assert_eq!(all.unwrap().len() as u64, most, "{path}");
    }
}

#[test]
fn pages_follow_each_other_to_the_end() {
    let mut caller = Caller::new(twin());
    let all = caller.get("/v2.1/{p}/servers")["servers"]
        .as_array()
        .unwrap()
        .len();
    let (mut next, mut seen) = (
        "/v2.1/{p}/servers?limit=2&status=ACTIVE".to_owned(),
        Vec::new(),
    );
    loop {
        let page = caller.get(&next);
        let servers = page["servers"].as_array().unwrap();
        assert!(servers.len() <= 2);
        seen.extend(servers.iter().map(|server| server["id"].to_string()));
        match page["servers_links"][0]["href"].as_str() {
            Some(link) => next = link.strip_prefix("http://twin:1").unwrap().to_owned(),
            None => break,
        }
    }
    let mut distinct = seen.clone();
    distinct.dedup();
    assert_eq!(distinct, seen);
    assert!(
        seen.len() > 2 && seen.len() < all,
        "{} of {all}",
        seen.len()
    );
}

#[test]
fn a_password_gives_a_token_that_ends() {
    let mut caller = Caller::new(twin());
    let auth = json!({ "auth": {
        "identity": { "methods": ["password"], "password": { "user": {
            "name": caller.lent("user_name"), "password": caller.lent("password"), "domain": { "name": "twin-domain" },
        } } },
        "scope": { "project": { "name": "home" } },
    } });
    let mut request = Request::new(Method::Post, "/v3/auth/tokens");
    request.body = auth.to_string().into();
    let answer = caller.twin.respond(&request);
    let token = answer.headers.get("X-Subject-Token").unwrap().to_owned();
    assert_eq!(
        (
            answer.status,
            read(&answer).1["token"]["project"]["name"].as_str()
        ),
        (201, Some("home"))
    );

    caller.token = token;
    assert_eq!(
        caller.get("/v3/projects")["projects"][0]["id"],
        caller.project.as_str()
    );
    caller.twin.advance(Duration::from_secs(25 * 60 * 60));
    assert_eq!(
        caller.ask(Method::Get, "/v2.1/{p}/servers", Value::Null).0,
        401
    );

    let wrong = auth.to_string().replace("-Password-1", "-Password-2");
    request.body = wrong.into();
    assert_eq!(caller.twin.respond(&request).status, 401);
}

#[test]
fn roles_and_rates_count_when_they_are_on() {
    let rules = Rules {
        permissions: true,
        rate_limits: true,
        ..Rules::default()
    };
    let mut caller = Caller::new(twin().with_rules(rules));
    let place = format!("/v1/{{p}}/baremetalservers/{}", caller.lent("server_id"));
    let rename = json!({ "server": { "name": "tea" } });
    let statuses: Vec<u16> = (0..101)
        .map(|_| caller.ask(Method::Put, &place, rename.clone()).0)
        .collect();
    assert_eq!(
        (statuses[99], statuses[100]),
        (200, 429),
        "100 in a minute are documented"
    );
    caller.twin.advance(Duration::from_secs(60));
    assert_eq!(caller.ask(Method::Put, &place, rename.clone()).0, 200);

    caller.token = caller.lent("reader_token");
    assert_eq!(caller.ask(Method::Get, &place, Value::Null).0, 200);
    assert_eq!(caller.ask(Method::Put, &place, rename).0, 403);
}

/// The requests that an official signer signed, and what becomes of them when they are changed.
/// Skips itself where they are not there.
#[test]
fn signatures_of_others_are_believed_and_forged_ones_are_not() {
    let place = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/signing/vectors.json"
    );
    let Ok(text) = std::fs::read_to_string(place) else {
        crate::skip("there are no requests of an official signer in ../shared/signing");
        return;
    };
    let file: Value = serde_json::from_str(&text).unwrap();
    let (access, secret) = (
        file["keys"]["ak"].as_str().unwrap(),
        file["keys"]["sk"].as_str().unwrap(),
    );
    let wall = |minutes: i64| {
        let signed: jiff::Timestamp = "2024-02-29T23:59:59Z".parse().unwrap();
        signed + jiff::SignedDuration::from_mins(minutes)
    };
    let mut n_checked = 0;
    for vector in file["vectors"].as_array().unwrap() {
        if vector["algorithm"] != "SDK-HMAC-SHA256" {
            continue;
        }
        let request = sent(vector);
        let refused = |request: &Request, minutes| {
            let mut twin = twin().with_access_key(access, secret);
            twin.set_wall(wall(minutes));
            let answer = twin.respond(request);
            answer.status == 401
        };
        assert!(!refused(&request, 0), "{}", vector["name"]);
        assert!(!refused(&request, 14), "{}", vector["name"]);
        assert!(refused(&request, 16), "{} is stale", vector["name"]);
        let mut forged = request.clone();
        let authorization = forged.headers.get("Authorization").unwrap().to_owned();
        let last = if authorization.ends_with('0') {
            "1"
        } else {
            "0"
        };
        let changed = format!("{}{last}", &authorization[..authorization.len() - 1]);
        forged.headers.set("Authorization", changed);
        assert!(refused(&forged, 0), "{} is forged", vector["name"]);
        n_checked += 1;
    }
    assert!(n_checked >= 8, "{n_checked} vectors");
}

fn sent(vector: &Value) -> Request {
    let method = vector["given"]["method"].as_str().unwrap().parse().unwrap();
    let mut request = Request::new(method, vector["sent"]["target"].as_str().unwrap());
    for (name, value) in vector["sent"]["headers"].as_object().unwrap() {
        let value = value.as_str().unwrap().to_owned();
        request.headers.0.push((name.clone().into(), value));
    }
    if let Some(body) = vector["sent"]["body"].as_str() {
        request.body = body.to_owned().into();
    }
    request
}

/// Answers are remembered while nothing changes: whoever asks must not be able to tell.
#[test]
fn to_ask_changes_nothing_and_the_answer_is_never_an_old_one() {
    let mut caller = Caller::new(twin());
    let lent = caller.twin.lent();
    let contract = contract();
    let shows = contract
        .operations
        .iter()
        .filter(|known| known.method.is_safe())
        .filter_map(|known| {
            known
                .path
                .filled(|name| Some(lent.get(name)?.first()?.as_str()))
        });
    let shows: Vec<String> = shows.collect();
    assert!(shows.len() > 40, "{}", shows.len());
    let all = |caller: &mut Caller| -> Vec<(u16, Value)> {
        let answers = shows
            .iter()
            .map(|path| caller.ask(Method::Get, path, Value::Null));
        answers.collect()
    };
    let world = caller.twin.world();
    let first = all(&mut caller);
    assert_eq!(all(&mut caller), first);
    assert_eq!(caller.twin.world(), world);

    let id = caller.lent("server_id");
    let server = format!("/v2.1/{{p}}/servers/{id}");
    let (_, renamed) = caller.ask(Method::Put, &server, json!({ "server": { "name": "pot" } }));
    assert_eq!(renamed["server"]["name"], "pot");
    assert_eq!(caller.get(&server)["server"]["name"], "pot");
    let stop = json!({ "os-stop": {} });
    caller.ask(Method::Post, &format!("{server}/action"), stop);
    let moving = caller.get(&server);
    assert_eq!(caller.get(&server), moving);
    caller.twin.advance(Duration::from_secs(600));
    assert_eq!(caller.get(&server)["server"]["status"], "SHUTOFF");
    // A copy lives on alone.
    let mut copy = Caller::new(caller.twin.clone());
    caller.ask(Method::Delete, &server, Value::Null);
    caller.twin.advance(Duration::from_secs(600));
    assert_eq!(caller.ask(Method::Get, &server, Value::Null).0, 404);
    assert_eq!(copy.get(&server)["server"]["status"], "SHUTOFF");
}
