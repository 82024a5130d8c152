//! Words for things: what documents call in many ways has one name in facts.

use std::sync::LazyLock;

use crate::extract::pattern::{Pattern, compile};

/// The general word for a thing, whatever the document calls it.
pub(super) fn thing(printed: &str, plural: bool) -> String {
    let lower_case = printed.trim().to_lowercase();
    for (general, names) in THINGS {
        if names.iter().any(|name| names_it(&lower_case, name)) {
            let ending = if plural { "s" } else { "" };
            return format!("{general}{ending}");
        }
    }
    let printed = printed.trim().trim_end_matches('的');
    let printed = printed.rsplit_once('的').map_or(printed, |(_, last)| last);
    let unwanted = UNWANTED.find(printed).map_or(0, |found| found.end());
    let printed = printed[unwanted..].trim_end_matches(['都', '均']);
    let kept = if printed.is_empty() { "item" } else { printed };
    kept.to_owned()
}

/// Whether a noun has such a name in it: an English one at the start of a word, since a spool is no pool.
fn names_it(noun: &str, name: &str) -> bool {
    let mut places = noun.match_indices(name);
    places.any(|(start, _)| {
        let inside = noun[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        !inside || !name.is_ascii()
    })
}

static UNWANTED: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^(?:(?:the|an?|all|each|every) |所有的?|全部的?|每个|各个?)"));

/// The first that fits counts.
const THINGS: [(&str, &[&str]); 22] = [
    ("VPC", &["虚拟私有云", "vpc"]),
    ("sub-job", &["子任务", "子job"]),
    ("dedicated host", &["专属主机", "dedicated host"]),
    ("server group", &["服务器组", "server group"]),
    ("flavor", &["规格", "flavor"]),
    ("AZ", &["可用区", "availability zone"]),
    ("pool", &["资源池", "pool"]),
    ("security group", &["安全组", "security group"]),
    (
        "volume",
        &["云硬盘", "磁盘", "数据盘", "卷", "volume", "disk"],
    ),
    ("image", &["镜像", "image"]),
    ("NIC", &["网卡", "nic"]),
    ("tag", &["标签", "tag"]),
    ("subnet", &["子网", "subnet"]),
    ("network", &["网络", "network"]),
    ("snapshot", &["快照", "snapshot"]),
    ("server", &["服务器", "server"]),
    ("key pair", &["密钥", "key pair"]),
    ("EIP", &["弹性公网", "eip"]),
    ("tenant", &["租户", "tenant"]),
    ("billing mode", &["计费"]),
    ("state", &["状态"]),
    ("device", &["设备"]),
];

/// The general word of a noun, if it has one, with what a make's name adds: `Windows server`. Of a
/// noun of several the last says what it is.
pub(super) fn known(printed: &str) -> Option<String> {
    let printed = printed.trim_start();
    let start = printed.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let (make, noun) = printed.split_at(start);
    let ends = |(word, names): &(&'static str, &[&str])| {
        let ends = names
            .iter()
            .filter_map(|name| Some(noun.rfind(name)? + name.len()));
        Some((ends.max()?, *word))
    };
    let (_, word) = THINGS.iter().filter_map(ends).max_by_key(|(end, _)| *end)?;
    Some([make.trim(), word].join(" ").trim().to_owned())
}

/// A noun phrase in the document's own words, where it is too short to be a sentence of it.
pub(super) fn phrase(printed: &str) -> Option<String> {
    const MOST_HAN: usize = 10;
    const MOST_LETTERS: usize = 32;
    let text = printed.trim().trim_matches(['"', ':', '.']);
    let text = text
        .trim_end_matches(['的', '时', '下', ' '])
        .trim_end_matches("场景");
    let text = text.trim_start_matches(['该', '此', '本']);
    let text = as_inside(text.trim_end_matches(" by default"));
    let start = UNWANTED.find(&text).map_or(0, |found| found.end());
    let text = &text[start..];
    let most = match text.is_ascii() {
        true => MOST_LETTERS,
        false => MOST_HAN,
    };
    let is_whole = !text.contains(['。', '；', ',', ';', '.', '=', '(', ')', '<', '>', ':', '"']);
    let length = text.chars().count();
    // "Such a case" names none.
    let is_named = !["such ", "this ", "that ", "these ", "those "]
        .iter()
        .any(|word| text.starts_with(word));
    (is_named && is_whole && length > 1 && length <= most).then(|| text.to_owned())
}

/// The same words inside of a sentence: a capital at their begin is that of the sentence.
fn as_inside(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_word = first.is_some_and(|c| c.is_ascii_uppercase())
        && second.is_some_and(|c| c.is_ascii_lowercase());
    match is_word {
        true => text[..1].to_ascii_lowercase() + &text[1..],
        false => text.to_owned(),
    }
}

/// One of the things that an English noun in the plural names.
pub(super) fn singular(printed: &str) -> String {
    let lower_case = printed.to_lowercase();
    if let Some(stem) = lower_case.strip_suffix("ies") {
        return format!("{}y", &printed[..stem.len()]);
    }
    // An abbreviation in capitals that ends in S is one thing.
    let is_singular =
        !lower_case.ends_with('s') || lower_case.ends_with("ss") || printed.ends_with('S');
    let stem = lower_case.strip_suffix("es").filter(|stem| {
        ["ss", "x", "ch", "sh"]
            .iter()
            .any(|ending| stem.ends_with(ending))
    });
    let length = match stem {
        _ if is_singular => printed.len(),
        Some(stem) => stem.len(),
        None => printed.len() - 1,
    };
    printed[..length].to_owned()
}

/// A word with its article.
pub(super) fn one(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}

#[cfg(test)]
mod tests {
    use super::{known, one, phrase, singular, thing};

    #[test]
    fn things_have_one_name() {
        assert_eq!(thing("云硬盘", true), "volumes");
        assert_eq!(thing("the lamp", false), "lamp");
        assert_eq!(thing("the whirlpool", false), "whirlpool");
        assert_eq!(thing("a lamp pool", false), "pool");
        assert_eq!(thing("该专属主机", true), "dedicated hosts");
        assert_eq!(thing("all lamps", false), "lamps");
        assert_eq!(thing("所有灯塔都", false), "灯塔");
        assert_eq!(known("Debian云服务器").as_deref(), Some("Debian server"));
        assert_eq!(known("云硬盘镜像").as_deref(), Some("image"));
        assert_eq!(known("灯塔"), None);
        assert_eq!(singular("lamps"), "lamp");
        assert_eq!(singular("batteries"), "battery");
        assert_eq!(singular("torches"), "torch");
        assert_eq!(singular("glass"), "glass");
        assert_eq!(phrase("The oil lamps").as_deref(), Some("oil lamps"));
        assert_eq!(phrase("大雾场景的").as_deref(), Some("大雾"));
        assert_eq!(phrase("lamps, and oil"), None);
        assert_eq!(one("AZ"), "an AZ");
        assert_eq!(one("server"), "a server");
    }
}
