//! Requests signed with an access key (SDK-HMAC-SHA256).
//!
//! Main entry: [`check`]. The caller decides who the access key belongs to, and what time it is.

use std::borrow::Cow;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

use crate::wire::Request;

/// The name of the algorithm, which the header starts with.
const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// How far the time of a signature may be from now.
const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Why a signature is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Doubt {
    #[error("the header Authorization cannot be read")]
    Unreadable,
    #[error("the headers host and x-sdk-date must be signed")]
    Unsigned,
    #[error("a signed header is not there")]
    NoHeader,
    #[error("the header X-Sdk-Date cannot be read")]
    NoDate,
    #[error("the header X-Sdk-Date is more than 15 minutes from now")]
    Stale,
    #[error("nobody has this access key")]
    Stranger,
    #[error("the signature is not that of the request")]
    Forged,
}

/// The header of a signed request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed<'r> {
    pub(super) access: &'r str,
    headers: &'r str,
    signature: &'r str,
}

impl<'r> Signed<'r> {
    /// Reads the header `Authorization`; None where the request carries none of this algorithm.
    pub(super) fn of(request: &'r Request) -> Option<Result<Self, Doubt>> {
        let value = request.headers.get("Authorization")?;
        let (algorithm, rest) = value.trim().split_once(' ')?;
        if algorithm != ALGORITHM {
            return None;
        }
        let mut found = [None; 3];
        for part in rest.split(',') {
            let Some((name, value)) = part.trim().split_once('=') else {
                return Some(Err(Doubt::Unreadable));
            };
            let names = ["Access", "SignedHeaders", "Signature"];
            if let Some(place) = names.iter().position(|known| *known == name) {
                found[place] = Some(value);
            }
        }
        let [Some(access), Some(headers), Some(signature)] = found else {
            return Some(Err(Doubt::Unreadable));
        };
        Some(Ok(Self {
            access,
            headers,
            signature,
        }))
    }
}

/// Whether the owner of `secret` signed this request, not long before or after `now`.
pub(super) fn check(
    request: &Request,
    signed: Signed<'_>,
    secret: &str,
    now: Timestamp,
) -> Result<(), Doubt> {
    let names: Vec<&str> = signed.headers.split(';').collect();
    if !(names.contains(&"host") && names.contains(&"x-sdk-date")) {
        return Err(Doubt::Unsigned);
    }
    let date = request.headers.get("X-Sdk-Date").ok_or(Doubt::NoDate)?;
    let date = date.trim();
    if now.duration_since(moment(date).ok_or(Doubt::NoDate)?).abs() > FRESH {
        return Err(Doubt::Stale);
    }
    let given = unhex(signed.signature).ok_or(Doubt::Unreadable)?;
    // The client sorts numbers in a list as numbers, so the query as sent may be the signed one.
    let raw = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    for query in [Cow::Owned(sorted_query(request)), Cow::Borrowed(raw)] {
        let canonical = canonical(request, &names, signed.headers, &query)?;
        let to_sign = format!("{ALGORITHM}\n{date}\n{}", hex(&Sha256::digest(canonical)));
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length will do");
        mac.update(to_sign.as_bytes());
        if mac.verify_slice(&given).is_ok() {
            return Ok(());
        }
    }
    Err(Doubt::Forged)
}

/// `20240229T235959Z`
fn moment(text: &str) -> Option<Timestamp> {
    let time = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

fn canonical(
    request: &Request,
    names: &[&str],
    signed: &str,
    query: &str,
) -> Result<String, Doubt> {
    let mut text = format!("{}\n{}\n{query}\n", request.method, uri(request.path()));
    for name in names {
        let value = request.headers.get(name).ok_or(Doubt::NoHeader)?;
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name}:{}", value.trim());
    }
    let _ = write!(text, "\n{signed}\n{}", payload(request));
    Ok(text)
}

/// The path, decoded once and encoded again, with a slash at its end.
fn uri(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let segments = decoded.split('/').map(encoded).collect::<Vec<_>>();
    let mut uri = segments.join("/");
    if !uri.ends_with('/') {
        uri.push('/');
    }
    uri
}

fn sorted_query(request: &Request) -> String {
    let mut pairs: Vec<_> = request.query().collect();
    pairs.sort();
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The hash of the body, or what the client says that it is. Of an empty body it is always that of
/// nothing.
fn payload(request: &Request) -> String {
    let told = request.headers.get("X-Sdk-Content-Sha256");
    match told.filter(|_| !request.body.is_empty()) {
        Some(told) => told.trim().to_owned(),
        None => hex(&Sha256::digest(&request.body)),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    let bytes = pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok());
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Method;

    const SECRET: &str = "a secret of the kitchen";

    fn now() -> Timestamp {
        moment("20310204T120000Z").unwrap()
    }

    /// A request that the owner of the secret signed with the same steps.
    fn signed_request(target: &str, date: &str) -> Request {
        let mut request = Request::new(Method::Post, target);
        request.body = r#"{"kettle":"on"}"#.into();
        for (name, value) in [("Host", "kitchen:80"), ("X-Sdk-Date", date)] {
            request.headers.set(name, value);
        }
        sign(&mut request, "host;x-sdk-date");
        request
    }

    fn sign(request: &mut Request, headers: &str) {
        let names: Vec<&str> = headers.split(';').collect();
        let canonical = canonical(request, &names, headers, &sorted_query(request)).unwrap();
        let date = request.headers.get("X-Sdk-Date").unwrap();
        let text = format!("{ALGORITHM}\n{date}\n{}", hex(&Sha256::digest(canonical)));
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let value =
            format!("{ALGORITHM} Access=AK, SignedHeaders={headers}, Signature={signature}");
        request.headers.set("Authorization", value);
    }

    fn judge(request: &Request) -> Result<(), Doubt> {
        check(request, Signed::of(request).unwrap()?, SECRET, now())
    }

    #[test]
    fn what_was_signed_is_believed_and_what_was_changed_is_not() {
        let request = signed_request("/v1/k%C3%A4ttle?b=2&a=1", "20310204T115959Z");
        assert_eq!(judge(&request), Ok(()));
        let change = |change: &dyn Fn(&mut Request)| {
            let mut request = request.clone();
            change(&mut request);
            judge(&request)
        };
        let forged = Err(Doubt::Forged);
        assert_eq!(change(&|r| r.target = "/v1/kettle?b=2&a=1".into()), forged);
        assert_eq!(change(&|r| r.target.push_str("&c=3")), forged);
        assert_eq!(change(&|r| r.method = Method::Put), forged);
        assert_eq!(change(&|r| r.body = "{}".into()), forged);
        assert_eq!(change(&|r| r.headers.set("Host", "cellar:80")), forged);
        assert_eq!(change(&|r| r.headers.remove("Host")), Err(Doubt::NoHeader));
        assert_eq!(
            change(&|r| r.headers.set("X-Sdk-Date", "yesterday")),
            Err(Doubt::NoDate)
        );
    }

    #[test]
    fn a_signature_is_good_for_fifteen_minutes_both_ways() {
        for (date, expected) in [
            ("20310204T114500Z", Ok(())),
            ("20310204T114459Z", Err(Doubt::Stale)),
            ("20310204T121500Z", Ok(())),
            ("20310204T121501Z", Err(Doubt::Stale)),
        ] {
            assert_eq!(
                judge(&signed_request("/v1/kettles", date)),
                expected,
                "{date}"
            );
        }
    }

    #[test]
    fn host_and_date_must_be_signed() {
        let mut request = signed_request("/v1/kettles", "20310204T120000Z");
        sign(&mut request, "x-sdk-date");
        assert_eq!(judge(&request), Err(Doubt::Unsigned));
        request
            .headers
            .set("Authorization", format!("{ALGORITHM} Access=AK"));
        assert_eq!(judge(&request), Err(Doubt::Unreadable));
        request.headers.set("Authorization", "Basic AAAA");
        assert!(Signed::of(&request).is_none());
    }
}
