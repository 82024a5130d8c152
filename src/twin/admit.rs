//! Who asks, and whether that is allowed: tokens, signatures, projects, permissions.

use jiff::Timestamp;

use super::fault::Fault;
use super::signature::{Doubt, Signed, check};
use super::world::{Caller, Role, World};
use crate::contract::Operation;
use crate::wire::Request;

/// What the Twin asks of its callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether callers must say who they are. Without, everybody is the first user.
    pub authentication: bool,
    /// Whether the documented permissions count: users with the role `reader` change nothing.
    pub permissions: bool,
    /// Whether the documented rate limits count.
    pub rate_limits: bool,
}

impl Default for Rules {
    /// Callers must say who they are; nothing else.
    fn default() -> Self {
        Self {
            authentication: true,
            permissions: false,
            rate_limits: false,
        }
    }
}

/// Who sent the request. `wall` is the time by which signatures are dated.
pub(super) fn caller(
    world: &World,
    rules: Rules,
    request: &Request,
    wall: Timestamp,
) -> Result<Caller, Fault> {
    if let Some(token) = request.headers.get("X-Auth-Token") {
        let known = world.people.by_token(token, world.now());
        if let Some(caller) = known {
            return Ok(caller.clone());
        }
        if rules.authentication {
            return Err(Fault::unauthenticated("the token is not valid"));
        }
    } else if let Some(signed) = Signed::of(request) {
        match by_signature(world, request, signed, wall) {
            Ok(caller) => return Ok(caller),
            Err(doubt) if rules.authentication => {
                return Err(Fault::unauthenticated(doubt.to_string()));
            }
            Err(_) => {}
        }
    }
    if rules.authentication {
        return Err(Fault::unauthenticated("a token or a signature is needed"));
    }
    Ok(anybody(world))
}

/// Who the Twin takes a caller for who does not say who they are.
pub(super) fn anybody(world: &World) -> Caller {
    match world.people.users.first() {
        Some(user) => user.at_home(),
        None => Caller {
            user: String::new(),
            project: String::new(),
            role: Role::Admin,
        },
    }
}

fn by_signature(
    world: &World,
    request: &Request,
    signed: Result<Signed<'_>, Doubt>,
    wall: Timestamp,
) -> Result<Caller, Doubt> {
    let signed = signed?;
    let user = world.people.by_access(signed.access);
    let user = user.ok_or(Doubt::Stranger)?;
    check(request, signed, &user.secret, wall)?;
    Ok(user.at_home())
}

/// Keeps projects apart. Without authentication, whoever asks is at home in the project asked for.
pub(super) fn keep_apart(
    rules: Rules,
    caller: &mut Caller,
    asked: Option<&str>,
) -> Result<(), Fault> {
    match asked {
        Some(asked) if !rules.authentication => {
            asked.clone_into(&mut caller.project);
            Ok(())
        }
        Some(asked) if asked != caller.project => Err(Fault::forbidden()),
        Some(_) | None => Ok(()),
    }
}

/// Whether the caller's role has the permission that the document asks for.
pub(super) fn permit(rules: Rules, caller: &Caller, operation: &Operation) -> Result<(), Fault> {
    let changes = !operation.method.is_safe();
    if rules.permissions && changes && caller.role == Role::Reader {
        let actions = operation.permissions.iter().map(|p| p.action.as_str());
        let actions: Vec<&str> = actions.collect();
        let needed = if actions.is_empty() {
            "changing anything".to_owned()
        } else {
            actions.join(" or ")
        };
        return Err(Fault::not_allowed().saying(format!("the user's role does not allow {needed}")));
    }
    Ok(())
}
