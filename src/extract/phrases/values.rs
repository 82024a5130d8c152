//! Which values there are: enumerations, constants, lists of glosses, examples.

use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::Unit;
use super::tokens::{self, List, scalar};
use crate::contract::{Constraint, Kind, Scalar};

/// No document lists more values of one field.
const MOST_ITEMS: usize = 500;

/// Lists of glosses, which no other rule may read piecemeal.
pub(super) const LISTS: &[Rule] = &[
    Rule {
        name: "zh.glosses",
        language: Zh,
        meaning: "a list whose items each explain a value",
        cues: &[":", "表示", "代表", ",", "为", "("],
        pattern: r"^.*$",
        read: glosses,
    },
    Rule {
        name: "en.glosses",
        language: En,
        meaning: "a list whose items each explain a value",
        cues: &[":", "indicates", "means", "=", "true", "false", "-"],
        pattern: r"^.*$",
        read: glosses,
    },
];

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.examples",
        language: Zh,
        meaning: "examples in a list: an open enumeration",
        cues: &["例如", "比如", "示例", "如:"],
        pattern: r"(?:例如|比如|示例|如)\s*:\s*$",
        read: |hit| list_below(hit, true),
    },
    Rule {
        name: "zh.set-to",
        language: Zh,
        meaning: "another field must be set to a value",
        cues: &["设置为"],
        pattern: r#""?(?P<field>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:字段|参数)?(?:必须|需要|需|须|应)设置为\s*"(?P<value>[^"]{1,40})""#,
        read: |hit| {
            let value = scalar(hit.group("value"), &Kind::Unknown);
            Some(Heard::about(hit.group("field"), Constraint::Const(value)))
        },
    },
    Rule {
        name: "zh.values",
        language: Zh,
        meaning: "the values that a field takes, in the sentence or in the list below it",
        cues: &[
            "值",
            "包括",
            "包含",
            "选",
            "范围",
            "支持",
            "只能取",
            "指定的",
            "类型",
            "参数为",
        ],
        pattern: r"(?:取值范围|取值|枚举值|可选值|可选范围|参数值|有效值|有效的[\p{Han}]{0,6}|可以指定的[^:。]{0,10}|可选|该值|只能取|(?:^|[,。;；:\s])值|的值|值|包括|包含|名称)\s*(?:(?:如下|以下|固定|默认|支持|可以|可能|一般|只能|当前|目前|仅|只|可|应|必须|取值|取|分别|有|为|是|包括|包含|:|\s|[一二两三四五六七八九十0-9]+\s*种|几种|类型|取值|之一|列表)+)|有[一二两三四五六七八九十]种取值[。]?\s*",
        read: values,
    },
    Rule {
        name: "zh.only-values",
        language: Zh,
        meaning: "only these values are supported",
        cues: &["支持", "取"],
        pattern: r"(?:只|仅|目前|当前)(?:能|可以|可)?(?:支持|取值为|取)(?:以下|如下)?(?:类型|取值|值)?\s*:?\s*",
        read: |hit| {
            if !hit.about_field() {
                return None;
            }
            let list = tokens::list(hit.near())?;
            enumeration(hit, list, false, 0)
        },
    },
    Rule {
        name: "zh.only-type",
        language: Zh,
        meaning: "only things of one type are supported, said of the operation",
        cues: &["仅支持", "只支持"],
        pattern: r"(?:仅|只)(?:能)?支持\p{Han}{0,6}?(?P<value>[A-Z][A-Za-z0-9_-]*)类型的",
        read: |hit| {
            let value = scalar(hit.group("value"), &Kind::Unknown);
            Some(Constraint::Const(value).into())
        },
    },
    Rule {
        name: "zh.inline-glosses",
        language: Zh,
        meaning: "two or more quoted values, each explained in the sentence",
        cues: &["代表", "表示"],
        pattern: r#""(?P<one>[A-Za-z0-9_.-]{1,40})"\s*(?:代表|表示|指)[^"。]{1,40}?[,;；、]\s*"(?P<two>[A-Za-z0-9_.-]{1,40})"\s*(?:代表|表示|指)"#,
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            enumeration(hit, alone(values.to_vec()), false, 0)
        },
    },
    Rule {
        name: "zh.bare-list",
        language: Zh,
        meaning: "values after a colon, parted by 或",
        cues: &["或"],
        pattern: r"^[^:]{1,24}:\s*(?P<list>[A-Za-z0-9_-]+\s*(?:[,、]\s*[A-Za-z0-9_-]+\s*)*[,、]?\s*(?:或者|或)\s*[A-Za-z0-9_-]+)\s*[。；;]?$",
        read: |hit| enumeration(hit, tokens::list(hit.group("list"))?, false, 0),
    },
    Rule {
        name: "zh.labelled-value",
        language: Zh,
        meaning: "one value with its gloss after a label",
        cues: &["("],
        pattern: r"^[^:]{2,20}:\s*(?P<value>[A-Za-z][A-Za-z0-9_-]*)\s*\(\p{Han}[^()]*\)\s*[。]?$",
        read: |hit| {
            let value = scalar(hit.group("value"), hit.kind());
            hit.about_field().then(|| Constraint::Const(value).into())
        },
    },
    Rule {
        name: "en.examples",
        language: En,
        meaning: "examples in a list: an open enumeration",
        cues: &["example"],
        pattern: r"(?:for example|examples?)\s*:\s*$",
        read: |hit| list_below(hit, true),
    },
    Rule {
        name: "en.values",
        language: En,
        meaning: "the values that a field takes, in the sentence or in the list below it",
        cues: &["value", "options", "supported", "can be", "types", "one of"],
        pattern: r"(?:value ranges?|(?:the |its |parameter )?values? (?:of this (?:parameter|field) )?(?:can only be|can be|may be|must be|is fixed (?:at|to)|is always|is|are|include)|(?:possible|valid|available|supported|allowed|enumerat(?:ed|ion)|enum|optional) (?:values|value|options|types)|(?:the )?options|the following (?:types|values|options)|can be (?:set to )?|must be one of)(?:\s*(?:either|one of|the following|the|following|values?|as follows|are|is|include|can be|supported|fixed at|only|currently|:))*\s*",
        read: values,
    },
    Rule {
        name: "en.indicated-values",
        language: En,
        meaning: "values explained in one sentence: Value A indicates ... and B indicates ...",
        cues: &["indicates"],
        pattern: r#"^(?:the )?value "?(?P<one>[A-Za-z0-9_-]+)"? (?:indicates|means)[^.]*? and "?(?P<two>[A-Za-z0-9_-]+)"? (?:indicates|means)[^.]*"#,
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            enumeration(hit, alone(values.to_vec()), false, 0)
        },
    },
    Rule {
        name: "en.bare-list",
        language: En,
        meaning: "values after a colon, parted by or",
        cues: &[" or "],
        pattern: r"^[^:]{1,120}:\s*(?P<list>[a-z0-9_-]+(?:, [a-z0-9_-]+)*,? or [a-z0-9_-]+)\.?$",
        read: |hit| enumeration(hit, tokens::list(hit.group("list"))?, false, 0),
    },
];

fn alone(values: Vec<String>) -> List {
    List {
        values,
        open: false,
        length: 0,
    }
}

/// Values in the rest of the sentence, running on behind it, or in the list below.
fn values(hit: &Hit) -> Option<Heard> {
    if !hit.about_field() || is_about_other_things(hit) {
        return None;
    }
    let rest = hit.near();
    if rest.trim().is_empty() {
        return list_below(hit, false);
    }
    if let Some(list) = tokens::run_on_glosses(rest) {
        return enumeration(hit, list, false, 0);
    }
    let list = tokens::list(rest)?;
    let says_when = rest[list.length..].trim_start().to_lowercase();
    if says_when.starts_with('时') || says_when.starts_with("when ") {
        return None;
    }
    let word = hit.whole().trim();
    let lists_contents = word.starts_with("包括") || word.starts_with("包含");
    if lists_contents && list.values.len() < 2 {
        return None;
    }
    enumeration(hit, list, false, 0)
}

/// Objects have no values, and "the value of X" speaks of another field.
fn is_about_other_things(hit: &Hit) -> bool {
    let other = OTHER_FIELD.captures(hit.before);
    let is_other = other.is_some_and(|found| Some(&found["name"]) != hit.subject.name);
    matches!(hit.kind(), Kind::Object) || is_other
}

static OTHER_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?P<name>[A-Za-z_][A-Za-z0-9_.:]+)"?(?:参数|字段|属性)?的?\s*$"#)
        .expect("a test compiles it")
});

/// The values of the list below the unit.
fn list_below(hit: &Hit, open: bool) -> Option<Heard> {
    if !hit.about_field() || matches!(hit.kind(), Kind::Object) {
        return None;
    }
    let depth = hit.units.first()?.depth;
    if depth < hit.unit.depth {
        return None;
    }
    let items = items(hit.units, depth);
    if let Some(list) = tokens::run_on_glosses(items.texts.first()?) {
        return enumeration(hit, alone(list.values), open, items.units_of(1));
    }
    let found = explained(&items.texts, 1)?;
    let mut heard = enumeration(hit, alone(found.values), open, items.units_of(found.taken))?;
    heard
        .constraints
        .extend(default_marked(hit, &items.texts[..found.taken]));
    Some(heard)
}

/// A list that nothing introduces: this unit is its first item.
fn glosses(hit: &Hit) -> Option<Heard> {
    let is_scalar = !matches!(hit.kind(), Kind::Object | Kind::Map { .. });
    if !hit.about_field() || !is_scalar || !hit.before.is_empty() {
        return None;
    }
    let own = hit.unit.text.as_str();
    if !own.starts_with(hit.whole()) {
        return None;
    }
    if let Some(list) = tokens::run_on_glosses(own) {
        let read_on = list.length.saturating_sub(hit.whole().len());
        return enumeration(hit, list, false, 0).map(|heard| heard.reading_on(read_on));
    }
    let below = items(hit.units, hit.unit.depth);
    let mut texts = vec![own];
    texts.extend(&below.texts);
    let found = explained(&texts, if is_code(own) { 1 } else { 2 })?;
    let units = found
        .taken
        .checked_sub(1)
        .map_or(0, |last| below.units_of(last));
    let mut heard = enumeration(hit, alone(found.values), false, units)?;
    heard
        .constraints
        .extend(default_marked(hit, &texts[..found.taken]));
    Some(heard)
}

/// A number with a colon is a code even when it is alone.
fn is_code(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < text.len() && digits.trim_start().starts_with(": ")
}

/// The items of a list and the places of their units.
struct Items<'a> {
    texts: Vec<&'a str>,
    ends: Vec<usize>,
}

impl Items<'_> {
    /// How many units the first so many items take, with what stands below them.
    fn units_of(&self, items: usize) -> usize {
        items.checked_sub(1).map_or(0, |last| self.ends[last])
    }
}

/// The items at this depth, to the end of the list.
fn items(units: &[Unit], depth: u8) -> Items<'_> {
    let mut items = Items {
        texts: Vec::new(),
        ends: Vec::new(),
    };
    for (at, unit) in units.iter().enumerate().take(MOST_ITEMS) {
        if unit.depth < depth {
            break;
        }
        if unit.depth == depth {
            items.texts.push(&unit.text);
            items.ends.push(at + 1);
        } else if let Some(end) = items.ends.last_mut() {
            *end = at + 1;
        }
    }
    items
}

/// The values that items explain, and how many items do.
struct Explained {
    values: Vec<String>,
    taken: usize,
}

/// The longest run of items that each explain a value, if it has `least` of them.
fn explained(items: &[&str], least: usize) -> Option<Explained> {
    let mut values: Vec<String> = Vec::new();
    let mut taken = 0;
    let mut unsure = 0;
    for item in items {
        if names_the_others(item) {
            return None;
        }
        let Some(gloss) = tokens::gloss(item) else {
            break;
        };
        if !gloss.sure {
            unsure += 1;
        }
        taken += 1;
        let known = values.iter().any(|value| value == gloss.value);
        if !known && !is_unsupported(gloss.meaning) {
            values.push(gloss.value.to_owned());
        }
    }
    let is_weak = unsure == taken && taken < 2;
    (taken >= least && !is_weak && !values.is_empty()).then_some(Explained { values, taken })
}

/// "Non-0", "other values": the items do not name all values.
fn names_the_others(item: &str) -> bool {
    let lower_case = item.to_lowercase();
    ["non-", "非", "other values", "others:", "其他值", "其它"]
        .iter()
        .any(|word| lower_case.starts_with(word))
}

static UNSUPPORTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:当前|目前|暂)不支持该?(?:类型|取值)?。?$|(?i:not supported currently|currently not supported)")
        .expect("a test compiles it")
});

fn is_unsupported(meaning: &str) -> bool {
    UNSUPPORTED.is_match(meaning)
}

static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\((?:默认值?|缺省值?|(?i:default(?: value)?))\)").expect("a test compiles it")
});

/// The item marked as the default.
fn default_marked(hit: &Hit, items: &[&str]) -> Option<(Constraint, Option<String>)> {
    let item = items.iter().find(|item| MARKED.is_match(item))?;
    let value = tokens::gloss(item)?.value;
    Some((Constraint::Default(scalar(value, hit.kind())), None))
}

/// One value is a constant, several are an enumeration.
fn enumeration(hit: &Hit, list: List, open: bool, units: usize) -> Option<Heard> {
    if matches!(hit.kind(), Kind::Object) {
        return None;
    }
    if PART.is_match(&hit.unit.text) {
        return Some(Constraint::Other("values of one part".into()).into());
    }
    let open = open || list.open;
    let values: Vec<_> = list
        .values
        .iter()
        .map(|value| scalar(value, hit.kind()))
        .collect();
    let constraint = match values.as_slice() {
        [] => return None,
        [_, ..] if values.iter().any(|value| !suits(value, hit.kind())) => return None,
        [only] if !open && units == 0 && !hit.is_list() && !is_code(&hit.unit.text) => {
            Constraint::Const(only.clone())
        }
        [_, ..] => Constraint::Enum { values, open },
    };
    let mut heard = Heard::from(constraint).reading_on(list.length.min(hit.rest.len()));
    heard.units = units;
    Some(heard)
}

/// An item that explains one part of a composed value.
static PART: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z_]+\s*指").expect("a test compiles it"));

/// Whether a value is one that the field's kind can hold: a misread list seldom is.
fn suits(value: &Scalar, kind: &Kind) -> bool {
    match kind {
        Kind::Integer | Kind::Number => !matches!(value, Scalar::Text(_)),
        Kind::Boolean => matches!(value, Scalar::Bool(_) | Scalar::Null),
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => true,
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.examples",
        "String",
        "灯的任务。例如：\n- dimming: 变暗\n- cooling: 变冷",
        "enum dimming cooling open",
    ),
    (
        "zh.set-to",
        "String",
        "“lamp_type”需设置为“oil”",
        "lamp_type: const oil",
    ),
    (
        "zh.values",
        "String",
        "灯态。取值范围：\n- LIT：亮\n- DARK：灭\n- 空字符串: 无灯",
        "enum LIT DARK ''",
    ),
    ("zh.values", "Integer", "灯级，值为4或6。", "enum 4 6"),
    (
        "zh.values",
        "String",
        "取值为: True或空字符串",
        "enum True ''",
    ),
    (
        "zh.values",
        "String",
        "燃料取值为：__oil_heavy",
        "const __oil_heavy",
    ),
    (
        "zh.values",
        "String",
        "取值范围： LIT: 亮DARK: 灭（无声）DIM: 暗",
        "enum LIT DARK DIM",
    ),
    (
        "zh.values",
        "String",
        "灯的类型, 包含以下类型:\n- oil: 油\n- gas: 气",
        "enum oil gas",
    ),
    (
        "zh.values",
        "String",
        "可以指定的参数为asc/desc",
        "enum asc desc",
    ),
    (
        "zh.only-values",
        "String",
        "灯型，当前只支持 oil、gas 类型。",
        "enum oil gas",
    ),
    ("zh.only-type", "-", "仅支持安装LED类型的灯。", "const LED"),
    (
        "zh.inline-glosses",
        "String",
        "标识，“0”代表主灯，“-1”代表副灯。",
        "enum 0 -1",
    ),
    (
        "zh.bare-list",
        "String",
        "燃料：oil，gas，或者wood。",
        "enum oil gas wood",
    ),
    (
        "zh.labelled-value",
        "String",
        "动作标识：light（点亮）",
        "const light",
    ),
    (
        "zh.glosses",
        "Boolean",
        "是否点亮。\n- true: 是\n- false: 否",
        "enum true false",
    ),
    (
        "zh.glosses",
        "Integer",
        "- 0表示“NONE”\n- 1表示“LIT”",
        "enum 0 1",
    ),
    (
        "zh.glosses",
        "String",
        "- asc: 升\n- desc: 降(默认值)",
        "enum asc desc\ndefault desc",
    ),
    (
        "en.examples",
        "String",
        "Specifies the task. Examples:\n- dimming: The lamp dims.\n- cooling: It cools.",
        "enum dimming cooling open",
    ),
    (
        "en.values",
        "String",
        "Value range:\n- LIT: Burning\n- DARK: Cold",
        "enum LIT DARK",
    ),
    (
        "en.values",
        "String",
        "The value can be True or an empty string.",
        "enum True ''",
    ),
    (
        "en.values",
        "String",
        "Its type. The value is __oil_heavy.",
        "const __oil_heavy",
    ),
    (
        "en.values",
        "String",
        "The following types are supported:\n- Old lamp: The value is old.\n- New lamp: The value is new.",
        "enum old new",
    ),
    (
        "en.indicated-values",
        "String",
        "Value SOLO indicates one keeper and TEAM indicates several keepers.",
        "enum SOLO TEAM",
    ),
    (
        "en.bare-list",
        "String",
        "Specifies the beams of the lamp: 16 or 24.",
        "enum 16 24",
    ),
    (
        "en.glosses",
        "String",
        "Specifies the fuel.\n- oil: indicates oil.\n- Empty string: no fuel.",
        "enum oil ''",
    ),
    (
        "en.glosses",
        "String",
        "Specifies the rent.\n1: by the year (paid before)",
        "enum 1",
    ),
];
