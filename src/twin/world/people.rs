//! Who may ask: projects, users, tokens, access keys.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// How long a token that was asked for is good.
pub(in crate::twin) const TOKEN_LIVES: SignedDuration = SignedDuration::from_hours(24);
/// Tokens beyond this many forget the one that ends first.
const MOST_TOKENS: usize = 10_000;

/// A project, which owns things.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Project {
    pub(in crate::twin) id: String,
    pub(in crate::twin) name: String,
}

/// Somebody with a password and an access key, at home in one project.
#[derive(Clone, Debug)]
pub(in crate::twin) struct User {
    pub(in crate::twin) id: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) password: String,
    pub(in crate::twin) access: String,
    pub(in crate::twin) secret: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) role: Role,
}

/// What a user may do when permissions are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::twin) enum Role {
    /// Everything.
    Admin,
    /// What changes nothing.
    Reader,
}

/// Who asks: a user, on behalf of a project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::twin) struct Caller {
    pub(in crate::twin) user: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) role: Role,
}

/// Everybody.
#[derive(Clone, Debug, Default)]
pub(in crate::twin) struct People {
    pub(in crate::twin) domain: Option<Project>,
    pub(in crate::twin) projects: Vec<Project>,
    pub(in crate::twin) users: Vec<User>,
    tokens: BTreeMap<String, (Caller, Timestamp)>,
}

impl People {
    /// Whose token it is, if it is still good.
    pub(in crate::twin) fn by_token(&self, token: &str, now: Timestamp) -> Option<&Caller> {
        let (caller, until) = self.tokens.get(token)?;
        (now < *until).then_some(caller)
    }

    /// All tokens, good ones and those that ended.
    pub(in crate::twin) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.keys().map(String::as_str)
    }

    /// The token that a user has from the start.
    pub(in crate::twin) fn token_of(&self, user: &str) -> Option<&str> {
        let mut tokens = self.tokens.iter();
        let own =
            tokens.find(|(_, (caller, until))| caller.user == user && *until == Timestamp::MAX);
        own.map(|(token, _)| token.as_str())
    }

    /// Until when a token is good.
    pub(in crate::twin) fn until(&self, token: &str) -> Option<Timestamp> {
        self.tokens.get(token).map(|(_, until)| *until)
    }

    /// Gives the first user another access key.
    pub(in crate::twin) fn lend_key(&mut self, access: &str, secret: &str) {
        if let Some(user) = self.users.first().cloned() {
            self.users.push(User {
                access: access.to_owned(),
                secret: secret.to_owned(),
                ..user
            });
        }
    }

    pub(in crate::twin) fn by_access(&self, access: &str) -> Option<&User> {
        self.users.iter().find(|user| user.access == access)
    }

    pub(in crate::twin) fn project(&self, id: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// Makes a token good until a time.
    pub(in crate::twin) fn admit(&mut self, token: &str, caller: Caller, until: Timestamp) {
        self.tokens.insert(token.to_owned(), (caller, until));
        if self.tokens.len() > MOST_TOKENS {
            let ends_first = self.tokens.iter().min_by_key(|(_, (_, until))| *until);
            if let Some(token) = ends_first.map(|(token, _)| token.clone()) {
                self.tokens.remove(&token);
            }
        }
    }
}

impl User {
    /// The user, at home.
    pub(in crate::twin) fn at_home(&self) -> Caller {
        Caller {
            user: self.id.clone(),
            project: self.project.clone(),
            role: self.role,
        }
    }
}
