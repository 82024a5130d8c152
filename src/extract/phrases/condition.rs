//! A condition in a few words of ours: names and values of the document, nothing else of it.

use std::sync::LazyLock;

use super::things::{known, one, phrase};
use crate::extract::pattern::{Captures, Pattern, compile};

macro_rules! name {
    () => {
        r#""?(?P<name>[A-Za-z_][A-Za-z0-9_.:/-]*)"?"#
    };
}

static COMPARED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        name!(),
        r#"\s*(?:参数|字段|属性)?的?(?:取值|值)?\s*(?:(?:不(?P<not>)是|设置为|配置为|选择为|指定为|取值为|值为|等于|为|是|=)\s*|\s(?i:is(?P<isnt> not)?(?: set to)?|equals)\s)"?(?P<values>[A-Za-z0-9_.-]+"?(?:\s*(?:或者|或|、|/|or)\s*"?[A-Za-z0-9_.-]+"?)*)"#
    ))
});
static ABSENT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?:没有|未|不)(?:指定|传入|传|填写|填|设置|配置|使用)[^A-Za-z,]{0,8}(?:[A-Za-z]+\s)?",
        name!()
    ))
});
/// "lamp_id为空", and nothing more.
static GONE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"^(?:如果|若|当)?\s*",
        name!(),
        r"\s*(?:参数|字段)?的?值?(?:(?P<not>不存在|为空|没有值|未指定|没有指定|未传入|未填写?|不填)|有值|存在|不为空|不是空|非空)(?:时)?$"
    ))
});
static PRESENT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?:指定|传入|传|填写|设置|配置|使用)了?[^A-Za-z,没未不]{0,8}",
        name!()
    ))
});
static SPECIFIED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)(?:parameter |field )?",
        name!(),
        r"\s+(?:is|are)\s+(?P<not>not |left )?(?P<how>specified|set|given|used|provided|empty|blank|configured)"
    ))
});
/// A condition in short has no more names.
const MOST_NAMES: usize = 3;

static NAMES: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"[A-Za-z][A-Za-z0-9_]*(?:[./:-][A-Za-z0-9_]+)*"));

static OTHER_CASE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r" and (?:is |it is )?(?:optional|not required|not mandatory|invalid|ignored|unavailable)\b",
    )
});

/// What stands for a condition that has no names.
pub(in crate::extract) const UNNAMED: &str = "the documented case";

/// What a condition says, in short; what has no names, in the document's words where they are few.
pub(super) fn told(text: &str) -> String {
    match in_short(text).as_str() {
        UNNAMED => phrase(without_its_verb(text)).unwrap_or_else(|| UNNAMED.to_owned()),
        short => short.to_owned(),
    }
}

/// What stands before a condition that says no more of it: "if", "only in", "the".
fn without_its_verb(text: &str) -> &str {
    const BEFORE: [&str; 12] = [
        "如果", "当", "若", "在", "仅", "只", "if ", "when ", "only ", "for ", "in ", "the ",
    ];
    let text = text.trim();
    let rest = BEFORE.iter().find_map(|word| text.strip_prefix(word));
    rest.map_or(text, without_its_verb)
}

/// What a condition says, in short.
pub(super) fn in_short(text: &str) -> String {
    // What stands before the word for "if" is no part of the condition.
    let start = ["如果", "若"].map(|word| text.rfind(word).map(|at| at + word.len()));
    let start = start.into_iter().flatten().max().unwrap_or(0);
    let text = text[start..].trim();
    // "mandatory when a and is optional when b": only the first is the condition.
    let end = OTHER_CASE
        .find(text)
        .map_or(text.len(), |found| found.start());
    let text = &text[..end];
    in_brackets(text)
        .or_else(|| status(text))
        .or_else(|| status_named(text))
        .or_else(|| status_in_english(text))
        .or_else(|| failure(text))
        .or_else(|| differing(text))
        .or_else(|| both_specified(text))
        .or_else(|| specified(text))
        .or_else(|| absent_or_present(text))
        .or_else(|| more_or_less(text))
        .or_else(|| compared(text))
        .or_else(|| several(text))
        .or_else(|| made_from(text))
        .or_else(|| making(text))
        .or_else(|| named(text))
        .unwrap_or_else(|| UNNAMED.to_owned())
}

/// "(oil时": the value alone.
fn in_brackets(text: &str) -> Option<String> {
    static VALUE: LazyLock<Pattern> = LazyLock::new(|| compile(r"\(\s*([A-Za-z0-9_]+)\s*时$"));
    VALUE.captures(text).map(|found| found[1].to_owned())
}

/// "灯塔状态为DARK": what has the status is the thing that the text is about.
fn status(text: &str) -> Option<String> {
    static STATUS: LazyLock<Pattern> =
        LazyLock::new(|| compile(r#"\p{Han}状态(?:为|是|处于)\s*"?(?P<state>[A-Z][A-Za-z_]+)"?"#));
    if text.contains("非空") {
        return Some("not empty".to_owned());
    }
    let found = STATUS.captures(text)?;
    // "… and something is wrong" narrows it to what nobody can tell.
    let rest = text[found.get(0)?.end()..].trim_start();
    let narrowed = ["并且", "且", "并", "同时"]
        .iter()
        .find_map(|word| rest.strip_prefix(word));
    let narrowed = narrowed.map_or(String::new(), |rest| format!(" and {}", rest.trim()));
    Some(format!("status == {}{narrowed}", &found["state"]))
}

/// "mode为ERROR": a field with a value in capitals says more than the word for what went wrong.
fn status_named(text: &str) -> Option<String> {
    let is_capital = |part: &str| {
        let value = part.rsplit("== ").next().unwrap_or("");
        value.len() > 1 && !value.contains(|c: char| !(c.is_ascii_uppercase() || c == '_'))
    };
    compared(text).filter(|said| said.contains(" == ") && is_capital(said))
}

/// "status is failed": an attribute of state with its value is more than that something failed.
fn status_in_english(text: &str) -> Option<String> {
    static STATUS: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)(?:^|\s)(?P<name>[a-z_]*(?:status|state)) is (?:set to )?(?P<value>[a-z_]+)\.?$",
        )
    });
    let found = STATUS.captures(text)?;
    let is_named = !PARTICIPLES.iter().any(|word| text.ends_with(word));
    is_named.then(|| format!("{} == {}", &found["name"], &found["value"]))
}

/// "某个港口下的状态与lamp_mode的状态不同": what differs, where that is said, and what it is held against.
fn differing(text: &str) -> Option<String> {
    static DIFFERING: LazyLock<Pattern> = LazyLock::new(|| {
        compile(concat!(
            r"(?:某个?(?P<place>[A-Za-z]+|\p{Han}{2,6})[下中里]的(?P<what>\p{Han}{2,6}))?(?:与|和|\s(?:differs?|(?:is|are) different) from(?: the)?\s)\s*",
            name!(),
            r"(?:[^,。]{0,8}(?:不同|不一致)| value| parameter|$)"
        ))
    });
    let found = DIFFERING.captures(text)?;
    let group = |name| Some(found.name(name)?.as_str());
    let place = group("place").and_then(|place| match place.is_ascii() {
        true => Some(place.to_owned()),
        false => known(place),
    });
    let subject = group("what").and_then(known).zip(place);
    let subject = subject.map(|(what, place)| format!("{what} in {} ", one(&place)));
    let against = format!("differs from {}", &found["name"]);
    Some(subject.unwrap_or_default() + &against)
}

/// "有多个租户网络": more than one thing of an owner.
fn several(text: &str) -> Option<String> {
    static SEVERAL: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^有(?:多|两|2)个(?:以上)?(?:的)?(?P<owner>\p{Han}{2})的?(?P<thing>\p{Han}{2,6})$")
    });
    let found = SEVERAL.captures(text)?;
    let (owner, thing) = (known(&found["owner"])?, known(&found["thing"])?);
    Some(format!("the {owner} has more than one {thing}"))
}

/// "非卷创建云服务器", "创建密码方式鉴权的云服务器": what a thing is made from, or how one logs in to it.
fn made_from(text: &str) -> Option<String> {
    static FROM: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:^|[,。；;])(?P<not>非|不)?(?:使用|通过|指定|用|由)?(?P<source>\p{Han}{1,8})创建(?P<made>[A-Za-z]{0,12}\p{Han}{2,8})$",
        )
    });
    static STARTED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^从(?P<source>\p{Han}{1,4})启动的(?P<made>[A-Za-z]{0,12}\p{Han}{2,8})$")
    });
    static LOGIN: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"^(?:创建)?(?P<how>密码|密钥)(?:方式)?(?:鉴权|登录|认证)(?:方式)?的(?P<made>[A-Za-z]{0,12}\p{Han}{2,8})$",
        )
    });
    if let Some(found) = STARTED.captures(text) {
        let (source, made) = (known(&found["source"])?, known(&found["made"])?);
        return (made == "server").then(|| format!("booting from {}", one(&source)));
    }
    if let Some(found) = LOGIN.captures(text) {
        let how = match &found["how"] {
            "密码" => "password",
            _ => "key pair",
        };
        return Some(format!("{} with {how} login", known(&found["made"])?));
    }
    let found = FROM.captures(text)?;
    let not = found.name("not").map_or("", |_| "not ");
    let (source, made) = (known(&found["source"])?, known(&found["made"])?);
    Some(match made.as_str() {
        "server" => format!("{not}booting from {}", one(&source)),
        _ => format!("{not}creating {} from {}", one(&made), one(&source)),
    })
}

/// "导入SSH密钥": what is done, and to which kind of thing.
fn making(text: &str) -> Option<String> {
    static MAKING: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^(?P<verb>创建|新建|导入)(?P<thing>[A-Za-z ]{0,12}\p{Han}{2,6})$")
    });
    let found = MAKING.captures(text)?;
    let verb = match &found["verb"] {
        "导入" => "importing",
        _ => "creating",
    };
    Some(format!("{verb} {}", known(&found["thing"])?))
}

/// "when the job fails", "when an error occurs".
pub(super) fn failure(text: &str) -> Option<String> {
    let lower_case = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower_case.contains(word));
    let queries = has(&["查询", "query"])
        && has(&[
            "请求",
            "api",
            "query of",
            "querying",
            "the query",
            "查询失败",
        ]);
    if queries && has(&["失败", "fail", "错误", "出错", "error"]) {
        return Some("query failed".to_owned());
    }
    if has(&["失败", "fail"]) {
        let what = if has(&["job", "task", "任务", "作业"]) {
            "job failed"
        } else {
            "failed"
        };
        return Some(what.to_owned());
    }
    has(&["错误", "出错", "异常", "故障", "error", "fault"]).then(|| "error".to_owned())
}

/// "The count is larger than 1" as `count > 1`.
fn more_or_less(text: &str) -> Option<String> {
    static COUNTED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(concat!(
            name!(),
            r"\s*\)?(?:参数|字段|属性)?(?:对应)?的?(?:取值|值)?\)?\s*(?P<how>大于等于|不小于|大于|超过|小于等于|不大于|小于|is (?:greater|larger|more|higher) than or equal to|is (?:greater|larger|more|higher) than|exceeds|is (?:less|smaller|lower) than)\s*(?P<end>-?[0-9]{1,9})(?:[^0-9.]|$)"
        ))
    });
    let found = COUNTED.captures(text)?;
    let end: i64 = found["end"].parse().ok()?;
    let name = &found["name"];
    Some(match &found["how"] {
        "大于等于" | "不小于" => format!("{name} > {}", end - 1),
        how if how.ends_with("equal to") => format!("{name} > {}", end - 1),
        "小于等于" | "不大于" => format!("{name} < {}", end + 1),
        how if how.starts_with('小')
            || how.contains("less")
            || how.contains("smaller")
            || how.contains("lower") =>
        {
            format!("{name} < {end}")
        }
        _ => format!("{name} > {end}"),
    })
}

/// `mode is lit or dim` as `mode in (lit, dim)`; several are joined.
fn compared(text: &str) -> Option<String> {
    let mut parts = Vec::new();
    for found in COMPARED.captures_iter(text) {
        let values: Vec<&str> = NAMES_AND_NUMBERS
            .find_iter(&found["values"])
            .map(|value| value.as_str())
            .filter(|value| *value != "or")
            .collect();
        let name = &found["name"];
        if matches!(name, "and" | "or" | "it" | "this" | "value" | "parameter") {
            continue;
        }
        let is_english = text.is_ascii();
        let says_it_is = |value: &&str| {
            matches!(*value, "true" | "false") || !value.chars().all(|c| c.is_ascii_lowercase())
        };
        // "is used to tie": what is done with it is no value.
        let is_done = |value: &&str| matches!(*value, "used" | "specified" | "given" | "set");
        // "mode is manual" and no more has no article, as things have.
        let is_all = found.get(0).is_some_and(|all| all.as_str() == text)
            && !PARTICIPLES.iter().any(|word| text.ends_with(word));
        let is_plain = values.iter().all(is_done)
            || !is_all && !looks_like_a_name(name) && !values.iter().any(says_it_is);
        if is_english
            && is_plain
            && !text[..found.get(0).map_or(0, |all| all.end())].contains("set to")
        {
            continue;
        }
        let is_not = found.name("not").or(found.name("isnt")).is_some();
        parts.push(match (values.as_slice(), is_not) {
            ([one], false) => format!("{name} == {one}"),
            ([one], true) => format!("{name} != {one}"),
            (several, false) => format!("{name} in ({})", several.join(", ")),
            (several, true) => format!("{name} not in ({})", several.join(", ")),
        });
    }
    if !parts.is_empty() {
        parts.extend(there_or_not(text));
    }
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// "并且lamp_id不存在": beside what has a value, what must be there or not.
fn there_or_not(text: &str) -> Vec<String> {
    static THERE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(concat!(
            r"(?:并且|且|和|同时),?\s*",
            name!(),
            r"\s*(?:参数|字段)?(?:(?P<not>不存在|为空|没有值|未指定|没有指定|未传入)|有值|存在|不为空|不是空)"
        ))
    });
    let told = THERE.captures_iter(text).map(|found| {
        let state = found.name("not").map_or("given", |_| "absent");
        format!("{} {state}", &found["name"])
    });
    told.collect()
}

/// What a thing can be that is no value of a field.
const PARTICIPLES: [&str; 14] = [
    " required",
    " needed",
    " specified",
    " used",
    " provided",
    " supported",
    " allowed",
    " created",
    " deleted",
    " returned",
    " available",
    " unavailable",
    " empty",
    " present",
];

static NAMES_AND_NUMBERS: LazyLock<Pattern> = LazyLock::new(|| compile(r"[A-Za-z0-9_.-]+"));

/// "Both wick and oil are left blank".
fn both_specified(text: &str) -> Option<String> {
    static BOTH: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)\bboth (?P<one>[a-z_][a-z0-9_]*) and (?P<other>[a-z_][a-z0-9_]*) are (?P<not>not |left )?(?P<how>specified|set|given|used|provided|empty|blank|configured)",
        )
    });
    let found = BOTH.captures(text)?;
    let state = state_of(&found);
    Some(format!(
        "{} {state} and {} {state}",
        &found["one"], &found["other"]
    ))
}

/// Whether a field is there: it is "not specified" or "empty", or it is "specified" or "not empty".
fn state_of(found: &Captures<'_>) -> &'static str {
    let is_not = found
        .name("not")
        .is_some_and(|not| not.as_str().eq_ignore_ascii_case("not "));
    let is_nothing = matches!(
        found["how"].to_ascii_lowercase().as_str(),
        "empty" | "blank"
    );
    match is_not == is_nothing {
        true => "given",
        false => "absent",
    }
}

fn specified(text: &str) -> Option<String> {
    let found = SPECIFIED.captures(text)?;
    let state = state_of(&found);
    let name = &found["name"];
    let set_to = text[found.get(0)?.end()..].trim_start().starts_with("to ");
    (!set_to && !matches!(name, "this" | "parameter" | "it")).then(|| format!("{name} {state}"))
}

fn absent_or_present(text: &str) -> Option<String> {
    if compared(text).is_some() {
        return None;
    }
    if let Some(found) = GONE.captures(text) {
        let state = found.name("not").map_or("given", |_| "absent");
        return Some(format!("{} {state}", &found["name"]));
    }
    if let Some(found) = ABSENT.captures(text) {
        return Some(format!("{} absent", &found["name"]));
    }
    let found = PRESENT.captures(text)?;
    let name = &found["name"];
    // "Used to hang lamps across towers" is more than that it is given.
    let rest = &text[found.get(0)?.end()..];
    if rest.contains(['跨', '且', '并']) {
        return None;
    }
    // Fields are given; systems and methods are used.
    let is_used = found[0].starts_with("使用") && name.starts_with(|c: char| c.is_uppercase());
    Some(match is_used {
        true => format!("using {name}"),
        false => format!("{name} is given"),
    })
}

fn named(text: &str) -> Option<String> {
    // "What has no wick-lift": a name alone would say the opposite.
    let is_denied = ["不支持", "不包含", "不含"]
        .iter()
        .any(|word| text.contains(word));
    if is_denied || text.starts_with(['未', '没', '无', '非']) {
        return None;
    }
    let is_english = text.is_ascii();
    let names: Vec<&str> = NAMES
        .find_iter(text)
        .map(|name| name.as_str())
        .filter(|name| !is_english || looks_like_a_name(name))
        .collect();
    let mut each: Vec<&str> = Vec::new();
    for name in names {
        if !each.contains(&name) {
            each.push(name);
        }
    }
    // More names are no condition, but a story.
    (1..=MOST_NAMES)
        .contains(&each.len())
        .then(|| each.join(", "))
}

/// In English text only what no English word looks like is a name.
fn looks_like_a_name(word: &str) -> bool {
    // "NICs" are things, more than one of them.
    let is_plural = word
        .strip_suffix('s')
        .is_some_and(|one| one.len() > 1 && one.chars().all(|c| c.is_ascii_uppercase()));
    let has_capitals = word.chars().skip(1).any(char::is_uppercase);
    word.contains(['_', ':', '.', '/']) || has_capitals && !is_plural
}

/// The names in a text, in order, each once.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in NAMES.find_iter(text) {
        let name = name.as_str();
        let joins = matches!(name, "and" | "or" | "both" | "either" | "the" | "parameter");
        if !joins && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{UNNAMED, in_short, told};

    #[test]
    fn what_has_no_names_is_told_in_few_words() {
        assert_eq!(told("当夜里有雾时"), "夜里有雾");
        assert_eq!(told("oil lamps"), "oil lamps");
        assert_eq!(told("灯塔任务失败"), "job failed");
        assert_eq!(told("the night is dark and the sea is high"), UNNAMED);
    }

    #[test]
    fn names_and_values_are_all_that_is_kept() {
        assert_eq!(in_short("灯塔任务失败"), "job failed");
        assert_eq!(in_short("出现错误"), "error");
        assert_eq!(in_short("查询灯的请求出现错误"), "query failed");
        assert_eq!(in_short("the query of the lamp fails"), "query failed");
        assert_eq!(in_short("不大于last_lamp(oil时"), "oil");
        assert_eq!(
            in_short("lamp_mode为lit或dim,且fuel是oil"),
            "lamp_mode in (lit, dim) and fuel == oil"
        );
        assert_eq!(in_short("没有指定lamp_id"), "lamp_id absent");
        assert_eq!(in_short("当lamp_id为空"), "lamp_id absent");
        assert_eq!(in_short("lamp_id不为空时"), "lamp_id given");
        assert_eq!(in_short("指定lamp_id"), "lamp_id is given");
        assert_eq!(in_short("lamp_id is not specified"), "lamp_id absent");
        assert_eq!(in_short("lamp_id is left blank"), "lamp_id absent");
        assert_eq!(in_short("lamp_id is not empty"), "lamp_id given");
        assert_eq!(
            in_short("both oil and gas are empty"),
            "oil absent and gas absent"
        );
        assert_eq!(in_short("mode is manual"), "mode == manual");
        assert_eq!(in_short("灯数(n_lamps字段的值)大于1时"), "n_lamps > 1");
        assert_eq!(in_short("if n_lamps is less than 9"), "n_lamps < 9");
        assert_eq!(in_short("payment is required"), "the documented case");
        assert_eq!(in_short("使用lamp_id跨港口挂灯"), "lamp_id");
        assert_eq!(
            in_short("灯塔状态为DARK且出现错误"),
            "status == DARK and 出现错误"
        );
        assert_eq!(in_short("灯在a,b,c,d。如果fuel为oil"), "fuel == oil");
        assert_eq!(
            in_short("灯塔的状态与lamp_mode的状态不同"),
            "differs from lamp_mode"
        );
        assert_eq!(
            in_short("灯在某个可用区下的状态与lamp_mode的状态不同"),
            "state in an AZ differs from lamp_mode"
        );
        assert_eq!(
            in_short("有多个租户快照"),
            "the tenant has more than one snapshot"
        );
        assert_eq!(
            in_short("the state in a tower is different from the lamp:state value"),
            "differs from lamp:state"
        );
        assert_eq!(in_short("有多个守塔人灯油"), "the documented case");
        assert_eq!(in_short("用卷创建云服务器"), "booting from a volume");
        assert_eq!(
            in_short("不使用快照创建云服务器"),
            "not booting from a snapshot"
        );
        assert_eq!(
            in_short("使用镜像创建数据盘"),
            "creating a volume from an image"
        );
        assert_eq!(
            in_short("密钥方式登录的Debian云服务器"),
            "Debian server with key pair login"
        );
        assert_eq!(in_short("从卷启动的云服务器"), "booting from a volume");
        assert_eq!(
            in_short("fuel为oil并且wick_id不存在"),
            "fuel == oil and wick_id absent"
        );
        assert_eq!(
            in_short("fuel为oil且wick_id有值"),
            "fuel == oil and wick_id given"
        );
        assert_eq!(in_short("使用Petrol点灯"), "using Petrol");
        assert_eq!(in_short("非空"), "not empty");
        assert_eq!(in_short("导入SSH密钥"), "importing SSH key pair");
        assert_eq!(in_short("使用不支持Wick的灯塔"), "the documented case");
        assert_eq!(in_short("未开启Wick"), "the documented case");
        assert_eq!(in_short("夜里有雾"), "the documented case");
        assert_eq!(
            in_short("the lamp supports provisioning"),
            "the documented case"
        );
        assert_eq!(in_short("the oil is sufficient"), "the documented case");
        assert_eq!(
            in_short("fuel_type is set to OIL and is optional when fuel_type is set to GAS"),
            "fuel_type == OIL"
        );
        assert_eq!(in_short("lamp_id is used to tie flags"), "lamp_id");
        assert_eq!(in_short("lamp_id is used to tie LEDs"), "lamp_id");
    }
}
