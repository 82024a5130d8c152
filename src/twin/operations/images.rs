//! Images.

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::{links, seconds};
use super::super::fault::Fault;
use super::super::world::{Image, Server, World};
use super::pattern::{Thing, find, kept};
use super::values::{texts, word};

impl Thing for Image {
    const ONE: &'static str = "image";
    const MANY: &'static str = "images";

    kept!(images, id, name);

    fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    fn facts(&self, _: &World, call: &Call<'_>) -> Value {
        json!({
            "id": self.id, "name": self.name, "metadata": self.metadata, "status": "ACTIVE", "progress": 100,
            "minDisk": self.min_disk, "minRam": self.min_ram, "OS-EXT-IMG-SIZE:size": 1_073_741_824_u64,
            "created": seconds(self.created), "updated": seconds(self.created),
            "links": links(call, Self::PATH, &self.id),
        })
    }

    fn is_asked_for(&self, _: &World, call: &Call<'_>) -> Result<bool, Fault> {
        let is = |name: &str, own: &str| call.asked(name).is_none_or(|asked| asked == own);
        let fits = |name: &str, own: u64| {
            let asked = call.asked(name).and_then(|text| text.parse::<u64>().ok());
            asked.is_none_or(|asked| asked == own)
        };
        let since = super::servers::since(call)?;
        Ok(is("name", &self.name)
            && call
                .asked("status")
                .is_none_or(|asked| asked.eq_ignore_ascii_case("ACTIVE"))
            && fits("minRam", self.min_ram)
            && fits("minDisk", self.min_disk)
            && since.is_none_or(|since| since <= self.created))
    }
}

/// What is said of an image in its metadata.
pub(super) fn metadata(world: &mut World, call: &Call<'_>) -> Outcome {
    let image: &Image = find(world, call, call.parameter("image_id"))?;
    Ok(json!({ "metadata": image.metadata }).into())
}

/// Makes an image of a server. Where it can be found is told in a header, and in the body by versions
/// that have its id there.
pub(super) fn create_from_server(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let source = world.images.get(&server.image).cloned();
    let asked = &call.body["createImage"];
    let mut metadata = texts(&asked["metadata"]);
    metadata.insert("base_image_ref".to_owned(), server.image.clone());
    let image = Image {
        id: world.fresh("image"),
        project: Some(call.project().to_owned()),
        name: word(&asked["name"]).to_owned(),
        system: source
            .as_ref()
            .map_or("Linux", |image| &image.system)
            .to_owned(),
        created: call.now,
        min_disk: source.as_ref().map_or(40, |image| image.min_disk),
        min_ram: source.as_ref().map_or(1, |image| image.min_ram),
        metadata,
    };
    let id = image.id.clone();
    world.images.insert(&id, image);
    if call.shows("image_id") {
        return Ok(json!({ "image_id": id }).into());
    }
    let place = format!("{}/images/{id}", call.base);
    Ok(Answer::nothing().with_header("Location", place))
}
