//! Values that a file keeps as one short text: places, paths, kinds, words.
//!
//! Every text gives its value back: what a notation uses as a sign is escaped by a backslash inside
//! of names, and the empty name is written `\_`.

use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::contract::{
    CharClass, Direction, Fact, FieldPath, Format, Kind, OperationId, PathTemplate, Place,
    Presence, Relation, Segment, StatesRule, Step, Unit, Version,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// A value with a lossless notation.
pub(super) trait Text: Sized {
    /// Writes it.
    fn print(&self) -> String;
    /// Reads what `print` wrote.
    fn parse(text: &str) -> Result<Self, BadText>;
}

/// A value that a file keeps as its text.
pub(super) struct Written<T>(pub T);

impl<T: Text> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.print())
    }
}

impl<'de, T: Text> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::parse(&text).map(Written).map_err(D::Error::custom)
    }
}

/// A text in none of the notations.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` is no {what}, which is {like}")]
pub(super) struct BadText {
    text: String,
    what: &'static str,
    like: String,
}

impl BadText {
    fn new(text: &str, what: &'static str, like: impl Into<String>) -> Self {
        let text = text.chars().take(80).collect();
        let like = like.into();
        Self { text, what, like }
    }
}

/// Words for an enum without data: exhaustive when written, listed when unknown.
macro_rules! words {
    ($type:ident, $what:literal: $($variant:ident = $word:literal),+ $(,)?) => {
        impl Text for $type {
            fn print(&self) -> String {
                match self { $($type::$variant => $word),+ }.to_owned()
            }

            fn parse(text: &str) -> Result<Self, BadText> {
                match text {
                    $($word => Ok($type::$variant),)+
                    _ => Err(BadText::new(text, $what, ["one of", $($word),+].join(" "))),
                }
            }
        }
    };
}

words!(Method, "method":
    Get = "GET", Head = "HEAD", Post = "POST", Put = "PUT", Patch = "PATCH", Delete = "DELETE",
    Options = "OPTIONS");
words!(Presence, "presence":
    Required = "required", Optional = "optional", Unstated = "unstated");
words!(Unit, "unit": Characters = "characters", Bytes = "bytes");
words!(StatesRule, "rule of states": OneOf = "one_of", NoneOf = "none_of");
words!(Relation, "relation":
    AtLeast = "at_least", AtMost = "at_most", Below = "below", Above = "above", Unlike = "unlike", DefaultsTo = "defaults_to");
words!(Place, "place of a parameter": Path = "path", Query = "query", Header = "header");
words!(Direction, "side":
    Request = "request", Response = "response", Behaviour = "behaviour");
words!(Fact, "fact":
    Kind = "kind", Name = "name", Presence = "presence", Value = "value",
    Structure = "structure", Constraint = "constraint", Reference = "reference",
    ExampleCorrupt = "example_corrupt", Operation = "operation");

impl Text for Version {
    fn print(&self) -> String {
        self.to_string()
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let bad = |_| BadText::new(text, "version", "like 2.26");
        text.parse().map_err(bad)
    }
}

impl Text for DocumentId {
    fn print(&self) -> String {
        self.as_str().to_owned()
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        Ok(DocumentId::new(text))
    }
}

impl Text for OperationId {
    fn print(&self) -> String {
        self.as_str().to_owned()
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        Ok(OperationId::new(text))
    }
}

/// `kettles-2030-en:41 row 3 table 4-29`, `kettles/boiling/whistle:7`; the table comes last because its number may hold anything.
impl Text for Provenance {
    fn print(&self) -> String {
        let mut text = escape(self.document.as_str(), &[':', '/']);
        if let Some(page) = &self.page {
            text.extend(["/", &escape(page, &[':'])]);
        }
        text.extend([":", &self.line.to_string()]);
        if let Some(row) = self.row {
            text.extend([" row ", &row.to_string()]);
        }
        if let Some(table) = &self.table {
            text.extend([" table ", table]);
        }
        text
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let bad = || BadText::new(text, "place", "like `document:41 row 3 table 4-29`");
        let mut scan = Scan(text);
        let document = scan.name(&[':', '/']).ok_or_else(bad)?;
        let page = match scan.sign("/") {
            Some(()) => Some(scan.name(&[':']).ok_or_else(bad)?),
            None => None,
        };
        scan.sign(":").ok_or_else(bad)?;
        let line = scan.number().ok_or_else(bad)?;
        let row = match scan.sign(" row ") {
            Some(()) => Some(scan.number().ok_or_else(bad)?),
            None => None,
        };
        let table = scan.sign(" table ").map(|()| Arc::from(scan.rest()));
        scan.end().ok_or_else(bad)?;
        let document = DocumentId::new(&document);
        Ok(Provenance {
            document,
            page: page.as_deref().map(Arc::from),
            line,
            table,
            row,
        })
    }
}

/// `server.addresses.{vpc_id}[].version`
impl Text for FieldPath {
    fn print(&self) -> String {
        let mut text = String::new();
        for (level, step) in self.0.iter().enumerate() {
            let dot = if level == 0 { "" } else { "." };
            match step {
                Step::Name(name) => {
                    text.push_str(&format!("{dot}{}", escape(name, &['.', '[', '{'])))
                }
                Step::Items => text.push_str("[]"),
                Step::Key(key) => text.push_str(&format!("{dot}{{{}}}", escape(key, &['}']))),
            }
        }
        text
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let bad = || BadText::new(text, "field path", "like `a.b[].{key}.c`");
        let mut scan = Scan(text);
        let mut steps = Vec::new();
        while !scan.0.is_empty() {
            if scan.sign("[]").is_some() {
                steps.push(Step::Items);
                continue;
            }
            if !steps.is_empty() {
                scan.sign(".").ok_or_else(bad)?;
            }
            steps.push(match scan.braced().ok_or_else(bad)? {
                Some(key) => Step::Key(key),
                None => Step::Name(scan.name(&['.', '[']).ok_or_else(bad)?),
            });
        }
        Ok(FieldPath(steps))
    }
}

/// `/v1/{project_id}/servers`
impl Text for PathTemplate {
    fn print(&self) -> String {
        if self.0.is_empty() {
            return "/".to_owned();
        }
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Literal(text) => format!("/{}", escape(text, &['/', '{'])),
            Segment::Parameter(name) => format!("/{{{}}}", escape(name, &['}'])),
        });
        segments.collect()
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let bad = || BadText::new(text, "path", "like `/v1/{id}/things`");
        let mut segments = Vec::new();
        if text == "/" {
            return Ok(PathTemplate(segments));
        }
        let mut scan = Scan(text);
        while !scan.0.is_empty() {
            scan.sign("/").ok_or_else(bad)?;
            segments.push(match scan.braced().ok_or_else(bad)? {
                Some(name) => Segment::Parameter(name),
                None => Segment::Literal(scan.name(&['/']).ok_or_else(bad)?),
            });
        }
        Ok(PathTemplate(segments))
    }
}

/// `String`, `Array of Object`, `Map {vpc_id} of Array of Object`
impl Text for Kind {
    fn print(&self) -> String {
        match self {
            Kind::String => "String".to_owned(),
            Kind::Integer => "Integer".to_owned(),
            Kind::Number => "Number".to_owned(),
            Kind::Boolean => "Boolean".to_owned(),
            Kind::Object => "Object".to_owned(),
            Kind::Array(of) => format!("Array of {}", of.print()),
            Kind::Map { key, value } => {
                format!("Map {{{}}} of {}", escape(key, &['}']), value.print())
            }
            Kind::Unknown => "unknown".to_owned(),
        }
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let bad = || BadText::new(text, "kind", "like `Map {key} of Array of String`");
        let mut scan = Scan(text);
        let mut around: Vec<Option<String>> = Vec::new();
        loop {
            if scan.sign("Array of ").is_some() {
                around.push(None);
            } else if scan.sign("Map ").is_some() {
                around.push(Some(scan.braced().flatten().ok_or_else(bad)?));
                scan.sign(" of ").ok_or_else(bad)?;
            } else {
                break;
            }
            if around.len() > DEEPEST {
                return Err(BadText::new(
                    text,
                    "kind",
                    format!("at most {DEEPEST} levels deep"),
                ));
            }
        }
        let innermost = match scan.0 {
            "String" => Kind::String,
            "Integer" => Kind::Integer,
            "Number" => Kind::Number,
            "Boolean" => Kind::Boolean,
            "Object" => Kind::Object,
            "unknown" => Kind::Unknown,
            _ => return Err(bad()),
        };
        Ok(around
            .into_iter()
            .rev()
            .fold(innermost, |kind, around| match around {
                None => Kind::Array(Box::new(kind)),
                Some(key) => Kind::Map {
                    key,
                    value: Box::new(kind),
                },
            }))
    }
}

/// Levels of a kind that are read. A file with more was not written by this program.
const DEEPEST: usize = 64;

/// `uuid`, `time`, `time YYYY-MM-DD`
impl Text for Format {
    fn print(&self) -> String {
        match self {
            Format::Uuid => "uuid".to_owned(),
            Format::Ip => "ip".to_owned(),
            Format::Ipv4 => "ipv4".to_owned(),
            Format::Ipv6 => "ipv6".to_owned(),
            Format::Cidr => "cidr".to_owned(),
            Format::Mac => "mac".to_owned(),
            Format::Base64 => "base64".to_owned(),
            Format::Uri => "uri".to_owned(),
            Format::Time(None) => "time".to_owned(),
            Format::Time(Some(template)) => format!("time {template}"),
            Format::Json => "json".to_owned(),
            Format::Hostname => "hostname".to_owned(),
            Format::Standard(name) => format!("standard {name}"),
        }
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        Ok(match text {
            "uuid" => Format::Uuid,
            "ip" => Format::Ip,
            "ipv4" => Format::Ipv4,
            "ipv6" => Format::Ipv6,
            "cidr" => Format::Cidr,
            "mac" => Format::Mac,
            "base64" => Format::Base64,
            "uri" => Format::Uri,
            "time" => Format::Time(None),
            "json" => Format::Json,
            "hostname" => Format::Hostname,
            _ => match text.split_once(' ') {
                Some(("time", template)) => Format::Time(Some(template.to_owned())),
                Some(("standard", name)) => Format::Standard(name.to_owned()),
                _ => {
                    let known =
                        "one of uuid ip ipv4 ipv6 cidr mac base64 uri time json hostname standard";
                    return Err(BadText::new(text, "format", known));
                }
            },
        })
    }
}

/// `a`, `a-z`, `Chinese`
impl Text for CharClass {
    fn print(&self) -> String {
        match self {
            CharClass::Chinese => "Chinese".to_owned(),
            CharClass::Range(first, last) => format!("{first}-{last}"),
            CharClass::One(one) => one.to_string(),
        }
    }

    fn parse(text: &str) -> Result<Self, BadText> {
        let start: Vec<char> = text.chars().take(4).collect();
        match start[..] {
            [one] => Ok(CharClass::One(one)),
            [first, '-', last] => Ok(CharClass::Range(first, last)),
            _ if text == "Chinese" => Ok(CharClass::Chinese),
            _ => Err(BadText::new(
                text,
                "class of characters",
                "like `a`, `a-z` or `Chinese`",
            )),
        }
    }
}

/// `name` with a backslash before every sign; the empty name as `\_`.
fn escape(name: &str, signs: &[char]) -> String {
    if name.is_empty() {
        return "\\_".to_owned();
    }
    let is_sign = |c: char| c == '\\' || signs.contains(&c);
    if !name.contains(is_sign) {
        return name.to_owned();
    }
    let mut text = String::with_capacity(name.len() + 1);
    for c in name.chars() {
        if is_sign(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// What is left to read of a text.
struct Scan<'a>(&'a str);

impl<'a> Scan<'a> {
    fn sign(&mut self, sign: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(sign)?;
        Some(())
    }

    fn number(&mut self) -> Option<u32> {
        let end = self
            .0
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.0.len());
        let number = self.0[..end].parse().ok()?;
        self.0 = &self.0[end..];
        Some(number)
    }

    /// The name up to one of `signs` or the end, with its escapes resolved.
    fn name(&mut self, signs: &[char]) -> Option<String> {
        let mut name = String::new();
        let mut chars = self.0.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == '\\' {
                match chars.next()?.1 {
                    '_' => {}
                    escaped => name.push(escaped),
                }
            } else if signs.contains(&c) {
                self.0 = &self.0[at..];
                return Some(name);
            } else {
                name.push(c);
            }
        }
        self.0 = "";
        Some(name)
    }

    /// What stands in braces, if braces come next; nothing at all if they are not closed.
    fn braced(&mut self) -> Option<Option<String>> {
        if self.sign("{").is_none() {
            return Some(None);
        }
        let name = self.name(&['}'])?;
        self.sign("}")?;
        Some(Some(name))
    }

    fn rest(&mut self) -> &'a str {
        std::mem::take(&mut self.0)
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
