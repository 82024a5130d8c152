//! Flavors: the types that servers have.

use serde_json::{Value, json};

use super::super::call::{Call, Outcome};
use super::super::facts::links;
use super::super::fault::Fault;
use super::super::world::{Flavor, World};
use super::page::SortValue;
use super::pattern::{Thing, find, kept, visible};

impl Thing for Flavor {
    const ONE: &'static str = "flavor";
    const MANY: &'static str = "flavors";

    kept!(flavors, id, id);

    fn project(&self) -> Option<&str> {
        None
    }

    fn facts(&self, _: &World, call: &Call<'_>) -> Value {
        json!({
            "id": self.id, "name": self.id, "vcpus": self.vcpus, "ram": self.ram, "disk": self.disk, "swap": "",
            "OS-FLV-EXT-DATA:ephemeral": 0, "OS-FLV-DISABLED:disabled": false, "OS-FLV-DISABLED:disable": false,
            "rxtx_factor": 1.0, "rxtx_quota": null, "rxtx_cap": null, "os-flavor-access:is_public": true,
            "description": null, "extra_specs": self.specs, "os_extra_specs": self.specs,
            "links": links(call, Self::PATH, &self.id),
        })
    }

    fn is_asked_for(&self, _: &World, call: &Call<'_>) -> Result<bool, Fault> {
        Ok(at_least(call, "minDisk")? <= self.disk && at_least(call, "minRam")? <= self.ram)
    }

    fn sorted_by(&self, _: &Call<'_>, key: &str) -> Option<SortValue> {
        match key {
            "name" | "flavorid" | "id" => Some(SortValue::Text(self.id.clone())),
            "memory_mb" => Some(SortValue::Number(self.ram)),
            "vcpus" => Some(SortValue::Number(u64::from(self.vcpus))),
            "root_gb" => Some(SortValue::Number(self.disk)),
            _ => None,
        }
    }
}

fn at_least(call: &Call<'_>, name: &str) -> Result<u64, Fault> {
    let given = call.asked(name).map(str::parse).transpose();
    given
        .map(Option::unwrap_or_default)
        .map_err(|_| Fault::invalid(format!("{name} must be a number, and not below 0")))
}

/// The technical data of a flavor.
pub(super) fn extra_specs(world: &mut World, call: &Call<'_>) -> Outcome {
    let flavor: &Flavor = find(world, call, call.parameter("flavor_id"))?;
    Ok(json!({ "extra_specs": flavor.specs }).into())
}

/// The flavors that servers in a zone can have, with everything about them on one page.
pub(super) fn of_a_zone(world: &mut World, call: &Call<'_>) -> Outcome {
    let zone = call.asked("availability_zone");
    let known = |flavor: &&Flavor| {
        let zones = flavor.specs.get("cond:operation:az");
        zone.is_none_or(|zone| zones.is_none_or(|zones| zones.contains(zone)))
    };
    let flavors = visible::<Flavor>(world, call).filter(known);
    let facts = flavors.map(|flavor| {
        let mut facts = flavor.facts(world, call);
        facts["vcpus"] = json!(flavor.vcpus.to_string());
        facts["disk"] = json!(flavor.disk.to_string());
        facts
    });
    Ok(json!({ "flavors": facts.collect::<Vec<_>>() }).into())
}
