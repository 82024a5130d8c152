//! What an operation does: states it needs, rates, jobs.

use std::sync::LazyLock;

use super::condition;
use super::ready;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::things::{singular, thing};
use crate::contract::{Constraint, Scope, StatesRule};
use crate::extract::pattern::{Pattern, compile};

/// States as documents list them, in Chinese: bare or quoted.
macro_rules! states {
    () => {
        r#""?[A-Za-z_][A-Za-z_-]*"?(?:\s*(?:,|、|/|和|或者|或|与)\s*"?[A-Za-z_][A-Za-z_-]*"?)*"#
    };
}

/// The same in English.
macro_rules! en_states {
    () => {
        r#""?[a-z_][a-z_-]*"?(?:(?:, (?:or |and )?| or | and )"?[a-z_][a-z_-]*"?)*"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.rate",
        language: Zh,
        meaning: "N calls a minute",
        cues: &["分钟", "次/s", "次/秒", "次每秒", "每秒", "1秒", "一秒"],
        pattern: r"(?:每|[1一])分钟(?:内)?\s*(?:最多|至多|不超过|限制)?(?:可以|可|能|只能)?(?:调用|请求|访问|操作)?(?:该|此|本)?(?:接口|API)?\s*(?P<rate>[0-9]+)\s*次|(?P<per>[0-9]+)\s*次\s*(?:/|每)\s*分钟|(?P<second>[0-9]+)\s*次\s*(?:/|每)\s*(?:s\b|秒)|(?:每|[1一])秒(?:钟)?(?:内)?\s*(?:最多|至多|不超过|限制)?(?:可以|可|能|只能)?(?:调用|请求|访问|操作)?\s*(?P<each>[0-9]+)\s*次",
        read: rate,
    },
    Rule {
        name: "zh.state-forbidden",
        language: Zh,
        meaning: "not possible in these states",
        cues: &["状态"],
        pattern: concat!(
            r"(?P<subject>\p{Han}{2,16}?)(?:状态)?\s*(?:\((?P<attribute>[^()]*)\))?\s*处于\s*(?P<states>",
            states!(),
            r")\s*状态(?:下|时)?,?\s*{不能}[^。]*"
        ),
        read: |hit| states(hit, StatesRule::NoneOf),
    },
    Rule {
        name: "zh.state-needed",
        language: Zh,
        meaning: "one of these states is needed",
        cues: &["状态"],
        pattern: concat!(
            r"(?P<subject>\p{Han}{2,20}?)(?:\s*\([A-Za-z _-]{1,24}\)\s*)?(?:的)?状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:必须|需要|需|须|只能|应)(?:是|为|处于)\s*(?P<states>",
            states!(),
            r")"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.state-allows",
        language: Zh,
        meaning: "possible when a thing is in one of these states",
        cues: &["状态"],
        pattern: concat!(
            r"^(?P<lead>仅当|仅在|只有当?|只有在|当|若)?(?P<subject>\p{Han}{2,20}?)(?:的)?状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:为|是|处于)\s*(?P<states>",
            states!(),
            r")\s*(?:状态)?(?:时|的情况下),?\s*(?P<only>才)?(?:支持|允许|可|能)"
        ),
        read: |hit| {
            // What "may be", or what can be seen, is nothing that is allowed.
            let clause = hit
                .after
                .split([',', '。', '；'])
                .next()
                .unwrap_or_default();
            let shown = ["返回", "显示", "展示", "为空"];
            let shows = clause.starts_with(['能', '见', '选'])
                || shown.iter().any(|word| clause.contains(word));
            let heard = states(hit, StatesRule::OneOf)?;
            (!hit.about_field() && !shows).then(|| where_not_only(hit, heard))
        },
    },
    Rule {
        name: "zh.state-then-not",
        language: Zh,
        meaning: "not possible when a thing is in one of these states",
        cues: &["状态"],
        pattern: concat!(
            r"^(?:当|如果|若)?(?P<subject>\p{Han}{2,16}?)(?:的)?状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:为|是|处于)\s*(?P<states>",
            states!(),
            r")\s*(?:状态)?(?:时,?|,)\s*则?{不能}[^。；]*"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::NoneOf))
                .flatten()
        },
    },
    Rule {
        name: "zh.state-supported",
        language: Zh,
        meaning: "only things in one of these states are supported",
        cues: &["状态"],
        pattern: concat!(
            r"(?:仅|只)(?:能)?支持(?:对)?(?:处于|状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:为|是))\s*(?P<states>",
            states!(),
            r")\s*(?:状态)?的(?P<subject>\p{Han}{1,12}?)(?:[。；,]|$|进行|执行)"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "zh.state-lets",
        language: Zh,
        meaning: "only a thing that is in one of these states lets it be done",
        cues: &["处于"],
        pattern: concat!(
            r"^(?:只有|仅当|仅|当)?(?P<subject>\p{Han}{2,16}?)\s*(?:\((?P<attribute>[^()]*)\))?\s*处于\s*(?P<states>",
            states!(),
            r")\s*状态(?:时|下)?,?\s*才(?:能|可以|可|支持|允许)"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.attribute-allows",
        language: Zh,
        meaning: "possible only when an attribute of state has one of these values",
        cues: &["status", "state"],
        pattern: concat!(
            r"^(?:只有|仅当|仅|当)?(?P<subject>\p{Han}{2,16}?)的?\s*(?P<attribute>[a-z][A-Za-z0-9_:-]*(?:status|state))\s*(?:为|是|处于)\s*(?P<states>",
            states!(),
            r")\s*时,?\s*才(?:能|可以|可|支持|允许)"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.state-of-kind",
        language: Zh,
        meaning: "what is in a state cannot be used",
        cues: &["状态的"],
        pattern: concat!(
            r"^(?:处于)?(?P<states>",
            states!(),
            r")\s*状态的(?P<subject>\p{Han}{2,12}?){不能}[^。]*"
        ),
        read: |hit| states(hit, StatesRule::NoneOf),
    },
    Rule {
        name: "zh.state-or-failure",
        language: Zh,
        meaning: "fails unless a thing is in one of these states",
        cues: &["状态不"],
        pattern: concat!(
            r"(?:如果|若|当)?(?P<subject>\p{Han}{1,16}?)(?:的)?状态\s*(?:\((?P<attribute>[^()]*)\))?\s*不(?:是|为|处于)\s*(?P<states>",
            states!(),
            r")\s*(?:时)?,?\s*(?:则)?[^。]{0,12}(?:失败|报错|错误)"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.state-of-thing",
        language: Zh,
        meaning: "a thing must be in a state: it must be one that is X, or one that is shared",
        cues: &["状态"],
        pattern: concat!(
            r"(?P<subject>\p{Han}{2,16}?)\s*(?:\([A-Za-z]+\))?\s*(?:都|均)?(?:必须|须|需要|需|只能|应当?)(?:是|为|处于)\s*(?P<states>",
            states!(),
            r")\s*状态(?:的\p{Han}{1,6}?(?P<shared>(?:或者|或)共享)|的)?"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.state-only",
        language: Zh,
        meaning: "only things in a state will do",
        cues: &["状态"],
        pattern: concat!(
            r"(?:只能|仅)[\p{Han}]{0,6}?状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:为|是)\s*(?P<states>",
            states!(),
            r")\s*的(?P<subject>\p{Han}{1,12})"
        ),
        // What is then said to be possible is the next rule's concern.
        read: |hit| {
            let goes_on = ["支持", "才能", "可以"]
                .iter()
                .any(|word| hit.group("subject").contains(word));
            // What somebody gets to see is what a list shows, and no state that it needs.
            let is_seen = ["查询", "查看", "看到"]
                .iter()
                .any(|word| hit.whole().contains(word));
            (!goes_on && !is_seen)
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "zh.state-only-then",
        language: Zh,
        meaning: "only a thing in one of these states can be worked on",
        cues: &["只有", "仅"],
        pattern: concat!(
            r"(?:只有|仅|仅有|仅当)\s*(?:状态\s*(?:\((?P<attribute>[^()]*)\))?\s*(?:为|是|处于)|处于)\s*(?P<states>",
            states!(),
            r")\s*(?:状态)?的(?P<subject>\p{Han}{1,12}?),?(?:才)?(?:能|可以|支持|允许)"
        ),
        read: |hit| {
            // "… can have their oil changed": of one field, and not of all that is done.
            let done = hit
                .after
                .trim_start_matches(['修', '改', '更', '新', '设', '置']);
            let is_of_part =
                done.starts_with(|c: char| c.is_ascii_alphabetic()) && changes_one(hit).is_none();
            (!is_of_part)
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "zh.state-holders",
        language: Zh,
        meaning: "only things that are in one of these states can be worked on",
        cues: &["状态的"],
        pattern: concat!(
            r"(?:只有|仅有?|只能|仅支持|只支持|支持)(?:对|将|给)?\s*(?:\p{Han}{2,6}\()?(?P<states>",
            states!(),
            r")\)?\s*状态的(?P<subject>\p{Han}{1,12}?),?(?:才)?(?:能|可以|可|支持|允许|进行|执行)"
        ),
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.idempotent",
        language: Zh,
        meaning: "idempotent",
        cues: &["幂等", "不会重复"],
        pattern: r"幂等(?:接口|操作)?|(?:已经?存在|已有|重复(?:提交|调用|请求))[^。；]{0,30}不会重复[^。；,]*",
        read: |_| Some(Constraint::Idempotent.into()),
    },
    Rule {
        name: "zh.async",
        language: Zh,
        meaning: "the operation is asynchronous",
        cues: &["异步"],
        pattern: r"^\p{Han}{2,12}(?:为|是)异步(?:操作|任务|接口)|(?:本|该|此)(?:接口|API)(?:为|是|属于)异步(?:接口|(?i:API))?|属于异步(?:接口|(?i:API))",
        read: |_| Some(Constraint::AsyncJob.into()),
    },
    Rule {
        name: "en.rate",
        language: En,
        meaning: "N calls a minute",
        cues: &["minute", "second"],
        pattern: r"(?P<rate>[0-9,]+) ?(?:times|requests?|calls|queries)? ?(?:can be [a-z]+ )?(?:per|/|a|every|each) ?minute|(?P<second>[0-9,]+) ?(?:times|requests?|calls|queries) ?(?:per|/|a|every|each) ?second\b",
        read: rate,
    },
    Rule {
        name: "en.state-needed",
        language: En,
        meaning: "one of these states is needed",
        cues: &["must be", "state"],
        pattern: r"(?:the )?(?:(?P<subject>[a-z][a-z0-9 ]{0,24}?)(?:\s+|$))??\b(?P<attribute>[a-z0-9-]+[:_][a-z0-9:_-]+)?\s*(?:attribute|status|state)\s*(?:\([^()]*\))?\s*(?:must be|must be in|should be)\s*(?:the )?(?P<states>[a-z_]+(?:(?:, (?:or |and )?| or | and )[a-z_]+)*)",
        read: |hit| {
            let is_named = !hit.group("subject").is_empty() || !hit.group("attribute").is_empty();
            is_named.then(|| states(hit, StatesRule::OneOf)).flatten()
        },
    },
    Rule {
        name: "en.state-forbidden",
        language: En,
        meaning: "not possible in these states",
        cues: &["state", "status"],
        pattern: r"(?:cannot|can not|not allowed|must not) (?:be )?[a-z ]{1,40}? (?:to|from|for|on|of|in) (?:a|an|the) (?P<subject>[a-z]+(?: [a-z]+)?) (?:that is )?in (?:the )?(?P<states>[a-z_]+(?:(?:, (?:or )?| or | and )[a-z_]+)*) (?:states?|status(?:es)?)\b[^.]*",
        read: |hit| states(hit, StatesRule::NoneOf),
    },
    Rule {
        name: "en.state-only-in",
        language: En,
        meaning: "what can be done to a thing in one of these states only",
        cues: &["only in"],
        pattern: concat!(
            r"^(?:a|an|the|each) (?P<subject>[a-z][a-z ]{1,24}?) can be [a-z]+(?: [a-z]+)? only in (?:the |one of the )?(?P<states>",
            en_states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "en.attribute-needed",
        language: En,
        meaning: "what can be done only when an attribute has one of these values",
        cues: &["only when", "only if", "only while"],
        pattern: concat!(
            r#"\bcan be [a-z]+(?: [a-z]+)? only (?:when|if|while) "?(?P<attribute>[a-z][a-z0-9_]{2,24})"? is "?(?P<states>"#,
            en_states!(),
            r#")"?(?P<next>\.|,|$)"#
        ),
        read: |hit| {
            let attribute = hit.group("attribute").to_owned();
            let states = condition::names(hit.group("states"));
            let is_whole = !hit.about_field() && !["status", "state"].contains(&attribute.as_str());
            is_whole.then(|| precondition(attribute, StatesRule::OneOf, states))
        },
    },
    Rule {
        name: "en.state-of-thing",
        language: En,
        meaning: "a thing must be in one of these states",
        cues: &["state", "status"],
        pattern: r"(?:the |only (?:an? |the )?)?(?P<subject>[a-z]+(?: to be [a-z]+)?) (?:must (?:exist and )?be )?in (?:the )?(?:either )?(?P<states>[a-z_]+(?:-[a-z]+)?(?:(?:, (?:or )?| or | and )[a-z_]+(?:-[a-z]+)?)*) (?:states?|status(?:es)?)(?: can be [a-z]+)?",
        read: |hit| {
            let whole = hit.whole().to_lowercase();
            let binds = whole.contains("must be")
                || whole.contains("must exist and be")
                || whole.starts_with("only");
            binds.then(|| states(hit, StatesRule::OneOf)).flatten()
        },
    },
    Rule {
        name: "en.state-then-not",
        language: En,
        meaning: "not possible when a thing is in one of these states",
        cues: &["cannot", "not allowed", "not supported", "can not"],
        pattern: concat!(
            r"(?:cannot|can not|not allowed|not supported)[^.]{0,50} (?:when|if|while) (?:a|an|the) (?P<subject>[a-z][a-z ]{1,20}?) is in (?:the |an? )?(?P<states>",
            en_states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::NoneOf))
                .flatten()
        },
    },
    Rule {
        name: "en.state-in-the-way",
        language: En,
        meaning: "a thing in one of these states will not do",
        cues: &["{cannot} be"],
        pattern: concat!(
            r"^(?:a |an |the |any )?(?P<subject>[a-z][a-z ]{1,20}?) in (?:the |an? )?(?P<states>",
            en_states!(),
            r") (?:states?|status(?:es)?) {cannot} be [a-z]+"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::NoneOf))
                .flatten()
        },
    },
    Rule {
        name: "en.state-ensured",
        language: En,
        meaning: "a thing that must be in one of these states, as a piece of advice",
        cues: &["ensure", "make sure"],
        pattern: concat!(
            r"(?:ensure|make sure) (?:that )?(?:a|an|the) (?P<subject>[a-z][a-z ]{1,20}?) is in (?:the |an? )?(?P<states>",
            en_states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| {
            (!hit.about_field())
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "en.status-must-be",
        language: En,
        meaning: "the status of a thing, which must be one of these",
        cues: &["status", "state"],
        pattern: concat!(
            r"^the (?:(?:status|state) of (?:a|an|the|each) (?P<subject>[a-z][a-z ]{1,20}?)|(?P<owner>[a-z][a-z ]{1,20}?) (?:status|state)) must be (?:either )?(?P<states>",
            en_states!(),
            r")(?P<next>\.|,|;|$| for | to | before )"
        ),
        read: |hit| {
            let printed = hit.group("states");
            let is_usual = condition::names(printed).iter().all(|state| {
                USUAL.contains(&state.to_lowercase().as_str())
                    || state.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            });
            let is_state = printed.starts_with('"') || is_usual;
            (!hit.about_field() && is_state)
                .then(|| states(hit, StatesRule::OneOf))
                .flatten()
        },
    },
    Rule {
        name: "en.state-only",
        language: En,
        meaning: "possible only when a thing is in one of these states",
        cues: &["only when", "only if", "only after"],
        pattern: r"^(?:a|an|the|this|only) (?P<subject>[a-z][a-z ]{1,24}?) can be [a-z]+ only (?:when|if|after) (?:its|the|it|their)(?: (?P<owner>[a-z]+))? (?:status|state) (?:is|changes to|becomes) (?P<states>[a-z_]+(?:(?:, (?:or )?| or )[a-z_]+)*)",
        read: |hit| states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "en.state-equation",
        language: En,
        meaning: "an attribute of state and the state it must have, as an item of its own",
        cues: &["="],
        pattern: r#"^"?(?P<attribute>(?:[a-z][a-z0-9_:-]*)?(?:state|status))"?\s*=\s*"?(?P<state>[a-z_]*)"?$"#,
        read: |hit| {
            let states = vec![hit.group("state").to_owned()];
            let subject = hit.group("attribute").to_owned();
            let is_whole = hit.unit.text == hit.whole();
            (is_whole && !hit.about_field())
                .then(|| precondition(subject, StatesRule::OneOf, states))
        },
    },
    Rule {
        name: "en.idempotent",
        language: En,
        meaning: "idempotent",
        cues: &["idempotent", "repeatedly", "more than once"],
        pattern: r"\bidempotent\b|sent (?:repeatedly|more than once|multiple times)[^.]{0,60}, only one [^.]*",
        read: |_| Some(Constraint::Idempotent.into()),
    },
    Rule {
        name: "en.async",
        language: En,
        meaning: "the operation is asynchronous",
        cues: &["asynchronous"],
        pattern: r"^[a-z][a-z ]{3,40} is an asynchronous (?:operation|task|API)|(?:this|the|it) (?:is an asynchronous|(?:API|interface|operation) is (?:an )?asynchronous)(?: API| interface| operation)?",
        read: |_| Some(Constraint::AsyncJob.into()),
    },
];

fn rate(hit: &Hit) -> Option<Heard> {
    let per_second = hit.number("second").or(hit.number("each"));
    let per_second = per_second.filter(|_| !hit.about_field());
    let per_second = per_second.and_then(|rate| rate.checked_mul(60));
    let rate = hit.number("rate").or(hit.number("per")).or(per_second)?;
    let per_minute = u32::try_from(rate).ok()?;
    Some(Constraint::RateLimit { per_minute }.into())
}

/// States of the attribute that the sentence names, or of the thing.
pub(super) fn states(hit: &Hit, rule: StatesRule) -> Option<Heard> {
    let printed = hit.group("states");
    let is_english = hit.unit.text.is_ascii();
    let mut states = condition::names(printed);
    if !hit.group("shared").is_empty() {
        states.push("shareable".to_owned());
    }
    // A capital inside of a sentence names a state: "the Normal state".
    let vague = |state: &String| is_english && VAGUE.contains(&state.as_str());
    if states.iter().any(vague) {
        return None;
    }
    let subject = subject(hit);
    let heard = precondition(subject, rule, states);
    Some(match changes_one(hit) {
        Some(field) => ready::binding_one(heard, field),
        None => heard,
    })
}

/// The field of which alone it is said: "only in that state the depth can be modified".
fn changes_one<'h>(hit: &Hit<'h>) -> Option<&'h str> {
    static ONE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"^\s*(?:修改|更新|变更|设置|指定|传入)\s*"?(?P<field>[a-z][A-Za-z0-9_]*|\p{Han}{2,8}?)"?\s*(?:参数|字段)?(?:[,。；]|$)"#,
        )
    });
    let field = ONE.captures(hit.after)?.name("field")?.as_str();
    // "Only a dark tower can have the tower changed" is said of all that is done.
    let thing = hit.group("subject");
    (thing.is_empty() || !field.starts_with(thing)).then_some(field)
}

/// Words that are states where a status "must be" them; others may be what must be done.
const USUAL: [&str; 14] = [
    "active",
    "available",
    "running",
    "stopped",
    "paused",
    "suspended",
    "shutoff",
    "error",
    "in-use",
    "ready",
    "enabled",
    "disabled",
    "idle",
    "online",
];

/// English words that stand before "state" and name none.
const VAGUE: [&str; 12] = [
    "same",
    "that",
    "this",
    "any",
    "abnormal",
    "normal",
    "specific",
    "following",
    "required",
    "correct",
    "current",
    "set",
];

pub(super) fn precondition(subject: String, rule: StatesRule, states: Vec<String>) -> Heard {
    Constraint::StatePrecondition {
        subject,
        rule,
        states,
    }
    .into()
}

/// The attribute that shows the state, where the unit says which: "the state is indicated by …".
fn shown_in(hit: &Hit) -> Option<String> {
    static SHOWN: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"(?i)(?:(?:the|its) (?:state|status)|state, which) is (?:specified|indicated|shown|given|told) (?:using|by|in) (?:the )?"?(?P<name>[a-z][a-z0-9_-]*[:_][a-z0-9_:-]+)"?"#,
        )
    });
    let text = head(&hit.unit.text, 600);
    Some(SHOWN.captures(text)?["name"].to_owned())
}

/// The attribute in brackets, else the thing's status.
pub(super) fn subject(hit: &Hit) -> String {
    if let Some(attribute) = shown_in(hit) {
        return attribute;
    }
    let attribute: &str = hit
        .group("attribute")
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-')))
        .filter(|word| word.len() > 2)
        .max_by_key(|word| word.len())
        .unwrap_or("");
    if attribute.contains([':', '_']) {
        return attribute.to_owned();
    }
    let owner = hit.group("owner");
    let is_named = !owner.is_empty() && !VAGUE.contains(&owner.to_lowercase().as_str());
    let subject = if is_named {
        owner
    } else {
        hit.group("subject")
    };
    // "The lamp that the tower holds" is a lamp.
    let subject = match subject
        .split_once('所')
        .and_then(|(_, rest)| rest.rsplit_once('的'))
    {
        Some((_, held)) if !held.is_empty() => held,
        _ => subject,
    };
    match subject.is_ascii() {
        true => format!("{}.status", thing(&singular(subject), false)),
        false => format!("{}.status", thing(subject, false)),
    }
}

/// Whose state must meet the conditions that a sentence leads up to.
pub(in crate::extract) fn whose_state(text: &str) -> Option<String> {
    static WHOSE: LazyLock<Pattern> = LazyLock::new(|| {
        let zh =
            r"(?:确认|确保|保证|要求|检查)(?P<zh>\p{Han}{2,10}?)的?状态[^。]{0,6}满足[^。]*条件";
        let en = r"(?:status|state) of (?:a|an|the) (?P<en>[a-z]+) [^.]*conditions?";
        compile(&format!("(?i)(?:{zh}|{en})"))
    });
    let found = WHOSE.captures(text)?;
    let named = found.name("zh").or(found.name("en"))?;
    Some(thing(named.as_str(), false))
}

/// The case of a state besides which there may be others.
pub(in crate::extract) const TOLD_APART: &str = "others are told of apart";

/// Where it is possible in a state, it may be so in others, of which another sentence tells.
pub(super) fn where_not_only(hit: &Hit, heard: Heard) -> Heard {
    const ONLY: [&str; 3] = ["只有", "仅当", "仅在"];
    let is_only = !hit.group("only").is_empty()
        || ONLY.iter().any(|word| {
            hit.group("subject").starts_with(word) || hit.group("lead").starts_with(word)
        });
    match is_only {
        true => heard,
        false => heard.within(Scope::Case(TOLD_APART.to_owned())),
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.state-allows",
        "-",
        "仅当灯塔状态为DARK时，才允许修改depth，否则返回状态码409。",
        "灯塔.status one of DARK when for depth",
    ),
    (
        "en.state-only-in",
        "-",
        "A lamp can be quenched only in the LIT or DIM state.",
        "lamp.status one of LIT DIM",
    ),
    (
        "en.attribute-needed",
        "-",
        "A tower can be painted only when weather is dry.",
        "weather one of dry",
    ),
    (
        "zh.state-needed",
        "-",
        "灯罩所挂载的灯塔状态必须为IDLE、LIT才支持换罩。",
        "灯塔.status one of IDLE LIT",
    ),
    (
        "en.state-of-thing",
        "-",
        "Only lamps in the DARK status can be hung.",
        "lamp.status one of DARK",
    ),
    (
        "en.state-in-the-way",
        "-",
        "A lamp in the BROKEN status cannot be lit.",
        "lamp.status none of BROKEN",
    ),
    (
        "en.state-forbidden",
        "-",
        "A lamp cannot be hung in a tower in the CLOSED status.",
        "tower.status none of CLOSED",
    ),
    ("zh.rate", "-", "每位守塔人1秒内最多调用3次。", "rate 180"),
    (
        "zh.state-lets",
        "-",
        "仅当灯塔处于LIT或DARK状态时，才可以换灯。",
        "灯塔.status one of LIT DARK",
    ),
    (
        "en.state-forbidden",
        "-",
        "A lamp cannot be hung in a tower that is in the CLOSED state.",
        "tower.status none of CLOSED",
    ),
    (
        "en.async",
        "-",
        "Lights a lamp. It is an asynchronous API, and an ID is returned.",
        "async job",
    ),
    (
        "zh.state-needed",
        "-",
        "灯室（room）的状态必须是dark。",
        "灯室.status one of dark",
    ),
    (
        "en.rate",
        "-",
        "Up to 70 requests can be sent per minute.",
        "rate 70",
    ),
    (
        "zh.idempotent",
        "-",
        "灯名已有时，返回那盏灯，不会重复点灯。",
        "idempotent",
    ),
    (
        "en.idempotent",
        "-",
        "If the request is sent repeatedly with one token, only one lamp is lit.",
        "idempotent",
    ),
    (
        "zh.async",
        "-",
        "点灯为异步操作，结果另行查询。",
        "async job",
    ),
    (
        "en.async",
        "-",
        "Lighting a lamp is an asynchronous operation.",
        "async job",
    ),
    (
        "en.state-of-thing",
        "-",
        "The lamp must be in lit or dim state. The state is indicated by the LAMP-STS:glow parameter.",
        "LAMP-STS:glow one of lit dim",
    ),
    (
        "en.state-then-not",
        "-",
        "A wick cannot be fixed to a lamp when the lamp is in the LIT state, which is specified using the LAMP-STS:glow parameter.",
        "LAMP-STS:glow none of LIT",
    ),
    (
        "en.state-then-not",
        "-",
        "This operation is not allowed when the lamp is in the broken state.",
        "lamp.status none of broken",
    ),
    (
        "en.state-in-the-way",
        "-",
        "A lamp in the lighting or cooling state cannot be moved.",
        "lamp.status none of lighting cooling",
    ),
    (
        "en.state-ensured",
        "-",
        "Ensure that the lamp is in the lit state.",
        "lamp.status one of lit",
    ),
    (
        "en.status-must-be",
        "-",
        "The lamp status must be \"lit\" or \"half-lit\".",
        "lamp.status one of lit half-lit",
    ),
    (
        "en.status-must-be",
        "-",
        "The status of the lamp must be stopped.",
        "lamp.status one of stopped",
    ),
    (
        "zh.state-then-not",
        "-",
        "当灯塔状态为“frozen”时，无法点灯。",
        "灯塔.status none of frozen",
    ),
    (
        "zh.state-supported",
        "-",
        "仅支持处于LIT状态的灯塔。",
        "灯塔.status one of LIT",
    ),
    (
        "zh.state-only-then",
        "-",
        "只有状态为“dark”的灯塔才能点亮。",
        "灯塔.status one of dark",
    ),
    (
        "zh.state-forbidden",
        "-",
        "灯塔处于“lighting”、“cooling”状态时，不允许执行该操作。",
        "灯塔.status none of lighting cooling",
    ),
    (
        "zh.state-needed",
        "-",
        "灯塔的云硬盘状态须为in-use或available。",
        "volume.status one of in-use available",
    ),
    (
        "en.rate",
        "-",
        "The API can be called a maximum of 2 times per second.",
        "rate 120",
    ),
    ("zh.rate", "-", "单个守塔人QPS限制为10次/s。", "rate 600"),
    (
        "zh.attribute-allows",
        "-",
        "灯塔的burning_status为LIT时才能添油。",
        "burning_status one of LIT",
    ),
    (
        "zh.rate",
        "-",
        "该接口每个守塔人每分钟最多调用60次。",
        "rate 60",
    ),
    (
        "zh.state-holders",
        "-",
        "只有LIT、DARK状态的灯塔允许修改。",
        "灯塔.status one of LIT DARK",
    ),
    (
        "zh.state-holders",
        "-",
        "仅熄灭（DARK）状态的灯塔可以更新灯高，否则报错。",
        "灯塔.status one of DARK when for 灯高",
    ),
    (
        "zh.state-holders",
        "-",
        "只有DARK状态的灯塔可以修改灯塔信息。",
        "灯塔.status one of DARK",
    ),
    (
        "zh.state-lets",
        "-",
        "灯塔处于LIT或DARK状态时才能添油。",
        "灯塔.status one of LIT DARK",
    ),
    (
        "en.state-only",
        "-",
        "A lamp can be lit only when the tower status is OPEN.",
        "tower.status one of OPEN",
    ),
    (
        "en.async",
        "-",
        "The API is an asynchronous API.",
        "async job",
    ),
    (
        "en.state-needed",
        "-",
        "The LH-STS:mode attribute (lamp status) must be lit or dim.",
        "LH-STS:mode one of lit dim",
    ),
    (
        "zh.state-only-then",
        "-",
        "仅状态为LIT或DARK的灯塔支持拆除。",
        "灯塔.status one of LIT DARK",
    ),
    (
        "en.state-only",
        "-",
        "A lamp can be removed only when its status is lit or dark.",
        "lamp.status one of lit dark",
    ),
    ("zh.rate", "-", "每分钟70次", "rate 70"),
    (
        "zh.state-forbidden",
        "-",
        "灯塔状态（LH-STS:mode属性）处于DARK和COLD状态下不支持点灯。",
        "LH-STS:mode none of DARK COLD",
    ),
    (
        "zh.state-needed",
        "-",
        "灯塔状态（LH-STS:mode属性）必须是lit、dim或者dark。",
        "LH-STS:mode one of lit dim dark",
    ),
    (
        "zh.state-allows",
        "-",
        "仅当灯塔状态为DARK时可以换灯，否则返回错误码LMP.0009。",
        "灯塔.status one of DARK",
    ),
    (
        "zh.state-only",
        "-",
        "只能拆除状态为DARK或BROKEN的灯塔，其他状态下拆除返回错误码LMP.0009。",
        "灯塔.status one of DARK BROKEN",
    ),
    (
        "zh.state-allows",
        "-",
        "灯塔状态为dark时支持换灯。",
        "灯塔.status one of dark when others are told of apart",
    ),
    (
        "zh.state-allows",
        "-",
        "灯塔状态为dark时才支持换灯。",
        "灯塔.status one of dark",
    ),
    (
        "zh.state-of-thing",
        "-",
        "灯塔须处于LIT或DIM状态，否则返回409。",
        "灯塔.status one of LIT DIM",
    ),
    (
        "zh.state-of-kind",
        "-",
        "error状态的灯塔无法点灯。",
        "灯塔.status none of error",
    ),
    (
        "zh.state-or-failure",
        "-",
        "如果灯状态不是lit、dim，则换灯失败。",
        "灯.status one of lit dim",
    ),
    (
        "en.state-equation",
        "-",
        "换灯前灯塔须满足以下条件：\n- LH-STS:mode_state=dark",
        "LH-STS:mode_state one of dark",
    ),
    (
        "en.state-equation",
        "-",
        "换灯前，请确认灯塔状态满足以下条件：\n- status=DARK",
        "status one of DARK",
    ),
    (
        "zh.state-of-thing",
        "-",
        "要装的磁盘必须是available状态的磁盘或者共享磁盘。",
        "volume.status one of available shareable",
    ),
    (
        "zh.state-only",
        "-",
        "只能分配状态（status）为DOWN的网卡",
        "NIC.status one of DOWN",
    ),
    (
        "zh.state-only-then",
        "-",
        "只有状态为LIT或DIM的灯塔才能熄灯。",
        "灯塔.status one of LIT DIM",
    ),
    ("zh.idempotent", "-", "此接口为幂等接口：", "idempotent"),
    ("zh.async", "-", "本接口为异步接口，灯随后亮。", "async job"),
    ("en.rate", "-", "Limited to 70 times per minute.", "rate 70"),
    (
        "en.rate",
        "-",
        "It can be called 3 times per second.",
        "rate 180",
    ),
    ("zh.rate", "-", "该接口每秒最多调用5次。", "rate 300"),
    (
        "en.state-needed",
        "-",
        "The lamp LH-STS:mode attribute (lamp status) must be lit, dim, or dark.",
        "LH-STS:mode one of lit dim dark",
    ),
    (
        "en.state-forbidden",
        "-",
        "A flag cannot be tied to a lamp in the DARK state.",
        "lamp.status none of DARK",
    ),
    (
        "en.state-of-thing",
        "-",
        "The lamp must be in the Normal state before it is lit.",
        "lamp.status one of Normal",
    ),
    (
        "en.state-of-thing",
        "-",
        "Only lamps in the DIM state can be replaced.",
        "lamp.status one of DIM",
    ),
    (
        "en.state-of-thing",
        "-",
        "Only a lamp in the LIT state can be quenched.",
        "lamp.status one of LIT",
    ),
    (
        "en.state-in-the-way",
        "-",
        "A lamp in the LIT state cannot be painted.",
        "lamp.status none of LIT",
    ),
    (
        "en.idempotent",
        "-",
        "This call is idempotent.",
        "idempotent",
    ),
    ("en.async", "-", "This is an asynchronous API.", "async job"),
];
