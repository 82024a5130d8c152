//! Security groups with their rules, and server groups.

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::fault::Fault;
use super::super::world::{Rule, SecurityGroup, Server, ServerGroup, World};
use super::pattern::{Thing, find, find_mut, kept, visible};
use super::quotas::{
    MOST_MEMBERS, MOST_RULES, MOST_SECURITY_GROUPS, MOST_SERVER_GROUPS, room, room_beside,
};
use super::values::{items, word};

impl Thing for SecurityGroup {
    const ONE: &'static str = "security_group";
    const MANY: &'static str = "security_groups";
    const PATH: &'static str = "os-security-groups";
    const LISTED_WHOLE: bool = true;

    kept!(security_groups, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, world: &World, _: &Call<'_>) -> Value {
        let rules = self.rules.iter().map(|rule| told(world, self, rule));
        json!({
            "id": self.id, "name": self.name, "description": self.description, "tenant_id": self.project,
            "rules": rules.collect::<Vec<_>>(),
        })
    }

    fn may_go(&self, world: &World, _: &Call<'_>) -> Result<(), Fault> {
        let uses = |server: &Server| server.groups.contains(&self.id);
        if self.name == "default" || world.servers.values().any(uses) {
            return Err(Fault::invalid("the security group is in use").with_status(400));
        }
        Ok(())
    }
}

fn told(world: &World, parent: &SecurityGroup, rule: &Rule) -> Value {
    let range = rule.cidr.as_ref().map(|cidr| json!({ "cidr": cidr }));
    let group = rule
        .group
        .as_ref()
        .and_then(|id| world.security_groups.get(id));
    let group = group.map(|group| json!({ "tenant_id": group.project, "name": group.name }));
    json!({
        "id": rule.id, "parent_group_id": parent.id, "ip_protocol": rule.protocol, "from_port": rule.from,
        "to_port": rule.to, "ip_range": range.unwrap_or_else(|| json!({})),
        "group": group.unwrap_or_else(|| json!({})),
    })
}

/// Makes a security group.
pub(super) fn create_security_group(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["security_group"];
    room::<SecurityGroup>(world, call, MOST_SECURITY_GROUPS)?;
    let group = SecurityGroup {
        id: world.fresh("group"),
        project: call.project().to_owned(),
        name: word(&asked["name"]).to_owned(),
        description: word(&asked["description"]).to_owned(),
        rules: Vec::new(),
    };
    let facts = json!({ "security_group": group.facts(world, call) });
    world.security_groups.insert(&group.id.clone(), group);
    Ok(facts.into())
}

/// Renames a security group.
pub(super) fn update_security_group(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["security_group"];
    let group: &mut SecurityGroup = find_mut(world, call, call.parameter("security_group_id"))?;
    if group.name == "default" && word(&asked["name"]) != "default" {
        return Err(Fault::invalid("the default security group keeps its name"));
    }
    word(&asked["name"]).clone_into(&mut group.name);
    word(&asked["description"]).clone_into(&mut group.description);
    let group = group.clone();
    Ok(json!({ "security_group": group.facts(world, call) }).into())
}

/// Adds a rule. A group counts before addresses.
pub(super) fn create_rule(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["security_group_rule"];
    let (from, to) = (port(&asked["from_port"])?, port(&asked["to_port"])?);
    let group = match asked["group_id"].as_str() {
        Some(id) => Some(find::<SecurityGroup>(world, call, id)?.id.clone()),
        None => None,
    };
    let cidr = asked["cidr"].as_str().unwrap_or("0.0.0.0/0");
    let rule = Rule {
        id: world.fresh("rule"),
        protocol: asked["ip_protocol"].as_str().map(str::to_owned),
        from,
        to,
        cidr: group.is_none().then(|| cidr.to_owned()),
        group,
    };
    let parent: &mut SecurityGroup = find_mut(world, call, word(&asked["parent_group_id"]))?;
    room_beside(parent.rules.len(), MOST_RULES, call)?;
    parent.rules.push(rule.clone());
    let parent = parent.clone();
    let mut facts = told(world, &parent, &rule);
    // The answer to this operation names no group, whatever the rule lets in.
    facts["group"] = json!({});
    Ok(json!({ "security_group_rule": facts }).into())
}

fn port(value: &Value) -> Result<Option<i64>, Fault> {
    match value {
        Value::Null => Ok(None),
        value => {
            let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
            number
                .map(Some)
                .ok_or_else(|| Fault::invalid("a port of security_group_rule is no number"))
        }
    }
}

/// Removes a rule.
pub(super) fn delete_rule(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = call.parameter("security_group_rule_id");
    let has_it = |group: &&SecurityGroup| group.rules.iter().any(|rule| rule.id == id);
    let parent = visible::<SecurityGroup>(world, call).find(has_it);
    let parent = parent
        .ok_or_else(|| Fault::missing("the rule", id))?
        .id
        .clone();
    let parent: &mut SecurityGroup = find_mut(world, call, &parent)?;
    parent.rules.retain(|rule| rule.id != id);
    Ok(Answer::nothing())
}

/// The security groups of a server.
pub(super) fn of_server(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let groups = server.groups.iter();
    let groups = groups.filter_map(|id| Some(world.security_groups.get(id)?.facts(world, call)));
    Ok(json!({ "security_groups": groups.collect::<Vec<_>>() }).into())
}

/// Puts a server into a security group.
pub(super) fn enter(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = by_name(world, call, word(&call.body["addSecurityGroup"]["name"]))?;
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    if !server.groups.contains(&id) {
        server.groups.push(id);
    }
    Ok(Answer::nothing())
}

/// Takes a server out of a security group.
pub(super) fn leave(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = by_name(world, call, word(&call.body["removeSecurityGroup"]["name"]))?;
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    if !server.groups.contains(&id) {
        return Err(Fault::missing("the server's security group", &id));
    }
    server.groups.retain(|known| *known != id);
    Ok(Answer::nothing())
}

/// The id of a security group that is named by its name or its id.
pub(super) fn by_name(world: &World, call: &Call<'_>, name: &str) -> Result<String, Fault> {
    let mut groups = visible::<SecurityGroup>(world, call);
    let found = groups.find(|group| group.name == name || group.id == name);
    let found = found.ok_or_else(|| SecurityGroup::missing(name))?;
    Ok(found.id.clone())
}

impl Thing for ServerGroup {
    const ONE: &'static str = "server_group";
    const MANY: &'static str = "server_groups";
    const PATH: &'static str = "os-server-groups";
    const LISTED_WHOLE: bool = true;

    kept!(server_groups, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, world: &World, call: &Call<'_>) -> Value {
        let members = world.members_of(&self.id).map(|server| &server.id);
        json!({
            "id": self.id, "name": self.name, "policies": self.policies, "metadata": {},
            "members": members.collect::<Vec<_>>(), "project_id": self.project, "user_id": user(call),
        })
    }
}

/// Ids of users are printed as UUIDs by some documents.
fn user(call: &Call<'_>) -> String {
    let id = uuid::Uuid::try_parse(&call.caller.user);
    id.map_or_else(|_| call.caller.user.clone(), |id| id.to_string())
}

/// Makes a server group.
pub(super) fn create_server_group(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["server_group"];
    room::<ServerGroup>(world, call, MOST_SERVER_GROUPS)?;
    let policies = items(&asked["policies"])
        .iter()
        .map(|policy| word(policy).to_owned());
    let group = ServerGroup {
        policies: policies.collect(),
        id: world.fresh("servergroup"),
        project: call.project().to_owned(),
        name: word(&asked["name"]).to_owned(),
    };
    let facts = json!({ "server_group": group.facts(world, call) });
    world.server_groups.insert(&group.id.clone(), group);
    Ok(facts.into())
}

/// Removes a server group; its members stay, and belong to none.
pub(super) fn delete_server_group(world: &mut World, call: &Call<'_>) -> Outcome {
    let group: &ServerGroup = find(world, call, call.parameter("server_group_id"))?;
    let group = group.id.clone();
    let members = world.members_of(&group).map(|server| server.id.clone());
    for member in members.collect::<Vec<_>>() {
        if let Some(server) = world.servers.get_mut(&member) {
            server.server_group = None;
        }
    }
    world.server_groups.remove(&group);
    Ok(Answer::nothing())
}

/// Puts a server into a server group.
pub(super) fn add_member(world: &mut World, call: &Call<'_>) -> Outcome {
    let group: &ServerGroup = find(world, call, call.parameter("server_group_id"))?;
    let group = group.id.clone();
    let member = word(&call.body["add_member"]["instance_uuid"]);
    let others = world
        .members_of(&group)
        .filter(|server| server.id != member);
    room_beside(others.count(), MOST_MEMBERS, call)?;
    let server: &mut Server = find_mut(world, call, member)?;
    if server
        .server_group
        .as_ref()
        .is_some_and(|known| *known != group)
    {
        return Err(Fault::invalid("the server is in another server group"));
    }
    server.server_group = Some(group);
    Ok(Answer::nothing())
}

/// Takes a server out of a server group.
pub(super) fn remove_member(world: &mut World, call: &Call<'_>) -> Outcome {
    let group: &ServerGroup = find(world, call, call.parameter("server_group_id"))?;
    let group = group.id.clone();
    let member = word(&call.body["remove_member"]["instance_uuid"]);
    let server: &mut Server = find_mut(world, call, member)?;
    if server.server_group.as_ref() != Some(&group) {
        return Err(Fault::invalid("the server is not in the server group"));
    }
    server.server_group = None;
    Ok(Answer::nothing())
}
