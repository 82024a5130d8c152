//! Fields that cannot be sent together.

use std::sync::LazyLock;

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::Constraint;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.exclusive-with-rest",
        language: Zh,
        meaning: "a filter that cannot be combined with others",
        cues: &["不能同时", "不支持同时", "不可同时"],
        pattern: r"用\s*(?P<own>[A-Za-z_][A-Za-z0-9_]*)\s*作为[^。,]{1,12}时,?\s*不(?:能|支持|可)同时(?:支持|使用|指定|设置)其[他它][^。]*",
        read: |hit| {
            let others = Constraint::ExclusiveWith(vec![OTHERS.to_owned()]);
            Some(Heard::about(hit.group("own"), others))
        },
    },
    Rule {
        name: "zh.one-needed",
        language: Zh,
        meaning: "at least one of several fields is needed, and perhaps not more",
        cues: &["至少", "为空", "其一", "一个", "一项"],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?(?:\s*(?:、|,)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)*\s*(?:参数|字段)?\s*(?:和|与|或者|或|及|、)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)\s*(?:参数|字段)?(?P<exactly>(?:互斥|[二三]选一|只能[^,。；]{0,8}一[个项])?)[^,。；A-Za-z]{0,6},?\s*(?:两者|三者|其中)?(?P<needed>至少(?:需要?|必须|要|应)?(?:{传}|有|存在|包含)?(?:其中)?(?:一个|一项|1个|其一)|不(?:能|可|允许)(?:同时|都|全部?|均)为空|必须且只能{传}?(?:其中)?(?:一个|一项|其一)|必须{传}(?:其中)?(?:一个|一项|其一)|必须有一个(?:参数|字段)?(?:有值|不为空))[^,。；]*"#,
        read: one_needed,
    },
    Rule {
        name: "zh.exclusive",
        language: Zh,
        meaning: "not together with another field",
        cues: &[
            "同时",
            "为空",
            "其中一个",
            "二选一",
            "不能指定该",
            "只能",
            "不可指定该",
            "必选",
        ],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、|或者|或|及)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)[^。]{0,10}?(?:不(?:能|可|可以|允许|支持)同时|,?\s*必须有一个为空|(?:参数|字段)?的?值为空|,?[^。]{0,6}只能选择其中一个|二选一)(?:传入|指定|设置|存在|有值|使用|配置)?|(?:^|[,。；:\s])(?:(?:该|此|本)(?:参数|字段)|(?P<own>[A-Za-z_][A-Za-z0-9_]*)\s*)?{不能}?(?:与|和)\s*"?(?P<beside>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?\s*(?:不(?:能|可|可以|允许|支持|会))?同时(?:传入|指定|设置|存在|使用|配置|返回|出现)|(?:^|[,。；\s])(?:与|和)\s*"?(?P<chosen>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?(?:(?:必须且)?只能{传}(?:其中)?(?:一个|一项|其一)|(?:必须)?二选一)|[,且]\s*且?不(?:支持|能|可|允许){传}\s*"?(?P<banned>[A-Za-z_][A-Za-z0-9_]*)"?|{传}\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数)?时,?\s*不(?:能|可|支持|允许)(?:再)?{传}(?:该|此|本)(?:参数|字段)"#,
        read: exclusive,
    },
    Rule {
        name: "zh.mutually-exclusive",
        language: Zh,
        meaning: "not together with another field, said in one word",
        cues: &["互斥", "共存"],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)\s*(?:参数|字段)?(?:是|为)?(?:互斥|不(?:能|可以?)共存)[^。；]*|(?:与|和)\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:(?:和|与|、|及)\s*"?(?P<another>[A-Za-z_][A-Za-z0-9_.]*)"?)?\s*(?:参数|字段|属性)?(?:是|为|都)?(?:互斥|不(?:能|可以?)?共存)[^。；]*"#,
        read: exclusive,
    },
    Rule {
        name: "en.one-needed",
        language: En,
        meaning: "at least one of several fields is needed",
        cues: &[
            "at least one of",
            "exactly one of",
            "one and only one of",
            "either",
        ],
        pattern: r#"(?:at least|(?P<exactly>exactly|one and only)) one of (?:the )?(?:parameters? |fields? |following )?(?P<names>"?[a-z_][a-z0-9_.]*"?(?:(?:, (?:and |or )?| and | or )"?[a-z_][a-z0-9_.]*"?)+) (?:must|is|are|should|needs? to)\b|either (?:parameter )?(?P<either>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?) (?:{must} be {given}|is (?:required|mandatory))|{must} (?:set|specify|give|configure|provide) either (?P<or>"?[a-z]+_[a-z0-9_]+"? or "?[a-z]+_[a-z0-9_]+"?)|(?:contains?|carries|holds?|has|takes?|includes?|names?) (?P<precisely>exactly|one and only) one of (?:the )?(?:parameters? |fields? |following )?(?P<held>"?[a-z_][a-z0-9_.]*"?(?:(?:, (?:and |or )?| and | or )"?[a-z_][a-z0-9_.]*"?)+)"#,
        read: one_needed,
    },
    Rule {
        name: "en.exclusive-with-rest",
        language: En,
        meaning: "a filter that cannot be combined with others",
        cues: &["other"],
        pattern: r"if (?:the )?(?P<own>[a-z_][a-z0-9_]*) is used as [a-z ]{3,40}, other [a-z ]{3,60} (?:are|is) not supported",
        read: |hit| {
            let others = Constraint::ExclusiveWith(vec![OTHERS.to_owned()]);
            Some(Heard::about(hit.group("own"), others))
        },
    },
    Rule {
        name: "en.exclusive",
        language: En,
        meaning: "not together with another field",
        cues: &[
            "together",
            "same time",
            "either",
            "mutually",
            "both",
            "exclusive",
            "only one of",
            "conflicts with",
            "do not ",
            "is {given}, this",
        ],
        pattern: r#"only one of (?:the )?(?:parameters? |fields? |following )?(?P<sole>"?[a-z_][a-z0-9_.]*"?(?:(?:, (?:and |or )?| and | or )"?[a-z_][a-z0-9_.]*"?)+) (?:can|may) be {given}|(?P<names>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) {cannot} (?:both )?be (?:both )?(?:specified|set|used|passed|configured|applied)(?: together| at the same time| simultaneously)?|{cannot} be {given} (?:together with|at the same time as|if|when) "?(?P<other>[a-z]+_[a-z0-9_]+)"?(?: is {given})?|either (?:parameter )?(?P<either>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?) (?:can|may) be {given}|(?P<mutually>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) are mutually exclusive|either but not both of (?P<one>"?[a-z_][a-z0-9_.]*"? (?:and|or) "?[a-z_][a-z0-9_.]*"?)|^(?:set|specify|configure|use) either (?:parameter )?(?P<apart>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?)\.?$|exclusive (?:with|of) (?:the )?(?:parameters? |fields? )?(?P<rivals>"?[a-z]+_[a-z0-9_]+"?(?:(?:, (?:and |or )?| and | or )"?[a-z]+_[a-z0-9_]+"?)*)|mutually exclusive with (?:the )?(?:parameter |field )?"?(?P<rival>[a-z][A-Za-z0-9_]*)"?\.?$|(?:choose|select|specify|set|use|configure|enter|provide) either (?:this (?:parameter|field) or (?:the )?(?:parameter |field )?"?(?P<chosen_en>[a-z][a-z0-9_]*)"?|(?:the )?(?:parameter |field )?"?(?P<before_this>[a-z][a-z0-9_]*)"?(?: parameter| field)? or this (?:parameter|field))|^do not (?:use|specify|set|configure) this (?:parameter|field) (?:together )?with (?:the )?(?:parameter )?"?(?P<not_with>[a-z][a-z0-9_]*)"?\.?$|this (?:parameter|field) conflicts with (?:the )?(?:parameter )?"?(?P<conflicts>[a-z][a-z0-9_]*)"?\.?$|(?:specify|set|use|configure|provide) (?:either )?(?P<not_both>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?),? but not both|{cannot} (?:set|specify|use|configure|provide) both (?P<both>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?)(?: at the same time| together)?\.?$|^if (?:the )?(?:parameter |field )?"?(?P<given>[a-z][a-z0-9_]*)"? is {given}, this (?:parameter|field) (?:{cannot} be {given}|{must} be {absent})\.?$"#,
        read: exclusive,
    },
];

/// One of several fields is needed where all others are absent; of the others this says the same.
fn one_needed(hit: &Hit) -> Option<Heard> {
    let names = ["names", "either", "or", "held"]
        .map(|name| hit.group(name))
        .concat();
    let mut names = condition::names(&names);
    let own = names
        .iter()
        .position(|name| Some(name.as_str()) == hit.subject.name);
    let about = match own {
        Some(own) => {
            names.remove(own);
            None
        }
        None if names.len() > 1 => Some(names.remove(0)),
        None => return None,
    };
    if names.is_empty() {
        return None;
    }
    let absent: Vec<String> = names.iter().map(|name| format!("{name} absent")).collect();
    let needed = Constraint::RequiredIf(absent.join(" and "));
    let after = hit.after.trim_start_matches([',', ' ']);
    let not_both = after.strip_prefix("but ").unwrap_or(after);
    let not_both = ["not both", "never both"]
        .iter()
        .any(|words| not_both.starts_with(words));
    let is_exact = ["exactly", "precisely"]
        .iter()
        .any(|name| !hit.group(name).is_empty());
    let is_one = not_both || is_exact || hit.group("needed").contains("只能");
    let others = if is_one { apart(&names) } else { Vec::new() };
    let alone = is_one.then_some(Constraint::ExclusiveWith(names));
    let heard = Heard::all([needed].into_iter().chain(alone));
    let mut heard = match about {
        Some(name) => heard.said_of(&name),
        None => heard,
    };
    heard.constraints.extend(others);
    Some(heard)
}

/// The subject excludes the others; where it is not among them, the first one does.
fn exclusive(hit: &Hit) -> Option<Heard> {
    let needed = hit.before.trim_end_matches(['参', '数', '字', '段']);
    if !hit.group("banned").is_empty() && !needed.ends_with("必选") {
        return None;
    }
    // "Where both are given, this one counts": then both may be.
    let may_be_both = [
        "同时传入时,以",
        "同时传入时以",
        "同时指定时,以",
        "同时指定时以",
        "同时设置时,以",
        "同时设置时以",
    ];
    if may_be_both
        .iter()
        .any(|both| head(hit.rest, 200).contains(both))
    {
        return None;
    }
    let beside = [hit.group("beside"), hit.group("banned")].concat();
    let is_negated = hit.whole().contains('不');
    let own = hit.group("own");
    if !own.is_empty() && Some(own) != hit.subject.name {
        return None;
    }
    if !beside.is_empty() {
        let exclusive = Constraint::ExclusiveWith(vec![beside]);
        return (hit.about_field() && is_negated).then(|| exclusive.into());
    }
    let rivals = [
        "rivals",
        "rival",
        "chosen_en",
        "before_this",
        "not_with",
        "conflicts",
        "given",
    ];
    let rivals = rivals.map(|name| hit.group(name));
    let rivals = condition::names(&rivals.concat());
    if !rivals.is_empty() {
        // Who excludes itself can never be sent: the document means another one and does not tell which.
        let is_itself = rivals.len() == 1 && hit.subject.name == Some(rivals[0].as_str());
        let exclusive = if is_itself {
            Constraint::Other("exclusive with itself".to_owned())
        } else {
            Constraint::ExclusiveWith(rivals)
        };
        return hit.about_field().then(|| exclusive.into());
    }
    let chosen = hit.group("chosen");
    if !chosen.is_empty() {
        let needed = hit.whole().contains("必须");
        let needed = needed.then(|| Constraint::RequiredIf(format!("{chosen} absent")));
        let exclusive = Constraint::ExclusiveWith(vec![chosen.to_owned()]);
        let all = [exclusive].into_iter().chain(needed);
        return hit.about_field().then(|| Heard::all(all));
    }
    let other = hit.group("other");
    if !other.is_empty() {
        let needed = NEEDED.is_match(hit.whole()) && hit.about_field();
        let needed = needed.then(|| Constraint::RequiredIf(format!("{other} absent")));
        let others = [other, hit.group("another")].map(str::to_owned);
        let others = others.into_iter().filter(|other| !other.is_empty());
        let exclusive = Constraint::ExclusiveWith(others.collect());
        return Some(Heard::all([exclusive].into_iter().chain(needed)));
    }
    let printed = [
        hit.group("names"),
        hit.group("either"),
        hit.group("mutually"),
        hit.group("one"),
        hit.group("apart"),
        hit.group("sole"),
        hit.group("not_both"),
        hit.group("both"),
    ]
    .join(" ");
    let mut names = condition::names(&printed);
    let of_this = hit.before.to_lowercase().trim_end().ends_with("this");
    names.retain(|name| !(of_this && name == "field"));
    if let [other] = names.as_slice()
        && hit.about_field()
        && (of_this || printed.contains("parameter and"))
    {
        // "This parameter and the other are mutually exclusive."
        return Some(Constraint::ExclusiveWith(vec![other.clone()]).into());
    }
    // "Specify either OIL or GAS": values of this field, and no others.
    let is_value = |name: &String| !name.contains(|c: char| c.is_ascii_lowercase());
    let are_values = hit.about_field() && names.iter().all(is_value);
    if names.len() < 2 || are_values {
        return None;
    }
    match names
        .iter()
        .position(|name| Some(name.as_str()) == hit.subject.name)
    {
        Some(own) => {
            names.remove(own);
            Some(Constraint::ExclusiveWith(names).into())
        }
        None => Some(Heard {
            constraints: apart(&names),
            ..Heard::default()
        }),
    }
}

/// That each of several fields excludes all that are named behind it.
fn apart(names: &[String]) -> Vec<(Constraint, Option<String>)> {
    let each = (1..names.len()).map(|next| {
        let rest = Constraint::ExclusiveWith(names[next..].to_vec());
        (rest, Some(names[next - 1].clone()))
    });
    each.collect()
}

/// One of both must be there.
static NEEDED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"必须[^。；]{0,12}一[个项]|不(?:能|可)(?:同时|都|均)为空|至少[^。；]{0,8}一[个项]")
});

/// What names all other filters together.
pub(super) const OTHERS: &str = "other conditions";

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.exclusive",
        "String",
        "The oil. This parameter is mutually exclusive with parameter lamp.",
        "other: exclusive with itself",
    ),
    (
        "zh.exclusive",
        "Integer",
        "点灯天数。说明：lamp不能与dark_at同时指定。",
        "not with dark_at",
    ),
    (
        "zh.exclusive",
        "Integer",
        "点灯天数。约束：该参数不能与dark_at同时指定，否则返回状态码400。",
        "not with dark_at",
    ),
    (
        "zh.one-needed",
        "Integer",
        "灯高。lamp、wick必须有一个参数有值。",
        "required if wick absent",
    ),
    (
        "zh.one-needed",
        "String",
        "灯名。lamp、wick至少传一个。",
        "required if wick absent",
    ),
    (
        "zh.mutually-exclusive",
        "String",
        "灯的开关。该属性与“wick”和“oil”属性不共存。",
        "not with wick oil",
    ),
    (
        "en.one-needed",
        "String",
        "The owner. Either lamp or wick has to be supplied, but never both.",
        "required if wick absent\nnot with wick",
    ),
    (
        "en.exclusive",
        "String",
        "The oil. This parameter conflicts with gas.",
        "not with gas",
    ),
    (
        "en.exclusive",
        "String",
        "The oil. If gas is specified, this parameter must be left empty.",
        "not with gas",
    ),
    (
        "en.exclusive",
        "-",
        "You cannot set both wick and oil.",
        "wick: not with oil",
    ),
    (
        "en.exclusive",
        "String",
        "Specify wick or oil, but not both.",
        "wick: not with oil",
    ),
    (
        "en.exclusive",
        "Object",
        "The lamps to hang. You can choose either this field or wicks.",
        "not with wicks",
    ),
    (
        "en.exclusive",
        "Integer",
        "How many lamps are lit. This field and lit_hours cannot be both set.",
        "not with lit_hours",
    ),
    (
        "zh.mutually-exclusive",
        "String",
        "灯的编号，与wick_id不能共存。",
        "not with wick_id",
    ),
    (
        "en.one-needed",
        "-",
        "Exactly one of light, dim, and hoist must be specified in a request.",
        "light: required if dim absent and hoist absent\nlight: not with dim hoist\ndim: not with hoist",
    ),
    (
        "en.exclusive",
        "-",
        "Only one of light and dim can be specified.",
        "light: not with dim",
    ),
    (
        "en.exclusive",
        "Object",
        "The fuel. Set either lamp or wick.",
        "not with wick",
    ),
    (
        "zh.exclusive",
        "Object",
        "灯单，与wick_id二选一。",
        "not with wick_id",
    ),
    (
        "zh.exclusive",
        "String",
        "灯单，与wick_id必须且只能指定其中一个。",
        "not with wick_id\nrequired if wick_id absent",
    ),
    (
        "zh.exclusive",
        "String",
        "灯单号，与wick_id不会同时返回。",
        "not with wick_id",
    ),
    (
        "en.one-needed",
        "String",
        "You must specify either lamp_id or wick_id.",
        "lamp_id: required if wick_id absent",
    ),
    (
        "en.one-needed",
        "String",
        "Either wick or lamp must be specified, but not both.",
        "required if wick absent\nnot with wick",
    ),
    (
        "zh.one-needed",
        "String",
        "lamp与wick至少填写一个。",
        "required if wick absent",
    ),
    (
        "zh.one-needed",
        "String",
        "wick、lamp和oil不能同时为空。",
        "required if wick absent and oil absent",
    ),
    (
        "zh.one-needed",
        "String",
        "lamp和wick二选一，不能同时为空。",
        "required if wick absent\nnot with wick",
    ),
    (
        "zh.one-needed",
        "-",
        "wick和oil必须指定其中一个。",
        "wick: required if oil absent",
    ),
    (
        "zh.mutually-exclusive",
        "String",
        "与wick参数互斥，两者必须且只能指定一个。",
        "not with wick\nrequired if wick absent",
    ),
    (
        "en.one-needed",
        "String",
        "At least one of lamp, wick, and oil must be set.",
        "required if wick absent and oil absent",
    ),
    (
        "en.one-needed",
        "String",
        "Either lamp or wick must be specified.",
        "required if wick absent",
    ),
    (
        "en.exclusive",
        "String",
        "The parameter is exclusive with parameters wick_id and oil_id.",
        "not with wick_id oil_id",
    ),
    (
        "zh.exclusive",
        "String",
        "灯油。如果使用油罐点灯，则lamp为必选参数，且不支持使用wick。",
        "lamp: required if the documented case\nnot with wick",
    ),
    (
        "en.exclusive",
        "-",
        "You can set either but not both of wick and oil.",
        "wick: not with oil",
    ),
    (
        "zh.exclusive",
        "String",
        "灯油，与wick_id不能同时指定。",
        "not with wick_id",
    ),
    (
        "zh.mutually-exclusive",
        "String",
        "灯油。与wick互斥，二者不能同时设置。",
        "not with wick",
    ),
    (
        "en.exclusive",
        "String",
        "This parameter and wick_id are mutually exclusive.",
        "not with wick_id",
    ),
    (
        "zh.exclusive",
        "String",
        "wick和oil不能同时传入。",
        "wick: not with oil",
    ),
    (
        "zh.exclusive",
        "String",
        "使用wick时，不能指定该参数。",
        "not with wick",
    ),
    (
        "zh.exclusive-with-rest",
        "String",
        "在使用wick作为条件过滤时，不能同时支持其他过滤条件和分页条件。",
        "wick: not with other conditions",
    ),
    (
        "en.exclusive",
        "String",
        "Either wick or oil can be set.",
        "wick: not with oil",
    ),
    (
        "en.exclusive-with-rest",
        "String",
        "If the wick is used as the search criteria, other search criteria are not supported.",
        "wick: not with other conditions",
    ),
];
