//! Values that stand alone: no word before them says that they are values.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::tokens::{self, scalar};
use super::values::{PARTS, alone, enumeration, suits, with_default};
use crate::contract::{Constraint, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.one-of",
        language: Zh,
        meaning: "one of these values",
        cues: &["中的一个", "中的一种", "之一", "中一个"],
        pattern: r#"(?:只能|必须|可以|可)?(?:是|为|取)\s*(?P<list>"?[A-Za-z0-9_.-]+"?(?:\s*(?:、|,|和|或者|或)\s*"?[A-Za-z0-9_.-]+"?)+)\s*(?:中的?(?:一个|一种|任意一个)|(?:其中)?之一)"#,
        read: whole_list,
    },
    Rule {
        name: "zh.can-only-be",
        language: Zh,
        meaning: "these values and no others, behind a verb that says so",
        cues: &["只能", "仅能", "只可", "只允许"],
        pattern: r#"(?:只能|仅能|只可以?|只允许)(?:为|是|填写?|取|选择?)\s*:?\s*(?P<list>"?[A-Za-z][A-Za-z0-9_.-]{0,39}"?(?:\s*(?:、|,|和|或者|或)\s*"?[A-Za-z][A-Za-z0-9_.-]{0,39}"?)+)(?P<next>[,。；]|$)"#,
        read: whole_list,
    },
    Rule {
        name: "zh.only-one-value",
        language: Zh,
        meaning: "the one value that a field can have",
        cues: &["只能", "仅能", "填为", "仅支持"],
        pattern: r#"(?:(?:只能|仅能|只可以?)(?:为|是|填写?为?|取)|(?:该|此|本)(?:字段|参数)填为|仅支持填写?)\s*:?\s*"?(?P<value>[A-Za-z][A-Za-z0-9_./+=;-]{1,60})"?(?P<next>[,。；]|$)"#,
        read: |hit| {
            let values = vec![tokens::scalar(hit.group("value"), hit.kind())];
            let open = false;
            let suits = values.iter().all(|value| suits(value, hit.kind()));
            (hit.about_field() && suits).then(|| Constraint::Enum { values, open }.into())
        },
    },
    Rule {
        name: "zh.bare-list",
        language: Zh,
        meaning: "values after a colon, parted by 或",
        cues: &["或"],
        pattern: r"^[^:]{1,24}:\s*(?P<list>[A-Za-z0-9_-]+\s*(?:[,、]\s*[A-Za-z0-9_-]+\s*)*[,、]?\s*(?:或者|或)\s*[A-Za-z0-9_-]+)\s*[。；;]?$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            enumeration(hit, within(list), false, 0)
        },
    },
    Rule {
        name: "zh.or-then-default",
        language: Zh,
        meaning: "values parted by 或, before one of them that is the default",
        cues: &["或"],
        pattern: r"(?:^|[,:])\s*(?P<list>[A-Za-z0-9_-]{1,30}(?:\s*[,、]\s*[A-Za-z0-9_-]{1,30})*\s*(?:或者|或)\s*[A-Za-z0-9_-]{1,30})\s*[,。；]\s*(?P<next>默认|缺省|{不传})",
        read: whole_list,
    },
    Rule {
        name: "zh.bracketed-values",
        language: Zh,
        meaning: "the values that are supported, in brackets",
        cues: &["(支持", "(可选", "(取值"],
        pattern: r"\((?:支持|可选值?|取值)(?:为|有)?\s*:?\s*(?P<list>[A-Za-z0-9_-]+(?:\s*(?:,|、|/|和|或)\s*[A-Za-z0-9_-]+)+)\)",
        read: whole_list,
    },
    Rule {
        name: "zh.counted-values",
        language: Zh,
        meaning: "the values that are supported, and how many they are",
        cues: &["支持", "种", "个", "级", "档", "类", "项", "挡"],
        pattern: r"(?:^|。)\s*支持\s*(?P<alone>[A-Za-z0-9_-]+(?:\s*、\s*[A-Za-z0-9_-]+)+)(?P<next>[,。；]|$)|支持\s*(?P<list>[A-Za-z0-9_-]+(?:\s*(?:,|、|/|和|或)\s*[A-Za-z0-9_-]+)+)\s*(?:这|共)?[两三四五六七八九十0-9][种个]|(?:^|[,:。])\s*(?:有|分为?|共|包括)?\s*(?P<told>[A-Za-z0-9_-]+(?:\s*(?:、|/|和|或)\s*[A-Za-z0-9_-]+)+)\s*(?:这|共)?[两三四五六七八九十][种个级档类项挡]",
        read: whole_list,
    },
    Rule {
        name: "zh.supported-glosses",
        language: Zh,
        meaning: "the values that are supported, each with its gloss in brackets",
        cues: &["支持", "取值"],
        pattern: r"(?:^|[,。；])\s*(?:目前|当前)?(?:支持|取值)(?:为|是|:)?\s*(?P<next>[A-Za-z0-9_-]{1,40}\s*\(\p{Han}[^()]*\)\s*(?:、|,|和|或|以及|与))",
        read: values_with_glosses,
    },
    Rule {
        name: "zh.truth-glossed",
        language: Zh,
        meaning: "true and false with what each means, and perhaps which is the default",
        cues: &["true", "false"],
        pattern: r#""?true"?\s*(?:为|表示|代表)\s*(?P<yes>\p{Han}{1,8}?)\s*[,;；、]\s*"?false"?\s*(?:为|表示|代表)\s*(?P<no>\p{Han}{1,8}?)(?:,\s*(?:默认|缺省)(?:值)?(?:为)?(?P<default>\p{Han}{1,8}?))?(?P<next>[。；,]|$)"#,
        read: |hit| {
            let values = ["true", "false"].map(|word| scalar(word, hit.kind()));
            let printed = hit.group("default");
            let default = [hit.group("yes"), hit.group("no")]
                .iter()
                .position(|gloss| !printed.is_empty() && *gloss == printed);
            let default = default.map(|at| Constraint::Default(values[at].clone()));
            let open = false;
            let values = values.to_vec();
            let all = [Constraint::Enum { values, open }]
                .into_iter()
                .chain(default);
            hit.about_field().then(|| Heard::all(all))
        },
    },
    Rule {
        name: "zh.each-named",
        language: Zh,
        meaning: "values, each behind its name and a verb",
        cues: &["为", ":"],
        pattern: r"^(?:[^,。:]{2,16}[,。:]\s*)?(?P<list>\p{Han}{1,8}(?:为|:)\s*[a-z][A-Za-z0-9_-]{1,30}(?:\s*[,、;；]\s*\p{Han}{1,8}(?:为|:)\s*[a-z][A-Za-z0-9_-]{1,30})+)[。；]?$",
        read: |hit| {
            let list = hit.group("list");
            let is_condition = ["当", "若", "如果", "时", "默认", "类型", "状态", "取值"]
                .iter()
                .any(|word| list.contains(word));
            let parts = list.split([',', '、', ';', '；']);
            let values =
                parts.filter_map(|part| Some(part.split_once(['为', ':'])?.1.trim().to_owned()));
            let values: Vec<String> = values.collect();
            // What holds keys and values is told by these words.
            let is_pair = values == ["key", "value"];
            let is_text = *hit.kind() == Kind::String;
            let values = alone(values);
            (hit.about_field() && is_text && !is_condition && !is_pair)
                .then(|| enumeration(hit, values, false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.piped-values",
        language: Zh,
        meaning: "values parted by upright lines, or by slashes",
        cues: &["|", "/"],
        pattern: r"(?:取值|可选值|枚举值|值)(?:范围)?\s*(?:为|是|:)\s*(?P<list>[A-Za-z0-9_-]+(?:\s*\|\s*[A-Za-z0-9_-]+)+)|可选(?:值|项)?(?:为|是|有|:)?\s*(?P<slashed>[A-Za-z0-9_-]+(?:\s*/\s*[A-Za-z0-9_-]+)+)",
        read: piped,
    },
    Rule {
        name: "en.piped-values",
        language: En,
        meaning: "values parted by upright lines",
        cues: &["|"],
        pattern: r"(?:values?|options?|enum)(?: are| is| can be)?:? (?P<list>[a-z0-9_-]+(?: ?\| ?[a-z0-9_-]+)+)",
        read: piped,
    },
    Rule {
        name: "zh.dashed-numbers",
        language: Zh,
        meaning: "numbers, each with its gloss behind a dash",
        cues: &["-"],
        pattern: r"(?:^|[:,。])\s*(?P<list>[0-9]{1,3}\s*-\s*\p{Han}{1,10}(?:\s*[,、;；]\s*[0-9]{1,3}\s*-\s*\p{Han}{1,10})+)[。；]?$",
        read: |hit| {
            let parts = hit.group("list").split([',', '、', ';', '；']);
            let values = parts.filter_map(|part| Some(part.split_once('-')?.0.trim().to_owned()));
            hit.about_field()
                .then(|| enumeration(hit, alone(values.collect()), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.bracketed-glosses",
        language: Zh,
        meaning: "values after a colon or a comma, each with its gloss in brackets",
        cues: &["("],
        pattern: r"^[^:,。(]{1,16}[:,]\s*(?P<next>[A-Za-z0-9_-]{1,40}\s*\(\p{Han}[^()]*\)\s*(?:[、,；]|和|或))",
        read: values_with_glosses,
    },
    Rule {
        name: "en.parted-glosses",
        language: En,
        meaning: "values, each with its gloss behind a colon, parted by semicolons",
        cues: &[": "],
        pattern: r#"(?:^|\.)\s*(?P<list>"?[a-z0-9_-]{1,40}"?: [^:;]{1,80}(?:; "?[a-z0-9_-]{1,40}"?: [^:;]{1,80})+)$"#,
        read: |hit| {
            let glosses = hit
                .group("list")
                .split(';')
                .map(|part| tokens::gloss(part.trim()));
            let glosses: Vec<_> = glosses.collect::<Option<_>>()?;
            let is_sure = glosses.iter().all(|gloss| gloss.sure);
            let values = glosses.iter().map(|gloss| gloss.value.to_owned()).collect();
            (hit.about_field() && is_sure)
                .then(|| enumeration(hit, alone(values), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.pair",
        language: Zh,
        meaning: "the two words for yes and no, run together where their lines were lost",
        cues: &["truefalse", "falsetrue"],
        pattern: r"^\s*(?P<one>true|false)(?P<two>true|false)(?P<next>\p{Han}|[,。]|$)",
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            let differ = values[0] != values[1];
            (hit.about_field() && differ)
                .then(|| enumeration(hit, alone(values.to_vec()), false, 0))
                .flatten()
                .map(|heard| heard.reading_on(0))
        },
    },
    Rule {
        name: "zh.named-values",
        language: Zh,
        meaning: "values in brackets, each behind its name",
        cues: &["("],
        pattern: r"(?:可以为|可以是|为|是|支持|包括|取值)\s*:?\s*(?P<named>(?:\p{Han}{1,16}\([A-Za-z0-9_]+\)\s*(?:、|,|和|或者|或|以及|与)\s*)+\p{Han}{1,16}\([A-Za-z0-9_]+\))|^[^,。:(]{2,16}[,。:]\s*(?P<bare>(?:\p{Han}{2,10}\([a-z][a-z0-9_]+\)\s*(?:、|,|和|或者|或)?\s*)+\p{Han}{2,10}\([a-z][a-z0-9_]+\))[。；]?$",
        read: named_values,
    },
    Rule {
        name: "en.named-values",
        language: En,
        meaning: "values in brackets, each behind its name",
        cues: &["("],
        pattern: r#"(?:can be|is|are|include|including)(?: the)? (?P<named>(?:[a-z][a-z ]{1,60}? \("?[a-z0-9_]+"?\)(?:, (?:and |or )?| and | or ))+[a-z][a-z ]{1,60}? \("?[a-z0-9_]+"?\))"#,
        read: named_values,
    },
    Rule {
        name: "en.supported-list",
        language: En,
        meaning: "versions, or words in capitals, that are supported",
        cues: &["are supported"],
        pattern: r"^(?:currently, )?(?:only )?[a-z]+s (?P<list>[a-z0-9_.-]+(?:, [a-z0-9_.-]+)*,? and [a-z0-9_.-]+) are (?:currently )?supported\.?$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let is_value = |value: &String| !value.contains(|c: char| c.is_ascii_lowercase());
            let are_values = list.values.len() > 1 && list.values.iter().all(is_value);
            (hit.about_field() && are_values)
                .then(|| enumeration(hit, alone(list.values), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "en.bare-values",
        language: En,
        meaning: "nothing but values, parted by or",
        cues: &[" or "],
        pattern: r"^(?P<list>[a-z0-9_.-]+(?:, [a-z0-9_.-]+)*,? or [a-z0-9_.-]+)$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let is_whole = list.length == hit.whole().len() && hit.unit.text == hit.whole();
            is_whole
                .then(|| enumeration(hit, within(list), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "en.bare-list",
        language: En,
        meaning: "values after a colon, parted by or",
        cues: &[" or "],
        pattern: r"^[^:]{1,120}:\s*(?P<list>[a-z0-9_-]+(?: \(default\))?(?:, [a-z0-9_-]+)*,? or [a-z0-9_-]+(?: \(default\))?)\.?$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let default = tokens::marked_default(hit.group("list"));
            if PARTS.is_match(hit.whole()) {
                return None;
            }
            with_default(enumeration(hit, within(list), false, 0)?, hit, default)
        },
    },
    Rule {
        name: "zh.listed-behind-label",
        language: Zh,
        meaning: "values behind a label that ends in a word for what is chosen or told by them",
        cues: &["、"],
        pattern: r"^\p{Han}{0,12}(?:操作|动作|结果|方式|模式|状态|类型|规则|策略|类别|种类|级别|方向)\s*[:,]\s*(?P<list>[A-Za-z][A-Za-z0-9_-]{1,30}(?:、[A-Za-z][A-Za-z0-9_-]{1,30})+)[。；]?$",
        read: |hit| {
            const OTHERS: [&str; 7] = ["不", "非", "禁", "除", "失败", "例", "默认"];
            let label = hit.whole().split(':').next().unwrap_or_default();
            let is_of_others = OTHERS.iter().any(|word| label.contains(word));
            let values = hit.group("list").split('、').map(str::to_owned);
            let is_text = *hit.kind() == Kind::String;
            (hit.about_field() && is_text && !is_of_others)
                .then(|| enumeration(hit, alone(values.collect()), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.value-of-this-operation",
        language: Zh,
        meaning: "the one value that a field has in the operation at hand",
        cues: &["本接口", "该接口", "此接口"],
        pattern: r#"(?:本|该|此)接口(?:中)?(?:固定|必须|只能)?为\s*"?(?P<value>[A-Za-z0-9_-]{2,40})"?[。；]?$"#,
        read: |hit| {
            let value = scalar(hit.group("value"), hit.kind());
            hit.about_field().then(|| Constraint::Const(value).into())
        },
    },
    Rule {
        name: "zh.value-when-doing",
        language: Zh,
        meaning: "the value that a field has in one operation, or always",
        cues: &["时", "固定"],
        pattern: r#"(?:^|[,。:])\s*(?:(?:创建|新增|添加|删除|更新|修改)时(?:固定|取值|必须)?为\s*"(?P<value>[A-Za-z0-9_-]{2,40})"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)?\s*(?:取?值)?固定(?:取值)?(?:为|是)\s*:?\s*"?(?P<fixed>[A-Za-z0-9_-]{1,64})"?)(?P<next>[,。；]|$)"#,
        read: |hit| {
            let value = [hit.group("value"), hit.group("fixed")].concat();
            let constant = Constraint::Const(tokens::scalar(&value, hit.kind()));
            let name = hit.group("name");
            match name.is_empty() || Some(name) == hit.subject.name {
                true => hit.about_field().then(|| constant.into()),
                false => Some(Heard::about(name, constant)),
            }
        },
    },
    Rule {
        name: "en.fixed-value",
        language: En,
        meaning: "the value that a member always has",
        cues: &["fixed "],
        pattern: r#"^(?:the )?(?P<name>[a-z_][a-z0-9_]{1,24}) is fixed (?:as|to|at) "?(?P<fixed>[A-Za-z0-9_-]{2,64})"?\.?$"#,
        read: |hit| {
            let constant = Constraint::Const(tokens::scalar(hit.group("fixed"), hit.kind()));
            let name = hit.group("name");
            let is_own =
                ["value", "parameter", "field"].contains(&name) || Some(name) == hit.subject.name;
            match is_own {
                true => hit.about_field().then(|| constant.into()),
                false => Some(Heard::about(name, constant)),
            }
        },
    },
    Rule {
        name: "en.slashed-values",
        language: En,
        meaning: "values with slashes between and nothing else, below what is chosen by them",
        cues: &["/"],
        pattern: r"^(?P<list>[a-z_]{2,24}(?:/[a-z_]{2,24}){1,5})[.。]?$",
        read: |hit| {
            let first = hit.prose.first()?;
            let chosen = head(&first.text, 60).to_lowercase();
            let words = chosen.split(|c: char| !c.is_ascii_alphanumeric());
            let is_chosen = CHOSEN.iter().any(|word| match word.is_ascii() {
                true => words.clone().any(|known| known == *word),
                false => chosen.contains(word),
            });
            let is_media = MEDIA.contains(&hit.group("list").split('/').next()?);
            let is_below = first.line != hit.unit.line && *hit.kind() == Kind::String;
            let values = hit.group("list").split('/').map(str::to_owned);
            (hit.about_field() && is_below && is_chosen && !is_media)
                .then(|| enumeration(hit, alone(values.collect()), false, 0))
                .flatten()
        },
    },
];

/// What media types begin with.
const MEDIA: [&str; 6] = [
    "application",
    "text",
    "image",
    "audio",
    "video",
    "multipart",
];

/// Words for what is chosen.
const CHOSEN: [&str; 9] = [
    "操作",
    "类型",
    "方式",
    "动作",
    "模式",
    "action",
    "type",
    "mode",
    "operation",
];

/// Several values that follow, each with its gloss.
fn values_with_glosses(hit: &Hit) -> Option<Heard> {
    let list = tokens::list(hit.near())?;
    (hit.about_field() && list.values.len() > 1)
        .then(|| enumeration(hit, list, false, 0))
        .flatten()
}

/// The values that brackets hold. Two at least look like names: a note or a unit does not.
fn named_values(hit: &Hit<'_>) -> Option<Heard> {
    let bare = hit.group("bare");
    let list = [hit.group("named"), bare].concat();
    let parts = list.split('(').skip(1);
    let values =
        parts.filter_map(|part| Some(part.split(')').next()?.trim_matches('"').to_owned()));
    let values: Vec<String> = values.collect();
    let is_name = |value: &&String| value.contains('_') || value.len() > 2;
    let are_told = !bare.is_empty() || values.iter().any(|value| value.contains('_'));
    let are_names = values.iter().all(|value| is_name(&value)) && are_told;
    let is_text = matches!(hit.kind(), Kind::String | Kind::Unknown);
    (hit.about_field() && is_text && are_names)
        .then(|| enumeration(hit, alone(values), false, 0))
        .flatten()
}

/// A list that the match holds: nothing behind the match is of it.
fn within(list: tokens::List) -> tokens::List {
    tokens::List { length: 0, ..list }
}

/// The values of a list that a field may have, where the list is nothing else.
fn whole_list(hit: &Hit<'_>) -> Option<Heard> {
    let printed = ["list", "alone", "told"]
        .map(|name| hit.group(name))
        .concat();
    let list = tokens::list(&printed)?;
    let is_whole = list.length == printed.len();
    (hit.about_field() && is_whole)
        .then(|| enumeration(hit, alone(list.values), false, 0))
        .flatten()
}

fn piped(hit: &Hit) -> Option<Heard> {
    let list = [hit.group("list"), hit.group("slashed")].concat();
    let values = list.split(['|', '/']).map(|value| value.trim().to_owned());
    hit.about_field()
        .then(|| enumeration(hit, alone(values.collect()), false, 0))
        .flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.listed-behind-label",
        "String",
        "点灯规则，by_hour、by_tide",
        "enum by_hour by_tide",
    ),
    (
        "zh.only-one-value",
        "String",
        "灯的内容，只能为text/plain。",
        "enum text/plain",
    ),
    (
        "en.fixed-value",
        "Object",
        "The lamp's tag. The key is fixed as _lamp_id.",
        "key: const _lamp_id",
    ),
    (
        "zh.each-named",
        "String",
        "灯的类别。公灯：open，私灯：own，合灯：shared。",
        "enum open own shared",
    ),
    (
        "zh.named-values",
        "String",
        "灯的类别，公灯塔（open）、私灯塔（own）、共用灯塔（shared）。",
        "enum open own shared",
    ),
    (
        "zh.value-when-doing",
        "String",
        "操作标识，创建时为“hang”。",
        "const hang",
    ),
    (
        "zh.value-when-doing",
        "Object",
        "灯的标签，key固定为：_sys_lamp。",
        "key: const _sys_lamp",
    ),
    (
        "zh.can-only-be",
        "String",
        "灯油的种类，只能是OIL或GAS，默认OIL。",
        "enum OIL GAS\ndefault OIL",
    ),
    (
        "zh.bracketed-glosses",
        "String",
        "点灯方式，SLOW（慢）或FAST（快），缺省值为SLOW。",
        "enum SLOW FAST\ndefault SLOW",
    ),
    (
        "zh.piped-values",
        "String",
        "灯的状态，取值：lit|dark|dim。",
        "enum lit dark dim",
    ),
    (
        "en.piped-values",
        "String",
        "The state of the lamp. Values: lit | dark | dim",
        "enum lit dark dim",
    ),
    (
        "zh.piped-values",
        "String",
        "灯光的颜色，可选red/green/white。",
        "enum red green white",
    ),
    (
        "zh.counted-values",
        "String",
        "灯的等级，A、B、C三级。",
        "enum A B C",
    ),
    (
        "zh.or-then-default",
        "String",
        "点灯方式，GAS或OIL，不填按OIL处理。",
        "enum GAS OIL\ndefault OIL",
    ),
    (
        "zh.dashed-numbers",
        "Integer",
        "灯型：1-油灯，2-气灯，3-电灯。",
        "enum 1 2 3",
    ),
    (
        "zh.supported-glosses",
        "String",
        "灯的阶段，取值NEW（新灯）、OLD（旧灯）之一。",
        "enum NEW OLD",
    ),
    (
        "en.supported-list",
        "String",
        "The make of the lamp. Makes A1 and B2 are supported.",
        "enum A1 B2",
    ),
    (
        "zh.truth-glossed",
        "Boolean",
        "是否点灯，true为点亮，false为熄灭，默认熄灭。",
        "enum true false\ndefault false",
    ),
    (
        "zh.each-named",
        "String",
        "灯油，黑油为oil，轻气为gas，白蜡为wax。",
        "enum oil gas wax",
    ),
    (
        "zh.counted-values",
        "String",
        "排序字段，支持lit_at和name两个字段。",
        "enum lit_at name",
    ),
    (
        "zh.supported-glosses",
        "String",
        "灯油，支持oil（油）、gas（气）和wax（蜡），缺省为oil。",
        "enum oil gas wax\ndefault oil",
    ),
    (
        "zh.counted-values",
        "String",
        "灯油。支持oil、gas，其中gas较贵。",
        "enum oil gas",
    ),
    (
        "zh.or-then-default",
        "String",
        "点灯方式，GAS或OIL，缺省为OIL。",
        "enum GAS OIL\ndefault OIL",
    ),
    (
        "en.named-values",
        "String",
        "What the lamps are sorted by, which can be the lamp name (lamp_name), its height (height), and the time when it was lit (lit_at).",
        "enum lamp_name height lit_at",
    ),
    (
        "zh.named-values",
        "String",
        "排序字段，可以为灯名（lamp_name）、灯高（height）和点灯时间（lit_at）。",
        "enum lamp_name height lit_at",
    ),
    (
        "zh.listed-behind-label",
        "String",
        "对灯的操作：light、douse",
        "enum light douse",
    ),
    (
        "zh.value-of-this-operation",
        "String",
        "操作类型，本接口为light_lamp。",
        "const light_lamp",
    ),
    (
        "en.slashed-values",
        "String",
        "灯的操作。\nlight/douse。",
        "enum light douse",
    ),
    (
        "en.bare-list",
        "String",
        "Deck of the lamp: upper, lower, or both. The default is both.",
        "enum upper lower both\ndefault both",
    ),
    (
        "zh.bracketed-glosses",
        "String",
        "灯态：lit（点亮）、dim（变暗）、dark（熄灭）。",
        "enum lit dim dark",
    ),
    (
        "en.parted-glosses",
        "String",
        "Lamp status. LIT: It burns; DARK: It does not.",
        "enum LIT DARK",
    ),
    (
        "en.parted-glosses",
        "Boolean",
        "Whether it burns. true: yes; false: no.",
        "enum true false",
    ),
    (
        "zh.counted-values",
        "String",
        "传讯，枚举类型，支持flag、horn、bell三种方式。",
        "enum flag horn bell",
    ),
    (
        "zh.bracketed-values",
        "String",
        "灯的排序方向（支持rise，fall），默认为fall。",
        "enum rise fall\ndefault fall",
    ),
    (
        "zh.pair",
        "String",
        "灯是否点亮。truefalse如果灯塔没有此参数，则表示不支持点亮。",
        "enum true false\ndefault not supported",
    ),
    (
        "zh.one-of",
        "String",
        "灯油种类，只能是oil、gas、wood_pile中的一个。",
        "enum oil gas wood_pile",
    ),
    (
        "zh.bare-list",
        "String",
        "燃料：oil，gas，或者wood。",
        "enum oil gas wood",
    ),
    ("en.bare-values", "Integer", "4 or 6", "enum 4 6"),
    (
        "en.bare-list",
        "String",
        "How the flags fly: HIGH (default) or LOW.",
        "enum HIGH LOW\ndefault HIGH",
    ),
    (
        "en.bare-list",
        "String",
        "Specifies the beams of the lamp: 16 or 24.",
        "enum 16 24",
    ),
];
