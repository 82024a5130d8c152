//! Many clients at one time: what they see could have happened one after the other.

use std::future::Future;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::clients::Served;

/// Clients at one time, each with connections of its own.
const N_CLIENTS: usize = 12;

/// Somebody who asks a Twin.
#[derive(Clone)]
struct Asker {
    client: Client,
    url: String,
    lent: Value,
}

impl Asker {
    async fn new(twin: &Served) -> Self {
        let client = Client::new();
        let lent = client
            .get(format!("{}/-/lent", twin.url))
            .send()
            .await
            .unwrap();
        let lent = serde_json::from_slice(&lent.bytes().await.unwrap()).unwrap();
        Self {
            client,
            url: twin.url.clone(),
            lent,
        }
    }

    /// The same with other connections.
    fn another(&self) -> Self {
        Self {
            client: Client::new(),
            ..self.clone()
        }
    }

    fn lent(&self, name: &str) -> String {
        self.lent[name][0].as_str().unwrap().to_owned()
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let path = path.replace("{p}", &self.lent("project_id"));
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = request.header("X-Auth-Token", self.lent("token"));
        let request = if body.is_null() {
            request
        } else {
            request
                .header("Content-Type", "application/json")
                .body(body.to_string())
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }
}

/// What clients come to that do the same at one time, each told which one it is.
async fn together<F, T>(first: &Asker, act: impl Fn(usize, Asker) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut all = JoinSet::new();
    for number in 0..N_CLIENTS {
        all.spawn(act(number, first.another()));
    }
    all.join_all().await
}

#[tokio::test]
async fn together_clients_attach_as_many_volumes_as_one_could() {
    let twin = Served::new(&["--clock", "manual"]);
    let first = Asker::new(&twin).await;
    let volumes: Vec<String> = first.lent["volumeId"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap().to_owned())
        .collect();
    let place = format!(
        "/v1/{{p}}/baremetalservers/{}",
        first.lent("empty_server_id")
    );
    let counts = together(&first, |number, asker| {
        let own: Vec<String> = volumes
            .iter()
            .skip(number)
            .step_by(N_CLIENTS)
            .cloned()
            .collect();
        let place = place.clone();
        async move {
            let (mut n_attached, mut most_seen) = (0, 0);
            for volume in own {
                let body = json!({ "volumeAttachment": { "volumeId": volume } });
                let path = format!("{place}/attachvolume");
                let (status, told) = asker.ask(Method::POST, &path, body).await;
                assert!(status == 200 || status == 202 || status == 400, "{told}");
                n_attached += usize::from(status != 400);
                let clock = json!({ "advance_seconds": 10 });
                asker.ask(Method::POST, "/-/clock", clock).await;
                let path = format!("{place}/os-volume_attachments");
                let (_, list) = asker.ask(Method::GET, &path, Value::Null).await;
                let n_seen = list["volumeAttachments"].as_array().unwrap().len();
                assert!(n_seen >= n_attached, "what was attached is seen");
                assert!(n_seen >= most_seen, "nothing was detached");
                most_seen = n_seen;
            }
            (n_attached, most_seen)
        }
    })
    .await;
    let n_attached: usize = counts.iter().map(|(n, _)| n).sum();
    let most_seen = counts.iter().map(|(_, most)| *most).max().unwrap();
    assert_eq!(n_attached, most_seen);
    assert!(n_attached < volumes.len(), "the limit was met");
    assert!([40, 60].contains(&n_attached), "{n_attached}");
}

#[tokio::test]
async fn what_one_client_writes_another_one_reads_and_never_less() {
    let twin = Served::new(&["--clock", "manual"]);
    let first = Asker::new(&twin).await;
    let place = format!("/v2.1/{{p}}/servers/{}/metadata", first.lent("server_id"));
    together(&first, |number, asker| {
        let place = place.clone();
        async move {
            let mut seen = 0;
            for n in 1..=40_u64 {
                if number == 0 {
                    let body = json!({ "meta": { "n": n.to_string() } });
                    let (status, _) = asker.ask(Method::PUT, &format!("{place}/n"), body).await;
                    assert_eq!(status, 200);
                }
                let own = format!("own-{number}");
                let body = json!({ "metadata": { own.clone(): n.to_string() } });
                let (_, merged) = asker.ask(Method::POST, &place, body).await;
                assert_eq!(merged["metadata"][&own], n.to_string());
                let (_, read) = asker.ask(Method::GET, &place, Value::Null).await;
                let text = |key: &str| read["metadata"][key].as_str().map(str::to_owned);
                assert_eq!(text(&own), Some(n.to_string()), "others leave it alone");
                let shared: u64 = text("n").map_or(0, |n| n.parse().unwrap());
                assert!(shared >= seen, "{shared} after {seen}");
                assert!(number != 0 || shared == n, "the writer reads what it wrote");
                seen = shared;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let twin = Served::new(&["--clock", "manual"]);
    let first = Asker::new(&twin).await;
    for name in ["green", "black", "white"] {
        let body = json!({ "keypair": { "name": name } });
        let statuses = together(&first, |_, asker| {
            let body = body.clone();
            async move {
                asker
                    .ask(Method::POST, "/v2.1/{p}/os-keypairs", body)
                    .await
                    .0
            }
        })
        .await;
        let n_made = statuses.iter().filter(|status| **status < 300).count();
        assert_eq!(n_made, 1, "{statuses:?}");
        assert!(
            statuses
                .iter()
                .all(|status| [200, 201, 409].contains(status)),
            "{statuses:?}"
        );
    }
}

#[tokio::test]
async fn http_2_is_served_to_those_who_know_it() {
    let twin = Served::new(&["--clock", "manual"]);
    let client = Client::builder().http2_prior_knowledge().build().unwrap();
    let lent = client
        .get(format!("{}/-/lent", twin.url))
        .send()
        .await
        .unwrap();
    let lent = serde_json::from_slice(&lent.bytes().await.unwrap()).unwrap();
    let asker = Asker {
        client: client.clone(),
        url: twin.url.clone(),
        lent,
    };
    let (status, list) = asker
        .ask(Method::GET, "/v2.1/{p}/servers?limit=1", Value::Null)
        .await;
    assert_eq!(status, 200);
    let next = list["servers_links"][0]["href"].as_str().unwrap();
    assert!(next.starts_with(&twin.url), "links name the host: {next}");
    let mut all = JoinSet::new();
    for _ in 0..50 {
        let asked = client.get(next).header("X-Auth-Token", asker.lent("token"));
        all.spawn(async move { asked.send().await.unwrap() });
    }
    for answer in all.join_all().await {
        assert_eq!(answer.version(), reqwest::Version::HTTP_2);
        assert_eq!(answer.status(), 200);
    }
}
