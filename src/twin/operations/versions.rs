//! Which versions of the APIs there are.

use serde_json::{Value, json};

use super::super::call::{Call, Outcome};
use super::super::fault::Fault;
use super::super::version::{FIRST, LAST};
use super::super::world::World;

struct Known {
    id: &'static str,
    path: &'static str,
    updated: &'static str,
    current: bool,
}

/// The versions of the compute API, which the root lists.
const COMPUTE: [Known; 2] = [
    Known {
        id: "v2.0",
        path: "v2",
        updated: "2011-01-21T11:33:21Z",
        current: false,
    },
    Known {
        id: "v2.1",
        path: "v2.1",
        updated: "2013-07-23T11:33:21Z",
        current: true,
    },
];

/// The version of the other APIs.
const V1: Known = Known {
    id: "v1",
    path: "v1",
    updated: "2013-07-23T11:33:21Z",
    current: true,
};

impl Known {
    fn facts(&self, call: &Call<'_>) -> Value {
        let versioned = self.id == "v2.1";
        let number = |version: &dyn ToString| {
            if versioned {
                version.to_string()
            } else {
                String::new()
            }
        };
        json!({
            "id": self.id, "updated": self.updated, "min_version": number(&FIRST), "version": number(&LAST),
            "status": if self.current { "CURRENT" } else { "SUPPORTED" },
            "links": [{ "rel": "self", "href": format!("{}/{}/", call.base, self.path) }],
        })
    }
}

/// Lists the versions.
pub(super) fn list(_: &mut World, call: &Call<'_>) -> Outcome {
    let versions = COMPUTE.iter().map(|version| version.facts(call));
    Ok(json!({ "versions": versions.collect::<Vec<_>>() }).into())
}

/// Shows one version.
pub(super) fn show(_: &mut World, call: &Call<'_>) -> Outcome {
    let asked = call.parameter("api_version");
    let mut known = COMPUTE.iter().chain([&V1]);
    let version = known.find(|version| version.id == asked || version.path == asked);
    let version = version.ok_or_else(|| Fault::missing("the version", asked))?;
    let mut facts = version.facts(call);
    let base = format!(
        "application/vnd.openstack.compute+json;version={}",
        &version.id[1..]
    );
    facts["media-types"] = json!([{ "base": "application/json", "type": base }]);
    Ok(json!({ "version": facts }).into())
}
