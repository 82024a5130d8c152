//! Lists whose items each explain a value.

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::{Unit, head};
use super::tokens::{self, scalar};
use super::values::{CHARACTERS, alone, enumeration};
use crate::contract::{Constraint, Kind, Scope};
use crate::extract::pattern::{Pattern, compile};

/// No document lists more values of one field.
const MOST_ITEMS: usize = 500;

/// Lists of glosses, which no other rule may read piecemeal.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.glosses",
        language: Zh,
        meaning: "a list whose items each explain a value",
        cues: &[":", "表示", "代表", ",", "为", "(", "；"],
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
    Rule {
        name: "en.words",
        language: En,
        meaning: "a list whose items are values and nothing else",
        cues: &[],
        pattern: r"^[A-Za-z0-9_.-]{1,40}$",
        read: words,
    },
    Rule {
        name: "en.following-once",
        language: En,
        meaning: "the values that the items of a list may have, each of them once",
        cues: &["duplicate"],
        pattern: r"the following(?: values)?,? without (?:any )?duplicates ?: ?",
        read: |hit| {
            let list = tokens::list(hit.near())?;
            let mut heard = enumeration(hit, list, false, 0)?;
            heard.constraints.push((Constraint::Unique, None));
            (hit.about_field() && hit.is_list()).then_some(heard)
        },
    },
];

/// Values that stand alone, each in an item: this unit is the first of them.
fn words(hit: &Hit) -> Option<Heard> {
    let is_text = matches!(hit.kind(), Kind::String | Kind::Unknown);
    if !hit.about_field() || !is_text || hit.unit.depth == 0 || hit.unit.text != hit.whole() {
        return None;
    }
    let below = items(hit.units, hit.unit.depth);
    let texts: Vec<&str> = std::iter::once(hit.whole())
        .chain(below.texts.iter().copied())
        .collect();
    let is_value = |text: &&str| {
        let is_word = text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
        is_word && !CHARACTERS.contains(text)
    };
    let values = texts.iter().map(|text| (*text).to_owned()).collect();
    (texts.len() > 1 && texts.iter().all(is_value))
        .then(|| enumeration(hit, alone(values), false, below.units_of(below.texts.len())))
        .flatten()
}

/// The values of the list below the unit.
pub(super) fn list_below(hit: &Hit, open: bool) -> Option<Heard> {
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
    let bracketed: Vec<&str> = items
        .texts
        .iter()
        .map_while(|text| tokens::in_brackets(text))
        .collect();
    if bracketed.len() > 1 {
        let values = bracketed.iter().map(|value| (*value).to_owned()).collect();
        return enumeration(hit, alone(values), open, items.units_of(bracketed.len()));
    }
    if let Some(heard) = by_case(hit, &items) {
        return Some(heard);
    }
    let found = explained(&items.texts, 1)?;
    let mut heard = enumeration(hit, alone(found.values), open, items.units_of(found.taken))?;
    heard
        .constraints
        .extend(default_marked(hit, &items.texts[..found.taken]));
    Some(heard)
}

static OF_KINDS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^(?P<kinds>[A-Za-z][A-Za-z0-9_]{0,20}(?:/[A-Za-z][A-Za-z0-9_]{0,20})*)\s*(?:类型|系列|规格)\s*:\s*(?P<values>.+)$",
    )
});

/// Items that each name the kinds of things for which values hold: `oil类型: 3/6`.
fn by_case(hit: &Hit, items: &Items) -> Option<Heard> {
    let mut constraints = Vec::new();
    let mut taken = 0;
    for item in &items.texts {
        let Some(found) = OF_KINDS.captures(item) else {
            break;
        };
        let list = tokens::list(&found["values"])?;
        let values = list.values.iter();
        let values: Vec<_> = values.map(|value| scalar(value, hit.kind())).collect();
        for kind in found["kinds"].split('/') {
            let holds = Constraint::Enum {
                values: values.clone(),
                open: list.open,
            };
            let constraint = Constraint::Within {
                scope: Scope::Case(kind.to_owned()),
                holds: Box::new(holds),
            };
            constraints.push((constraint, None));
        }
        taken += 1;
    }
    (taken > 0).then(|| Heard {
        constraints,
        units: items.units_of(taken),
        ..Heard::default()
    })
}

/// A list that nothing introduces: this unit is its first item.
fn glosses(hit: &Hit) -> Option<Heard> {
    let is_scalar = !matches!(hit.kind(), Kind::Object | Kind::Map { .. });
    if !hit.about_field() || !is_scalar || !hit.before.is_empty() {
        return None;
    }
    let own = hit.unit.text.as_str();
    let describes_itself = hit
        .subject
        .name
        .and_then(|name| own.strip_prefix(name))
        .is_some_and(|rest| rest.trim_start().starts_with(':'));
    if !own.starts_with(hit.whole()) || describes_itself {
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
pub(super) fn is_code(text: &str) -> bool {
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
    let glosses = items.iter().map_while(|item| tokens::gloss(item));
    let are_forms = tokens::are_forms(glosses.map(|gloss| gloss.value));
    for item in items {
        if names_the_others(item) {
            return None;
        }
        if let Some(both) = two_values(item) {
            taken += 1;
            values.extend(both.map(str::to_owned));
            continue;
        }
        let Some(gloss) = tokens::gloss(item) else {
            break;
        };
        if !gloss.sure {
            unsure += 1;
        }
        taken += 1;
        let alternatives = match are_forms {
            true => vec![gloss.value],
            false => tokens::alternatives(gloss.value),
        };
        for value in alternatives {
            let known = values.iter().any(|known| known == value);
            let label = item.split(':').next().unwrap_or("");
            if !known && !is_unsupported(gloss.meaning) && !is_unsupported(label) {
                values.push(value.to_owned());
            }
        }
    }
    let is_weak = unsure == taken && taken < 2;
    (taken >= least && !is_weak && !values.is_empty()).then_some(Explained { values, taken })
}

/// "oil and gas: they burn": an item that explains two values.
fn two_values(item: &str) -> Option<[&str; 2]> {
    static BOTH: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"^"?(?P<one>[A-Za-z0-9_.-]{1,40})"?\s*(?:\b(?:and|or)\b|、|和|或|与)\s*"?(?P<two>[A-Za-z0-9_.-]{1,40})"?\s*:"#,
        )
    });
    let both = BOTH.captures(item)?;
    let value = |name| both.name(name).map(|found| found.as_str());
    Some([value("one")?, value("two")?])
}

/// "Other lamps: 36 characters": an item about the values that the items around it do not name.
pub(super) fn is_of_the_others(unit: &Unit) -> bool {
    const OTHERS: [&str; 4] = ["其它", "其他", "其余", "other "];
    let label = head(&unit.text, 80).split_once(':');
    let label = label.map(|(label, _)| label.to_lowercase());
    unit.depth > 0
        && label.is_some_and(|label| OTHERS.iter().any(|others| label.starts_with(others)))
}

/// "Non-0", "other values": the items do not name all values.
fn names_the_others(item: &str) -> bool {
    /// No word for the others is longer.
    const REACH: usize = 40;
    let lower_case = head(item, REACH).to_lowercase();
    // "dim or other values: the lamp sleeps".
    let label = lower_case.split(':').next().unwrap_or("");
    if label.ends_with(" or other values") || label.ends_with("或其他值") {
        return true;
    }
    let others = lower_case.strip_prefix("other ");
    if others.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
        return true;
    }
    [
        "non-",
        "非",
        "other values",
        "others:",
        "其他值",
        "其他自定义",
        "其它",
        "自定义",
    ]
    .iter()
    .any(|word| lower_case.starts_with(word))
}

static UNSUPPORTED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:当前|目前|暂)不支持该?(?:类型|取值)?[。)]?\s*$|(?i:not supported currently|currently not supported)",
    )
});

fn is_unsupported(meaning: &str) -> bool {
    UNSUPPORTED.is_match(meaning)
}

static MARKED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"\((?:默认值?|缺省值?|(?i:default(?: value)?))\)|(?i:this is the default)")
});

/// The item marked as the default.
fn default_marked(hit: &Hit, items: &[&str]) -> Option<(Constraint, Option<String>)> {
    let marked = items.iter().find(|item| MARKED.is_match(item));
    let value = match marked {
        Some(item) => tokens::gloss(item)?.value,
        None => items.iter().find_map(|item| default_of_gloss(item))?,
    };
    Some((Constraint::Default(scalar(value, hit.kind())), None))
}

/// "dim: burns low, the default is dim".
fn default_of_gloss(item: &str) -> Option<&str> {
    let gloss = tokens::gloss(item)?;
    let words = ["默认情况为", "默认值为", "默认为"];
    let told = words
        .iter()
        .find_map(|words| gloss.meaning.split_once(words));
    let (_, told) = told?;
    let told = told.trim().trim_end_matches(['。', '；']).trim_matches('"');
    (told == gloss.value && !told.is_empty()).then_some(gloss.value)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.values",
        "String",
        "The fuel. Value range:\n- oil: It is dear.\n- gas (currently not supported): It is cheap.\n- wax: It is slow.",
        "enum oil wax",
    ),
    (
        "en.glosses",
        "String",
        "The fuel. The following fuels are burnt:\n- wood: It smokes.\n- oil and gas: They do not.",
        "enum wood oil gas",
    ),
    (
        "zh.values",
        "String",
        "是否关灯。取值如下：\n- no：不关灯，默认情况为no。\n- yes：关灯。",
        "enum no yes\ndefault no",
    ),
    (
        "en.words",
        "String",
        "Specifies the fuel.\n- oil\n- gas",
        "enum oil gas",
    ),
    (
        "en.following-once",
        "Array of String",
        "It may contain one to three of the following values, without duplicates: oil, gas, and wax.",
        "items 1..=3\nenum oil gas wax\nunique",
    ),
    (
        "zh.glosses",
        "String",
        "灯的日期格式：\n- N/A：无\n- yyyy：年\n- yyyy/MM：年/月\n- yyyy/MM/dd：年/月/日",
        "enum N/A yyyy yyyy/MM yyyy/MM/dd",
    ),
    (
        "zh.glosses",
        "String",
        "灯态：\n- lit/glowing：亮\n- dark：灭",
        "enum lit glowing dark",
    ),
    (
        "zh.glosses",
        "String",
        "计数的单位。\n- lamps/min：每分钟\n- lamps/day：每天",
        "enum lamps/min lamps/day",
    ),
    (
        "zh.glosses",
        "String",
        "是否自动续灯。\n- true：自动续灯false：不自动续灯fuel为OIL时生效，且为必选值。",
        "enum true false\nrequired if fuel == OIL",
    ),
    (
        "zh.glosses",
        "String",
        "灯芯。\n- cotton：棉flax：麻默认值为flax。",
        "enum cotton flax\ndefault flax",
    ),
    (
        "zh.glosses",
        "Boolean",
        "是否常亮。\n- true：常亮false：不常亮不指定时默认为false。",
        "enum true false\ndefault false",
    ),
    (
        "zh.glosses",
        "String",
        "灯芯。\n- cotton：棉flax：麻默认为灭",
        "enum cotton flax",
    ),
    (
        "zh.glosses",
        "String",
        "灯态：\n- LIT这是亮灯；DIM：这是暗灯；DARK：不亮",
        "enum LIT DIM DARK",
    ),
    (
        "en.glosses",
        "Boolean",
        "Whether it burns.\n- true: It burns.\n- false: It does not. This is the default value.",
        "enum true false\ndefault false",
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
        "zh.only-values",
        "String",
        "灯数，目前支持：\n- oil类型：3/6\n- gas/peat类型：9",
        "enum 3 6 when oil\nenum 9 when gas\nenum 9 when peat",
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
