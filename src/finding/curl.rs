//! One command that repeats a request, safe to paste into a shell.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::wire::{OWN_TOKEN, Request};

/// The `curl` that sends `request` to `endpoint`. The target's own token is taken from the
/// environment variable that [`OWN_TOKEN`] names.
pub fn curl(endpoint: &str, request: &Request) -> String {
    let url = quoted(&format!(
        "{}{}",
        endpoint.trim_end_matches('/'),
        request.target
    ));
    let mut command = format!("curl -sS -i -X {} {url}", request.method);
    for (name, value) in &request.headers.0 {
        // Writing to a String cannot fail.
        let _ = if value == OWN_TOKEN {
            write!(
                command,
                " -H {}\"{OWN_TOKEN}\"",
                quoted(&format!("{name}: "))
            )
        } else {
            write!(command, " -H {}", quoted(&format!("{name}: {value}")))
        };
    }
    match std::str::from_utf8(&request.body) {
        Ok("") => command,
        Ok(text) if !text.contains('\0') => format!("{command} --data-raw {}", quoted(text)),
        _ => {
            let encoded = STANDARD.encode(&request.body);
            format!(
                "printf %s {} | base64 -d | {command} --data-binary @-",
                quoted(&encoded)
            )
        }
    }
}

/// Text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Method;

    fn check(body: &[u8], expected: &str) {
        let mut request = Request::new(Method::Put, "/v1/kettles/1?x=a%20b");
        request.headers.set("X-Auth-Token", OWN_TOKEN);
        request.body = body.to_vec().into();
        assert_eq!(curl("http://localhost:1/", &request), expected);
    }

    #[test]
    fn quotes_what_a_shell_would_read() {
        check(
            br#"{"name":"it's $HOME"}"#,
            r#"curl -sS -i -X PUT 'http://localhost:1/v1/kettles/1?x=a%20b' -H 'X-Auth-Token: '"$PROOFHOUSE_TOKEN" --data-raw '{"name":"it'\''s $HOME"}'"#,
        );
    }

    #[test]
    fn sends_bytes_that_no_shell_word_can_hold() {
        check(
            &[0xff, 0],
            r#"printf %s '/wA=' | base64 -d | curl -sS -i -X PUT 'http://localhost:1/v1/kettles/1?x=a%20b' -H 'X-Auth-Token: '"$PROOFHOUSE_TOKEN" --data-binary @-"#,
        );
    }
}
