//! What a thing must be, or must not be, before something is done to it, in the turns of phrase that
//! name the state first, last or by a word of its own.

use std::sync::LazyLock;

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::states::unseen;
use super::things::{singular, thing};
use crate::contract::{Constraint, Scope, StatesRule};
use crate::extract::pattern::{Pattern, compile};

/// States as English documents list them.
macro_rules! states {
    () => {
        r#""?[a-z_][a-z_-]*"?(?:(?:, (?:or |and )?| or | and )"?[a-z_][a-z_-]*"?)*"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.state-first-then-not",
        language: En,
        meaning: "if a thing is in one of these states, something cannot be done",
        cues: &["if ", "when ", "while "],
        pattern: concat!(
            r"^(?:if|when|while) (?:a|an|the|any) (?P<subject>[a-z][a-z0-9 -]{1,24}?)(?: (?:status|state)(?: \((?P<attribute>[^()]*)\))? is|(?P<in> is(?: already)? in(?: the| an?)?)) (?P<states>",
            states!(),
            r")(?: (?P<word>states?|status))?, [^.]*?\b(?:cannot|can not|not be|not supported|not allowed|unable to|unavailable|will fail|fails|no [a-z]+ can|do not)\b[^.]*"
        ),
        read: |hit| {
            let is_state = hit.group("in").is_empty() || !hit.group("word").is_empty();
            of_operation(hit, is_state, StatesRule::NoneOf)
        },
    },
    Rule {
        name: "en.state-not-for",
        language: En,
        meaning: "not possible for things in one of these states",
        cues: &[
            "not allowed for",
            "not supported for",
            "not available for",
            "not allowed on",
            "not supported on",
        ],
        pattern: concat!(
            r"not (?:allowed|supported|available) (?:for|on) (?:a |an |the |any )?(?P<subject>[a-z][a-z ]{1,24}?) (?:that (?:is|are) |which (?:is|are) )?in (?:the |an? )?(?P<states>",
            states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| of_operation(hit, true, StatesRule::NoneOf),
    },
    Rule {
        name: "en.state-of-which",
        language: En,
        meaning: "what can, or cannot, be done with things that are said to be in one of these states",
        cues: &[
            "whose st",
            "that is ",
            "that are ",
            "which is ",
            "which are ",
        ],
        pattern: concat!(
            r"^(?P<only>only )?(?:a |an |the |any )?(?P<subject>[a-z][a-z ]{1,24}?) (?:whose (?:status|state) (?:is|are)|(?:that|which) (?:is|are)) (?:either )?(?P<states>",
            states!(),
            r") (?P<not>cannot|can not|must not|can) be [a-z]+|\b(?P<no>cannot|can not|must not) be [a-z]+ (?:in|on|to|from|into|for|of) (?:a |an |the |any )(?P<place>[a-z][a-z ]{1,24}?) (?:whose (?:status|state) (?:is|are)|(?:that|which) (?:is|are)) (?:either )?(?P<placed>",
            states!(),
            r")(?P<next>\.|;|$)"
        ),
        read: |hit| {
            let is_only = !hit.group("only").is_empty();
            let is_allowed = hit.group("not").eq_ignore_ascii_case("can");
            let rule = match is_only {
                true => StatesRule::OneOf,
                false => StatesRule::NoneOf,
            };
            (is_only == is_allowed).then_some(())?;
            in_capitals(hit, rule)
        },
    },
    Rule {
        name: "en.must-be-in-state",
        language: En,
        meaning: "a thing must be what one of these states in capitals says",
        cues: &["must be ", "must still be ", "must already be "],
        pattern: concat!(
            r"^(?:then )?the (?P<subject>[a-z][a-z ]{1,24}?) must (?:still |already )?be (?:either )?(?P<states>",
            states!(),
            r")\.?$"
        ),
        read: |hit| in_capitals(hit, StatesRule::OneOf),
    },
    Rule {
        name: "en.state-allows-nothing",
        language: En,
        meaning: "a thing in one of these states does not let it be done",
        cues: &[
            "does not allow",
            "does not support",
            "do not allow",
            "do not support",
        ],
        pattern: concat!(
            r"^(?:a |an |the |any )?(?P<subject>[a-z][a-z ]{1,24}?) in (?:the |an? )?(?P<states>",
            states!(),
            r") (?:states?|status(?:es)?) (?:does|do) not (?:allow|support|accept) [^.]*"
        ),
        read: |hit| of_operation(hit, true, StatesRule::NoneOf),
    },
    Rule {
        name: "en.state-only-then",
        language: En,
        meaning: "possible only while a thing is in one of these states, named behind what is done",
        cues: &["only when", "only if", "only while", "only after"],
        pattern: concat!(
            r"^(?P<done>[^.,]{3,80}?) only (?:when|if|while|after) (?:it|its (?:status|state)|(?:a|an|the) (?P<subject>[a-z][a-z ]{1,24}?)(?: (?:status|state))?) (?:is|are|changes to|becomes)(?: either)?(?: in)?(?: the| an?)? (?P<states>",
            states!(),
            r")(?P<word> (?:states?|status(?:es)?)\b)?"
        ),
        read: |hit| {
            let named = hit.whole().to_lowercase();
            let says_state = [" status ", " state "]
                .iter()
                .any(|word| named.contains(word));
            let is_state = says_state || !hit.group("word").is_empty();
            let heard = of_operation(hit, is_state, StatesRule::OneOf)?;
            Some(match changed(hit.group("done")) {
                None => heard,
                Some(field) => binding_one(heard, field),
            })
        },
    },
    Rule {
        name: "en.state-can-then",
        language: En,
        meaning: "what can be done with things while they are in one of these states",
        cues: &["can be "],
        pattern: concat!(
            r"^(?:(?:a|an|the|any) )?(?P<subject>[a-z][a-z ]{1,24}?) can be [a-z]+(?: [a-z]+)? (?:when|if|while) (?:it is|they are|the [a-z ]{2,24}? (?:is|are)) in (?:the |an? )?(?P<states>",
            states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| of_operation(hit, true, StatesRule::OneOf),
    },
    Rule {
        name: "en.state-or-shared",
        language: En,
        meaning: "only a shared thing, or one in one of these states",
        cues: &["only a shared", "only shared"],
        pattern: concat!(
            r"^only (?:a )?(?P<shared>shared) [a-z]+ or (?:a |an |the )?(?P<subject>[a-z][a-z ]{1,20}?) (?:that (?:is|are) )?in (?:the |an? )?(?P<states>",
            states!(),
            r") (?:states?|status(?:es)?) can be"
        ),
        read: |hit| of_operation(hit, true, StatesRule::OneOf),
    },
    Rule {
        name: "en.state-only-on",
        language: En,
        meaning: "only on a thing that is stopped, or running, or whatever word of state there is",
        cues: &["only on", "only for", "only to", "only from"],
        pattern: r"only (?:on|for|to|from) (?:a |an |the )?(?P<subject>[a-z][a-z ]{1,24}?) that (?:is|are) (?P<states>(?:active|available|running|stopped|started|paused|suspended|idle|enabled|disabled|frozen|locked|offline|online|shut ?down|powered o(?:n|ff)|[a-z]{3,12}ed)(?:(?:, (?:or )?| or )(?:active|available|running|stopped|started|paused|suspended|idle|enabled|disabled|frozen|locked|offline|online|[a-z]{3,12}ed))*)\b(?P<more>,? or (?:for which (?P<failed>[a-z ]{3,30}?) (?:has )?failed|[^.]*))?",
        read: |hit| {
            // What else will do is told in words that no state has.
            let mut heard = of_operation(hit, true, StatesRule::OneOf)?;
            let failed = hit.group("failed");
            for (needed, _) in heard.constraints.iter_mut().filter(|_| !failed.is_empty()) {
                if let Constraint::StatePrecondition { states, .. } = needed {
                    states.push(format!("{failed} failed"));
                }
            }
            Some(if hit.group("more").is_empty() {
                heard
            } else {
                unseen(heard)
            })
        },
    },
    Rule {
        name: "en.state-only-there",
        language: En,
        meaning: "only on, from or for a thing in one of these states",
        cues: &[
            "only on",
            "only for",
            "only to",
            "only from",
            "only in",
            "only with",
        ],
        pattern: concat!(
            r"only (?:on|for|to|from|in|with) (?:a |an |the )?(?P<subject>[a-z][a-z ]{1,24}?) (?:that (?:is|are) )?in (?:the |an? |one of the )?(?P<states>",
            states!(),
            r") (?:states?|status(?:es)?)\b"
        ),
        read: |hit| of_operation(hit, true, StatesRule::OneOf),
    },
    Rule {
        name: "en.state-only-word",
        language: En,
        meaning: "only with a thing that a word before it calls stopped, running or the like",
        cues: &["only"],
        pattern: r"^you can only (?P<done>[a-z][a-z ]{2,40}?) (?:from|on|to|for) (?:a|an|the) (?P<states>(?:active|available|running|stopped|paused|suspended|idle|locked|offline|online)(?:(?:, (?:or )?| or )(?:active|available|running|stopped|paused|suspended|idle|locked|offline|online))*) (?P<subject>[a-z]+)(?P<next>\.|,|$)",
        read: |hit| {
            let part = format!("for {}", last_thing(hit.group("done")).trim());
            let heard = of_operation(hit, true, StatesRule::OneOf)?;
            // Of one part of what the operation is for, and of all only where no part is named.
            Some(if part == "for" {
                heard
            } else {
                heard.within(Scope::Case(part))
            })
        },
    },
    Rule {
        name: "en.nobody-uses-it",
        language: En,
        meaning: "a thing must not be read or written meanwhile",
        cues: &["ensure that no", "make sure that no"],
        pattern: r"(?:ensure|make sure) that no [a-z]{3,16} (?:is|are) (?:reading|writing|using|accessing|being)[a-z ,]* (?:a|an|the) (?P<subject>[a-z]+)[^.]*",
        read: |hit| {
            let busy = vec!["in use".to_owned()];
            let state = precondition(hit.group("subject"), StatesRule::NoneOf, busy);
            (!hit.about_field()).then(|| unseen(state))
        },
    },
    Rule {
        name: "en.made-sure",
        language: En,
        meaning: "what must have been done to a thing before",
        cues: &[
            "ensure",
            "make sure",
            "check that",
            "confirm that",
            "verify that",
        ],
        pattern: r"(?:ensure|make sure|check|confirm|verify) (?:that )?(?:(?:a|an|the|all) )?(?P<subject>[a-z][a-z0-9-]*(?: [a-z0-9-]+){0,4}?(?: \([^()]*\))?(?: or [a-z0-9-]+(?: \([^()]*\))?)?) (?:(?:has|have) (?:already )?been|is|are)(?P<not> not)? (?P<done>[a-z]+(?:ed|lt|und|nt))(?: (?:for|on|to|in) (?:a|an|the) (?P<owner>[a-z][a-z ]{1,20}?))?(?P<next>\.|,|;|$| and | before )",
        read: made_sure,
    },
    Rule {
        name: "en.being-done",
        language: En,
        meaning: "what is being done to a thing is in the way",
        cues: &["being"],
        pattern: r"^(?:(?:a|an|the|any) )?(?P<subject>[a-z][a-z ]{1,24}?) (?:(?:that|which) (?:is|are) )?being (?P<doing>[a-z]+ed|made|built|sent|set|put|run) {cannot} be [a-z]+",
        read: |hit| {
            let state = format!("being {}", hit.group("doing").to_lowercase());
            let subject = singular(hit.group("subject"));
            let state = precondition(&subject, StatesRule::NoneOf, vec![state]);
            (!hit.about_field()).then(|| unseen(state))
        },
    },
    Rule {
        name: "en.nothing-else-meanwhile",
        language: En,
        meaning: "nothing else may be done meanwhile",
        cues: &[
            "other operation",
            "other task",
            "another operation",
            "another task",
        ],
        pattern: r"(?:not allowed to|do not|cannot|must not) (?:perform|execute|start|run|submit) (?:any )?(?:other|another) (?:operations?|tasks?|jobs?)[^.]*",
        read: |hit| (!hit.about_field()).then(nothing_else),
    },
    Rule {
        name: "zh.nothing-else-meanwhile",
        language: Zh,
        meaning: "nothing else may be done meanwhile",
        cues: &["其他任务", "其他操作", "其它操作", "其它任务"],
        pattern: r"(?:请勿|不要|不能|不可|不允许|禁止)(?:对[^,。；]{1,10}?)?(?:并行|同时|再)?(?:执行|进行|下发|提交)其[他它](?:任务|操作)[^。；]*",
        read: |hit| (!hit.about_field()).then(nothing_else),
    },
    Rule {
        name: "zh.named-state-not",
        language: Zh,
        meaning: "what is in a state that has a Chinese name cannot be worked on",
        cues: &["状态"],
        pattern: r"^(?:处于|当|若|如果)?(?:(?P<states>\p{Han}{2,4}(?:(?:或者|或|、|和)\p{Han}{2,4})*?)状态的(?P<subject>\p{Han}{2,10}?),?|(?P<owner>\p{Han}{2,10}?)处于(?P<named>\p{Han}{2,4}(?:(?:或者|或|、|和)\p{Han}{2,4})*?)状态(?:时|下)?,?){不能}[^。；]*",
        read: |hit| named_states(hit, StatesRule::NoneOf),
    },
    Rule {
        name: "zh.named-state-only",
        language: Zh,
        meaning: "only what is in a state that has a Chinese name can be worked on",
        cues: &["状态"],
        pattern: r"^(?:仅当|只有当?|仅|当)?(?:处于)?(?:(?P<owner>\p{Han}{2,10}?)处于(?P<named>\p{Han}{2,4}(?:(?:或者|或|、|和)\p{Han}{2,4})*?)状态(?:时|下)?,?|(?P<states>\p{Han}{2,4}(?:(?:或者|或|、|和)\p{Han}{2,4})*?)状态的(?P<subject>\p{Han}{2,10}?),?)(?:时)?,?才(?:能|可以|可|支持|允许)",
        read: |hit| named_states(hit, StatesRule::OneOf),
    },
    Rule {
        name: "zh.only-in-condition",
        language: Zh,
        meaning: "only things that something was done to, or not yet",
        cues: &["仅支持", "只支持", "只能", "仅能"],
        pattern: r"^(?:目前|当前|该接口)?(?:仅|只)(?:能)?(?:支持)?(?:对)?\p{Han}{2}(?P<kind>未\p{Han}{2,4}|已\p{Han}{2,4}|正在\p{Han}{2,4}|\p{Han}{2}中)的(?P<subject>\p{Han}{2,10})[。；]?$",
        read: |hit| {
            let state = hit.group("kind").to_owned();
            let state = precondition(hit.group("subject"), StatesRule::OneOf, vec![state]);
            (!hit.about_field()).then(|| unseen(state))
        },
    },
    Rule {
        name: "zh.being-done",
        language: Zh,
        meaning: "what is being done to a thing, or was, is in the way, whatever that is",
        cues: &["中的", "已"],
        pattern: r"^(?:(?:正在|处于)?(?P<doing>\p{Han}{2})中的(?P<subject>\p{Han}{1,8}?)|已(?:经)?(?P<done>\p{Han}{2,3})的(?P<owner>\p{Han}{1,8}?)),?{不能}[^。；]*",
        read: |hit| {
            let state = match hit.group("done") {
                "" => format!("{}中", hit.group("doing")),
                done => format!("已{done}"),
            };
            let subject = [hit.group("subject"), hit.group("owner")].concat();
            let state = precondition(&subject, StatesRule::NoneOf, vec![state]);
            (!hit.about_field()).then(|| unseen(state))
        },
    },
    Rule {
        name: "zh.made-sure-done",
        language: Zh,
        meaning: "what must have been done to a thing, in any verb",
        cues: &["确保", "确认", "保证", "预先安装", "提前安装"],
        pattern: r"(?:(?:确认|确保|保证)(?:该|此)?(?P<subject>\p{Han}{2,12}?)已(?:经)?(?P<done>\p{Han}{2,4})|(?:确认|确保|保证)已(?:经)?(?:安装|配置)了?\s*(?P<what>[A-Za-z][A-Za-z0-9_.-]*)[^。；]*|(?:需|需要|必须|请)(?:要)?(?:预先|提前|先)安装(?P<tool>[A-Za-z][A-Za-z0-9_.-]*|\p{Han}{2,10}))(?P<next>[。；,]|$)",
        read: made_sure_zh,
    },
];

/// A state that is needed where one field is given: who leaves that field alone is free of it.
pub(super) fn binding_one(heard: Heard, field: &str) -> Heard {
    heard.within(Scope::Case(format!("for {field}")))
}

/// The field that is changed, where what is done is no more than that: "the depth can be modified".
fn changed(done: &str) -> Option<&str> {
    static CHANGED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"^(?i:the )?(?P<field>[a-z][a-z_]{2,30}) (?:can|may) (?:be )?(?:modified|changed|updated|specified|set)$",
        )
    });
    let field = CHANGED.captures(done.trim())?.name("field")?;
    (field.as_str() != "it").then_some(field.as_str())
}

/// What is needed of the thing that the sentence names, by a state that answers may show.
fn of_operation(hit: &Hit, is_state: bool, rule: StatesRule) -> Option<Heard> {
    let mut states = condition::names(hit.group("states"));
    if !hit.group("shared").is_empty() {
        states.push("shareable".to_owned());
    }
    let is_named = states
        .iter()
        .all(|state| !VAGUE.contains(&state.to_lowercase().as_str()));
    if hit.about_field() || !is_state || !is_named || states.is_empty() {
        return None;
    }
    let attribute = hit.group("attribute");
    if attribute.contains([':', '_']) {
        let subject = attribute.trim().to_owned();
        return Some(
            Constraint::StatePrecondition {
                subject,
                rule,
                states,
            }
            .into(),
        );
    }
    let subject = match hit.group("subject") {
        "" => last_thing(hit.group("done")),
        subject => subject,
    };
    Some(precondition(&singular(subject), rule, states))
}

/// The same where nothing but how they are written tells that the words are states.
fn in_capitals(hit: &Hit, rule: StatesRule) -> Option<Heard> {
    let group = |one, other| [hit.group(one), hit.group(other)].concat();
    let states = condition::names(&group("states", "placed"));
    let is_state = |state: &String| {
        let is_written_so = |c: char| c.is_ascii_uppercase() || c == '_' || c == '-';
        state.len() > 1 && state.chars().all(is_written_so)
    };
    let are_states = !states.is_empty() && states.iter().all(is_state);
    let subject = singular(&group("subject", "place"));
    (are_states && !hit.about_field()).then(|| precondition(&subject, rule, states))
}

/// Words before "state" that name none.
const VAGUE: [&str; 14] = [
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
    "not",
    "other",
];

/// The noun that a clause ends with: "you can move a lamp" is about the lamp.
fn last_thing(clause: &str) -> &str {
    let articles = [" a ", " an ", " the "];
    let start = articles
        .iter()
        .filter_map(|article| Some(clause.rfind(article)? + article.len()));
    let noun = start.max().map_or("", |start| &clause[start..]);
    noun.split(" can ").next().unwrap_or("")
}

fn precondition(subject: &str, rule: StatesRule, states: Vec<String>) -> Heard {
    Constraint::StatePrecondition {
        subject: format!("{}.status", thing(subject, false)),
        rule,
        states,
    }
    .into()
}

fn nothing_else() -> Heard {
    let busy = vec!["something else is being done".to_owned()];
    unseen(precondition("", StatesRule::NoneOf, busy))
}

/// "Something is installed on the lamp", or the lamp itself is inspected.
fn made_sure(hit: &Hit) -> Option<Heard> {
    let done = hit.group("done").to_lowercase();
    let (subject, owner) = (hit.group("subject"), hit.group("owner"));
    let rule = match hit.group("not") {
        "" => StatesRule::OneOf,
        _ => StatesRule::NoneOf,
    };
    let (owner, state) = match owner {
        "" if done == "installed" => ("", format!("{subject} {done}")),
        "" => (subject, done),
        owner => (owner, format!("{} {done}", thing(subject, false))),
    };
    (!hit.about_field()).then(|| unseen(precondition(owner, rule, vec![state])))
}

fn made_sure_zh(hit: &Hit) -> Option<Heard> {
    let tool = [hit.group("what"), hit.group("tool")].concat();
    let state = match tool.as_str() {
        "" => format!("已{}", hit.group("done")),
        tool => format!("has installed {tool}"),
    };
    let subject = match hit.group("subject") {
        "" => hit.before.split(['的', ',']).next().unwrap_or(""),
        subject => subject,
    };
    let state = precondition(subject, StatesRule::OneOf, vec![state]);
    (!hit.about_field()).then(|| unseen(state))
}

/// States by their Chinese names. What answers show is another word, so that nobody can hold anything to
/// them, unless the document says which.
fn named_states(hit: &Hit, rule: StatesRule) -> Option<Heard> {
    let printed = [hit.group("states"), hit.group("named")].concat();
    let states = printed
        .split("或者")
        .flat_map(|part| part.split(['或', '、', '和']));
    let states: Vec<String> = states.map(str::to_owned).collect();
    let subject = [hit.group("subject"), hit.group("owner")].concat();
    let states = precondition(&subject, rule, states);
    (!hit.about_field()).then(|| unseen(states))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.state-only-then",
        "-",
        "The depth can be modified only when the lamp is in the DARK state.",
        "lamp.status one of DARK when for depth",
    ),
    (
        "en.state-can-then",
        "-",
        "The lamps can be trimmed when they are in the Lit state.",
        "lamp.status one of Lit",
    ),
    (
        "en.state-of-which",
        "-",
        "A lamp whose status is LIT cannot be painted.",
        "lamp.status none of LIT",
    ),
    (
        "en.state-of-which",
        "-",
        "Only a lamp that is DARK or COLD can be painted.",
        "lamp.status one of DARK COLD",
    ),
    (
        "en.state-of-which",
        "-",
        "Wicks cannot be taken from a lamp that is LIT.",
        "lamp.status none of LIT",
    ),
    (
        "en.must-be-in-state",
        "-",
        "The lamp must be DARK.",
        "lamp.status one of DARK",
    ),
    (
        "en.state-only-there",
        "-",
        "Wicks can be changed only on a lamp in the DARK or COLD status.",
        "lamp.status one of DARK COLD",
    ),
    (
        "en.being-done",
        "-",
        "A lamp that is being sent cannot be lit.",
        "lamp.status none of being sent when not shown by the API",
    ),
    (
        "zh.being-done",
        "-",
        "处于检修中的灯塔不允许点灯。",
        "灯塔.status none of 检修中 when not shown by the API",
    ),
    (
        "zh.made-sure-done",
        "-",
        "请确保灯塔已经完成检修，否则点灯会失败。",
        "灯塔.status one of 已完成检修 when not shown by the API",
    ),
    (
        "en.being-done",
        "-",
        "Lamps that are being painted cannot be hung.",
        "Lamp.status none of being painted when not shown by the API",
    ),
    (
        "zh.nothing-else-meanwhile",
        "-",
        "点灯时请勿对灯塔进行其他操作。",
        "item.status none of something else is being done when not shown by the API",
    ),
    (
        "zh.being-done",
        "-",
        "已停用的灯塔不支持点灯。",
        "灯塔.status none of 已停用 when not shown by the API",
    ),
    (
        "en.being-done",
        "-",
        "A lamp being painted cannot be hung.",
        "lamp.status none of being painted when not shown by the API",
    ),
    (
        "en.state-allows-nothing",
        "-",
        "A tower in the STORM state does not allow new lamps.",
        "tower.status none of STORM",
    ),
    (
        "en.state-only-word",
        "-",
        "You can only hang a lamp on a stopped tower.",
        "tower.status one of stopped when for lamp",
    ),
    (
        "en.nobody-uses-it",
        "-",
        "First make sure that no process is writing anything to the lamp.",
        "lamp.status none of in use when not shown by the API",
    ),
    (
        "zh.being-done",
        "-",
        "粉刷中的灯塔不允许点灯。",
        "灯塔.status none of 粉刷中 when not shown by the API",
    ),
    (
        "en.made-sure",
        "-",
        "Ensure that Lamp-Init has been installed.",
        "item.status one of Lamp-Init installed when not shown by the API",
    ),
    (
        "en.state-first-then-not",
        "-",
        "If a lamp is in the BURNING state, its wick cannot be trimmed.",
        "lamp.status none of BURNING",
    ),
    (
        "en.state-first-then-not",
        "-",
        "If the lamp status is BROKEN, no oil can be added.",
        "lamp.status none of BROKEN",
    ),
    (
        "en.state-not-for",
        "-",
        "Trimming is not allowed for lamps in the BROKEN or SOLD state.",
        "lamp.status none of BROKEN SOLD",
    ),
    (
        "en.state-only-then",
        "-",
        "You can trim a lamp only when it is in the DARK state.",
        "lamp.status one of DARK",
    ),
    (
        "en.state-or-shared",
        "-",
        "Only a shared lamp or a lamp in the dark state can be hung.",
        "lamp.status one of dark shareable",
    ),
    (
        "en.state-only-on",
        "-",
        "You can change the wick only on a lamp that is stopped.",
        "lamp.status one of stopped",
    ),
    (
        "en.state-only-on",
        "-",
        "You can change the wick only on a lamp that is stopped or whose glass is broken.",
        "lamp.status one of stopped when not shown by the API",
    ),
    (
        "en.state-only-on",
        "-",
        "You can take a wick only from a lamp that is moored or for which trimming has failed.",
        "lamp.status one of moored trimming failed when not shown by the API",
    ),
    (
        "en.made-sure",
        "-",
        "Ensure that the lamp has been cleaned.",
        "lamp.status one of cleaned when not shown by the API",
    ),
    (
        "en.made-sure",
        "-",
        "For towers of stone, ensure that Lamp-Init (for oil) or Gas-Init (for gas) has been installed for the tower.",
        "tower.status one of Lamp-Init (for oil) or Gas-Init (for gas) installed when not shown by the API",
    ),
    (
        "en.being-done",
        "-",
        "A lamp that is being painted cannot be hung.",
        "lamp.status none of being painted when not shown by the API",
    ),
    (
        "en.nothing-else-meanwhile",
        "-",
        "Do not perform other operations while the lamp is lit.",
        "item.status none of something else is being done when not shown by the API",
    ),
    (
        "zh.nothing-else-meanwhile",
        "-",
        "点灯期间，请勿同时执行其他任务。",
        "item.status none of something else is being done when not shown by the API",
    ),
    (
        "zh.named-state-not",
        "-",
        "处于封存状态的灯塔不支持点灯。",
        "灯塔.status none of 封存 when not shown by the API",
    ),
    (
        "zh.named-state-only",
        "-",
        "仅当灯塔处于空闲或封存状态时才可点灯。",
        "灯塔.status one of 空闲 封存 when not shown by the API",
    ),
    (
        "zh.only-in-condition",
        "-",
        "仅支持修改未点亮的灯塔。",
        "灯塔.status one of 未点亮 when not shown by the API",
    ),
    (
        "zh.made-sure-done",
        "-",
        "点灯前请确保灯塔已清扫。",
        "灯塔.status one of 已清扫 when not shown by the API",
    ),
    (
        "zh.made-sure-done",
        "-",
        "由镜像建成的灯塔，请确保已安装了Lamp-Init。",
        "image.status one of has installed Lamp-Init when not shown by the API",
    ),
];
