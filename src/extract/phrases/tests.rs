//! Every rule has an example in words of our own, and reads it by itself.

use super::*;
use crate::contract::{CharClass, Format, Relation, Scalar, Scope, StatesRule, Unit as Counted};
use crate::extract::claims;

/// The rule, the kind of the field (`-`: the operation as a whole; `answered` before it: a field of an answer), the text with one piece per
/// line and `- ` before items, and all that is read from it, one statement per line.
pub(super) type Example = (&'static str, &'static str, &'static str, &'static str);

const EXAMPLES: [&[Example]; 71] = [
    default_order::EXAMPLES,
    open_ended::EXAMPLES,
    compared::EXAMPLES,
    ends::EXAMPLES,
    supported::EXAMPLES,
    together::EXAMPLES,
    exclusive::EXAMPLES,
    null::EXAMPLES,
    presence::EXAMPLES,
    unique::EXAMPLES,
    sometimes::EXAMPLES,
    void::EXAMPLES,
    needed::EXAMPLES,
    default::EXAMPLES,
    order::EXAMPLES,
    between::EXAMPLES,
    prefixes::EXAMPLES,
    length::EXAMPLES,
    forbidden::EXAMPLES,
    charset::EXAMPLES,
    companions::EXAMPLES,
    told::EXAMPLES,
    signs::EXAMPLES,
    mixed::EXAMPLES,
    edges::EXAMPLES,
    format::EXAMPLES,
    formed::EXAMPLES,
    items::EXAMPLES,
    numbers::EXAMPLES,
    steps::EXAMPLES,
    behaviour::EXAMPLES,
    microversion::EXAMPLES,
    named_states::EXAMPLES,
    sequence::EXAMPLES,
    listing::EXAMPLES,
    states::EXAMPLES,
    ready::EXAMPLES,
    refused::EXAMPLES,
    kinds_of_things::EXAMPLES,
    only::EXAMPLES,
    values::EXAMPLES,
    bare::EXAMPLES,
    glossed::EXAMPLES,
    lists::EXAMPLES,
    stands_for::EXAMPLES,
    other::EXAMPLES,
    upkeep::EXAMPLES,
    choices::EXAMPLES,
    extent::EXAMPLES,
    fallback::EXAMPLES,
    holding::EXAMPLES,
    in_use::EXAMPLES,
    short::EXAMPLES,
    unbinding::EXAMPLES,
    unchecked::EXAMPLES,
    goes_with::EXAMPLES,
    aftermath::EXAMPLES,
    outcome::EXAMPLES,
    denied::EXAMPLES,
    among::EXAMPLES,
    counted::EXAMPLES,
    left_out::EXAMPLES,
    alike::EXAMPLES,
    alone::EXAMPLES,
    fit::EXAMPLES,
    lasting::EXAMPLES,
    matching::EXAMPLES,
    now::EXAMPLES,
    served::EXAMPLES,
    standards::EXAMPLES,
    spelled::EXAMPLES,
];

fn kind(printed: &str) -> Kind {
    match printed {
        "String" => Kind::String,
        "Integer" => Kind::Integer,
        "Number" => Kind::Number,
        "Boolean" => Kind::Boolean,
        "Object" => Kind::Object,
        "Array of String" => Kind::Array(Box::new(Kind::String)),
        "Map of Strings" => Kind::Map {
            key: "key".into(),
            value: Box::new(Kind::String),
        },
        _ => Kind::Unknown,
    }
}

fn prose(text: &str) -> Prose {
    let piece = |(nth, line): (usize, &str)| Piece {
        text: line.trim_start_matches("- ").to_owned(),
        line: u32::try_from(nth).unwrap() + 1,
        depth: u8::from(line.starts_with("- ")),
        note: false,
    };
    Prose {
        pieces: text.lines().enumerate().map(piece).collect(),
    }
}

pub(super) fn read_as(printed_kind: &str, text: &str) -> PhraseReading {
    let answered = printed_kind.strip_prefix("answered ");
    let printed_kind = answered.unwrap_or(printed_kind);
    let kind = kind(printed_kind);
    let about_field = printed_kind != "-";
    let subject = Subject {
        name: about_field.then_some("lamp"),
        kind: about_field.then_some(&kind),
        direction: match answered {
            Some(_) => Direction::Response,
            None => Direction::Request,
        },
    };
    read(&prose(text), &subject)
}

/// What is read of a text of a field that holds one.
pub(super) fn read_of_text(text: &str) -> Vec<String> {
    let reading = read_as("String", text);
    reading.statements.iter().map(print).collect()
}

pub(super) fn print(said: &Said) -> String {
    let nearby = said.nearby.as_ref().filter(|name| *name != "lamp");
    let name = said.field.as_ref().or(nearby);
    let field = name.map(|field| format!("{field}: "));
    let conditional = if said.conditional {
        ", conditional"
    } else {
        ""
    };
    let constraint = constraint(&said.constraint);
    format!("{}{constraint}{conditional}", field.unwrap_or_default())
}

fn ends<T: ToString>(min: &Option<T>, max: &Option<T>) -> String {
    let min = min.as_ref().map(T::to_string).unwrap_or_default();
    let max = max.as_ref().map(|max| format!("={}", max.to_string()));
    format!("{min}..{}", max.unwrap_or_default())
}

fn value(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Null => "null".into(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Decimal(value) => value.clone(),
        Scalar::Text(value) if value.is_empty() => "''".into(),
        Scalar::Text(value) => value.clone(),
    }
}

fn class(class: &CharClass) -> String {
    match class {
        CharClass::Chinese => "Chinese".into(),
        CharClass::Range(from, to) => format!("{from}-{to}"),
        CharClass::One(c) => format!("'{c}'"),
    }
}

fn format_word(format: &Format) -> String {
    match format {
        Format::Time(None) => "time".into(),
        Format::Time(Some(template)) => format!("time {template}"),
        Format::Uuid => "uuid".into(),
        Format::Ip => "ip".into(),
        Format::Ipv4 => "ipv4".into(),
        Format::Ipv6 => "ipv6".into(),
        Format::Cidr => "cidr".into(),
        Format::Mac => "mac".into(),
        Format::Base64 => "base64".into(),
        Format::Uri => "uri".into(),
        Format::Json => "json".into(),
        Format::Hostname => "host name".into(),
        Format::Standard(name) => name.clone(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" ")
}

fn constraint(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length { min, max, unit } => {
            let unit = match unit {
                Counted::Characters => "characters",
                Counted::Bytes => "bytes",
            };
            format!("length {} {unit}", ends(min, max))
        }
        Constraint::Charset(classes) => format!("charset {}", joined(classes.iter().map(class))),
        Constraint::Mixture { least, kinds } => {
            let kinds = kinds.iter().map(|kind| joined(kind.iter().map(class)));
            format!("{least} of {}", kinds.collect::<Vec<_>>().join(" | "))
        }
        Constraint::ForbiddenCharacters(set) => {
            format!("forbidden {}", set.iter().collect::<String>())
        }
        Constraint::Pattern(pattern) => format!("pattern {pattern}"),
        Constraint::Enum { values, open } => {
            let open = if *open { " open" } else { "" };
            format!("enum {}{open}", joined(values.iter().map(value)))
        }
        Constraint::Const(only) => format!("const {}", value(only)),
        Constraint::Format { format, or_empty } => {
            let or_empty = if *or_empty { " or empty" } else { "" };
            format!("format {}{or_empty}", format_word(format))
        }
        Constraint::Range { min, max } => format!("range {}", ends(min, max)),
        Constraint::Multiple(of) => format!("multiple of {of}"),
        Constraint::Except(values) => format!(
            "none of {}",
            values
                .iter()
                .map(claims::scalar)
                .collect::<Vec<_>>()
                .join(" ")
        ),
        Constraint::ItemCount { min, max } => format!("items {}", ends(min, max)),
        Constraint::Unique => "unique".into(),
        Constraint::NotEmpty => "not empty".into(),
        Constraint::RequiredIf(condition) => format!("required if {condition}"),
        Constraint::ExclusiveWith(fields) => format!("not with {}", fields.join(" ")),
        Constraint::Precedence(fields) => format!("precedence {}", fields.join(" ")),
        Constraint::Default(default) => format!("default {}", value(default)),
        Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } => {
            let rule = match rule {
                StatesRule::OneOf => "one of",
                StatesRule::NoneOf => "none of",
            };
            format!("{subject} {rule} {}", states.join(" "))
        }
        Constraint::Quota { of, max: None } => format!("quota of {of}"),
        Constraint::Quota { of, max: Some(max) } => format!("quota {max} {of}"),
        Constraint::Idempotent => "idempotent".into(),
        Constraint::RateLimit { per_minute } => format!("rate {per_minute}"),
        Constraint::Microversion { min, max } => format!("microversion {}", ends(min, max)),
        Constraint::Nullable => "nullable".into(),
        Constraint::AsyncJob => "async job".into(),
        Constraint::Relative { how, to } => match how {
            Relation::AtLeast => format!("at least {to}"),
            Relation::AtMost => format!("at most {to}"),
            Relation::Below => format!("less than {to}"),
            Relation::Above => format!("more than {to}"),
            Relation::Unlike => format!("other than {to}"),
            Relation::DefaultsTo => format!("default as {to}"),
        },
        Constraint::Within { scope, holds } => match scope {
            Scope::Case(case) => format!("{} when {case}", self::constraint(holds)),
            Scope::Part(part) => format!("{part}: {}", self::constraint(holds)),
            Scope::Form(forms) => format!("{} of {forms}", self::constraint(holds)),
        },
        Constraint::Other(words) => format!("other: {words}"),
    }
}

#[test]
fn every_rule_reads_its_examples() {
    let mut wrong = Vec::new();
    for (rule, kind, text, expected) in EXAMPLES.iter().flat_map(|family| family.iter()) {
        let reading = read_as(kind, text);
        let printed: Vec<String> = reading.statements.iter().map(print).collect();
        let rules: Vec<&str> = reading.statements.iter().map(|said| said.rule).collect();
        if printed.join("\n") != *expected || !rules.contains(rule) {
            wrong.push(format!(
                "{rule}: {text:?}\n   expected {expected:?}\n   read     {printed:?} by {rules:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_an_example_and_a_name_of_its_own() {
    let examples: Vec<&str> = EXAMPLES
        .iter()
        .flat_map(|family| family.iter())
        .map(|example| example.0)
        .collect();
    let mut names: Vec<&str> = rules().iter().map(|rule| rule.name).collect();
    for name in &names {
        assert!(examples.contains(name), "{name} has no example");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_name_begins_with_its_language() {
    for rule in rules() {
        let prefix = match rule.language {
            Language::Zh => "zh.",
            Language::En => "en.",
        };
        assert!(rule.name.starts_with(prefix), "{}", rule.name);
        assert!(
            rule.cues.iter().all(|cue| cue.to_lowercase() == *cue),
            "{}",
            rule.name
        );
    }
}

#[test]
fn what_looks_like_a_constraint_is_not_dropped() {
    let unread = |text| -> Vec<String> {
        let reading = read_as("String", text);
        reading.unread.into_iter().map(|piece| piece.text).collect()
    };
    assert_eq!(
        unread("灯名必须好听。长度为1-9个字符。"),
        ["灯名必须好听。"]
    );
    assert_eq!(
        unread("The keeper must not sleep."),
        ["The keeper must not sleep."]
    );
    assert!(unread("灯塔的名字。").is_empty());
    assert!(unread("Specifies the lamp.").is_empty());
}

#[test]
fn what_holds_in_one_case_does_not_bind_in_all() {
    let reading = read_as("Integer", "灯号，范围1-99。当fuel为oil时，范围是0-9。");
    let printed: Vec<String> = reading.statements.iter().map(print).collect();
    assert_eq!(printed, ["range 1..=99", "range 0..=9 when fuel == oil"]);
}

#[test]
fn a_number_in_a_condition_is_no_range() {
    let reading = read_as("Integer", "If the oil is less than 30, the lamp is dim.");
    assert_eq!(reading.statements, []);
}

#[test]
fn what_only_some_things_support_is_no_value() {
    let reading = read_as("String", "对于仅支持LED类型灯罩的灯塔，灯位为top。");
    assert_eq!(reading.statements, []);
}

#[test]
fn what_is_said_of_other_things_is_not_said_of_the_field() {
    for (kind, text) in [
        (
            "Integer",
            "灯油。小于等于300升：最小单位为1升。大于1000升：最小单位为500升。",
        ),
        ("String", "灯位的号码。取值范围：1~600。只能以“-”连接。"),
        ("String", "灯名。如果不支持，则无此属性。"),
        (
            "String",
            "灯是否亮。如果取值为“true”，表示灯不亮，其他取值时表示亮。",
        ),
        ("String", "灯油的编号，取值范围：WHOLE类型的编号。"),
        ("String", "What it burns. Options: N/A"),
        ("String", "灯的类型。该字段为WHOLE时，必须指定灯油ID。"),
        (
            "String",
            "灯的规则。仅支持FREQ、HOUR等参数，其中FREQ仅支持DAILY和WEEKLY。",
        ),
        (
            "String",
            "灯芯。默认取值：若kind为GAS，则默认值为0，其他为200。",
        ),
        (
            "String",
            "灯型的缩写，例如灯名为“petrol.o2”，则灯型为“po2”。",
        ),
        (
            "Integer",
            "页码。按9条分页，总条数最大值为9，不足按实际返回。",
        ),
        ("Integer", "灯高。高度有最小值限制，默认为5M。"),
        ("String", "灯名。系统会自动加上由4位数字组成的后缀。"),
        ("Integer", "灯数。灯塔最小40，灯室另计。"),
        ("String", "灯型。不同灯塔支持的灯型各不相同。"),
        ("String", "不支持的类型：disk、volume。"),
        ("String", "灯名。仅限 Windows 系统使用。"),
        ("String", "The sign must contain one digit."),
        (
            "String",
            "The name of the lamp. A 5-character ID is appended to it.",
        ),
        ("String", "The content type.\napplication/json"),
        (
            "String",
            "点灯的日子。取值示例：\n- 1,2,3 表示周一、周二和周三。\n- 1,5表示周一、周五点灯。",
        ),
        (
            "String",
            "点灯时间。HH取值必须比hh大2，mm与MM一致，取值必须为00。",
        ),
        (
            "String",
            "The other tower. It must be distinct from the first tower.",
        ),
        ("String", "The ticket can be used only once."),
        ("Integer", "The lamps. For brass lamps, at most 5."),
        ("String", "“0”表示默认灯室。"),
        ("Integer", "灯高小于30m时，每次升1m。"),
        ("String", "标注，灯号为key，灯油为value。"),
        ("String", "灯的标注。lamp不能为空，可以为空字符串。"),
        ("String", "灯油，目前只支持Lighthouse Oil的灯。"),
        (
            "String",
            "The watch. The values of mm and MM must be any of the following: 00 or 30.\nExample value:\n- 08:15-09:15\n- 23:00-00:00",
        ),
        (
            "Boolean",
            "Whether all burn. Values:\n- true: All burn.\n- false or other values: The given lamps burn.",
        ),
        (
            "Array of String",
            "The keepers. Up to 50 keepers in 10 towers can be named.",
        ),
        (
            "String",
            "The state. If this parameter is not used, lamps of all states are shown in order.",
        ),
        ("String", "The name of the lamp, like tower:default:lamp."),
        (
            "Integer",
            "How many lamps can be automatically created. Others are not counted where it is blank.",
        ),
        (
            "Integer",
            "By default, the wicks value is 10. Lamps are shown by page.",
        ),
        (
            "Object",
            "The flag that will be automatically assigned to the lamp.",
        ),
        (
            "String",
            "The value can be:\n- lit: burns\n- Other words of the keeper",
        ),
        ("String", "由小写字母和特殊字符组成。"),
        (
            "String",
            "灯的组。\n- 0：代表总组\n- all：代表所有组\n- 其它组：长度为36个字符",
        ),
        ("String", "灯址。取值范围：IP地址，或者cidr格式"),
        (
            "String",
            "The address of the lamp. It supports IPv4 and IPv6.",
        ),
        ("Integer", "The time required for lighting the lamp."),
        (
            "Integer",
            "It is not required when you light the first lamp.",
        ),
    ] {
        assert_eq!(read_as(kind, text).statements, [], "{text}");
    }
    let reading = read_as("String", "灯脚本。建议密码复杂度如下：\n- 长度为8-26位。");
    let [said] = reading.statements.as_slice() else {
        panic!("one statement: {reading:?}");
    };
    assert_eq!(said.nearby.as_deref(), Some("password"));
}

#[test]
fn statements_keep_their_lines() {
    let reading = read_as("String", "灯名。\n- 不能为空。\n- 长度不超过36个字符。");
    let lines: Vec<u32> = reading.statements.iter().map(|said| said.line).collect();
    assert_eq!(lines, [2, 3]);
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd(text in r#"[取值范围为是长度不能默认:：,，。；;"“”()\[\]0-9a-zA-Z_ \-~•\n]{0,120}"#) {
        for kind in ["String", "Integer", "Array of String", "Object", "-"] {
            read_as(kind, &text);
        }
    }
}
