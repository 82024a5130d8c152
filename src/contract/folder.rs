//! Names as folders: what a document calls itself or its operations must not lead out of `schemas/`.

use std::collections::HashMap;

use uuid::Uuid;

use super::Contract;

/// Bytes of a folder's name. Longer names keep their start and get a digest.
const LONGEST: usize = 120;

/// One folder for each name, in order: distinct, and a single component of a path whatever the
/// names are. Letters, digits, `-`, `_` and inner dots stay; other bytes become `%XX`; the second
/// bearer of a name gets `~2`.
pub fn folders<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut bearers: HashMap<String, u32> = HashMap::new();
    names
        .map(|name| {
            let folder = folder(name);
            let n_bearers = bearers.entry(folder.clone()).or_default();
            *n_bearers += 1;
            match *n_bearers {
                1 => folder,
                n => format!("{folder}~{n}"),
            }
        })
        .collect()
}

impl Contract {
    /// The folder of each operation.
    pub fn operation_folders(&self) -> Vec<String> {
        folders(
            self.operations
                .iter()
                .map(|operation| operation.id.as_str()),
        )
    }
}

fn folder(name: &str) -> String {
    if name.is_empty() {
        return "~".to_owned();
    }
    let mut folder = String::new();
    for (at, byte) in name.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if plain || (byte == b'.' && at > 0) {
            folder.push(char::from(byte));
        } else {
            folder.push_str(&format!("%{byte:02X}"));
        }
        if folder.len() > LONGEST {
            let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
            return format!("{folder}~{}", digest.simple());
        }
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[&str]) {
        assert_eq!(folders(names.iter().copied()), expected);
    }

    #[test]
    fn plain_names_stay() {
        check(
            &["lamps.os-start", "kettle_2030"],
            &["lamps.os-start", "kettle_2030"],
        );
    }

    #[test]
    fn names_lead_nowhere() {
        check(
            &["..", "a/b", "", "C:\\", "é"],
            &["%2E.", "a%2Fb", "~", "C%3A%5C", "%C3%A9"],
        );
    }

    #[test]
    fn the_second_bearer_is_told_apart() {
        check(&["a", "b", "a", "a~2"], &["a", "b", "a~2", "a%7E2"]);
    }

    #[test]
    fn long_names_stay_distinct() {
        let (one, other) = (
            format!("{}1", "x".repeat(900)),
            format!("{}2", "x".repeat(900)),
        );
        let found = folders([one.as_str(), other.as_str()].into_iter());
        assert!(found[0] != found[1] && found[0].len() < 200);
    }
}
