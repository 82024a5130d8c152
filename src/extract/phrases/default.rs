//! What holds when a field is left out.

use std::sync::LazyLock;

use super::meanings::meant_by;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::{head, is_han};
use super::things::{known, thing};
use super::tokens::{self, scalar};
use super::values::suits;
use crate::contract::{Constraint, EMPTY_IF_LEFT_OUT, Kind, Relation, Scalar};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.default-same-as",
        language: Zh,
        meaning: "the default is the value of another field, or an attribute of a thing",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认值?|缺省值?)\s*(?:与|和|同)\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?的?(?:取值|值)?(?:一致|相同)|默认使用\s*(?P<used>[A-Za-z_][A-Za-z0-9_:.-]*)\s*(?:参数|字段)?的(?:取值|值)|默认使用当前?的?(?P<holder>[A-Za-z]{2,20}|\p{Han}{1,6})中的\s*(?P<member>[A-Za-z_][A-Za-z0-9_]*)|默认(?:取值|值)?为\s*\p{Han}[^。;；()]{0,40}?\((?P<thing>\p{Han}{1,8}?)的\s*(?P<attribute>[A-Za-z_][A-Za-z0-9_]*)\s*(?:属性|字段|参数)?\)",
        read: |hit| {
            let field = [hit.group("field"), hit.group("used")].concat();
            let to = match field.as_str() {
                "" => format!(
                    "{}.{}",
                    thing(&[hit.group("thing"), hit.group("holder")].concat(), false),
                    [hit.group("attribute"), hit.group("member")].concat()
                ),
                field => field.to_owned(),
            };
            let how = Relation::DefaultsTo;
            Some(Constraint::Relative { how, to }.into())
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
        pattern: r"(?:默认(?:取值|返回值|级别|值)?|缺省(?:取值|值)?)(?:情况下?|时)?\s*,?\s*(?P<is>(?:设置为|取值为|该值|这|取|为|是|:|返回|使用|采用|\s)*)",
        read: default_in_rest,
    },
    Rule {
        name: "zh.default-does-not",
        language: Zh,
        meaning: "what is not done by default, where the field says whether it is done",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认|缺省)(?:时|情况下|值?为)?,?不(?:会)?(?P<verb>\p{Han}{2,6}?)(?P<next>[。,；]|$)",
        read: |hit| {
            let asked = format!("是否{}", hit.group("verb"));
            let first = hit.prose.first().map_or("", |unit| head(&unit.text, 200));
            let default = Constraint::Default(Scalar::Bool(false));
            let is_asked = *hit.kind() == Kind::Boolean && first.contains(&asked);
            (hit.about_field() && is_asked).then(|| default.into())
        },
    },
    Rule {
        name: "zh.default-switched",
        language: Zh,
        meaning: "a switch that is on or off by default, where the field says whether it is on",
        cues: &["默认", "缺省"],
        pattern: r"^(?:默认|缺省)(?:为|是)?(?P<how>关闭|开启|打开|启用|不开启|不启用)(?:状态)?[。；]?$",
        read: |hit| {
            let first = hit.prose.first().map_or("", |unit| head(&unit.text, 60));
            let is_switch = ["是否开启", "是否启用", "是否打开"]
                .iter()
                .any(|asked| first.starts_with(asked));
            let is_on = matches!(hit.group("how"), "开启" | "打开" | "启用");
            let default = Constraint::Default(Scalar::Bool(is_on));
            (hit.about_field() && is_switch && *hit.kind() == Kind::Boolean).then(|| default.into())
        },
    },
    Rule {
        name: "zh.default-counted",
        language: Zh,
        meaning: "a default number with the word for what it counts",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认|缺省)(?:取值|值)?(?:为|是|:)?\s*(?:返回|显示|第)?\s*(?P<value>-?[0-9]+)\s*(?:次|秒|毫秒|分钟|小时|天|个月|个|台|条|份|年|页)(?P<next>[,。；)]|$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let value = scalar(hit.group("value"), hit.kind());
            let is_own = is_number && !is_of_a_limit(hit);
            (hit.about_field() && is_own).then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-glossed",
        language: Zh,
        meaning: "a value whose gloss begins with the word for a default",
        cues: &["默认值", "缺省值"],
        pattern: r#"^\s*"?(?P<value>[A-Za-z0-9_.-]{1,40})"?\s*:\s*(?:默认值|缺省值)\s*(?:,|。|；|$)"#,
        read: |hit| {
            let value = scalar(hit.group("value"), hit.kind());
            let is_own = suits(&value, hit.kind());
            (hit.about_field() && is_own).then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-when-absent",
        language: Zh,
        meaning: "the value that a field has when nothing was given",
        cues: &["{不传}", "无此参数"],
        pattern: r#"{不传}[^。；]{0,30}?(?:,|时)\s*(?:该|此)?(?:值|字段|参数)?(?:等同于|为|是|取|使用)\s*"?(?P<value>[A-Za-z0-9_.:/-]*[A-Za-z0-9_])"?|{不传}[^。；]{0,16}(?:等同于|相当于)\s*"?(?P<same>[A-Za-z0-9_.-]+)"?"#,
        read: |hit| {
            let value = [hit.group("value"), hit.group("same")].concat();
            Some(Constraint::Default(scalar(&value, hit.kind())).into())
        },
    },
    Rule {
        name: "zh.default-number",
        language: Zh,
        meaning: "how many are made or shown when no number was given",
        cues: &["只", "仅"],
        pattern: r"(?:没有|无|未|不){传}?(?:该|此|本)(?:参数|字段|值)(?:时)?,?\s*(?:则)?(?:表明|表示|默认)?(?:只|仅)(?:会)?(?:创建|返回|查询|删除|生成|使用|\p{Han})\s*(?P<number>[0-9]+)\s*(?:\p{Han}|$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let value = scalar(hit.group("number"), hit.kind());
            is_number.then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-all",
        language: Zh,
        meaning: "left out, it stands for all there are",
        cues: &["都支持", "全部", "所有"],
        pattern: r"{不传}[^。；,]{0,16}?(?:,|时)\s*,?(?:将|则|会)?(?:都支持|(?:返回|删除|查询|支持)[^。；,]{0,24}?(?:所有|全部)(?:的)?(?P<of>[^。；,]*))",
        read: |hit| {
            let before = hit.before.trim_end_matches([',', '。', ' ']);
            let before = before.rsplit([',', '。', ' ']).next().unwrap_or("");
            let of = [hit.group("of"), before].into_iter().find_map(known);
            let words = of.map_or("all".to_owned(), |of| format!("all {of}s"));
            let all = Constraint::Default(Scalar::Text(words));
            hit.about_field().then(|| all.into())
        },
    },
    Rule {
        name: "zh.default-empty",
        language: Zh,
        meaning: "nothing when it is left out: a remark, for nothing may be told in many ways",
        cues: &["默认", "缺省"],
        pattern: r"{不传}?时?,?\s*(?:默认值?|缺省值?)\s*(?:为|是|:)\s*空\s*[。；,]?$",
        read: |hit| {
            let remark = Constraint::Other(EMPTY_IF_LEFT_OUT.to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
    Rule {
        name: "zh.default-given",
        language: Zh,
        meaning: "a named thing is used when nothing was given",
        cues: &["默认给", "默认为", "默认使用", "默认绑定"],
        pattern: r#"默认(?:给|为)?\p{Han}{0,12}?(?:绑定|使用|添加|加入)\s*"?(?P<value>[A-Za-z][A-Za-z0-9_-]*)"?"#,
        read: |hit| {
            let value = scalar(hit.group("value"), &Kind::Unknown);
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-of-system",
        language: Zh,
        meaning: "the default thing is used when nothing was given",
        cues: &[
            "默认的",
            "使用默认",
            "创建默认",
            "返回系统默认",
            "选择默认",
            "采用默认",
        ],
        pattern: r"(?:使用|创建|选择|返回|采用)(?:系统)?默认的?\s*(?P<what>\p{Han}{2,6}|[A-Za-z]{2,12})",
        read: |hit| {
            let words = format!("system default {}", thing(hit.group("what"), false));
            let default = Constraint::Default(Scalar::Text(words));
            (hit.about_field() && is_for_absence(hit)).then(|| default.into())
        },
    },
    Rule {
        name: "zh.default-by-system",
        language: Zh,
        meaning: "the system decides what the field is when it is left out",
        cues: &["自动", "随机", "系统"],
        pattern: r"(?:系统|后台|平台)(?:会|将)?(?:自动)?(?:选择|指定)[^。]{0,4}默认|(?:由)?(?:系统|后台|平台)?(?:会|将)?自动(?P<how>生成|分配|创建|指定)|(?:系统|平台|则)(?:会|将)?随机(?P<given>分配|选择|指定)|(?P<random>随机生成)",
        read: |hit| {
            let how = [hit.group("how"), hit.group("given"), hit.group("random")].concat();
            let is_told = is_for_absence(hit) && !is_of_things_made(hit);
            (hit.about_field() && is_told).then(|| by_system(&how))
        },
    },
    Rule {
        name: "zh.default-when-missing",
        language: Zh,
        meaning: "what the absence of the field means",
        cues: &["缺失", "不存在该", "没有此", "没有该", "无此", "无该"],
        pattern: r#"缺失(?:时|则)*(?:表示|代表)\s*"?(?P<value>[A-Za-z0-9_]+)"?|(?:不存在|没有|无)(?:此|该)(?:参数|字段),?\s*(?:则)?(?:表示)?(?P<no>不支持)[^。；]*"#,
        read: |hit| {
            let value = match hit.group("no") {
                "" => scalar(hit.group("value"), hit.kind()),
                _ => Scalar::Text("not supported".to_owned()),
            };
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-in-brackets",
        language: Zh,
        meaning: "a default in words, with its value in brackets",
        cues: &["默认"],
        pattern: r#"默认(?:为|是|值为)?\p{Han}{1,10}\(\s*(?:即|取?值为)?\s*"?(?P<value>true|false|-?[0-9]{1,6})"?\s*\)"#,
        read: |hit| {
            let value = scalar(hit.group("value"), hit.kind());
            let is_own = suits(&value, hit.kind());
            (hit.about_field() && is_own).then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-by-meaning",
        language: Zh,
        meaning: "a default in words, which are the meaning of one of the values",
        cues: &["默认"],
        pattern: r"默认(?P<words>(?:为|是|在)?\p{Han}[^。；,]{1,24})",
        read: |hit| {
            let words = hit.group("words");
            let names_a_field = ["使用此", "使用该", "限制"]
                .iter()
                .any(|word| words.starts_with(word));
            // "0表示默认灯室": that is what a value means, not what is taken for none.
            let is_a_meaning =
                hit.before.ends_with(['示', '表', ':', '指']) || hit.before.ends_with("是否");
            if names_a_field || is_a_meaning || is_of_a_case(hit) || is_of_a_limit(hit) {
                return None;
            }
            let value = meant_by(hit.prose, words)?;
            let value = scalar(&value, hit.kind());
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "zh.default-means",
        language: Zh,
        meaning: "what it means that the field is left out, which is the meaning of one of the values",
        cues: &["{不传}"],
        pattern: r"{不传}(?:该|此|本)?(?:字段|参数|值)?(?:时)?,?\s*(?:则)?(?:表示|代表)\s*(?P<words>\p{Han}{2,20})",
        read: |hit| {
            let value = meant_by(hit.prose, hit.group("words"))?;
            let value = scalar(&value, hit.kind());
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "en.default-when-missing",
        language: En,
        meaning: "what it means that the field is not there: the value of another one, or that something is not supported",
        cues: &["not contain", "not {given} in", "does not have"],
        pattern: r#"^if [^.,]{2,60} (?:(?:does|do) not (?:contain|have|include)|(?:is|are) not {given} in) this (?:parameter|field), (?:the value of (?:the )?(?:parameter )?"?(?P<used>[a-z_][a-z0-9_:.-]*)"?(?: parameter)? is used|[^.]*?(?P<no>cannot be|not supported|not support))[^.]*"#,
        read: |hit| {
            let absent = match hit.group("no") {
                "" => Constraint::Relative {
                    how: Relation::DefaultsTo,
                    to: hit.group("used").to_owned(),
                },
                _ => Constraint::Default(Scalar::Text("not supported".to_owned())),
            };
            hit.about_field().then(|| absent.into())
        },
    },
    Rule {
        name: "en.default-count",
        language: En,
        meaning: "how many are shown where nothing is said",
        cues: &["by default"],
        pattern: r"\b(?:the first )?(?P<count>[0-9]{1,6}) [a-z][a-z ]{2,30}? (?:are|is|will be) (?:{returned}|queried) by default(?:\.|$)",
        read: |hit| {
            let is_number = hit.about_field() && !hit.is_list();
            is_number.then(|| Constraint::Default(scalar(hit.group("count"), hit.kind())).into())
        },
    },
    Rule {
        name: "en.default",
        language: En,
        meaning: "a default value",
        cues: &["default"],
        pattern: r"(?:the )?default(?: value| (?P<noun>[a-z]{4,16}))?(?: is|:| of this parameter is)\s*|(?:defaults to|is set to|sets (?:it|this parameter) to|which is|and is|value is|by default,? (?P<of>[^.]{0,30}?)value is)\s+",
        read: |hit| {
            let mut of = hit.group("of").split_whitespace();
            let is_own = |word: &str| {
                matches!(word, "the" | "its" | "parameter") || Some(word) == hit.subject.name
            };
            // "The default number" is that of a field whose name has that word.
            let noun = hit.group("noun").to_lowercase();
            let mut words = hit.subject.name.unwrap_or("").split(['_', '-']);
            let is_count = noun == "number" && *hit.kind() == Kind::Integer;
            let is_named = noun.is_empty()
                || words.any(|word| word == noun)
                || is_count && hit.before.trim().is_empty();
            if !is_named || !of.all(|word| is_own(word.to_lowercase().as_str())) {
                return None;
            }
            // "lamp:default:oil" is a name.
            let is_inside = hit.before.ends_with(':') && !hit.whole().ends_with(' ');
            if is_inside {
                return None;
            }
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
        pattern: r#"(?:^\s*if|when)\b[^.,]{0,80}(?:not specified|not set|no [a-z ]+ (?:is|are) {given}|left blank|not given)[^.,]{0,50}, (?:(?:the )?(?:default value|[a-z]{2,16}) (?P<numbered>-?[0-9][0-9.]*)|(?:the |its )?"?(?P<value>[a-z0-9_.-]+)"?) (?:value |security group |[a-z]+ )?(?:is|will be) (?:used|bound)|(?:^|\. )\s*"?(?P<early>[a-z0-9_.-]+)"? (?:is|will be) used (?:by default )?{if} (?:you do not (?:specify|set)|it is not {given}|this parameter is not {given})[^.]*"#,
        read: |hit| {
            let value = ["value", "numbered", "early"].map(|name| hit.group(name));
            let value = value.concat();
            if value.eq_ignore_ascii_case("no") {
                return None;
            }
            let value = scalar(&value, hit.kind());
            hit.about_field().then(|| Constraint::Default(value).into())
        },
    },
    Rule {
        name: "en.empty-by-default",
        language: En,
        meaning: "an empty text by default",
        cues: &[
            "empty by default",
            "empty string by default",
            "blank by default",
            "is an empty string",
            "(an empty string)",
        ],
        pattern: r"(?:^|\. )(?:it|the value|this parameter|this field) is (?:an )?(?:left )?(?:empty|blank)(?: string)? by default|(?:^|\. )by default, (?:it|this (?:parameter|field)|the (?P<own>[a-z_]{2,24})) is an empty string|(?:not {given}|omitted|left out), (?:it|the value) is (?:left empty \(an empty string\)|an empty string)",
        read: |hit| {
            // By the name of another field nothing is said of this one.
            let is_other = !matches!(hit.group("own"), "" | "value")
                && !hit
                    .subject
                    .name
                    .is_some_and(|name| name.eq_ignore_ascii_case(hit.group("own")));
            if is_other {
                return None;
            }
            let empty = Constraint::Default(Scalar::Text(String::new()));
            let is_text = *hit.kind() == Kind::String && !hit.is_list();
            let remark = Constraint::Other(EMPTY_IF_LEFT_OUT.to_owned());
            let said = match (is_text, hit.is_list()) {
                (true, _) => empty,
                (false, true) => remark,
                (false, false) => return None,
            };
            hit.about_field().then(|| said.into())
        },
    },
    Rule {
        name: "en.default-by-system",
        language: En,
        meaning: "the system decides what the field is when it is left out",
        cues: &["automatically", "random", "the system "],
        pattern: r"(?:system|is|are|will be|be) automatically (?P<how>generate|assign|create|allocate|select)[a-z]*|^{if} [^.,]{3,60}, the system (?P<does>generate|assign|create|allocate|select|choose)s [^.,]{2,50}|a random [a-z ]{2,24} (?:is|will be) (?P<made>generate)d|(?:is|will be) randomly (?P<random>generate)d",
        read: |hit| {
            let text = head(&hit.unit.text, 4_000).to_lowercase();
            let is_for_absence = ABSENCE.iter().any(|word| text.contains(word));
            // "How many lamps can be automatically created": that is what the number counts.
            let lead = hit.before.trim_end().to_lowercase();
            let is_what_counts = ["can", "may", "that", "which"]
                .iter()
                .any(|word| lead.ends_with(word));
            let is_random = ["made", "random"]
                .iter()
                .any(|group| !hit.group(group).is_empty());
            let how = if is_random {
                "随机生成".to_owned()
            } else {
                [hit.group("how"), hit.group("does")].concat()
            };
            (hit.about_field() && is_for_absence && !is_what_counts).then(|| by_system(&how))
        },
    },
];

static POLITE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^(?:[A-Za-z]+\)|security group|情况|安全组|项目|已|在|由|使用|不|会|配额|网卡|规则|子网)",
    )
});

/// The value in brackets that stand behind all that is said: `灯的种类(默认Oil)`.
fn bracketed<'h>(hit: &Hit<'h>) -> Option<&'h str> {
    let end = hit
        .after
        .trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let noun = hit.before.strip_suffix('(')?;
    let is_last = end.trim_end_matches(['。', '；']) == ")";
    let is_alone = noun.ends_with(is_han) && !noun.contains(['、', '或', '(']);
    (is_last && is_alone).then(|| &hit.after[..hit.after.len() - end.len()])
}

/// One plain value, and nothing after it in its clause.
static BARE: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^\s*[A-Za-z0-9_.-]+\s*(?:$|[,;。；]|\s\p{Han})"));
/// One sign alone.
static SIGN: LazyLock<Pattern> =
    LazyLock::new(|| compile(r#"^\s*"?(?P<sign>[/*])"?\s*(?:[.。;；,]|$)"#));
/// A number with its unit.
static QUANTITY: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^(-?[0-9]+(?:\.[0-9]+)?)\s*(?:[A-Za-z]{1,8}|\p{Han}{1,2})$"));

/// English words for what was not given.
const ABSENCE: [&str; 11] = [
    "set to \"\"",
    "not specified",
    "not set",
    "not given",
    "not provided",
    "blank",
    "empty",
    "omitted",
    "left out",
    "otherwise",
    "default",
];

/// Whether the words around a match speak of what was not given.
fn is_for_absence(hit: &Hit) -> bool {
    const WORDS: [&str; 14] = [
        "系统",
        "后台",
        "平台",
        "底层",
        "否则",
        "不",
        "未",
        "没有",
        "无该",
        "无此",
        "为空",
        "若",
        "如果",
        "默认为",
    ];
    let words = [hit.before, hit.whole()];
    words
        .iter()
        .any(|text| WORDS.iter().any(|word| text.contains(word)))
}

/// "已自动创建的灯不会熄灭": these lamps are there already.
fn is_of_things_made(hit: &Hit) -> bool {
    let clause = hit.before.rsplit(['。', '；', ',']).next().unwrap_or("");
    let is_made = ["已", "所有", "删除", "清除"]
        .iter()
        .any(|word| clause.contains(word));
    is_made && hit.after.starts_with('的')
}

/// The value after "the default is".
fn default_in_rest(hit: &Hit) -> Option<Heard> {
    let rest = bracketed(hit).unwrap_or(hit.after);
    let is_said = !hit.group("is").trim().is_empty()
        || hit.whole().to_lowercase().contains("default")
        || hit.whole().trim_end().ends_with('值')
        || rest.starts_with('"')
        || BARE.is_match(rest) && !hit.before.ends_with("系统")
        || !hit.whole().contains(is_han);
    if !hit.about_field() || is_of_a_limit(hit) || !is_said || POLITE.is_match(rest) {
        return None;
    }
    if is_of_a_case(hit) {
        return None;
    }
    if let Some(sign) = SIGN.captures(rest).filter(|_| *hit.kind() == Kind::String) {
        let default = Constraint::Default(Scalar::Text(sign["sign"].to_owned()));
        return Some(Heard::from(default).reading_on(sign[0].len()));
    }
    let is_chinese = hit.whole().contains(is_han);
    if let Some((name, length)) = tokens::several_words(rest).filter(|_| is_chinese) {
        let default = Constraint::Default(scalar(&name, hit.kind()));
        return Some(Heard::from(default).reading_on(length));
    }
    let list = tokens::list(rest)?;
    let value = list.values.first()?;
    // "The default is 5 M" may be that of a limit; "the default value" is the field's own.
    let is_value = hit.whole().contains('值') || hit.whole().contains("value");
    let is_own = is_value || has_unit_of(hit.before, value);
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number) && is_own;
    let quantity = QUANTITY.captures(value).filter(|_| is_number);
    let value = quantity.map_or_else(|| value.clone(), |found| found[1].to_owned());
    let value = &value;
    let unquoted = rest.trim_start();
    let length = (rest.len() - unquoted.len()) + first_length(unquoted, value);
    let value = scalar(value, hit.kind());
    if !suits(&value, hit.kind()) || is_of_another_thing(hit, &value) {
        return None;
    }
    let default = Constraint::Default(value);
    // "The default is lit: lit: burns. dark: is cold."
    let glosses = hit
        .near()
        .get(length..)
        .and_then(|rest| rest.trim_start().strip_prefix(':'))
        .and_then(|rest| Some((rest.len(), tokens::run_on_glosses(rest)?)));
    let Some((left, glosses)) = glosses else {
        return Some(Heard::from(default).reading_on(length));
    };
    let open = false;
    let values = glosses.values.iter();
    let values = values.map(|value| scalar(value, hit.kind())).collect();
    let listed = Constraint::Enum { values, open };
    let read_on = hit.near().len() - left + glosses.length;
    Some(Heard::all([default, listed]).reading_on(read_on))
}

/// Whether the numbers that stand before are told in the unit of this one: `0-99GB, 默认4GB`.
fn has_unit_of(before: &str, quantity: &str) -> bool {
    let unit = quantity.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let mut same = before.match_indices(unit).map(|(at, _)| &before[..at]);
    !unit.is_empty() && same.any(|number| number.trim_end().ends_with(|c: char| c.is_ascii_digit()))
}

/// "The default of the limit is 5": that is how many there may be.
fn is_of_a_limit(hit: &Hit) -> bool {
    let owner = hit.before.trim_end().trim_end_matches('的');
    let limits = ["限制", "上限", "配额", "额度"];
    limits.iter().any(|word| owner.ends_with(word))
}

/// "Of these, lamps at sea default to 5", and "if it is of gas, the default is 5, else 9".
fn is_of_a_case(hit: &Hit) -> bool {
    const ELSE: [&str; 3] = ["其他", "其它", "否则"];
    let clause = hit.before.rsplit(['。', '；']).next().unwrap_or_default();
    let is_one = ["若", "如果", "当"]
        .iter()
        .any(|word| clause.contains(word));
    let rest = head(hit.after, 60).split('。').next().unwrap_or_default();
    clause.contains("其中") || is_one && ELSE.iter().any(|word| rest.contains(word))
}

/// "指定lamp时，灯油的默认值是oil:min": what has another field for its default is no field's own.
fn is_of_another_thing(hit: &Hit, value: &Scalar) -> bool {
    let Scalar::Text(value) = value else {
        return false;
    };
    let is_name = value
        .split_once(':')
        .is_some_and(|(space, name)| !space.is_empty() && name.contains('_'));
    is_name && hit.before.contains("时,")
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
        "随机生成" => "randomly generated",
        "分配" | "指定" | "assign" | "allocate" => "automatically assigned",
        "创建" | "create" => "created by the system",
        _ => "system default",
    };
    Constraint::Default(Scalar::Text(words.to_owned())).into()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    ("zh.default", "String", "灯的种类（默认Oil）", "default Oil"),
    (
        "en.default-count",
        "Integer",
        "How many lamps a page has. If it is left out, the first 70 lamps are listed by default.",
        "default 70",
    ),
    (
        "zh.default",
        "Integer",
        "灯油，可设置范围为0~99KG，默认4KG，0KG表示不加。",
        "range 0..=99\ndefault 4",
    ),
    (
        "zh.default",
        "Integer",
        "灯的个数，如果mode为brass默认为9。",
        "brass: default 9 when mode == brass",
    ),
    (
        "en.default",
        "Integer",
        "How many lamps are shown. The default number is 70.",
        "default 70",
    ),
    (
        "zh.default-switched",
        "Boolean",
        "是否开启常明，开启后不熄。\n默认关闭。",
        "default false",
    ),
    (
        "en.default",
        "String",
        "What the lamp sends. Default: **text/plain;charset=utf8**",
        "default text/plain;charset=utf8",
    ),
    (
        "zh.default",
        "String",
        "灯的系统，默认设置为Old Lamp (64 bit)。",
        "default Old Lamp (64 bit)",
    ),
    (
        "zh.default",
        "String",
        "收塔时是否熄灯。默认为no，不会熄灭之前已自动创建的灯。",
        "default no",
    ),
    (
        "en.empty-by-default",
        "Array of String",
        "The flags of the lamp. The value is left blank by default.",
        "other: empty when it is left out",
    ),
    (
        "en.default",
        "Integer",
        "How many towers. The default lamp is **3**. The default tower is 4.",
        "default 3",
    ),
    (
        "en.default",
        "String",
        "Where the lamp hangs. Default: **/**",
        "default /",
    ),
    (
        "en.default",
        "Boolean",
        "Whether it is lit. If this parameter is left blank, the keeper automatically sets it to true by default.",
        "default true",
    ),
    (
        "zh.default",
        "String",
        "是否点灯。默认情况为dim。",
        "default dim",
    ),
    (
        "en.default-used",
        "Integer",
        "If the hook is not specified, hook 7 is used.",
        "default 7",
    ),
    (
        "en.empty-by-default",
        "String",
        "What is said of the lamp. By default, it is an empty string.",
        "default ''",
    ),
    (
        "en.empty-by-default",
        "String",
        "What is said of the lamp. If this parameter is omitted, it is left empty (an empty string).",
        "default ''",
    ),
    (
        "en.empty-by-default",
        "String",
        "What is said of the lamp. It is empty by default.",
        "default ''",
    ),
    (
        "zh.default-counted",
        "Integer",
        "页码，默认第1页。",
        "default 1",
    ),
    (
        "zh.default-does-not",
        "Boolean",
        "是否试点。缺省时不试点。",
        "default false",
    ),
    (
        "zh.default-counted",
        "Integer",
        "闪几次，默认3次。",
        "default 3",
    ),
    (
        "zh.default-by-system",
        "String",
        "灯位，不指定则随机分配。",
        "default automatically assigned",
    ),
    (
        "zh.default-by-system",
        "String",
        "灯位。未填时，塔会自动指定空的灯位。",
        "default automatically assigned",
    ),
    (
        "zh.default",
        "String",
        "顶型，支持arch和spire，缺省使用arch。",
        "enum arch spire\ndefault arch",
    ),
    (
        "zh.default-by-system",
        "String",
        "灯位，不传时由系统随机分配。",
        "default automatically assigned",
    ),
    (
        "en.default-by-system",
        "String",
        "The place. If this parameter is not specified, the system selects a place at random.",
        "default system default",
    ),
    (
        "en.default-by-system",
        "String",
        "Where it is left out, a random lamp key will be generated.",
        "default randomly generated",
    ),
    (
        "zh.default",
        "Integer",
        "重试次数，缺省时取2。",
        "default 2",
    ),
    (
        "zh.default-in-brackets",
        "Boolean",
        "灯是否公开，默认不公开（false）。",
        "default false",
    ),
    (
        "en.default-when-missing",
        "String",
        "If the tower does not contain this parameter, lamps cannot be hung on it.",
        "default not supported",
    ),
    (
        "en.default-when-missing",
        "String",
        "If the tower is not contained in this field, the value of lamp:state is used.",
        "default as lamp:state",
    ),
    (
        "zh.default-empty",
        "String",
        "备用的灯。不填时，默认为空。",
        "other: empty when it is left out",
    ),
    (
        "zh.default-by-meaning",
        "String",
        "是否续灯。\n- true：自动续灯false：不自动续灯。不指定该参数时默认为不自动续灯。",
        "enum true false\ndefault false",
    ),
    (
        "zh.default-number",
        "Integer",
        "点几盏灯。没有该参数时，只点1盏。",
        "default 1",
    ),
    (
        "zh.default-when-absent",
        "String",
        "灯址，不填时为10.0.0.0/8。",
        "default 10.0.0.0/8",
    ),
    (
        "zh.default-when-absent",
        "String",
        "灯油。不传时使用oil。",
        "default oil",
    ),
    (
        "zh.default-means",
        "String",
        "灯油。取值为：oil（黑油）、gas（轻气）。未传该字段，表示轻气。",
        "enum oil gas\ndefault gas",
    ),
    (
        "zh.default-glossed",
        "Boolean",
        "是否只看灯。true：只看，不点。false：默认值，看完就点。",
        "default false",
    ),
    (
        "en.default-used",
        "Integer",
        "Specifies the oil. 80 is used if you do not specify a value.",
        "default 80",
    ),
    (
        "en.default-used",
        "String",
        "The value can be KB, MB, or GB. If it is not specified, MB is used by default.",
        "enum KB MB GB\ndefault MB",
    ),
    (
        "zh.default-and-other",
        "Integer",
        "点灯方式，默认为0，为1时代表快点。",
        "default 0\nenum 0 1",
    ),
    ("zh.default", "String", "灯态，默认lit。", "default lit"),
    ("zh.default", "Integer", "默认值为300s。", "default 300"),
    (
        "zh.default",
        "Boolean",
        "是否点灯，默认false",
        "default false",
    ),
    (
        "zh.default-same-as",
        "Integer",
        "默认值与first_lamp的取值一致。",
        "default as first_lamp",
    ),
    (
        "zh.default-same-as",
        "Integer",
        "不指定时，默认取值为灯塔规定的最小值(灯塔的min_height属性)。",
        "default as 灯塔.min_height",
    ),
    (
        "zh.default-same-as",
        "String",
        "灯油编号，若为空，默认使用当前token中的oil_id。",
        "default as token.oil_id",
    ),
    (
        "zh.default-all",
        "String",
        "灯型，不配置时都支持",
        "default all",
    ),
    (
        "zh.default-all",
        "String",
        "旗名。如果未指定旗名，将返回该灯塔的所有旗。",
        "default all",
    ),
    (
        "zh.default-all",
        "String",
        "旗名。如果未指定旗名，将返回该灯塔的所有快照。",
        "default all snapshots",
    ),
    (
        "zh.default",
        "String",
        "推荐使用默认值application/json。",
        "default application/json",
    ),
    (
        "zh.default-given",
        "String",
        "该值为空时，默认给灯塔绑定 plain 灯罩。",
        "default plain",
    ),
    (
        "zh.default-of-system",
        "String",
        "如果不指定，则使用默认灯罩。",
        "default system default 灯罩",
    ),
    (
        "zh.default-when-missing",
        "Array of String",
        "旗。如果缺失则表示any_flag。",
        "default any_flag",
    ),
    (
        "zh.default-by-meaning",
        "String",
        "灯罩，0代表不透明，1代表透明。该字段不存在时，灯罩默认为不透明。",
        "enum 0 1\ndefault 0",
    ),
    (
        "zh.default-by-meaning",
        "Boolean",
        "灯型。\n- 参数指定为false，装上油灯。\n- 参数指定为true，装上电灯。\n- 参数未指定，默认装上油灯。",
        "enum false true\ndefault false",
    ),
    (
        "zh.default",
        "String",
        "熄灯方式，默认为SOFT： SOFT：慢慢熄灭（默认）。 HARD：立即熄灭。",
        "default SOFT\nenum SOFT HARD",
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
];
