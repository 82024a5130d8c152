//! Which kinds of things an operation works on: only those of one kind, or all but those.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::states::unseen;
use super::things::{singular, thing};
use super::tokens::scalar;
use crate::contract::{Constraint, Kind, StatesRule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.not-of-kind",
        language: Zh,
        meaning: "things of a kind will not do",
        cues: &["不支持"],
        pattern: r"不支持\p{Han}{1,6}\s*(?P<states>[a-z][a-z_]+)\s*的(?P<subject>\p{Han}{1,8})",
        read: |hit| {
            let kind = hit.group("states").to_owned();
            let subject = format!("{}.{kind}", thing(hit.group("subject"), false));
            let rule = StatesRule::NoneOf;
            let states = vec![kind];
            Some(
                Constraint::StatePrecondition {
                    subject,
                    rule,
                    states,
                }
                .into(),
            )
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
            (!hit.about_field()).then(|| Constraint::Const(value).into())
        },
    },
    Rule {
        name: "zh.only-of-attribute",
        language: Zh,
        meaning: "only things of which something is a value",
        cues: &["仅支持", "只支持"],
        pattern: r"(?:仅|只)支持(?:添加|创建|使用|查询|删除|修改|挂载|绑定)?(?P<attribute>\p{Han}{2,6}类型|\p{Han}{2,4}方式|\p{Han}{2,4}模式)为\s*(?P<values>[A-Za-z0-9_-]+(?:\s*(?:,|、|和|或者|或|与)\s*[A-Za-z0-9_-]+)*)\s*的(?P<subject>\p{Han}{2,10})",
        read: |hit| {
            let subject = format!(
                "{}.{}",
                thing(hit.group("subject"), false),
                hit.group("attribute")
            );
            of_operation(
                hit,
                subject,
                StatesRule::OneOf,
                condition::names(hit.group("values")),
            )
        },
    },
    Rule {
        name: "zh.only-with",
        language: Zh,
        meaning: "only things on which one of these is installed",
        cues: &["仅支持", "只支持"],
        pattern: r"(?:仅|只)支持(?:已)?(?P<done>安装|绑定|开启|配置)了?\s*(?P<what>[A-Za-z][A-Za-z0-9_.-]*(?:\s*(?:、|或者|或)\s*[A-Za-z][A-Za-z0-9_.-]*)*)\s*的(?P<subject>\p{Han}{1,10})",
        read: |hit| {
            let done = match hit.group("done") {
                "安装" => "has installed",
                "绑定" => "is bound to",
                "开启" => "has enabled",
                _ => "has configured",
            };
            let what = condition::names(hit.group("what"));
            let states = what.iter().map(|what| format!("{done} {what}")).collect();
            of_operation(hit, status_of(hit), StatesRule::OneOf, states)
        },
    },
    Rule {
        name: "zh.not-without",
        language: Zh,
        meaning: "not things that lack something",
        cues: &["不包含", "没有", "不含", "未"],
        pattern: r"^(?:不包含|没有|不含|未(?:绑定|挂载|安装|配置))\s*(?P<what>[A-Za-z][A-Za-z0-9_.-]{1,30}|\p{Han}{2,8}?)的(?P<subject>\p{Han}{2,10}?){不能}[^。；]*",
        read: |hit| {
            let what = thing(hit.group("what"), false);
            of_operation(
                hit,
                status_of(hit),
                StatesRule::NoneOf,
                vec![format!("without {what}")],
            )
        },
    },
    Rule {
        name: "zh.do-not-use",
        language: Zh,
        meaning: "not things of which an attribute has a value",
        cues: &["请勿使用", "不要使用", "不能使用"],
        pattern: r#"(?:请勿|不要|不能)使用\s*"?(?P<attribute>[a-z][A-Za-z0-9_:]*)"?\s*为\s*"?(?P<value>[A-Za-z0-9_-]+)"?\s*的(?P<subject>\p{Han}{2,8}?)(?:来|创建|[。；,]|$)"#,
        read: |hit| {
            let subject = format!(
                "{}.{}",
                thing(hit.group("subject"), false),
                hit.group("attribute")
            );
            let values = vec![hit.group("value").to_owned()];
            of_operation(hit, subject, StatesRule::NoneOf, values)
        },
    },
    Rule {
        name: "zh.not-of-type",
        language: Zh,
        meaning: "not things of these types",
        cues: &["类型的"],
        pattern: r"^(?P<values>[A-Za-z0-9_-]+(?:\s*(?:,|、|和|或者|或|与)\s*[A-Za-z0-9_-]+)*)\s*类型的(?P<subject>\p{Han}{2,10}?){不能}[^。；]*",
        read: |hit| {
            let subject = format!("{}.type", thing(hit.group("subject"), false));
            of_operation(
                hit,
                subject,
                StatesRule::NoneOf,
                condition::names(hit.group("values")),
            )
        },
    },
    Rule {
        name: "zh.not-the-kind",
        language: Zh,
        meaning: "not things of a kind that a word before them tells",
        cues: &["主", "系统", "只读", "默认", "共享", "加密", "冻结"],
        pattern: r"^(?P<kind>主|系统|只读|默认|共享|加密|冻结)(?P<subject>网卡|盘|卷|\p{Han}{2,6}?)(?:是[^,。；]{2,40},)?{不能}(?:被)?\p{Han}{2,12}(?:功能|操作)?[。；]?$",
        read: |hit| of_kind(hit, StatesRule::NoneOf),
    },
    Rule {
        name: "zh.only-for-the-kind",
        language: Zh,
        meaning: "only things of a kind that a word before them tells",
        cues: &["仅支持", "只支持"],
        pattern: r"^(?:目前|当前)?(?:仅|只)支持(?:对)?(?P<kind>数据|系统|共享|主)(?P<subject>网卡|盘|卷)(?:盘位|位)?\s*(?:\([^()]*\))?的?\p{Han}{2,6}[。；]?$",
        read: |hit| of_kind(hit, StatesRule::OneOf),
    },
    Rule {
        name: "en.not-the-kind",
        language: En,
        meaning: "not things of a kind that a word before them tells",
        cues: &["{cannot} be", "protected"],
        pattern: r"^(?:(?:a|an|the) )?(?P<kind>[a-z]+(?:able|ible)|primary|system|default|shared|encrypted|frozen|locked|sealed|archived|suspended|protected|loaded|published|read-only) (?P<subject>[a-z]+)(?: of (?:a|an|the) [a-z]+)?(?: (?:has|have|is) [a-z ]{3,40} and)? (?:{cannot} be [a-z]+|(?:is|are) protected (?:from|against) [a-z]+)(?: (?:to|from|as|by|for) (?:a|an|the) [a-z ]{2,24})?(?P<next>\.|;|$)",
        read: |hit| {
            let kind = hit.group("kind").to_lowercase();
            let subject = thing(&singular(hit.group("subject")), false);
            let subject = format!("{subject}.{kind}");
            of_operation(hit, subject, StatesRule::NoneOf, vec![kind])
        },
    },
    Rule {
        name: "en.only-whose",
        language: En,
        meaning: "only things of which an attribute has one of these values",
        cues: &["whose"],
        pattern: r#"^only (?P<subject>[a-z][a-z ]{1,30}?) whose (?P<attribute>[a-z][a-z_ ]{1,24}?) (?:is|are|can be) (?P<values>"?[a-z0-9_.-]+"?(?:(?:, (?:or )?| or )"?[a-z0-9_.-]+"?)*?) (?:can|support|are supported|are allowed)\b[^.]*"#,
        read: |hit| {
            let subject = thing(&singular(hit.group("subject")), false);
            let subject = format!("{subject}.{}", hit.group("attribute").to_lowercase());
            let values = condition::names(hit.group("values"));
            of_operation(hit, subject, StatesRule::OneOf, values)
        },
    },
    Rule {
        name: "en.only-kind-supports",
        language: En,
        meaning: "an operation that only things of one kind support",
        cues: &["support this", "support the"],
        pattern: r"^only (?P<kind>[a-z][a-z-]+(?: [a-z-]+)?) (?P<subject>[a-z]+) supports? (?:this|the) (?:API|operation|interface|function)\.?$",
        read: |hit| {
            let subject = thing(&singular(hit.group("subject")), false);
            let kind = vec![hit.group("kind").to_lowercase()];
            of_operation(hit, format!("{subject}.status"), StatesRule::OneOf, kind)
        },
    },
    Rule {
        name: "en.only-of-kind",
        language: En,
        meaning: "an operation for things of one kind only",
        cues: &[
            "can only be used",
            "can be used only",
            "only applies",
            "applies only",
            "only available for",
            "available only for",
        ],
        pattern: r"^this (?:API|operation|interface|function) (?:can only be used|can be used only|only applies|applies only|is only available|is available only) (?:to [a-z]+ |for |to |by )(?:the )?(?P<kind>[a-z][a-z-]+(?: [a-z-]+)?) (?P<subject>[a-z]+)(?: that [^.]*)?\.?$",
        read: |hit| {
            let subject = thing(&singular(hit.group("subject")), false);
            let kind = hit.group("kind").to_lowercase();
            of_operation(
                hit,
                format!("{subject}.status"),
                StatesRule::OneOf,
                vec![kind],
            )
        },
    },
    Rule {
        name: "en.kind-not-supported",
        language: En,
        meaning: "an operation that things of a kind do not support",
        cues: &["do not support", "does not support", "not supported"],
        pattern: r"^(?P<kind>[a-z][a-z-]+(?: [a-z-]+)?) (?P<subject>[a-z]+) do(?:es)? not support (?:this|the) (?:API|operation|interface|function)\.?$|^this (?:API|operation|interface|function) is not supported (?:by|for|on) (?P<sort>[a-z][a-z-]+(?: [a-z-]+)?) (?P<things>[a-z]+)\.?$",
        read: |hit| {
            let subject = [hit.group("subject"), hit.group("things")].concat();
            let subject = thing(&singular(&subject), false);
            let kind = [hit.group("kind"), hit.group("sort")]
                .concat()
                .to_lowercase();
            let subject = format!("{subject}.status");
            of_operation(hit, subject, StatesRule::NoneOf, vec![kind])
        },
    },
    Rule {
        name: "en.of-kind-not-supported",
        language: En,
        meaning: "an operation that things of which an attribute has a value do not support",
        cues: &["do not support", "does not support"],
        pattern: r"^(?P<subject>[a-z][a-z ]{1,24}?) of (?:the )?(?P<kind>[a-z0-9_-]+) (?P<attribute>protocol|type|kind|mode|edition|version|class|series) (?:do|does) not support (?:this|the) (?:API|operation|interface|function)\.?$",
        read: |hit| {
            let subject = thing(&singular(hit.group("subject")), false);
            let subject = format!("{subject}.{}", hit.group("attribute").to_lowercase());
            let kind = vec![hit.group("kind").to_owned()];
            of_operation(hit, subject, StatesRule::NoneOf, kind)
        },
    },
    Rule {
        name: "zh.only-in-use-case",
        language: Zh,
        meaning: "an operation for one way of use only",
        cues: &["适用于"],
        pattern: r"(?:只|仅)适用于(?P<subject>\p{Han}{2,12}?)(?:的)?(?:使用)?场景",
        read: |hit| {
            let of = format!("{}.use", thing(hit.group("subject"), false));
            let case = vec![format!("{} use case", thing(hit.group("subject"), false))];
            of_operation(hit, of, StatesRule::OneOf, case)
        },
    },
    Rule {
        name: "zh.same-attribute",
        language: Zh,
        meaning: "not between things whose attribute differs",
        cues: &["不同的"],
        pattern: r"不支持\s*(?P<attribute>[a-z][a-z0-9_]{2,30})\s*不同的\s*(?P<subject>[A-Za-z]{2,16}|\p{Han}{1,8}?)(?:之)?间",
        read: |hit| {
            let subject = thing(hit.group("subject"), false);
            let same = vec![format!("same {}", hit.group("attribute"))];
            let of = format!("{subject}.{}", hit.group("attribute"));
            of_operation(hit, of, StatesRule::OneOf, same)
        },
    },
    Rule {
        name: "zh.only-the-kind",
        language: Zh,
        meaning: "an operation for things of one kind only",
        cues: &["仅", "只有"],
        pattern: r"^(?:仅|只有)(?P<kind>\p{Han}{2,6})的(?P<subject>\p{Han}{2,8}?),?(?:才)?(?:支持|可以|可|能)(?P<next>\p{Han}|[。；]|$)",
        read: |hit| {
            let kind = hit.group("kind").to_owned();
            of_operation(hit, status_of(hit), StatesRule::OneOf, vec![kind])
        },
    },
];

/// Said of the operation as a whole; in the text of a field it may be about any value.
fn of_operation(
    hit: &Hit,
    subject: String,
    rule: StatesRule,
    states: Vec<String>,
) -> Option<Heard> {
    let precondition = Constraint::StatePrecondition {
        subject,
        rule,
        states,
    };
    (!hit.about_field()).then(|| unseen(precondition.into()))
}

fn status_of(hit: &Hit) -> String {
    format!("{}.status", thing(hit.group("subject"), false))
}

/// The things of a kind, which a word before them tells, are those that will do, or that will not.
fn of_kind(hit: &Hit, rule: StatesRule) -> Option<Heard> {
    let kind = kind_word(hit.group("kind"));
    let subject = match hit.group("subject") {
        "盘" => "volume".to_owned(),
        subject => thing(subject, false),
    };
    of_operation(
        hit,
        format!("{subject}.{kind}"),
        rule,
        vec![kind.to_owned()],
    )
}

/// A kind in English.
fn kind_word(printed: &str) -> &'static str {
    match printed {
        "主" => "primary",
        "系统" => "system",
        "数据" => "data",
        "只读" => "read-only",
        "默认" => "default",
        "共享" => "shared",
        "加密" => "encrypted",
        _ => "frozen",
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.not-the-kind",
        "-",
        "Sealed lamps are protected from removal.",
        "lamp.sealed none of sealed when not shown by the API",
    ),
    (
        "zh.only-for-the-kind",
        "-",
        "目前只支持数据盘（灯座上的）的更换。",
        "volume.data one of data when not shown by the API",
    ),
    (
        "en.of-kind-not-supported",
        "-",
        "Towers of the STONE type do not support this API.",
        "Tower.type none of STONE when not shown by the API",
    ),
    (
        "en.only-kind-supports",
        "-",
        "Only heated towers support this operation.",
        "tower.status one of heated when not shown by the API",
    ),
    (
        "zh.only-in-use-case",
        "-",
        "接口目前只适用于节日点灯使用场景。",
        "节日点灯.use one of 节日点灯 use case when not shown by the API",
    ),
    (
        "zh.same-attribute",
        "-",
        "换灯时，不支持oil_type不同的灯之间的更换。",
        "灯.oil_type one of same oil_type when not shown by the API",
    ),
    (
        "en.not-the-kind",
        "-",
        "The primary lamp of a tower has wires fixed and cannot be unbound.",
        "lamp.primary none of primary when not shown by the API",
    ),
    (
        "zh.only-the-kind",
        "-",
        "仅租来的灯塔支持点灯。",
        "灯塔.status one of 租来 when not shown by the API",
    ),
    (
        "en.kind-not-supported",
        "-",
        "This API is not supported by rented towers.",
        "tower.status none of rented when not shown by the API",
    ),
    (
        "en.only-whose",
        "-",
        "Only towers whose lamp kind is OIL or GAS can be lit.",
        "tower.lamp kind one of OIL GAS when not shown by the API",
    ),
    (
        "en.only-of-kind",
        "-",
        "This API can only be used to light rented towers.",
        "tower.status one of rented when not shown by the API",
    ),
    (
        "en.kind-not-supported",
        "-",
        "Rented towers do not support this API.",
        "tower.status none of rented when not shown by the API",
    ),
    (
        "en.not-the-kind",
        "-",
        "A locked lamp cannot be moved.",
        "lamp.locked none of locked when not shown by the API",
    ),
    (
        "zh.do-not-use",
        "-",
        "请勿使用“lamp:fuel_type”为“wax”的灯塔来点灯。",
        "灯塔.lamp:fuel_type none of wax when not shown by the API",
    ),
    (
        "zh.not-of-kind",
        "-",
        "不支持安装rusty的网卡。",
        "NIC.rusty none of rusty",
    ),
    ("zh.only-type", "-", "仅支持安装LED类型的灯。", "const LED"),
    (
        "zh.only-of-attribute",
        "-",
        "仅支持添加灯油类型为OIL的灯塔。",
        "灯塔.灯油类型 one of OIL when not shown by the API",
    ),
    (
        "zh.only-with",
        "-",
        "该接口仅支持安装了Lampd或Wickd的镜像。",
        "image.status one of has installed Lampd has installed Wickd when not shown by the API",
    ),
    (
        "zh.not-without",
        "-",
        "不包含灯芯的灯塔不能点亮。",
        "灯塔.status none of without 灯芯 when not shown by the API",
    ),
    (
        "zh.not-of-type",
        "-",
        "OIL类型的灯芯不支持更换到灯塔上。",
        "灯芯.type none of OIL when not shown by the API",
    ),
    (
        "zh.not-the-kind",
        "-",
        "主网卡是灯塔上通电的网卡,不可拆除。",
        "NIC.primary none of primary when not shown by the API",
    ),
    (
        "zh.not-the-kind",
        "-",
        "系统盘不支持更换功能。",
        "volume.system none of system when not shown by the API",
    ),
    (
        "en.not-the-kind",
        "-",
        "A movable lamp cannot be tied to a tower.",
        "lamp.movable none of movable when not shown by the API",
    ),
];
