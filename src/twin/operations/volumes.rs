//! Volumes and snapshots by themselves (deprecated operations).

use serde_json::{Value, json};

use super::super::call::{Call, Outcome};
use super::super::facts::micros;
use super::super::fault::Fault;
use super::super::world::{Place, Snapshot, Volume, World};
use super::pattern::{Thing, find, kept};
use super::values::{number, owned, texts, word};

impl Thing for Volume {
    const ONE: &'static str = "volume";
    const MANY: &'static str = "volumes";
    const PATH: &'static str = "os-volumes";
    const LISTED_WHOLE: bool = true;

    kept!(volumes, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, _: &World, _: &Call<'_>) -> Value {
        let attachments: Vec<Value> = self
            .there()
            .map(|slot| {
                json!({
                    "device": slot.device, "id": self.id, "serverId": slot.server, "volumeId": self.id,
                })
            })
            .into_iter()
            .collect();
        json!({
            "id": self.id, "displayName": self.name, "displayDescription": self.description,
            "status": self.status(), "attachments": attachments, "availabilityZone": self.zone,
            "createdAt": micros(self.created), "volumeType": self.kind, "snapshotId": self.snapshot,
            "metadata": self.metadata, "size": self.size,
        })
    }

    fn may_go(&self, world: &World, _: &Call<'_>) -> Result<(), Fault> {
        let of_it = |snapshot: &Snapshot| snapshot.volume == self.id;
        if self.place != Place::Free || world.snapshots.values().any(of_it) {
            return Err(Fault::volume_state());
        }
        Ok(())
    }
}

impl Thing for Snapshot {
    const ONE: &'static str = "snapshot";
    const MANY: &'static str = "snapshots";
    const PATH: &'static str = "os-snapshots";

    kept!(snapshots, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, _: &World, _: &Call<'_>) -> Value {
        json!({
            "id": self.id, "status": "available", "displayName": self.name,
            "displayDescription": self.description, "createdAt": micros(self.created),
            "volumeId": self.volume, "size": self.size,
        })
    }
}

/// Makes a volume. Its members stand at the root or in `volume`: document and example disagree.
pub(super) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = wrapped(&call.body, "volume");
    let snapshot = match asked["snapshot_id"].as_str() {
        Some(id) => Some(find::<Snapshot>(world, call, id)?.id.clone()),
        None => None,
    };
    let volume = Volume {
        id: world.fresh("volume"),
        project: call.project().to_owned(),
        name: word(&asked["display_name"]).to_owned(),
        description: owned(&asked["display_description"]),
        size: number(&asked["size"]).unwrap_or(1),
        kind: owned(&asked["volume_type"]).unwrap_or_else(|| "SSD".to_owned()),
        zone: owned(&asked["availability_zone"]).unwrap_or_else(|| "az-1".to_owned()),
        created: call.now,
        snapshot,
        metadata: texts(&asked["metadata"]),
        bootable: false,
        scsi: true,
        cursed: false,
        place: Place::Free,
    };
    let facts = json!({ "volume": volume.facts(world, call) });
    world.volumes.insert(&volume.id.clone(), volume);
    Ok(facts.into())
}

/// Makes a snapshot of a volume.
pub(super) fn create_snapshot(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = wrapped(&call.body, "snapshot");
    let volume: &Volume = find(world, call, word(&asked["volume_id"]))?;
    let (volume, size) = (volume.id.clone(), volume.size);
    let snapshot = Snapshot {
        id: world.fresh("snapshot"),
        project: call.project().to_owned(),
        name: word(&asked["display_name"]).to_owned(),
        description: owned(&asked["display_description"]),
        volume,
        size,
        created: call.now,
    };
    let facts = json!({ "snapshot": snapshot.facts(world, call) });
    world.snapshots.insert(&snapshot.id.clone(), snapshot);
    Ok(facts.into())
}

fn wrapped<'b>(body: &'b Value, wrapper: &str) -> &'b Value {
    body.get(wrapper).unwrap_or(body)
}
