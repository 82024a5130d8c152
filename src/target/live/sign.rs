//! Signs a request with an access key: SDK-HMAC-SHA256, as the vendor's SDKs do. Pure; the time is given.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::wire::{Headers, Request};

/// The algorithm that a signature names.
const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An access key with its secret key.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The access key (AK).
    pub access: SecretString,
    /// The secret key (SK).
    pub secret: SecretString,
    /// What comes with temporary keys.
    pub security_token: Option<SecretString>,
}

/// Signs the request as it is: every header it has is signed. `date` is `YYYYMMDDTHHMMSSZ` in UTC.
pub fn sign(request: &mut Request, keys: &Keys, host: &str, date: &str) {
    if request.headers.get("X-Sdk-Date").is_none() {
        request.headers.set("X-Sdk-Date", date);
    }
    if request.headers.get("Host").is_none() {
        request.headers.set("Host", host);
    }
    if let Some(token) = &keys.security_token {
        request
            .headers
            .set("X-Security-Token", token.expose_secret());
    }
    if is_opaque(&request.headers) {
        request
            .headers
            .set("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");
    }
    let signed = signed_headers(&request.headers);
    let date = request.headers.get("X-Sdk-Date").unwrap_or(date);
    let to_sign = format!(
        "{ALGORITHM}\n{date}\n{}",
        hash(canonical(request, &signed).as_bytes())
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(keys.secret.expose_secret().as_bytes())
        .expect("HMAC takes keys of any length");
    mac.update(to_sign.as_bytes());
    let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
    let authorization = format!(
        "{ALGORITHM} Access={}, SignedHeaders={}, Signature={}",
        keys.access.expose_secret(),
        names.join(";"),
        hex(&mac.finalize().into_bytes())
    );
    request.headers.set("Authorization", authorization);
}

/// Whether the body is something that clients do not hash.
fn is_opaque(headers: &Headers) -> bool {
    let hashed = ["application/json", "application/bson"];
    headers.get("X-Sdk-Content-Sha256").is_none()
        && headers.get("Content-Type").is_some_and(|kind| {
            !hashed
                .iter()
                .any(|known| kind.to_ascii_lowercase().starts_with(known))
        })
}

/// Names in lower case with their values, sorted. Names with an underscore are left out.
fn signed_headers(headers: &Headers) -> Vec<(String, String)> {
    let lines = headers.0.iter().filter(|(name, _)| !name.contains('_'));
    let mut signed: Vec<(String, String)> = lines
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    signed.sort();
    signed
}

fn canonical(request: &Request, signed: &[(String, String)]) -> String {
    let mut text = format!(
        "{}\n{}\n{}\n",
        request.method,
        canonical_path(request.path()),
        canonical_query(request)
    );
    for (name, value) in signed {
        let _ = writeln!(text, "{name}:{value}");
    }
    let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
    let _ = write!(text, "\n{}\n{}", names.join(";"), payload_hash(request));
    text
}

/// Decoded once, each segment encoded anew, with a slash at the end.
fn canonical_path(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let segments: Vec<String> = decoded.split('/').map(encoded).collect();
    let mut path = segments.join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// Pairs sorted as decoded text.
fn canonical_query(request: &Request) -> String {
    let mut pairs: Vec<_> = request.query().collect();
    pairs.sort();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

fn payload_hash(request: &Request) -> String {
    match request.headers.get("X-Sdk-Content-Sha256") {
        Some(given) if !request.body.is_empty() => given.to_owned(),
        _ => hash(&request.body),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::Value;

    use super::*;
    use crate::wire::Method;

    fn keys(access: &str, secret: &str) -> Keys {
        Keys {
            access: access.into(),
            secret: secret.into(),
            security_token: None,
        }
    }

    fn signature(request: &Request) -> &str {
        let authorization = request.headers.get("Authorization").unwrap();
        authorization.rsplit_once("Signature=").unwrap().1
    }

    fn check(method: Method, target: &str, headers: &[(&'static str, &str)], body: &str) -> String {
        let mut request = Request::new(method, target);
        request.body = body.to_owned().into();
        for (name, value) in headers {
            request.headers.set(name, *value);
        }
        sign(
            &mut request,
            &keys("KETTLE", "whistle"),
            "kettle.test",
            "20310203T040506Z",
        );
        signature(&request).to_owned()
    }

    /// Computed apart from this code, from the description alone.
    #[test]
    fn own_vectors_hold() {
        for (method, target, headers, body, expected) in [
            (Method::Get, "/v1/kettles/k1", vec![], "", OWN_GET),
            (
                Method::Put,
                "/v1/kettles/k%201?b=2&a=%C3%A9",
                vec![("Content-Type", "application/json")],
                r#"{"kettle":{"name":"é"}}"#,
                OWN_PUT,
            ),
        ] {
            assert_eq!(check(method, target, &headers, body), expected, "{target}");
        }
    }

    const OWN_GET: &str = "c4d53a07d7cf1bf42ea55d8c7632cdd0a8e837d6c04ef40eb27a9d59a3149b3c";
    const OWN_PUT: &str = "d6b5636fd74ab579abb97377119babcf2e4bcdc9ff4284c72c5d4d24c2ce76b0";

    #[test]
    fn what_is_signed_matters_and_what_is_not_does_not() {
        let plain = check(Method::Get, "/v1/kettles", &[], "");
        assert_eq!(plain, check(Method::Get, "/v1/kettles/", &[], ""));
        assert_eq!(
            plain,
            check(Method::Get, "/v1/kettles", &[("X_Odd", "1")], "")
        );
        assert_ne!(plain, check(Method::Get, "/v1/kettles?limit=1", &[], ""));
        assert_ne!(plain, check(Method::Post, "/v1/kettles", &[], ""));
        assert_ne!(
            plain,
            check(Method::Get, "/v1/kettles", &[("X-Odd", "1")], "")
        );
    }

    #[test]
    fn a_body_of_another_type_is_not_hashed() {
        let text = [("Content-Type", "text/plain")];
        let one = check(Method::Post, "/v1/kettles", &text, "one");
        assert_eq!(one, check(Method::Post, "/v1/kettles", &text, "two"));
    }

    #[test]
    fn the_official_signer_agrees() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/signing/vectors.json"
        );
        #[expect(
            clippy::disallowed_methods,
            reason = "vectors that are not ours to keep"
        )]
        let Ok(text) = std::fs::read_to_string(path) else {
            tracing::info!("skipped: {path} is not there");
            return;
        };
        let file: Value = serde_json::from_str(&text).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let keys = keys(&text(&file["keys"]["ak"]), &text(&file["keys"]["sk"]));
        let vectors = file["vectors"].as_array().unwrap();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let given = &vector["given"];
            let method: Method = text(&given["method"]).parse().unwrap();
            let mut request = Request::new(method, text(&vector["sent"]["target"]));
            request.body = given["body"].as_str().unwrap_or_default().to_owned().into();
            for (name, value) in given["headers"].as_object().unwrap() {
                request
                    .headers
                    .0
                    .push((Cow::Owned(name.clone()), text(value)));
            }
            sign(
                &mut request,
                &keys,
                &text(&given["host"]),
                &text(&file["x_sdk_date"]),
            );
            assert_eq!(
                request.headers.get("Authorization"),
                vector["authorization"].as_str(),
                "{}",
                vector["name"]
            );
        }
    }
}
