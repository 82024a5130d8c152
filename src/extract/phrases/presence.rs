//! When a field must, may or must not be there, alone or beside others, and whether it may be empty.

use std::sync::LazyLock;

use super::condition;
use super::exclusive::OTHERS;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::{head, is_han};
use super::sometimes::named_before;
use crate::contract::{Constraint, Direction, Kind, Unit, not_if, only_if};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.precedence",
        language: Zh,
        meaning: "which of several fields counts",
        cues: &["优先", "为准"],
        pattern: r#"(?:\(\s*(?P<listed>[A-Za-z_][^()]*)\)\s*中,?\s*)?"?(?P<first>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?的?优先级(?:最高|高于\s*(?P<rest>[A-Za-z_][A-Za-z0-9_、,和 ]*))|同时{传}(?:了)?\s*(?P<both>[A-Za-z_][A-Za-z0-9_]*\s*(?:和|与|、|及)\s*[A-Za-z_][A-Za-z0-9_]*)[^。]*?以\s*"?(?P<winner>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?为准"#,
        read: precedence,
    },
    Rule {
        name: "zh.precedence-over-rest",
        language: Zh,
        meaning: "one filter counts before all others",
        cues: &["为准"],
        pattern: r"同时{传}(?:了)?\s*(?P<first>[A-Za-z_][A-Za-z0-9_]*)\s*(?:和|与|及|以及)其[他它](?:条件|参数|字段),?[^。；]{0,6}以\s*[A-Za-z_][A-Za-z0-9_]*\s*(?:条件|参数|字段)?为准",
        read: |hit| {
            let order = vec![hit.group("first").to_owned(), OTHERS.to_owned()];
            Some(Constraint::Precedence(order).into())
        },
    },
    Rule {
        name: "zh.names-required-when",
        language: Zh,
        meaning: "another field is required when a condition holds",
        cues: &[
            "必须指明",
            "必须同时",
            "必须指定",
            "必须传入",
            "必须设置",
            "必须填写",
            "必须配置",
            "配合使用",
            "为必选",
        ],
        pattern: r#"(?P<condition>[^。；,;]{1,60}?)时,?\s*必须(?:同时)?(?:指明|指定|传入|设置|填写|配置)\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?|(?:(?:该|此|本)(?:参数|字段)\s*{必须}|^\s*"?(?P<own>[A-Za-z_][A-Za-z0-9_]*)"?\s*必须)\s*(?:与|和)\s*"?(?P<with>[A-Za-z_][A-Za-z0-9_]*)"?\s*配合使用(?:,\s*[A-Za-z_][A-Za-z0-9_]*\s*不能(?:独立|单独)使用)?|(?P<case>(?:如果|当|若|对于)[^。；]{1,60}?),\s*则?\s*"?(?P<named>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数)?为必选(?:参数|字段)?"#,
        read: names_required,
    },
    Rule {
        name: "zh.effective-and-required",
        language: Zh,
        meaning: "counts in one case only, and is required there",
        cues: &["有效且"],
        pattern: r"(?:该|此|本)?(?:字段|参数|属性)?(?:仅)?在(?P<condition>[^。；]{2,60}?)时,?\s*有效且为?必(?:选|填)(?:字段|参数)?",
        read: |hit| {
            let condition = condition::in_short(hit.group("condition"));
            let effective = Constraint::Other("effective in one case only".to_owned());
            hit.about_field()
                .then(|| Heard::all([Constraint::RequiredIf(condition), effective]))
        },
    },
    Rule {
        name: "zh.advised-when",
        language: Zh,
        meaning: "the field is advised when a condition holds",
        cues: &["建议"],
        pattern: r"(?:^|[,。])\s*在(?P<condition>[^。；]{2,90}?)时,?\s*建议{传}",
        read: |hit| {
            let condition = condition::in_short(hit.group("condition"));
            let advised = Constraint::RequiredIf(format!("advised: {condition}"));
            hit.about_field().then(|| advised.into())
        },
    },
    Rule {
        name: "zh.required-where-both-absent",
        language: Zh,
        meaning: "another field is required where two others are left out",
        cues: &["为空"],
        pattern: r#"(?P<names>[A-Za-z_][A-Za-z0-9_]*\s*(?:和|与|、|及)\s*[A-Za-z_][A-Za-z0-9_]*)\s*(?:如果|若)?(?:同时|都|均)为空(?:时)?,?\s*(?:此时|则)?,?\s*(?:[A-Za-z_][A-Za-z0-9_]*\s*中的)?\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:属性|参数|字段)?\s*必须(?:有值|指定|填写|设置|传入|不为空)"#,
        read: |hit| {
            let absent = condition::names(hit.group("names"));
            let absent: Vec<String> = absent.iter().map(|name| format!("{name} absent")).collect();
            let needed = Constraint::RequiredIf(absent.join(" and "));
            Some(Heard::about(hit.group("field"), needed))
        },
    },
    Rule {
        name: "zh.shown-for",
        language: Zh,
        meaning: "a field of the answer that is there for one sort of operation",
        cues: &["相关操作"],
        pattern: r"^(?P<case>\p{Han}{2,12})相关操作(?:时)?,?(?:才)?(?:显示|返回)\s*(?P<own>[A-Za-z_][A-Za-z0-9_]*)[。；]?$",
        read: |hit| {
            let is_own = hit.subject.name == Some(hit.group("own"));
            is_own.then(|| required(hit.group("case")).conditionally())
        },
    },
    Rule {
        name: "en.shown-for",
        language: En,
        meaning: "a field of the answer that is there for one sort of operation",
        cues: &["is {returned}", "only "],
        pattern: r"^if the (?P<case>[a-z][^.,]{3,60}), (?P<own>[a-z_][a-z0-9_]*) is {returned}\.?$|^only (?P<case_of>[a-z][^.,]{3,40}?) (?:have|has|return|returns|show|shows) this (?:field|parameter)",
        read: |hit| {
            if !hit.group("case_of").is_empty() {
                let shown = || required(hit.group("case_of")).conditionally();
                return hit.about_field().then(shown);
            }
            let is_own = hit.subject.name == Some(hit.group("own"));
            is_own.then(|| required(hit.group("case")).conditionally())
        },
    },
    Rule {
        name: "en.set-this-if",
        language: En,
        meaning: "the field must be given in one case",
        cues: &["this parameter {if}", "this field {if}"],
        pattern: r"^(?:configure|specify|set) this (?:parameter|field) {if} (?P<condition>[^.;]{3,120})",
        read: |hit| hit.about_field().then(|| required(hit.group("condition"))),
    },
    Rule {
        name: "zh.required-when",
        language: Zh,
        meaning: "the field is required when a condition holds",
        cues: &[
            "必须",
            "必选",
            "必填",
            "必传",
            "需填写",
            "不能为空",
            "不可为空",
            "必带",
            "必须带",
            "需传",
            "需要传",
        ],
        pattern: r"(?:(?:当|如果|若|在)(?P<if>[^。；]{1,90}?)|仅?(?P<condition>[^。；,]{1,90}?(?:,(?:且|并且|同时|或)[^。；]{1,60}?)*?))(?:时候?|场景下?|情况下?|,)\s*,?\s*(?:且|并且)?(?:该|此|本|则)*(?P<name>[A-Za-z_][A-Za-z0-9_]*)?\s*(?:字段|参数|属性|值|项)?\s*(?:为|是)?(?:必选|必填|必传|必带|必须带|需要?传(?:入)?(?:该|此|本)参数|需填写|需要填写|必须指定|必须配置|必须填写|必须传入?|必须设置|必须要填有状态|不能为空|不可为空|为必须)(?:该|此)?(?:字段|参数|属性)?",
        read: |hit| {
            let condition = [hit.group("if"), hit.group("condition")].concat();
            let about_itself = condition.trim_end().ends_with(['中', '键', '值']);
            let is_condition = CONDITION.is_match(hit.whole()) || names_a_value(&condition);
            // "Where it is of gas, the number of the oil must be given": that is another thing.
            let is_of_another = hit.whole().ends_with("指定") && hit.after.starts_with(is_han);
            let name = hit.group("name");
            let is_own = name.is_empty() || Some(name) == hit.subject.name;
            (is_condition && !about_itself && hit.about_field() && is_own && !is_of_another)
                .then(|| barred_else(hit, required(&condition), &condition))
        },
    },
    Rule {
        name: "zh.not-given-when",
        language: Zh,
        meaning: "a field that must not be given where another one has a value",
        cues: &["{不能}{传}"],
        pattern: r"(?:^|[,。；])\s*(?:当|如果|若)?(?P<case>[A-Za-z_][^。；,]{1,40}?)时,?\s*(?:则)?(?:该|此|本)?(?:参数|字段)?{不能}{传}(?:该|此|本)?(?:参数|字段)?(?P<next>[,。；]|$)",
        read: |hit| {
            let case = condition::in_short(hit.group("case"));
            let is_own = hit.about_field() && hit.subject.direction == Direction::Request;
            (is_own && case != condition::UNNAMED).then(|| not_if(&case).into())
        },
    },
    Rule {
        name: "zh.there-when",
        language: Zh,
        meaning: "there only when something failed",
        cues: &["失败", "错误", "出错", "异常"],
        pattern: r"(?:^|,)(?P<condition>[^。,;]{0,24}?(?:执行失败|失败|出现错误|发生错误|错误|出错|异常))(?:时|后),?\s*(?:的|返回|才|显示)",
        read: |hit| {
            hit.about_field()
                .then(|| required(hit.group("condition")).conditionally())
        },
    },
    Rule {
        name: "zh.there-in-case",
        language: Zh,
        meaning: "there in a stated case only",
        cues: &["返回", "存在该"],
        pattern: r"(?:仅|只)?(?:当|在|如果|若)(?P<condition>[^。；]{2,50}?)(?:时|场景下|的?条件下|的?情况下|,)\s*,?(?:才|会|则)*(?:存在(?:该|此)字段|返回(?:该|此)字段|返回)[。]?$|(?:^|[。,；])(?P<then>\p{Han}[^。；,]{1,24}?)(?:时|后),?(?:(?:才|会|则)*返回(?:该|此|本)(?:字段|参数|属性)|才(?:会)?返回[。；]?$)|(?:^|[。,；])(?:仅|只)?(?:在|当)?(?P<equation>[A-Za-z_][A-Za-z0-9_]*\s*(?:取值)?(?:为|是|=)\s*[A-Za-z0-9_]+)\s*时,?(?:才|会|则)*返回[。；]?$",
        read: |hit| {
            let condition = ["condition", "then", "equation"]
                .map(|name| hit.group(name))
                .concat();
            let condition = condition::told(&condition);
            hit.about_field()
                .then(|| Heard::from(Constraint::RequiredIf(condition)).conditionally())
        },
    },
    Rule {
        name: "zh.empty-when",
        language: Zh,
        meaning: "empty in one case",
        cues: &["为空", "返回空"],
        pattern: r"(?:^|[,。；])(?:如果|若|当)?(?P<case>\p{Han}[^。,；]{1,20}?)(?:时|后),?(?:该|此|本)?(?:字段|参数|值)?(?:为|返回)空(?:数组|列表|字符串|值|对象)?[。；]?$",
        read: empty_when,
    },
    Rule {
        name: "zh.empty-for",
        language: Zh,
        meaning: "empty for some things",
        cues: &["为空"],
        pattern: r"(?:^|[,。；])对于?(?P<case>[^。,；]{2,24}?),(?:该|此|本)(?:字段|参数|属性)的?(?:取?值)?(?:为|返回)空(?:数组|列表|字符串|对象)?[。；]?$",
        read: empty_when,
    },
    Rule {
        name: "zh.empty-text-when",
        language: Zh,
        meaning: "an empty text in one case",
        cues: &["空字符串"],
        pattern: r"^(?:如果|若|当)(?P<case>\p{Han}[^。,；]{1,20}?)(?:时)?,(?:则)?(?:这|其|该值|值|该字段)?(?:将|会)?(?:是|为|返回)空字符串[。；]?$",
        read: empty_when,
    },
    Rule {
        name: "en.empty-when",
        language: En,
        meaning: "empty in one case",
        cues: &["blank", "empty"],
        pattern: r"(?:is|will be) (?:left )?(?:blank|an? empty (?:array|list|string|object)|empty) (?P<how>if|when|after|before|until) (?P<case>[^.,]{3,60})",
        read: empty_when,
    },
    Rule {
        name: "zh.not-empty",
        language: Zh,
        meaning: "not empty",
        cues: &["空", "缺失"],
        pattern: r"(?:不能|不可以?|不允许|不得|输入不能)(?:为)?空(?:字符串)?(?:或者空字符串)?|(?:取值范围|取值|格式)\s*:\s*非空|^非空(?P<next>[,。；])|不支持创建空[\p{Han}A-Za-z]{1,6}",
        // A blank is no empty text, and a field may have to be there though its text may be empty.
        read: |hit| {
            let is_blank = hit.after.starts_with('格');
            let is_of_this = !is_blank && !may_be_empty_text(hit) && !says_of_another(hit);
            // "No empty mark can be made": of a list that is said of each of its texts.
            let of_each = hit.is_list_of_texts() && hit.whole().contains("创建空");
            let of_each = of_each && !hit.whole().ends_with(['表', '组']);
            is_of_this.then(|| match of_each {
                true => Constraint::Length {
                    min: Some(1),
                    max: None,
                    unit: Unit::Characters,
                }
                .into(),
                false => Constraint::NotEmpty.into(),
            })
        },
    },
    Rule {
        name: "en.precedence",
        language: En,
        meaning: "which of several fields counts",
        cues: &[
            "priority",
            "precedence",
            "prevails",
            "is {given}",
            "takes effect",
            "ignored",
        ],
        pattern: r#"(?:parameter )?"?(?P<first>[a-z_][a-z0-9_]*)"?(?: in the [a-z]+ [a-z]+ parameters)?\s*(?:\((?P<listed>[^()]*)\))?,? (?:has|have) the highest priority|"?(?P<win>[a-z_][a-z0-9_]*)"? (?:takes precedence over|prevails over|has a higher priority than) "?(?P<rest>[a-z_][a-z0-9_]*)"?|if both (?:parameters )?(?P<both>[a-z0-9_]+ and [a-z0-9_]+) are {given}, "?(?P<winner>[a-z_][a-z0-9_]*)"? (?:is used|prevails|takes effect|will be used)|if you (?:specify|set|configure) both (?P<pair>[a-z0-9_]+ and [a-z0-9_]+), "?(?P<top>[a-z_][a-z0-9_]*)"? (?:is used|prevails|takes (?:effect|precedence)|will be used)|if both (?:parameters )?(?P<two>[a-z0-9_]+ and [a-z0-9_]+) are {given}, "?(?P<loser>[a-z_][a-z0-9_]*)"? (?:is|will be) ignored"#,
        read: precedence,
    },
    Rule {
        name: "en.precedence-over-rest",
        language: En,
        meaning: "one filter counts before all others",
        cues: &["is {given}", "prevails"],
        pattern: r#"if both (?:the )?(?P<first>[a-z_][a-z0-9_]*) and other [a-z ]{2,30} are {given}, the [a-z_][a-z0-9_]*[a-z ]{0,24} (?:is used|prevails)|^if (?:this (?:parameter|field)|(?:the )?"?(?P<alone>[a-z_][a-z0-9_]*)"?) is {given}, (?:all |any )?other (?:[a-z]{4,8} )?(?:criteria|conditions|parameters|filters)[a-z ]{0,20}? (?:(?:will|do|does) not take effect|(?:are|will be) ignored)"#,
        read: |hit| {
            let named = [hit.group("first"), hit.group("alone")].concat();
            let first = match named.as_str() {
                "" => hit.subject.name?.to_owned(),
                _ => named,
            };
            Some(Constraint::Precedence(vec![first, OTHERS.to_owned()]).into())
        },
    },
    Rule {
        name: "en.names-required-when",
        language: En,
        meaning: "another field is required when a condition holds",
        cues: &["must"],
        pattern: r#"{if} (?P<condition>[^.,;]{3,90}), (?:you must (?:also |only )?(?:specify|set|configure) (?:the |parameter )*"?(?P<field>[a-z_][a-z0-9_]*)"?|"?(?P<named>[a-z]+_[a-z0-9_]+)"?(?: in [a-z]+)? {must} be {given})"#,
        read: names_required,
    },
    Rule {
        name: "en.required-when",
        language: En,
        meaning: "the field is required when a condition holds",
        cues: &[
            "mandatory",
            "required",
            "{must} be",
            "{must} specify",
            "{must} {given}",
        ],
        pattern: r"you {must} (?:specify|set|configure) this (?:parameter|field|value) {if} (?P<then>[^.;]{3,100})|(?:is |are )?(?:mandatory|required|{must} be {given}) (?:only )?(?:if|when|for) (?P<condition>[^.;]{3,100}?)(?P<else>(?:,? (?:and|but)|[,;] otherwise,?)(?: it| this parameter| this field)? (?:must not|cannot|can not|may not|should not|must) be (?:specified|set|given|used|provided|left out|omitted|left empty|left blank)(?: (?:{if} (?P<case>[^.;]*)|(?:for|with|in|otherwise)\b[^.;]*))?)?(?:,? (?:and|but) (?:must|cannot|can not|can|may|is|it|this|should)\b[^.;]*|[.;]|$)|{if} (?P<first>[^.;,]{3,100}), (?:this|the(?: tag)?) (?:parameter|field|value) (?:is (?:mandatory|required)|{must} be {given}|cannot be (?:left )?(?:blank|empty))",
        read: |hit| {
            if is_not_asked_for(hit) {
                return None;
            }
            let words = ["condition", "first", "then"]
                .map(|name| hit.group(name))
                .concat();
            // "In slow mode (i.e. mode is 0)": the brackets say it in a field's words.
            let that_is = words.strip_suffix("(i").and(hit.rest.strip_prefix("e."));
            let that_is = that_is.and_then(|rest| Some(rest.split_once(')')?.0.to_owned()));
            let words = that_is.unwrap_or(words);
            let mut heard = required(&words);
            // "…, and must not be set otherwise": then it is for that case alone. Of a case of its own it says just that.
            let behind = NOT_ELSE.find(hit.rest);
            if !hit.group("else").is_empty() || behind.is_some() {
                let case = hit.group("case");
                let own = condition::in_short(case);
                let barred = match case.is_empty() || case.contains("other") {
                    true => Some(only_if(&condition::told(&words))),
                    false => (own != condition::UNNAMED).then(|| not_if(&own)),
                };
                heard
                    .constraints
                    .extend(barred.map(|barred| (barred, None)));
                heard.read_on = behind.map_or(0, |found| found.end());
            }
            if hit.about_field() {
                return Some(heard);
            }
            named_before(hit).map(|name| heard.said_of(name))
        },
    },
    Rule {
        name: "en.given-only-when",
        language: En,
        meaning: "a field that may be given in one case only, or in all but one",
        cues: &["only {if}", "only for", "{cannot} be"],
        pattern: r"(?:can|may|must) (?:only )?be {given}(?: only)? (?:only )?{if} (?P<only>[^.;]{3,100}?)(?P<next>\.|;|$)|{cannot} be {given} {if} (?P<not>[^.;]{3,100}?)(?P<end>\.|;|$)",
        read: |hit| {
            let says_only = hit.whole().to_lowercase().contains("only ");
            let said = match (hit.group("only"), hit.group("not")) {
                ("", case) => not_if(&condition::in_short(case)),
                (case, _) => only_if(&condition::in_short(case)),
            };
            let is_known = |said: &Constraint| {
                let condition = said.may_be_given().map(|(condition, _)| condition);
                condition.is_some_and(|condition| condition != condition::UNNAMED)
            };
            let is_own = hit.about_field() && hit.subject.direction == Direction::Request;
            (is_own && is_known(&said) && (says_only || hit.group("only").is_empty()))
                .then(|| said.into())
        },
    },
    Rule {
        name: "en.only-or-refused",
        language: En,
        meaning: "a field that may be given in one case only: in all others the request is refused",
        cues: &["only {if}"],
        pattern: r"\b(?:is )?(?:valid|effective|takes effect|available|allowed) only {if} (?P<case>[^.;,]{3,80}); (?:with|for|in|under) (?:any|all|every) other [^.;,]{2,30}? (?:the request is|requests are|it is) (?:rejected|refused)\.?$",
        read: |hit| {
            let case = condition::in_short(hit.group("case"));
            let is_own = hit.about_field() && hit.subject.direction == Direction::Request;
            (is_own && case != condition::UNNAMED).then(|| only_if(&case).into())
        },
    },
    Rule {
        name: "en.not-of-a-kind",
        language: En,
        meaning: "a field that things of one kind, told by the value of another field, cannot have",
        cues: &["cannot have", "can not have", "have no "],
        pattern: r"^[a-z]{2,20} (?:of|with|made of) (?:(?P<value>[A-Z][A-Z0-9_]+) (?P<field>[a-z_]{2,24})|(?P<named>[a-z_]{2,24}) (?P<of>[A-Z][A-Z0-9_]+)) (?:cannot have|can not have|have no|must not have) (?:an? |any )?(?P<own>[a-z_]{2,24})\.?$",
        read: |hit| {
            let group = |one, other| [hit.group(one), hit.group(other)].concat();
            let value = group("value", "of");
            let is_value = value.bytes().all(|byte| !byte.is_ascii_lowercase());
            let is_own = hit
                .subject
                .name
                .is_some_and(|name| name.eq_ignore_ascii_case(hit.group("own")));
            let is_asked = hit.subject.direction == Direction::Request;
            let case = format!("{} == {value}", group("field", "named"));
            (is_value && is_own && is_asked).then(|| not_if(&case).into())
        },
    },
    Rule {
        name: "en.there-when",
        language: En,
        meaning: "there only when something failed, or in a stated case",
        cues: &["when", "if ", " only ", "failure", " for "],
        pattern: r"(?:returned|displayed|reported|message|reason|code)[a-z ]{0,30}? (?:only )?(?:when|if|after) (?P<condition>[^.;]{3,60}?(?:error|fail|fault)[a-z]*[^.;]{0,20})|^\s*if (?P<case>[^.;,]{3,60}), (?:this (?:field|parameter)|(?:the )?[a-z]+ of [^.;,]{3,40}?) (?:is|are|will be) {returned}(?:\.|$)|(?:is|are|will be) {returned} only (?:when|if|for|in) (?P<only>[^.;]{3,80})|^(?:it|this (?:parameter|field)) is (?:returned|displayed|shown) (?:for|when|if) (?P<for>[^.;]{3,80})|(?:error code|cause|reason|message)(?: returned)? (?:upon|of) an? (?P<upon>[a-z ]{0,30}failure)",
        read: |hit| {
            let words = ["condition", "case", "only", "for", "upon"]
                .map(|name| hit.group(name))
                .concat();
            hit.about_field().then(|| required(&words).conditionally())
        },
    },
    Rule {
        name: "en.not-empty",
        language: En,
        meaning: "not empty",
        cues: &["blank", "empty", "be null"],
        pattern: r"{cannot} be (?:left )?(?:an empty string|blank|empty|null)|^an empty [a-z ]{2,20} cannot be created",
        read: |hit| {
            (!may_be_empty_text(hit) && !says_of_another(hit)).then(|| Constraint::NotEmpty.into())
        },
    },
    Rule {
        name: "en.one-member-needed",
        language: En,
        meaning: "an object with at least one member",
        cues: &["at least one"],
        pattern: r"at least one (?:of (?:the|these|its|the following) (?:(?:two|three|four|five|six|[0-9]+) )?)?(?:parameters?|fields?|attributes?|properties|members?)(?: below| in table [0-9-]+| in the table)? {must} be {given}|^(?:the |a |each )?(?:request|body|request body) {must} (?:contain|include|specify|hold|have) at least one (?:of the )?(?:parameters?|fields?|attributes?|properties|members?)\b[^.;]*",
        read: one_member,
    },
    Rule {
        name: "zh.one-member-needed",
        language: Zh,
        meaning: "an object with at least one member",
        cues: &["至少"],
        pattern: r"(?:以下|其中)?(?:参数|字段|属性)?(?:中)?至少(?:需要?|要|应|必须)?(?:指定|传入|填写|设置|选择|包含|携带|提供|修改)(?:其中)?(?:一个|1个|一项|1项)(?:(?:需要?|要|待|可|被)?(?:修改|更新|变更|设置)的)?(?:参数|字段|属性|内容)?(?P<next>[。；,]|$)",
        read: one_member,
    },
];

/// Said of an operation, it is about the one object that its requests hold.
fn one_member(hit: &Hit) -> Option<Heard> {
    let heard = Heard::from(Constraint::NotEmpty);
    match hit.subject.kind {
        Some(Kind::Object) => Some(heard),
        _ if hit.about_field() => None,
        _ => Some(heard.said_of(REQUEST)),
    }
}

/// What a statement is said of that holds for the only field which the body of an operation has.
pub(in crate::extract) const REQUEST: &str = "the request body";

/// "Not required when …" asks for nothing, and "the time required for …" is a time.
fn is_not_asked_for(hit: &Hit) -> bool {
    const ADVERBS: [&str; 8] = ["only", "also", "always", "and", "or", "but", "be", "then"];
    let before = hit.before.trim_end().to_lowercase();
    let last = before.rsplit(' ').next().unwrap_or("");
    let follows_a_noun = last.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')')
        && !ADVERBS.contains(&last)
        && head(hit.whole(), 12).eq_ignore_ascii_case("required for");
    last == "not" || before.ends_with("no longer") || follows_a_noun
}

/// "If lit is true, lamp_oil cannot be empty": that is said of the oil, in one case.
fn says_of_another(hit: &Hit) -> bool {
    let before = hit.before.trim_end();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let last = before.rsplit(|c: char| !is_part(c)).next().unwrap_or("");
    // "A key must not be empty": of a list of texts that is said of something in each of them.
    let is_of_part = last == hit.sentence_before() && last.len() > 1;
    if is_of_part && hit.is_list_of_texts() && hit.subject.name != Some(last) {
        return true;
    }
    let is_name = last.contains('_') || (last.len() > 1 && !before.is_ascii() && last != "value");
    let clause = before.rsplit([',', ';']).next().unwrap_or("").trim_start();
    let is_of_case = ["If ", "if ", "若", "如果", "当"]
        .iter()
        .any(|word| before.starts_with(word) || clause.starts_with(word));
    is_name && is_of_case && Some(last) != hit.subject.name
}

/// "Cannot be empty, but may be an empty text": there it must be.
fn may_be_empty_text(hit: &Hit) -> bool {
    let after = hit.after.trim_start_matches([',', ' ']);
    let goes_on = after.starts_with('但')
        || after.starts_with("可以为空字符")
        || after.to_lowercase().starts_with("but can be");
    let clause = head(after, 40)
        .split(['。', '；', '.'])
        .next()
        .unwrap_or("");
    goes_on
        && ["空", "empty", "blank"]
            .iter()
            .any(|word| clause.contains(word))
}

/// A sentence behind a condition: in all other cases the field is not given.
static NOT_ELSE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?i)^[.;]? ?(?:(?:it|this (?:parameter|field)) (?:cannot|can not|must not|may not) be (?:specified|set|given|used|provided|configured) (?:for|with|in|when) (?:any |the )?other [a-z _]{2,40}(?:\.|;|$)|(?:otherwise|in other cases|in any other case),? (?:it|this (?:parameter|field)) (?:cannot|can not|must not|may not) be (?:specified|set|given|used|provided|configured)(?:\.|;|$))",
    )
});

/// "其他灯不允许携带该参数": not for any other case.
static NOT_ELSE_ZH: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^[,。；] ?(?:而|但)?(?:(?:其他|其它|其余)\p{Han}{0,8}?|否则),?(?:均|都|则)?(?:不允许|不能|不可|不得|禁止|请勿)(?:携带|填写|传入|传|指定|设置|配置|提供)(?:该|此|本)?(?:参数|字段|属性)?(?:[。；]|$)",
    )
});

/// What is needed in one case, and barred in all others where the text goes on so.
fn barred_else(hit: &Hit, mut heard: Heard, condition: &str) -> Heard {
    if let Some(behind) = NOT_ELSE_ZH.find(hit.rest) {
        let barred = only_if(&condition::told(condition));
        heard.constraints.push((barred, None));
        heard.read_on = behind.end();
    }
    heard
}

/// "kind是GAS": what a field is, told without a word for a case.
fn names_a_value(condition: &str) -> bool {
    static VALUE_OF: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^[A-Za-z_][A-Za-z0-9_.]*\s*(?:是|为)\s*[A-Za-z0-9_-]+$"));
    VALUE_OF.is_match(condition.trim())
}

fn required(condition: &str) -> Heard {
    Constraint::RequiredIf(condition::told(condition)).into()
}

/// Of the answer: what a request leaves empty is left out.
fn empty_when(hit: &Hit) -> Option<Heard> {
    // Of an answer "not set" tells a case; that there are none of something is told by other rules.
    let is_answered =
        hit.subject.direction == Direction::Response && !hit.group("case").contains("没有");
    let is_left_out = !is_answered
        && ["没有", "指定", "传", "填", "设置", "specif"]
            .iter()
            .any(|word| hit.group("case").contains(word));
    let how = hit.group("how");
    let is_time = ["after", "before", "until"].contains(&how);
    let how = if is_time { how } else { "when" };
    let words = format!("empty {how} {}", condition::told(hit.group("case")));
    (hit.about_field() && !is_left_out).then(|| Constraint::Other(words).into())
}

/// The winner first, then all others that the sentence names.
fn precedence(hit: &Hit) -> Option<Heard> {
    let loser = hit.group("loser");
    if !loser.is_empty() {
        let mut order = condition::names(hit.group("two"));
        order.sort_by_key(|name| name == loser);
        return Some(Constraint::Precedence(order).into());
    }
    let groups = ["first", "winner", "win", "top"].map(|name| hit.group(name));
    let first = groups.into_iter().find(|name| !name.is_empty())?;
    let others = ["listed", "both", "rest", "pair"]
        .map(|name| hit.group(name))
        .join(" ");
    let mut order = vec![first.to_owned()];
    order.extend(
        condition::names(&others)
            .into_iter()
            .filter(|name| name != first),
    );
    (order.len() > 1).then(|| Constraint::Precedence(order).into())
}

fn names_required(hit: &Hit) -> Option<Heard> {
    let with = hit.group("with");
    if !with.is_empty() {
        let own = hit.subject.name.unwrap_or("the other field");
        let own = match hit.group("own") {
            "" => own,
            named => named,
        };
        let needed = Constraint::RequiredIf(format!("{own} is given"));
        return Some(Heard::about(with, needed));
    }
    let field = [hit.group("field"), hit.group("named")].concat();
    let condition = [hit.group("condition"), hit.group("case")].concat();
    let condition = of_itself(hit, &condition).unwrap_or_else(|| condition::in_short(&condition));
    Some(Heard::about(field, Constraint::RequiredIf(condition)))
}

/// "灯油类型为gas": where the text of the field begins with that noun, it is the field that has the value.
fn of_itself(hit: &Hit, condition: &str) -> Option<String> {
    static NOUN: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"^(?:当|如果|若)?(?P<noun>\p{Han}{2,10}?)(?:取值)?(?:为|是)\s*(?P<value>[A-Za-z0-9_]+)$",
        )
    });
    let found = NOUN.captures(condition.trim())?;
    let first = hit.prose.first()?;
    let name = hit.subject.name?;
    let is_own = first.text.starts_with(&found["noun"]);
    is_own.then(|| format!("{name} == {}", &found["value"]))
}

static CONDITION: LazyLock<Pattern> = LazyLock::new(|| compile("当|如果|若|时|场景|情况|没有"));

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.precedence-over-rest",
        "String",
        "The colour. If this parameter is given, other search criteria are ignored.",
        "precedence lamp other conditions",
    ),
    (
        "en.there-when",
        "answered String",
        "If the job lights a lamp, the number of the lamp is shown.",
        "required if job lights a lamp, conditional",
    ),
    (
        "en.one-member-needed",
        "-",
        "The body must hold at least one of the parameters of a lamp.",
        "the request body: not empty",
    ),
    (
        "zh.required-when",
        "String",
        "灯油。当kind配置为GAS时，需要传该参数。",
        "required if kind == GAS",
    ),
    (
        "en.there-when",
        "String",
        "The lamp. This field is returned when kind is set to OIL.",
        "required if kind == OIL, conditional",
    ),
    (
        "en.there-when",
        "String",
        "The lamp. It is returned for tasks that hang a lamp.",
        "required if tasks that hang a lamp, conditional",
    ),
    (
        "en.required-when",
        "String",
        "When action is set to hang, the tag value is mandatory.",
        "required if action == hang",
    ),
    (
        "zh.required-when",
        "String",
        "灯油。kind是GAS，该参数必须带。",
        "required if kind == GAS",
    ),
    (
        "zh.not-given-when",
        "String",
        "灯的钥匙。kind为FREE时不能传。",
        "other: not given if kind == FREE",
    ),
    (
        "zh.required-when",
        "Integer",
        "灯罩的厚度。当kind为GAS时该参数必填；其他灯型不允许携带该参数。",
        "required if kind == GAS\nother: given only if kind == GAS",
    ),
    (
        "en.not-of-a-kind",
        "String",
        "What is painted on it. Towers of BRICK wall cannot have a lamp.",
        "other: not given if wall == BRICK",
    ),
    (
        "en.one-member-needed",
        "Object",
        "At least one of the three parameters must be present.",
        "not empty",
    ),
    (
        "en.only-or-refused",
        "String",
        "Which oil. This parameter is valid only when fuel is OIL; with any other fuel the request is rejected.",
        "other: given only if fuel == OIL",
    ),
    (
        "en.given-only-when",
        "Integer",
        "This parameter can be specified only when fuel is set to OIL.",
        "other: given only if fuel == OIL",
    ),
    (
        "en.given-only-when",
        "Integer",
        "It cannot be set if fuel is GAS.",
        "other: not given if fuel == GAS",
    ),
    (
        "en.required-when",
        "Integer",
        "The wick. It is mandatory when the lamp burns slowly (i.e. the value of mode is 0).",
        "required if mode == 0",
    ),
    (
        "zh.not-empty",
        "String",
        "灯名。\n非空，长度为1-9个字符。",
        "not empty\nlength 1..=9 characters",
    ),
    (
        "en.required-when",
        "Integer",
        "It is required when fuel is OIL, and must not be set for other fuels.",
        "required if fuel == OIL\nother: given only if fuel == OIL",
    ),
    (
        "en.one-member-needed",
        "Object",
        "What is to be changed. At least one parameter must be specified.",
        "not empty",
    ),
    (
        "zh.one-member-needed",
        "-",
        "至少携带一个待修改的字段，否则返回400。",
        "the request body: not empty",
    ),
    (
        "zh.one-member-needed",
        "Object",
        "要修改的灯，至少指定一个参数。",
        "not empty",
    ),
    (
        "zh.there-in-case",
        "Object",
        "错因，仅glow为DARK时返回。",
        "required if glow == DARK, conditional",
    ),
    (
        "zh.empty-when",
        "String",
        "灯的旗号，熄灯时返回空字符串。",
        "other: empty when 熄灯",
    ),
    (
        "en.precedence",
        "-",
        "If you specify both wick and oil, oil takes precedence.",
        "precedence oil wick",
    ),
    (
        "zh.empty-for",
        "Object",
        "灯的镜像，对于从卷启动的灯塔，该字段为空。",
        "other: empty when 从卷启动的灯塔",
    ),
    (
        "zh.empty-text-when",
        "String",
        "灯的旗号。如果灯塔不挂旗，这将是空字符串。",
        "other: empty when 灯塔不挂旗",
    ),
    (
        "zh.required-when",
        "Object",
        "灯单，need_bill为true时必传。",
        "required if need_bill == true",
    ),
    (
        "zh.names-required-when",
        "String",
        "灯油类型，可选oil、gas。灯油类型为gas时，必须同时指定gas_id。",
        "enum oil gas\ngas_id: required if lamp == gas",
    ),
    (
        "zh.there-in-case",
        "Object",
        "灯的错，status为FAILED时返回。",
        "required if status == FAILED, conditional",
    ),
    (
        "en.there-when",
        "String",
        "Why it went out, which is returned only when status is failed.",
        "required if status == failed, conditional",
    ),
    (
        "en.empty-when",
        "Array of String",
        "The lamps. The list is empty before the first is lit.",
        "other: empty before first is lit",
    ),
    (
        "zh.there-in-case",
        "String",
        "检灯员，检修完成后才会返回。",
        "required if 检修完成, conditional",
    ),
    (
        "zh.there-in-case",
        "String",
        "灯单的号。按夜点灯时返回该参数。",
        "required if 按夜点灯, conditional",
    ),
    (
        "en.shown-for",
        "Boolean",
        "Whether it burns. Only lamps in the LIT state have this field.",
        "required if LIT, conditional",
    ),
    (
        "en.empty-when",
        "String",
        "Why it went out. This parameter is left blank if the lamp burns.",
        "other: empty when lamp burns",
    ),
    (
        "zh.empty-when",
        "String",
        "熄灭的原因，灯亮着时为空。",
        "other: empty when 灯亮着",
    ),
    (
        "en.precedence",
        "-",
        "If both lamp_id and lamp_name are specified, lamp_name is ignored.",
        "precedence lamp_id lamp_name",
    ),
    (
        "zh.names-required-when",
        "String",
        "fuel为oil时，必须同时指定oil_id。",
        "oil_id: required if fuel == oil",
    ),
    (
        "en.not-empty",
        "Object",
        "Each key or value has fewer than 90 characters and must not be empty.",
        "key: length ..=89 characters\nvalue: length ..=89 characters\nkey: not empty\nvalue: not empty",
    ),
    (
        "en.precedence-over-rest",
        "-",
        "If both wick and other lamp filters are given, the wick filter is used.",
        "precedence wick other conditions",
    ),
    (
        "zh.required-when",
        "String",
        "守塔人，不超过32个字符，mode为MANUAL时必填。",
        "length ..=32 characters\nrequired if mode == MANUAL",
    ),
    (
        "zh.required-where-both-absent",
        "String",
        "wick和oil如果同时为空，此时，lamp中的glass属性必须有值。",
        "glass: required if wick absent and oil absent",
    ),
    (
        "en.names-required-when",
        "String",
        "If both wick and oil are empty, glass_kind in lamp must be set.",
        "glass_kind: required if wick absent and oil absent",
    ),
    (
        "zh.shown-for",
        "String",
        "灯油相关操作显示lamp。",
        "required if 灯油, conditional",
    ),
    (
        "en.shown-for",
        "String",
        "If the task is a wick-related operation, lamp is displayed.",
        "required if task is a wick-related operation, conditional",
    ),
    (
        "en.set-this-if",
        "String",
        "Configure this parameter if fuel is set to GAS.",
        "required if fuel == GAS",
    ),
    (
        "en.there-when",
        "String",
        "The error code returned upon a lamp job failure.",
        "required if job failed, conditional",
    ),
    (
        "zh.there-when",
        "String",
        "熄灭的原因，任务失败时才返回。",
        "required if job failed, conditional",
    ),
    (
        "en.required-when",
        "String",
        "Required when glowing is true.",
        "required if glowing == true",
    ),
    (
        "zh.required-when",
        "String",
        "当fuel为OIL时该项必选，此时wick不生效。",
        "required if fuel == OIL\nwick: other: no effect in one case",
    ),
    (
        "zh.there-in-case",
        "String",
        "灭灯的原因，仅当mode为ERROR时返回该字段。",
        "required if mode == ERROR, conditional",
    ),
    (
        "en.there-when",
        "String",
        "The task. This parameter is returned only for oil lamps.",
        "required if oil lamps, conditional",
    ),
    (
        "en.required-when",
        "String",
        "This parameter is mandatory when fuel is set to OIL or GAS. It cannot be specified for other fuels.",
        "required if fuel in (OIL, GAS)\nother: given only if fuel in (OIL, GAS)",
    ),
    (
        "en.required-when",
        "String",
        "You must specify this parameter if fuel is set to oil.",
        "required if fuel == oil",
    ),
    (
        "en.required-when",
        "String",
        "This parameter is mandatory if oil_days is not 0.",
        "required if oil_days != 0",
    ),
    (
        "en.there-when",
        "String",
        "The next lighting. This parameter is returned only when mode is Lit.",
        "required if mode == Lit, conditional",
    ),
    (
        "en.not-empty",
        "String",
        "The value cannot be an empty string.",
        "not empty",
    ),
    (
        "zh.required-when",
        "String",
        "当fuel不是oil时必选。",
        "required if fuel != oil",
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
        "zh.precedence-over-rest",
        "String",
        "如果同时指定wick及其他条件，则以wick条件为准。",
        "precedence wick other conditions",
    ),
    (
        "zh.effective-and-required",
        "String",
        "该字段在fuel为oil时有效且为必选字段。",
        "required if fuel == oil\nother: effective in one case only",
    ),
    (
        "zh.advised-when",
        "String",
        "灯型，在fuel是oil时建议填写。",
        "required if advised: fuel == oil",
    ),
    (
        "zh.there-in-case",
        "Object",
        "故障信息。可选参数，在mode为DARK的情况下返回。",
        "required if mode == DARK, conditional",
    ),
    (
        "zh.names-required-when",
        "String",
        "wick必须和oil配合使用，wick不能独立使用。",
        "oil: required if wick is given",
    ),
    (
        "zh.names-required-when",
        "String",
        "对于采用石灯的灯塔, wick为必选参数。",
        "wick: required if the documented case",
    ),
    (
        "zh.required-when",
        "String",
        "使用AK/SK认证时该字段必选。",
        "required if using AK/SK",
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
    ("zh.not-empty", "String", "灯名不能为空。", "not empty"),
    (
        "zh.not-empty",
        "Array of String",
        "灯的标记，不支持创建空标记。",
        "length 1.. characters",
    ),
    (
        "zh.not-empty",
        "String",
        "灯名。取值范围：非空。",
        "not empty",
    ),
    (
        "en.precedence",
        "-",
        "Parameter wick in the three lamp parameters (wick, oil, and glass) has the highest priority.",
        "precedence wick oil glass",
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
    (
        "en.not-empty",
        "String",
        "It cannot be left blank.",
        "not empty",
    ),
];
