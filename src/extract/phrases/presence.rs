//! When a field must, may or must not be there, and what holds when it is left out.

use std::sync::LazyLock;

use regex::Regex;

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::is_han;
use super::tokens::{self, scalar};
use crate::contract::{Constraint, Scalar};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.precedence",
        language: Zh,
        meaning: "which of several fields counts",
        cues: &["优先", "为准"],
        pattern: r#"(?:\((?P<listed>[A-Za-z_][^()]*)\)\s*中,?\s*)?"?(?P<first>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?的?优先级(?:最高|高于\s*(?P<rest>[A-Za-z_][A-Za-z0-9_、,和 ]*))|同时(?:指定|设置|传入|配置)(?:了)?\s*(?P<both>[A-Za-z_][A-Za-z0-9_]*\s*(?:和|与|、|及)\s*[A-Za-z_][A-Za-z0-9_]*)[^。]*?以\s*"?(?P<winner>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?为准"#,
        read: precedence,
    },
    Rule {
        name: "zh.exclusive",
        language: Zh,
        meaning: "not together with another field",
        cues: &[
            "同时",
            "必须有一个为空",
            "其中一个",
            "二选一",
            "不能指定该",
            "不可指定该",
        ],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、|或者|或|及)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)[^。]{0,10}?(?:不(?:能|可|可以|允许|支持)同时|,?\s*必须有一个为空|,?[^。]{0,6}只能选择其中一个|二选一)(?:传入|指定|设置|存在|有值|使用|配置)?|(?:使用|指定|设置|传入)\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数)?时,?\s*不(?:能|可|支持|允许)(?:再)?(?:指定|使用|设置|传入)(?:该|此|本)(?:参数|字段)"#,
        read: exclusive,
    },
    Rule {
        name: "zh.names-required-when",
        language: Zh,
        meaning: "another field is required when a condition holds",
        cues: &["必须", "需要", "配合", "必选"],
        pattern: r#"(?P<condition>[^。；,;]{1,60}?)时,?\s*必须(?:指明|指定|传入|设置|填写|配置)\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?|(?:该|此|本)(?:参数|字段)(?:必须|需要|需)\s*(?:与|和)\s*"?(?P<with>[A-Za-z_][A-Za-z0-9_]*)"?\s*配合使用|(?P<case>(?:如果|当|若)[^。；]{1,60}?),\s*则?\s*"?(?P<named>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数)?为必选(?:参数|字段)?"#,
        read: names_required,
    },
    Rule {
        name: "zh.required-when",
        language: Zh,
        meaning: "the field is required when a condition holds",
        cues: &["必须", "必选", "必填", "不能为空", "不可为空"],
        pattern: r"(?:当|如果|若|在|仅)?(?P<condition>[^。；]{1,90}?)(?:时候?|场景下?|情况下?|,)\s*,?\s*(?:该|此|本|则)*(?:字段|参数|属性|值)?\s*(?:为)?(?:必选|必填|必须指定|必须配置|必须填写|必须传入?|必须设置|必须要填有状态|不能为空|不可为空|为必须)(?:该|此)?(?:字段|参数|属性)?",
        read: |hit| {
            let about_itself = hit
                .group("condition")
                .trim_end()
                .ends_with(['中', '键', '值']);
            let is_condition = CONDITION.is_match(hit.whole());
            (is_condition && !about_itself && hit.about_field())
                .then(|| required(hit.group("condition")))
        },
    },
    Rule {
        name: "zh.there-when",
        language: Zh,
        meaning: "there only when something failed",
        cues: &["失败", "错误", "出错", "异常"],
        pattern: r"^(?P<condition>[^。,;]{0,24}?(?:执行失败|失败|出现错误|发生错误|错误|出错|异常))(?:时|后),?\s*(?:的|返回|才|显示)",
        read: |hit| {
            hit.about_field()
                .then(|| required(hit.group("condition")).conditionally())
        },
    },
    Rule {
        name: "zh.null",
        language: Zh,
        meaning: "may be null",
        cues: &["null"],
        pattern: r#"(?P<default>默认|缺省)?(?P<fixed>固定)?(?:返回)?(?:值|可以|可|字段值|该值)?\s*(?:为|是|返回|:)\s*"?(?i:null)"?\b"#,
        read: null,
    },
    Rule {
        name: "zh.default-same-as",
        language: Zh,
        meaning: "the default is another field's value",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认值?|缺省值?)\s*(?:与|和|同)\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?的?(?:取值|值)?(?:一致|相同)",
        read: |hit| {
            let words = format!("same as {}", hit.group("field"));
            Some(Constraint::Default(Scalar::Text(words)).into())
        },
    },
    Rule {
        name: "zh.default-and-other",
        language: Zh,
        meaning: "a default, and what the other value means",
        cues: &["默认"],
        pattern: r#"默认值?为\s*"?(?P<default>[A-Za-z0-9_]+)"?,\s*为\s*"?(?P<other>[A-Za-z0-9_]+)"?\s*时?(?:代表|表示)[^。]*"#,
        read: |hit| {
            let values = [hit.group("default"), hit.group("other")];
            let values = values.map(|value| scalar(value, hit.kind()));
            let default = Constraint::Default(values[0].clone());
            let values = Constraint::Enum {
                values: values.to_vec(),
                open: false,
            };
            Some(Heard::all([default, values]))
        },
    },
    Rule {
        name: "zh.default",
        language: Zh,
        meaning: "a default value",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认(?:取值|返回值|级别|值)?|缺省(?:取值|值)?)(?:情况下)?\s*,?\s*(?P<is>(?:设置为|取值为|该值|这|为|是|:|返回|\s)*)",
        read: default_in_rest,
    },
    Rule {
        name: "zh.default-when-absent",
        language: Zh,
        meaning: "the value that a field has when nothing was given",
        cues: &[
            "未指定",
            "不指定",
            "没有指定",
            "未传",
            "不传",
            "不填",
            "不配置",
            "无此参数",
        ],
        pattern: r#"(?:未指定|不指定|没有指定|未传|不传|不填|不配置)[^。；]{0,30}?(?:,|时)\s*(?:该|此)?(?:值|字段|参数)?(?:等同于|为|是|取)\s*"?(?P<value>[A-Za-z0-9_.-]+)"?|(?:不配置|不传|不填)[^。；]{0,16}(?:等同于|相当于)\s*"?(?P<same>[A-Za-z0-9_.-]+)"?"#,
        read: |hit| {
            let value = [hit.group("value"), hit.group("same")].concat();
            Some(Constraint::Default(scalar(&value, hit.kind())).into())
        },
    },
    Rule {
        name: "zh.default-by-system",
        language: Zh,
        meaning: "the system decides what the field is when it is left out",
        cues: &["自动", "系统"],
        pattern: r"(?:系统|后台|平台)(?:会|将)?(?:自动)?(?:选择|指定)[^。]{0,4}默认|(?:由)?(?:系统|后台|平台)?(?:会|将)?自动(?P<how>生成|分配|创建|指定)",
        read: |hit| hit.about_field().then(|| by_system(hit.group("how"))),
    },
    Rule {
        name: "zh.not-empty",
        language: Zh,
        meaning: "not empty",
        cues: &["空", "缺失"],
        pattern: r"(?:不能|不可以?|不允许|不得|输入不能)(?:为)?空(?:字符串)?(?:或者空字符串)?|不支持创建空[\p{Han}A-Za-z]{1,6}",
        read: |_| Some(Constraint::NotEmpty.into()),
    },
    Rule {
        name: "zh.unique",
        language: Zh,
        meaning: "not the same as another one's",
        cues: &["相同", "重复", "唯一", "重名"],
        pattern: r"不(?:能|可|允许)(?:和|与)(?:已有|已存在|现有|其他|其它)[^。]{0,20}?(?:相同|重复|重名)|(?:不能|不可|不允许|不得)(?:重复|重名)|(?:必须|需要?|应)(?:保证)?唯一|键?值?唯一(?:[。；;]|$)",
        read: |_| Some(Constraint::Unique.into()),
    },
    Rule {
        name: "en.precedence",
        language: En,
        meaning: "which of several fields counts",
        cues: &[
            "priority",
            "precedence",
            "prevails",
            "is used",
            "takes effect",
        ],
        pattern: r#"(?:parameter )?"?(?P<first>[a-z_][a-z0-9_]*)"?(?: in the [a-z]+ [a-z]+ parameters)?\s*(?:\((?P<listed>[^()]*)\))?,? (?:has|have) the highest priority|"?(?P<win>[a-z_][a-z0-9_]*)"? (?:takes precedence over|prevails over|has a higher priority than) "?(?P<rest>[a-z_][a-z0-9_]*)"?|if both (?:parameters )?(?P<both>[a-z0-9_]+ and [a-z0-9_]+) are (?:specified|set|configured|given), "?(?P<winner>[a-z_][a-z0-9_]*)"? (?:is used|prevails|takes effect|will be used)"#,
        read: precedence,
    },
    Rule {
        name: "en.exclusive",
        language: En,
        meaning: "not together with another field",
        cues: &["together", "same time", "either", "mutually", "both"],
        pattern: r#"(?P<names>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) (?:cannot|can not|must not|may not) (?:both )?be (?:specified|set|used|passed|configured)(?: together| at the same time| simultaneously)?|(?:cannot|must not|can not) be (?:specified|set|used|configured) (?:together with|at the same time as|if|when) "?(?P<other>[a-z]+_[a-z0-9_]+)"?(?: is (?:specified|set|used))?|either (?:parameter )?(?P<either>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?) (?:can|must|may) be (?:set|specified|used)|(?P<mutually>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) are mutually exclusive"#,
        read: exclusive,
    },
    Rule {
        name: "en.names-required-when",
        language: En,
        meaning: "another field is required when a condition holds",
        cues: &["must"],
        pattern: r#"(?:if|when) (?P<condition>[^.,;]{3,90}), (?:you must (?:specify|set|configure) (?:the |parameter )*"?(?P<field>[a-z_][a-z0-9_]*)"?|"?(?P<named>[a-z]+_[a-z0-9_]+)"?(?: in [a-z]+)? must be (?:set|specified|configured))"#,
        read: names_required,
    },
    Rule {
        name: "en.required-when",
        language: En,
        meaning: "the field is required when a condition holds",
        cues: &["mandatory", "required", "must be"],
        pattern: r"(?:is |are )?(?:mandatory|required|must be (?:specified|set|configured)) (?:only )?(?:if|when|for) (?P<condition>[^.;]{3,100})|(?:if|when) (?P<first>[^.;,]{3,100}), (?:this|the) (?:parameter|field|value) (?:is (?:mandatory|required)|must be (?:specified|set|configured)|cannot be (?:left )?(?:blank|empty))",
        read: |hit| {
            let words = [hit.group("condition"), hit.group("first")].concat();
            hit.about_field().then(|| required(&words))
        },
    },
    Rule {
        name: "en.there-when",
        language: En,
        meaning: "there only when something failed, or in a stated case",
        cues: &["when", "if "],
        pattern: r"(?:returned|displayed|reported|message|reason|code)[a-z ]{0,30}? (?:only )?(?:when|if|after) (?P<condition>[^.;]{3,60}?(?:error|fail|fault)[a-z]*[^.;]{0,20})|^if (?P<case>[^.;,]{3,60}), this (?:field|parameter) (?:is|will be) returned",
        read: |hit| {
            let words = [hit.group("condition"), hit.group("case")].concat();
            hit.about_field().then(|| required(&words).conditionally())
        },
    },
    Rule {
        name: "en.null",
        language: En,
        meaning: "may be null",
        cues: &["null"],
        pattern: r#"(?P<default>default(?: value)?(?: is|:) )?(?P<fixed>always )?(?:value (?:is|can be)|(?:can|may) be|is|are|be|returns|default(?: value)?(?: is|:)) (?:set to )?"?null\b"?"#,
        read: null,
    },
    Rule {
        name: "en.default",
        language: En,
        meaning: "a default value",
        cues: &["default"],
        pattern: r"(?:the )?default(?: value)?(?: is|:| of this parameter is)\s*|(?:defaults to|is set to|which is|and is|by default,? [^.]{0,30}value is)\s+",
        read: |hit| {
            let by_default =
                hit.after.contains("by default") || hit.whole().to_lowercase().contains("default");
            by_default.then(|| default_in_rest(hit)).flatten()
        },
    },
    Rule {
        name: "en.default-used",
        language: En,
        meaning: "what is used when nothing was given",
        cues: &["used", "bound"],
        pattern: r#"(?:^if|when)\b[^.,]{0,80}(?:not specified|not set|no [a-z ]+ (?:is|are) specified|left blank|not given)[^.,]{0,50}, (?:the |its )?"?(?P<value>[a-z0-9_.-]+)"? (?:value |security group |[a-z]+ )?(?:is|will be) (?:used|bound)"#,
        read: |hit| {
            let value = scalar(hit.group("value"), hit.kind());
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "en.default-by-system",
        language: En,
        meaning: "the system decides what the field is when it is left out",
        cues: &["automatically"],
        pattern: r"(?:system|is|are|will be|be) automatically (?P<how>generate|assign|create|allocate|select)[a-z]*",
        read: |hit| hit.about_field().then(|| by_system(hit.group("how"))),
    },
    Rule {
        name: "en.not-empty",
        language: En,
        meaning: "not empty",
        cues: &["blank", "empty", "be null"],
        pattern: r"(?:cannot|can not|must not|may not|should not) be (?:left )?(?:blank|empty|null)|^an empty [a-z ]{2,20} cannot be created",
        read: |_| Some(Constraint::NotEmpty.into()),
    },
    Rule {
        name: "en.unique",
        language: En,
        meaning: "not the same as another one's",
        cues: &["unique", "same as", "duplicate", "different from"],
        pattern: r"must be unique|(?:cannot|must not|can not) be (?:the same as|duplicated?|identical to)|must be different from (?:that|those|existing|any)|duplicate [a-z ]{2,20} (?:are|is) not allowed",
        read: |_| Some(Constraint::Unique.into()),
    },
];

fn required(condition: &str) -> Heard {
    Constraint::RequiredIf(condition::in_short(condition)).into()
}

/// The winner first, then all others that the sentence names.
fn precedence(hit: &Hit) -> Option<Heard> {
    let groups = ["first", "winner", "win"].map(|name| hit.group(name));
    let first = groups.into_iter().find(|name| !name.is_empty())?;
    let others = [hit.group("listed"), hit.group("both"), hit.group("rest")].join(" ");
    let mut order = vec![first.to_owned()];
    order.extend(
        condition::names(&others)
            .into_iter()
            .filter(|name| name != first),
    );
    (order.len() > 1).then(|| Constraint::Precedence(order).into())
}

/// The subject excludes the others; where it is not among them, the first one does.
fn exclusive(hit: &Hit) -> Option<Heard> {
    let other = hit.group("other");
    if !other.is_empty() {
        return Some(Constraint::ExclusiveWith(vec![other.to_owned()]).into());
    }
    let printed = [
        hit.group("names"),
        hit.group("either"),
        hit.group("mutually"),
    ]
    .join(" ");
    let mut names = condition::names(&printed);
    if names.len() < 2 {
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
        None => {
            let first = names.remove(0);
            Some(Heard::about(first, Constraint::ExclusiveWith(names)))
        }
    }
}

fn names_required(hit: &Hit) -> Option<Heard> {
    let with = hit.group("with");
    if !with.is_empty() {
        let own = hit.subject.name.unwrap_or("the other field");
        let needed = Constraint::RequiredIf(format!("{own} is given"));
        return Some(Heard::about(with, needed));
    }
    let field = [hit.group("field"), hit.group("named")].concat();
    let condition = [hit.group("condition"), hit.group("case")].concat();
    let needed = Constraint::RequiredIf(condition::in_short(&condition));
    Some(Heard::about(field, needed))
}

/// A default of null says that null is possible; a fixed null is a constant.
fn null(hit: &Hit) -> Option<Heard> {
    if !hit.about_field() {
        return None;
    }
    if !hit.group("fixed").is_empty() {
        return Some(Constraint::Const(Scalar::Null).into());
    }
    let is_default =
        hit.whole().to_lowercase().contains("default") || !hit.group("default").is_empty();
    let default = is_default.then_some(Constraint::Default(Scalar::Null));
    Some(Heard::all(
        default.into_iter().chain([Constraint::Nullable]),
    ))
}

static CONDITION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("当|如果|若|时|场景|情况|没有").expect("a test compiles it"));

static POLITE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[A-Za-z]+\)|security group|情况|安全组|项目|已|在|由|使用|不|会|配额|网卡|规则|子网)",
    )
    .expect("a test compiles it")
});

/// The value after "the default is".
fn default_in_rest(hit: &Hit) -> Option<Heard> {
    let rest = hit.after;
    let is_said = !hit.group("is").trim().is_empty()
        || hit.whole().to_lowercase().contains("default")
        || hit.whole().trim_end().ends_with('值')
        || rest.starts_with('"')
        || !hit.whole().contains(is_han);
    if !hit.about_field() || !is_said || POLITE.is_match(rest) {
        return None;
    }
    let list = tokens::list(rest)?;
    let value = list.values.first()?;
    let unquoted = rest.trim_start();
    let length = (rest.len() - unquoted.len()) + first_length(unquoted, value);
    let value = scalar(value, hit.kind());
    Some(Heard::from(Constraint::Default(value)).reading_on(length))
}

/// How far the first value reaches: the rest may say something else.
fn first_length(text: &str, value: &str) -> usize {
    let found = text.find(value).map_or(0, |at| at + value.len());
    let quote = text[found..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''));
    found + quote.map_or(0, char::len_utf8)
}

fn by_system(how: &str) -> Heard {
    let words = match how.to_lowercase().as_str() {
        "生成" | "generate" => "system generated",
        "分配" | "assign" | "allocate" => "automatically assigned",
        "创建" | "create" => "created by the system",
        _ => "system default",
    };
    Constraint::Default(Scalar::Text(words.to_owned())).into()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.default-and-other",
        "Integer",
        "点灯方式，默认为0，为1时代表快点。",
        "default 0\nenum 0 1",
    ),
    (
        "zh.precedence",
        "-",
        "灯的三个参数（wick、oil和glass）中，wick优先级最高",
        "precedence wick oil glass",
    ),
    (
        "zh.precedence",
        "String",
        "若同时指定wick和oil，则以wick为准。",
        "precedence wick oil",
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
        "zh.names-required-when",
        "-",
        "指定wick时必须指明oil。",
        "oil: required if wick is given",
    ),
    (
        "zh.names-required-when",
        "String",
        "该参数必须与wick配合使用。",
        "wick: required if lamp is given",
    ),
    (
        "zh.required-when",
        "String",
        "使用AK/SK认证时该字段必选。",
        "required if AK/SK is given",
    ),
    (
        "zh.required-when",
        "Integer",
        "在fuel是oil或gas，tower是big的时候必选。",
        "required if fuel in (oil, gas) and tower == big",
    ),
    (
        "zh.there-when",
        "String",
        "点灯任务执行失败时的错误码。",
        "required if job failed, conditional",
    ),
    (
        "zh.there-when",
        "String",
        "出现错误时，返回的消息。",
        "required if error, conditional",
    ),
    ("zh.null", "String", "点灯成功后, 该值为null。", "nullable"),
    (
        "zh.null",
        "String",
        "未使用，缺省值为null。",
        "default null\nnullable",
    ),
    (
        "zh.default-same-as",
        "Integer",
        "默认值与first_lamp的取值一致。",
        "default same as first_lamp",
    ),
    ("zh.default", "String", "灯型，默认为“oil”。", "default oil"),
    ("zh.default", "Number", "缺省值为1.5。", "default 1.5"),
    (
        "zh.default",
        "String",
        "描述，默认为空字符串。",
        "default ''",
    ),
    (
        "zh.default-when-absent",
        "String",
        "点灯时未指定燃料，该值为peat。",
        "default peat",
    ),
    (
        "zh.default-by-system",
        "String",
        "不写lamp时，由系统自动生成。",
        "default system generated",
    ),
    ("zh.not-empty", "String", "灯名不能为空。", "not empty"),
    (
        "zh.unique",
        "String",
        "新灯名不能和已有的灯名相同。",
        "unique",
    ),
    (
        "en.precedence",
        "-",
        "Parameter wick in the three lamp parameters (wick, oil, and glass) has the highest priority.",
        "precedence wick oil glass",
    ),
    (
        "en.exclusive",
        "String",
        "Either wick or oil can be set.",
        "wick: not with oil",
    ),
    (
        "en.names-required-when",
        "-",
        "If wick is set, you must specify the oil.",
        "oil: required if wick given",
    ),
    (
        "en.required-when",
        "String",
        "This parameter is mandatory when fuel is set to OIL.",
        "required if fuel == OIL",
    ),
    (
        "en.there-when",
        "String",
        "Specifies the message returned when an error occurs.",
        "required if error, conditional",
    ),
    ("en.null", "String", "The value can be null.", "nullable"),
    (
        "en.default",
        "String",
        "The default value is oil.",
        "default oil",
    ),
    ("en.default", "Integer", "Default: 10", "default 10"),
    (
        "en.default",
        "String",
        "Specifies the fuel, which is peat by default.",
        "default peat",
    ),
    (
        "en.default-used",
        "String",
        "If no fuel is specified, the peat value is used.",
        "default peat",
    ),
    (
        "en.default-by-system",
        "String",
        "If this is left blank, the system automatically generates a lamp.",
        "default system generated",
    ),
    (
        "en.not-empty",
        "String",
        "It cannot be left blank.",
        "not empty",
    ),
    (
        "en.unique",
        "String",
        "The lamp name must be unique.",
        "unique",
    ),
];
