//! The identity service: tokens for passwords, and projects.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::micros;
use super::super::fault::Fault;
use super::super::world::{Caller, Project, Role, TOKEN_LIVES, User, World};
use super::values::{items, word};

/// Shows the version of the identity service.
pub(super) fn version(_: &mut World, call: &Call<'_>) -> Outcome {
    Ok(json!({ "version": {
        "id": "v3.6", "status": "stable", "updated": "2016-04-04T00:00:00Z",
        "links": [{ "rel": "self", "href": format!("{}/v3/", call.base) }],
        "media-types": [{ "base": "application/json", "type": "application/vnd.openstack.identity-v3+json" }],
    } })
    .into())
}

/// Gives a token for a password. It stands in a header, and what it is good for in the body.
pub(super) fn create_token(world: &mut World, call: &Call<'_>) -> Outcome {
    let auth = &call.body["auth"];
    let identity = &auth["identity"];
    let by_password = items(&identity["methods"])
        .iter()
        .any(|method| method == "password");
    if !by_password {
        return Err(Fault::invalid("auth.identity.methods must have `password`"));
    }
    let user = user(world, &identity["password"]["user"])?.clone();
    let project = scope(world, &user, &auth["scope"])?;
    let caller = Caller {
        project,
        ..user.at_home()
    };
    let until = world.now().checked_add(TOKEN_LIVES).unwrap_or(world.now());
    let token = world.fresh("token").replace('-', "");
    Arc::make_mut(&mut world.people).admit(&token, caller.clone(), until);
    Ok(Answer::from(told(world, call, &caller, &token)).with_header("X-Subject-Token", token))
}

/// Shows a token: the one that a header names.
pub(super) fn show_token(world: &mut World, call: &Call<'_>) -> Outcome {
    let token = call.subject.clone().unwrap_or_default();
    let caller = world.people.by_token(&token, call.now).cloned();
    let caller = caller.ok_or_else(|| Fault::missing("the token", "in X-Subject-Token"))?;
    Ok(Answer::from(told(world, call, &caller, &token)).with_header("X-Subject-Token", token))
}

fn user<'w>(world: &'w World, asked: &Value) -> Result<&'w User, Fault> {
    let (name, id) = (asked["name"].as_str(), asked["id"].as_str());
    let named = |user: &&User| Some(user.name.as_str()) == name || Some(user.id.as_str()) == id;
    let found = world.people.users.iter().find(named);
    found
        .filter(|user| user.password == word(&asked["password"]))
        .ok_or_else(|| Fault::unauthenticated("the user or the password is wrong"))
}

/// The project that a token is wanted for: the user's own, by name, by id or by default.
fn scope(world: &World, user: &User, asked: &Value) -> Result<String, Fault> {
    let (name, id) = (&asked["project"]["name"], &asked["project"]["id"]);
    let own = world.people.project(&user.project);
    let fits = |project: &&Project| {
        (name.is_null() || *name == project.name) && (id.is_null() || *id == project.id)
    };
    own.filter(fits)
        .map(|project| project.id.clone())
        .ok_or_else(|| Fault::unauthenticated("the user has no such project"))
}

fn told(world: &World, call: &Call<'_>, caller: &Caller, token: &str) -> Value {
    let people = &world.people;
    let domain = people.domain.as_ref();
    let domain = domain.map(|domain| json!({ "id": domain.id, "name": domain.name }));
    let project = people.project(&caller.project);
    let user = people.users.iter().find(|user| user.id == caller.user);
    let until = people.until(token).unwrap_or(call.now);
    let role = match caller.role {
        Role::Admin => "te_admin",
        Role::Reader => "readonly",
    };
    json!({ "token": {
        "methods": ["password"], "issued_at": format!("{}Z", micros(call.now)),
        "expires_at": format!("{}Z", micros(until)),
        "project": { "id": caller.project, "name": project.map(|project| &project.name), "domain": domain },
        "user": { "id": caller.user, "name": user.map(|user| &user.name), "domain": domain },
        "roles": [{ "id": world.id(role).replace('-', ""), "name": role }],
        "catalog": catalog(world, call, &caller.project),
    } })
}

fn catalog(world: &World, call: &Call<'_>, project: &str) -> Value {
    let services = [
        ("compute", "nova", format!("v2.1/{project}")),
        ("ecs", "ecs", format!("v1/{project}")),
        ("bms", "bms", format!("v1/{project}")),
        ("identity", "iam", "v3".to_owned()),
    ];
    let services = services.iter().map(|(kind, name, path)| {
        let id = |what: &str| world.id(&format!("{what} {kind}")).replace('-', "");
        json!({
            "id": id("service"), "type": kind, "name": name,
            "endpoints": [{
                "id": id("endpoint"), "interface": "public", "region": "twin-1", "region_id": "twin-1",
                "url": format!("{}/{path}", call.base),
            }],
        })
    });
    services.collect()
}

/// Lists the caller's projects.
pub(super) fn projects(world: &mut World, call: &Call<'_>) -> Outcome {
    let domain = world.people.domain.as_ref().map(|domain| &domain.id);
    let own = world.people.project(call.project()).into_iter();
    let own = own.filter(|project| call.asked("name").is_none_or(|name| name == project.name));
    let projects = own.map(|project| {
        json!({
            "id": project.id, "name": project.name, "enabled": true, "is_domain": false, "description": "",
            "domain_id": domain, "parent_id": domain,
            "links": { "self": format!("{}/v3/projects/{}", call.base, project.id) },
        })
    });
    let links =
        json!({ "self": format!("{}/v3/projects", call.base), "next": null, "previous": null });
    Ok(json!({ "projects": projects.collect::<Vec<_>>(), "links": links }).into())
}
