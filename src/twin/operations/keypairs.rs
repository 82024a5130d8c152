//! Key pairs: made by the Twin, or brought by the caller.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::micros;
use super::super::fault::Fault;
use super::super::world::{Keypair, World, key_of};
use super::pattern::{Thing, kept, visible};
use super::quotas::{MOST_KEYPAIRS, room};
use super::values::word;

impl Thing for Keypair {
    const ONE: &'static str = "keypair";
    const MANY: &'static str = "keypairs";
    const PATH: &'static str = "os-keypairs";

    kept!(keypairs, name, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn key(call: &Call<'_>, name: &str) -> String {
        key_of(call.project(), name)
    }

    fn brief(&self, _: &World, _: &Call<'_>) -> Value {
        json!({ "keypair": {
            "name": self.name, "type": self.kind, "public_key": self.public, "fingerprint": self.fingerprint,
        } })
    }

    fn facts(&self, _: &World, call: &Call<'_>) -> Value {
        json!({
            "name": self.name, "type": self.kind, "public_key": self.public, "fingerprint": self.fingerprint,
            "user_id": call.caller.user, "id": self.number, "created_at": micros(self.created),
            "deleted": false, "deleted_at": null, "updated_at": null,
        })
    }
}

/// Keeps the caller's public key, or makes a pair and tells the private half once.
pub(super) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["keypair"];
    let name = word(&asked["name"]);
    if name.is_empty() || name.chars().count() > 255 || name.contains('/') {
        return Err(Fault::invalid(
            "keypair.name must be 1 to 255 characters, without a slash",
        ));
    }
    // Only administrators make key pairs for others, and nobody is one here.
    if asked["user_id"]
        .as_str()
        .is_some_and(|user| user != call.caller.user)
    {
        return Err(Fault::not_allowed());
    }
    if visible::<Keypair>(world, call).any(|known| known.name == name) {
        return Err(Fault::conflict(format!(
            "the key pair {name} exists already"
        )));
    }
    room::<Keypair>(world, call, MOST_KEYPAIRS)?;
    let (public, private) = match asked["public_key"].as_str() {
        Some(public) => (public.trim().to_owned(), None),
        None => {
            let (public, private) = pair(&world.fresh("key"), name)?;
            (public, Some(private))
        }
    };
    let fingerprint = fingerprint(&public)
        .ok_or_else(|| Fault::invalid("keypair.public_key is not a public key of OpenSSH"))?;
    let key = Keypair {
        name: name.to_owned(),
        project: call.project().to_owned(),
        number: world.number(),
        kind: asked["type"].as_str().unwrap_or("ssh").to_owned(),
        public,
        fingerprint,
        created: call.now,
    };
    let mut facts = key.facts(world, call);
    facts["private_key"] = json!(private);
    world.keypairs.insert(&key_of(&key.project, &key.name), key);
    Ok(Answer::from(json!({ "keypair": facts })))
}

/// A pair that the seed decides: the public half, and the private one in the format of OpenSSH.
fn pair(seed: &str, name: &str) -> Result<(String, String), Fault> {
    use ssh_key::private::{Ed25519Keypair, KeypairData};
    let mut bytes = [0; 32];
    let (first, last) = bytes.split_at_mut(16);
    first.copy_from_slice(&Md5::digest(seed.as_bytes()));
    last.copy_from_slice(&Md5::digest(name.as_bytes()));
    let data = KeypairData::Ed25519(Ed25519Keypair::from_seed(&bytes));
    let broken = |_| Fault::invalid("no key pair can be made of this name");
    let private = ssh_key::PrivateKey::new(data, "twin").map_err(broken)?;
    let public = private.public_key().to_openssh().map_err(broken)?;
    let text = private
        .to_openssh(ssh_key::LineEnding::LF)
        .map_err(broken)?;
    Ok((public, text.to_string()))
}

/// The fingerprint of a public key as OpenSSH writes it: MD5 of its bytes, in pairs.
pub(in crate::twin) fn fingerprint(public: &str) -> Option<String> {
    let key = ssh_key::PublicKey::from_openssh(public).ok();
    let bytes = match key {
        Some(key) => key.to_bytes().ok()?,
        None => bytes_of(public)?,
    };
    let pairs = Md5::digest(bytes).into_iter();
    let pairs: Vec<String> = pairs.map(|byte| format!("{byte:02x}")).collect();
    Some(pairs.join(":"))
}

/// The bytes of a key whose algorithm is not known here: its name must stand before and in them.
fn bytes_of(public: &str) -> Option<Vec<u8>> {
    let mut words = public.split_whitespace();
    let (algorithm, text) = (words.next()?, words.next()?);
    let bytes = STANDARD.decode(text).ok()?;
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
    let inner = bytes.get(4..4 + usize::try_from(length).ok()?)?;
    (inner == algorithm.as_bytes()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_pair_belongs_together() {
        let (public, private) = pair("seed", "tea").unwrap();
        let read = ssh_key::PrivateKey::from_openssh(&private).unwrap();
        assert_eq!(read.public_key().to_openssh().unwrap(), public);
        assert_ne!(pair("other seed", "tea").unwrap().0, public);
    }

    #[test]
    fn fingerprints_are_those_of_ssh_keygen() {
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ kitchen";
        assert_eq!(
            fingerprint(key).as_deref(),
            Some("46:5d:0f:4b:7b:74:b6:5f:ce:80:b0:33:70:9e:33:96"),
        );
        assert_eq!(fingerprint("a kettle"), None);
        assert_eq!(fingerprint("ssh-rsa !!!"), None);
    }
}
