//! The grammar of kinds: `String`, `Array of lamp objects`, `Map<String,List<Int>>`, `int[]`.
//!
//! Main entry: [`read`].

use crate::contract::Kind;

/// What a cell of a kind column says.
#[derive(Clone, Debug, PartialEq)]
pub struct KindRead {
    /// The kind.
    pub kind: Kind,
    /// The name of the structure that its objects have, where it is printed: `lamp`.
    pub structure: Option<String>,
    /// How many characters a text may have: `String(64)`.
    pub longest: Option<u32>,
}

/// How deep kinds may nest. No document goes further; hostile text would.
const DEEPEST: usize = 6;

/// Reads the text of a kind column.
pub fn read(text: &str) -> KindRead {
    let mut structure = None;
    let kind = parse(without_footnote(text.trim()), DEEPEST, &mut structure);
    let longest = bracketed(text.trim()).and_then(|(_, inside)| inside.parse().ok());
    let longest = longest.filter(|longest| kind == Kind::String && *longest > 0);
    KindRead {
        kind,
        structure,
        longest,
    }
}

fn parse(text: &str, depth: usize, structure: &mut Option<String>) -> Kind {
    let text = text.trim();
    let lower = text.to_lowercase();
    let words = lower.trim_end_matches(['.', '。']).trim();
    if depth == 0 || text.len() > 120 {
        return Kind::Unknown;
    }
    if let Some(kind) = simple(words) {
        return kind;
    }
    // Lower case may change the number of bytes, so parts are cut out of ASCII text only.
    if !text.is_ascii() {
        return chinese(words, depth, structure);
    }
    // `List<lamp>`: what stands in brackets and is no kind is the name of a structure.
    let inside = |of: &str, structure: &mut Option<String>| {
        let kind = parse(of, depth - 1, structure);
        if kind == Kind::Unknown && is_name(of) {
            *structure = Some(of.to_owned());
        }
        Box::new(kind)
    };
    for prefix in [
        "array of ",
        "arrays of ",
        "list of ",
        "lists of ",
        "set of ",
    ] {
        if words.starts_with(prefix) {
            return Kind::Array(inside(text[prefix.len()..].trim(), structure));
        }
    }
    if let Some((outer, inner)) = bracketed(text) {
        return match outer.to_lowercase().as_str() {
            "" | "array" | "list" | "set" | "collection" => Kind::Array(inside(inner, structure)),
            "map" | "dict" | "dictionary" | "hashmap" => Kind::Map {
                key: "key".to_owned(),
                value: inside(
                    inner
                        .split_once(',')
                        .map_or(inner, |(_, value)| value)
                        .trim(),
                    structure,
                ),
            },
            _ if inner.is_empty() => Kind::Array(Box::new(parse(outer, depth - 1, structure))),
            _ => parse(outer, depth - 1, structure),
        };
    }
    named(text, words, depth, structure)
}

/// `lamp objects`, `string array`.
fn named(text: &str, words: &str, depth: usize, structure: &mut Option<String>) -> Kind {
    for (suffix, is_array) in [
        (" objects", false),
        (" object", false),
        (" structures", false),
        (" structure", false),
        (" array", true),
        (" list", true),
    ] {
        if words.ends_with(suffix) {
            let of = text[..words.len() - suffix.len()].trim();
            if is_array {
                return Kind::Array(Box::new(parse(of, depth - 1, structure)));
            }
            *structure = Some(of.trim_matches(['[', ']']).to_owned());
            return Kind::Object;
        }
    }
    Kind::Unknown
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_part)
}

fn chinese(words: &str, depth: usize, structure: &mut Option<String>) -> Kind {
    for suffix in ["数组", "列表", "列表数据结构", "数组数据结构"] {
        if let Some(of) = words.strip_suffix(suffix) {
            return Kind::Array(Box::new(parse(of, depth - 1, structure)));
        }
    }
    for suffix in ["结构体", "对象"] {
        if let Some(name) = words.strip_suffix(suffix).map(str::trim)
            && is_name(name)
        {
            *structure = Some(name.to_owned());
            return Kind::Object;
        }
    }
    Kind::Unknown
}

fn simple(words: &str) -> Option<Kind> {
    let singular = words.strip_suffix('s').unwrap_or(words);
    [words, singular].into_iter().find_map(|word| {
        Some(match word {
            "string" | "str" | "text" | "char" | "enum" | "uuid" | "date" | "datetime"
            | "timestamp" | "字符串" | "字符型" | "字符" | "枚举" => Kind::String,
            "integer" | "int" | "int32" | "int64" | "long" | "short" | "整型" | "整数" | "整形"
            | "长整型" => Kind::Integer,
            "number" | "float" | "double" | "decimal" | "浮点型" | "浮点数" | "数字" | "数值" => {
                Kind::Number
            }
            "boolean" | "bool" | "布尔" | "布尔型" | "布尔值" => Kind::Boolean,
            "object" | "dict" | "dictionary" | "dictionarie" | "json" | "struct" | "jsonobject"
            | "字典" | "字典数据结构" | "对象" | "结构体" | "json对象" => {
                Kind::Object
            }
            "array" | "list" | "jsonarray" | "json array" | "数组" | "列表" => {
                Kind::Array(Box::new(Kind::Unknown))
            }
            "列表数据结构" | "数组数据结构" | "list data structure" | "array data structure" => {
                Kind::Array(Box::new(Kind::Object))
            }
            "dictionary data structure" | "dict data structure" => Kind::Object,
            "map" | "hashmap" => Kind::Map {
                key: "key".to_owned(),
                value: Box::new(Kind::Unknown),
            },
            _ => return None,
        })
    })
}

/// `outer<inner>`, `outer(inner)`, `outer[inner]`, brackets at the end.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [('<', '>'), ('(', ')'), ('[', ']')] {
        if let (Some(start), true) = (text.find(open), text.ends_with(close)) {
            return Some((text[..start].trim(), text[start + 1..text.len() - 1].trim()));
        }
    }
    None
}

/// `dict[1]` means a dict and a footnote.
fn without_footnote(text: &str) -> &str {
    let digits = text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    match digits {
        Some((kind, note)) if !note.is_empty() && note.chars().all(|c| c.is_ascii_digit()) => {
            kind.trim()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: &str, structure: Option<&str>) {
        let read = read(text);
        assert_eq!(read.kind.to_string(), kind, "{text}");
        assert_eq!(read.structure.as_deref(), structure, "{text}");
    }

    #[test]
    fn simple_kinds() {
        check("String", "String", None);
        check("int", "Integer", None);
        check("Float", "Number", None);
        check("bool", "Boolean", None);
        check("字典数据结构[1]", "Object", None);
        check("lighthouse", "unknown", None);
        check("", "unknown", None);
    }

    #[test]
    fn a_text_may_have_a_length() {
        check("String(64)", "String", None);
        assert_eq!(read("String(64)").longest, Some(64));
        assert_eq!(read("Array(64)").longest, None);
        assert_eq!(read("String(lamp)").longest, None);
    }

    #[test]
    fn arrays_in_every_spelling() {
        check("Array of objects", "Array of Objects", None);
        check("Array of lamp objects", "Array of Objects", Some("lamp"));
        check(
            "Array of lamp_parts",
            "Array of unknowns",
            Some("lamp_parts"),
        );
        check("Array of uuids", "Array of Strings", None);
        check("List<String>", "Array of Strings", None);
        check("List(Dict)", "Array of Objects", None);
        check("String[]", "Array of Strings", None);
        check("[Integer]", "Array of Integers", None);
        check("字符串数组", "Array of Strings", None);
        check("Array", "Array of unknowns", None);
        check("JSONArray", "Array of unknowns", None);
        check("List data structure", "Array of Objects", None);
        check("List<lamp>", "Array of unknowns", Some("lamp"));
        check("lamp结构体数组", "Array of Objects", Some("lamp"));
    }

    #[test]
    fn maps_hold_their_second_kind() {
        check(
            "Map<String,Array of lamp objects>",
            "Map of Array of Objects",
            Some("lamp"),
        );
        check("Map<String,String>", "Map of Strings", None);
        check("Map<String,Lamp>", "Map of unknowns", Some("Lamp"));
    }

    #[test]
    fn hostile_nesting_ends() {
        check(&"Array of ".repeat(40), "unknown", None);
        check(
            "List<List<List<List<List<List<List<List<Int>>>>>>>>",
            &format!("{}unknown{}", "Array of ".repeat(6), "s"),
            None,
        );
    }
}
