//! What is secret, and what stands in its place.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::wire::Headers;

/// What stands before the SHA-256 of a secret.
const MARK: &str = "sha256:";

/// A secret's SHA-256. One that stands for a secret already stays.
pub(super) fn fingerprint(secret: &str) -> String {
    if secret.starts_with(MARK) {
        return secret.to_owned();
    }
    let digest = Sha256::digest(secret.as_bytes()).into_iter();
    let hex: String = digest.map(|byte| format!("{byte:02x}")).collect();
    format!("{MARK}{hex}")
}

/// The one of some secrets that a fingerprint stands for.
pub(super) fn known<'s>(told: &str, secrets: impl IntoIterator<Item = &'s str>) -> Option<&'s str> {
    let mut secrets = secrets.into_iter();
    told.starts_with(MARK)
        .then(|| secrets.find(|secret| fingerprint(secret) == told))?
}

/// Header lines without tokens and signatures.
pub(super) fn headers(headers: &Headers) -> Vec<(String, String)> {
    let lines = headers.0.iter().map(|(name, value)| {
        let value = match name.to_ascii_lowercase().as_str() {
            "x-auth-token" | "x-subject-token" | "x-security-token" | "cookie" => {
                fingerprint(value)
            }
            "authorization" => unsigned(value),
            _ => value.clone(),
        };
        (name.to_string(), value)
    });
    lines.collect()
}

/// A signed header without its signature; one of any other kind is all secret.
fn unsigned(value: &str) -> String {
    match value.split_once("Signature=") {
        Some((before, signature)) => {
            let hex = |c: char| if c.is_ascii_hexdigit() { '0' } else { c };
            let zeros: String = signature.chars().map(hex).collect();
            format!("{before}Signature={zeros}")
        }
        None => fingerprint(value),
    }
}

/// A body without secrets. What is no JSON and may hold one is not kept.
pub(super) fn text(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if !SECRETS.iter().any(|word| lower.contains(word)) {
        return text.to_owned();
    }
    match serde_json::from_str::<Value>(text) {
        Ok(mut body) => {
            if hide(&mut body, false) {
                body.to_string()
            } else {
                text.to_owned()
            }
        }
        Err(_) => "what is no JSON and may hold a secret".to_owned(),
    }
}

/// Words in the names of members whose texts are secret.
const SECRETS: [&str; 4] = ["pass", "secret", "private_key", "user_data"];

/// Hides all secrets in a value; true where there was one. By the ones in `auth` somebody logs in.
fn hide(value: &mut Value, is_login: bool) -> bool {
    match value {
        Value::Object(members) => {
            let mut found = false;
            for (name, member) in members {
                let lower = name.to_ascii_lowercase();
                let is_login = is_login || lower == "auth";
                found |= match member {
                    Value::String(secret) if SECRETS.iter().any(|word| lower.contains(word)) => {
                        *secret = hidden(secret, is_login, lower.contains("user_data"));
                        true
                    }
                    member => hide(member, is_login),
                };
            }
            found
        }
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |found, item| hide(item, is_login) | found),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// What stands for a secret: a fingerprint, or a text of the same length and classes.
fn hidden(secret: &str, is_login: bool, is_base64: bool) -> String {
    if is_login {
        return fingerprint(secret);
    }
    let class = |c: char| match c {
        '=' | '\n' => c,
        _ if is_base64 => 'A',
        'A'..='Z' => 'A',
        'a'..='z' => 'a',
        '0'..='9' => '0',
        c => c,
    };
    secret.chars().map(class).collect()
}

/// The body of a login with the password that its fingerprint stands for, where it is one of these.
pub(super) fn with_passwords<'s>(
    body: Vec<u8>,
    passwords: impl Iterator<Item = &'s str> + Clone,
) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&body) else {
        return body;
    };
    let mut told = text.to_owned();
    for password in passwords {
        let quoted = Value::from(fingerprint(password)).to_string();
        if told.contains(&quoted) {
            told = told.replace(&quoted, &Value::from(password).to_string());
        }
    }
    told.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &str) {
        assert_eq!(text(body), expected);
    }

    #[test]
    fn secrets_in_bodies_are_hidden_and_keep_their_shape() {
        check(r#"{ "tea": "green" }"#, r#"{ "tea": "green" }"#);
        check(
            r#"{"server":{"adminPass":"Kett1e-ß","user_data":"dGVhCg=="}}"#,
            r#"{"server":{"adminPass":"Aaaa0a-ß","user_data":"AAAAAA=="}}"#,
        );
        check(
            r#"{"metadata":{"admin_pass":"Tea"},"names":["pass"]}"#,
            r#"{"metadata":{"admin_pass":"Aaa"},"names":["pass"]}"#,
        );
        check("{ password: tea }", "what is no JSON and may hold a secret");
    }

    #[test]
    fn a_login_is_told_by_its_fingerprint_and_known_by_it() {
        let login = r#"{"auth":{"user":{"password":"tea"}}}"#;
        let told = text(login);
        assert!(!told.contains("tea"), "{told}");
        assert_eq!(text(&told), told, "a fingerprint stands for itself");
        let again = with_passwords(told.clone().into_bytes(), ["tea", "milk"].into_iter());
        assert_eq!(String::from_utf8(again).as_deref(), Ok(login));
        let others = with_passwords(told.clone().into_bytes(), ["milk"].into_iter());
        assert_eq!(others, told.into_bytes());
    }

    #[test]
    fn signatures_are_zeros_and_other_credentials_gone() {
        assert_eq!(
            unsigned("SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=09af"),
            "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=0000"
        );
        assert!(unsigned("Basic dGVh").starts_with(MARK));
    }
}
