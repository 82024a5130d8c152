//! Who asks: puts real credentials in the place that a request keeps for them.
//!
//! Until here a request holds [`OWN_TOKEN`]; what is sent from here reaches no log and no report.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::secret::Secrets;
use super::sign::{Keys, sign};
use crate::wire::{Method, OWN_TOKEN, Request, Response};

/// The header that holds a token.
pub(super) const TOKEN: &str = "X-Auth-Token";

/// A token is renewed so long before it expires.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// How requests are authenticated.
#[derive(Clone, Debug)]
pub enum Auth {
    /// Not at all.
    None,
    /// With this token, for as long as it lasts.
    Token(SecretString),
    /// With tokens that the identity service issues for a password.
    Password(Password),
    /// By signing each request.
    Keys(Keys),
}

/// What the identity service needs to issue a token.
#[derive(Clone, Debug)]
pub struct Password {
    /// The user's name.
    pub user: String,
    /// The domain that the user belongs to.
    pub domain: String,
    /// The password.
    pub password: SecretString,
    /// The project that the token is for.
    pub project: Project,
}

/// A project, by what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Project {
    /// Its id.
    Id(String),
    /// Its name.
    Name(String),
    /// Whatever the identity service chooses.
    Unknown,
}

/// A token that was issued.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    pub(super) token: SecretString,
    expires: Option<Timestamp>,
    pub(super) project_id: Option<String>,
}

/// Why the identity service issued no token. Never says the password.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// It answered something else.
    #[error("the identity service answered {status} instead of 201 with a token{}", said(words.as_deref()))]
    Refused {
        /// The status.
        status: u16,
        /// What it says, without secrets.
        words: Option<String>,
    },
    /// It did not answer.
    #[error("ask the identity service for a token")]
    NoAnswer(#[source] crate::wire::SendFailure),
    /// The project is known by name, but only a password can look up its id.
    #[error("the project is known by name only; give `project_id`, or a password, which brings it")]
    ProjectByName,
}

fn said(words: Option<&str>) -> String {
    words.map_or(String::new(), |words| format!(": {words}"))
}

impl Password {
    /// The request for a token.
    pub(super) fn request(&self) -> Request {
        let domain = json!({ "name": self.domain });
        let user = json!({
            "name": self.user,
            "password": self.password.expose_secret(),
            "domain": domain,
        });
        let identity = json!({ "methods": ["password"], "password": { "user": user } });
        let mut auth = json!({ "identity": identity });
        match &self.project {
            Project::Id(id) => auth["scope"] = json!({ "project": { "id": id } }),
            Project::Name(name) => {
                auth["scope"] = json!({ "project": { "name": name, "domain": domain } });
            }
            Project::Unknown => {}
        }
        let mut request = Request::new(Method::Post, "/v3/auth/tokens");
        request.headers.set("Content-Type", "application/json");
        request.body = json!({ "auth": auth }).to_string().into();
        request
    }
}

impl Issued {
    /// A token that nobody renews.
    pub(super) fn for_ever(token: SecretString) -> Self {
        Self {
            token,
            expires: None,
            project_id: None,
        }
    }

    /// The token in the identity service's answer; what else it says must hold none of these.
    pub(super) fn read(answer: &Response, secrets: &Secrets) -> Result<Self, IssueError> {
        let token = answer
            .headers
            .get("X-Subject-Token")
            .filter(|token| !token.is_empty());
        let (Some(token), 200 | 201) = (token, answer.status) else {
            return Err(IssueError::Refused {
                status: answer.status,
                words: answer.words().map(|words| secrets.removed(&words)),
            });
        };
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let told = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
        Ok(Self {
            token: token.into(),
            expires: told("/token/expires_at").and_then(|time| time.parse().ok()),
            project_id: told("/token/project/id").map(str::to_owned),
        })
    }

    /// Whether it is time for another one.
    pub(super) fn is_stale(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| now + MARGIN >= end)
    }
}

/// The request with real credentials instead of their place; unchanged where it keeps none.
pub(super) fn dressed(
    request: &Request,
    auth: &Auth,
    issued: Option<&Issued>,
    service: &Service<'_>,
    now: Timestamp,
) -> Request {
    let mut request = request.clone();
    if request.headers.get(TOKEN) != Some(OWN_TOKEN) {
        return request;
    }
    request.headers.remove(TOKEN);
    let token = match auth {
        Auth::Token(token) => Some(token),
        // Without any of its own, what a Twin lends.
        Auth::None | Auth::Password(_) => issued.map(|issued| &issued.token),
        Auth::Keys(keys) => {
            if let Some(project) = service.project_id {
                request.headers.set("X-Project-Id", project);
            }
            // A path before all others is part of what is signed.
            let target = format!("{}{}", service.prefix, request.target);
            let own = std::mem::replace(&mut request.target, target);
            let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
            sign(&mut request, keys, service.host, &date);
            request.target = own;
            None
        }
    };
    if let Some(token) = token {
        request.headers.set(TOKEN, token.expose_secret());
    }
    request
}

/// What a signature needs to know of where a request goes.
pub(super) struct Service<'s> {
    pub(super) host: &'s str,
    pub(super) prefix: &'s str,
    pub(super) project_id: Option<&'s str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Headers;

    const SERVICE: Service<'static> = Service {
        host: "kettle.test",
        prefix: "/api",
        project_id: Some("p1"),
    };

    fn asked() -> Request {
        let mut request = Request::new(Method::Get, "/v1/kettles");
        request.headers.set(TOKEN, OWN_TOKEN);
        request
    }

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn issued(expires: &str) -> Issued {
        let mut headers = Headers::default();
        headers.set("X-Subject-Token", "a-long-token");
        let body = json!({"token": {"expires_at": expires, "project": {"id": "p9"}}});
        let body = body.to_string().into();
        let answer = Response {
            status: 201,
            headers,
            body,
        };
        Issued::read(&answer, &Secrets::default()).unwrap()
    }

    #[test]
    fn a_token_takes_its_place() {
        let now = time("2031-02-03T04:05:06Z");
        let auth = Auth::Token("a-long-token".into());
        let sent = dressed(&asked(), &auth, None, &SERVICE, now);
        assert_eq!(sent.headers.get(TOKEN), Some("a-long-token"));
        let mut stranger = asked();
        stranger.headers.set(TOKEN, "somebody else's");
        assert_eq!(dressed(&stranger, &auth, None, &SERVICE, now), stranger);
        let nobody = dressed(&asked(), &Auth::None, None, &SERVICE, now);
        assert_eq!(nobody.headers.get(TOKEN), None);
    }

    #[test]
    fn keys_sign_what_is_really_asked() {
        let keys = Keys {
            access: "KETTLE".into(),
            secret: "whistle".into(),
            security_token: None,
        };
        let now = time("2031-02-03T04:05:06Z");
        let sent = dressed(&asked(), &Auth::Keys(keys.clone()), None, &SERVICE, now);
        let mut whole = Request::new(Method::Get, "/api/v1/kettles");
        whole.headers.set("X-Project-Id", "p1");
        sign(&mut whole, &keys, "kettle.test", "20310203T040506Z");
        assert_eq!(sent.headers, whole.headers);
        assert_eq!(sent.target, "/v1/kettles");
    }

    #[test]
    fn an_issued_token_is_renewed_before_it_expires() {
        let issued = issued("2031-02-03T05:00:00.000000Z");
        assert_eq!(issued.project_id.as_deref(), Some("p9"));
        assert!(!issued.is_stale(time("2031-02-03T04:54:59Z")));
        assert!(issued.is_stale(time("2031-02-03T04:55:00Z")));
    }

    #[test]
    fn a_password_is_asked_about_in_the_documented_way() {
        let password = Password {
            user: "keeper".to_owned(),
            domain: "coast".to_owned(),
            password: "a-long-password".into(),
            project: Project::Name("harbour".to_owned()),
        };
        assert!(!format!("{password:?}").contains("a-long-password"));
        let body: Value = serde_json::from_slice(&password.request().body).unwrap();
        assert_eq!(
            body.pointer("/auth/identity/password/user/password"),
            Some(&json!("a-long-password"))
        );
        assert_eq!(
            body.pointer("/auth/scope/project"),
            Some(&json!({"name": "harbour", "domain": {"name": "coast"}}))
        );
    }
}
