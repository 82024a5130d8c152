//! What the address of a server may be.

use super::ConnectError;

/// Whether a text is the URL of an endpoint.
pub(super) fn fits(text: &str) -> Result<(), ConnectError> {
    let url = reqwest::Url::parse(text).ok();
    if let Some(url) = &url
        && !(url.username().is_empty() && url.password().is_none())
    {
        let host = url.host_str().unwrap_or_default();
        return Err(ConnectError::Credentials(host.to_owned()));
    }
    let is_http = |url: &reqwest::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    match url.as_ref().is_some_and(is_http) {
        true => Ok(()),
        false => Err(ConnectError::NotAUrl(text.to_owned())),
    }
}
