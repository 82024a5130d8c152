//! What comes after an operation, or comes with it from elsewhere: remarks, so that nothing is lost.

use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::phrase;
use crate::contract::{Constraint, SHOWN_ONCE};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.left-to-user",
        language: Zh,
        meaning: "something that the user must do by hand",
        cues: &["手动", "自行"],
        pattern: r"(?:需要?|必须|请)(?:由)?(?:用户|您|租户|客户)?(?:手动|自行)\p{Han}{2,4}[^。；]*",
        read: |hit| of_operation(hit, "left to the user"),
    },
    Rule {
        name: "en.left-to-user",
        language: En,
        meaning: "something that the user must do by hand",
        cues: &["manually", "by yourself"],
        pattern: r"{must} (?:manually [a-z]+|[a-z]+ [^.,]{2,40} (?:manually|by yourself))[^.]*",
        read: |hit| of_operation(hit, "left to the user"),
    },
    Rule {
        name: "zh.unusable-then",
        language: Zh,
        meaning: "something that cannot be used afterwards",
        cues: &["不可用", "无法使用", "不能使用"],
        pattern: r"(?:将|会|则)(?:变得|变为)?(?:不可用|无法使用|不能使用)[。；]?$",
        read: |hit| of_operation(hit, "unusable afterwards"),
    },
    Rule {
        name: "en.unusable-then",
        language: En,
        meaning: "something that cannot be used afterwards",
        cues: &["unavailable", "unusable"],
        pattern: r"(?:will be(?:come)?|becomes?) (?:unavailable|unusable)(?: [^.]{2,40})?\.?$",
        read: |hit| of_operation(hit, "unusable afterwards"),
    },
    Rule {
        name: "zh.restart-advised",
        language: Zh,
        meaning: "advice to restart",
        cues: &["重启"],
        pattern: r"建议(?:您|用户)?(?:手动)?重启[^。；]*",
        read: |hit| of_operation(hit, "restart advised"),
    },
    Rule {
        name: "en.restart-advised",
        language: En,
        meaning: "advice to restart",
        cues: &["restart"],
        pattern: r"(?:advised|recommended)(?: that you| to)? restart[^.]*|^restarting [^.,]{2,40} is (?:recommended|advised)[^.]*",
        read: |hit| of_operation(hit, "restart advised"),
    },
    Rule {
        name: "zh.first",
        language: Zh,
        meaning: "something that must be done before",
        cues: &["前"],
        pattern: r"^\p{Han}{2,8}前,?(?:请|需要?|必须|应)(?:要)?先(?P<what>\p{Han}{2,10})[。；]?$",
        read: |hit| of_operation(hit, &format!("to be done first: {}", hit.group("what"))),
    },
    Rule {
        name: "zh.last-counts",
        language: Zh,
        meaning: "of several requests the last one counts",
        cues: &["为准"],
        pattern: r"以最后一次[^,。；]{0,6}为准",
        read: |hit| of_operation(hit, "the last request counts"),
    },
    Rule {
        name: "zh.cut",
        language: Zh,
        meaning: "what is too long is cut, not refused",
        cues: &["截断"],
        pattern: r"超过\s*(?P<max>[0-9]+)\s*个?(?P<unit>字符|字节)[^,。；]{0,6}?(?:将|会)?被?(?:自动)?截断",
        read: |hit| {
            cut(
                hit,
                if hit.group("unit") == "字节" {
                    "bytes"
                } else {
                    "characters"
                },
            )
        },
    },
    Rule {
        name: "en.cut",
        language: En,
        meaning: "what is too long is cut, not refused",
        cues: &["truncated"],
        pattern: r"(?:exceeds?|more than|longer than) (?P<max>[0-9]+) (?P<unit>characters|bytes)[^.]{0,40} truncated",
        read: |hit| cut(hit, hit.group("unit")),
    },
    Rule {
        name: "zh.not-again",
        language: Zh,
        meaning: "something that cannot be used again",
        cues: &["再次"],
        pattern: r"{不能}(?:被)?再次(?:被)?(?:分配|使用|占用)",
        read: |hit| of_operation(hit, "not to be used again"),
    },
    Rule {
        name: "en.not-again",
        language: En,
        meaning: "something that cannot be used again",
        cues: &["reallocated", "reused", "reassigned", "again"],
        pattern: r"{cannot} be (?:reallocated|reused|reassigned|(?:used|allocated|assigned) again)\b[^.]*",
        read: |hit| of_operation(hit, "not to be used again"),
    },
    Rule {
        name: "zh.inherited",
        language: Zh,
        meaning: "the limits of another operation hold, too",
        cues: &["继承"],
        pattern: r"继承[^。；,]{2,24}(?:约束|限制)+",
        read: |hit| of_operation(hit, "limits of another operation hold too"),
    },
    Rule {
        name: "en.inherited",
        language: En,
        meaning: "the limits of another operation hold, too",
        cues: &["constraints of", "restrictions of", "limits of"],
        pattern: r"(?:inherits|subject to) the (?:constraints|restrictions|limits) of [^.]*",
        read: |hit| of_operation(hit, "limits of another operation hold too"),
    },
    Rule {
        name: "zh.finds-only",
        language: Zh,
        meaning: "a filter that leaves only some of what there is",
        cues: &["只返回", "仅返回"],
        pattern: r"(?:不为空|指定|传入|设置)[^,。；]{0,8}时,?(?:则)?(?:只|仅)返回[^。；]*",
        read: |hit| {
            let remark = Constraint::Other("finds some only".to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
    Rule {
        name: "zh.after-restart",
        language: Zh,
        meaning: "takes effect after a restart",
        cues: &["重启"],
        pattern: r"重启[^。,]{0,16}后,?\p{Han}{0,6}?(?:才)?生效|需要?重启[^。,；]{0,16}才(?:能|会)?生效",
        read: |_| Some(Constraint::Other("effective after restart".to_owned()).into()),
    },
    Rule {
        name: "en.after-restart",
        language: En,
        meaning: "takes effect after a restart",
        cues: &["restart"],
        pattern: r"takes? effect after (?:the |a )?[a-z ]{0,20}(?:restart|reboot)|{must} be (?:restarted|rebooted) for [a-z ]{3,30} to take effect",
        read: |_| Some(Constraint::Other("effective after restart".to_owned()).into()),
    },
    Rule {
        name: "zh.not-changed-with-it",
        language: Zh,
        meaning: "something that an operation leaves as it was",
        cues: &["同步"],
        pattern: r"(?:但|但是)\s*(?P<what>[A-Za-z_]{2,20}|\p{Han}{2,6}?)(?:不能|不会|不)(?:被)?同步(?:修改|更新|变更)",
        read: left_alone,
    },
    Rule {
        name: "en.not-changed-with-it",
        language: En,
        meaning: "something that an operation leaves as it was",
        cues: &["will not be changed", "will not be updated"],
        pattern: r"^the (?P<what>[a-z][a-z_ ]{2,20}?) will not be (?:changed|updated|modified)\.?$",
        read: left_alone,
    },
    Rule {
        name: "zh.own-only",
        language: Zh,
        meaning: "an operation on what is one's own",
        cues: &["自己的"],
        pattern: r"(?:租户|用户)(?:只能|仅能|只可以|仅可|可以)?\p{Han}{2,4}自己的[^。；,]{2,16},(?:但)?不能\p{Han}{2,4}其[他它](?:租户|用户)的[^。；]*",
        read: |hit| of_operation(hit, "only what is the caller's own"),
    },
    Rule {
        name: "zh.no-way-back",
        language: Zh,
        meaning: "something that cannot be undone",
        cues: &["恢复"],
        pattern: r"\p{Han}{2,8}后,?(?:将|则)?\p{Han}{0,4}?(?:将|则)?{不能}恢复(?P<next>[,。；]|$)",
        read: |hit| of_operation(hit, "cannot be undone"),
    },
    Rule {
        name: "en.no-way-back",
        language: En,
        meaning: "something that cannot be undone",
        cues: &["undone", "recovered", "restored"],
        pattern: r"(?:deleted|removed|cleared|released) [a-z ]{2,30}? {cannot} be (?:recovered|restored)|cannot be undone",
        read: |hit| of_operation(hit, "cannot be undone"),
    },
    Rule {
        name: "zh.url-encoded",
        language: Zh,
        meaning: "what must be encoded for a path",
        cues: &["urlencode", "url encode", "url编码", "url-encode"],
        pattern: r"(?:需要?|要|必须|应)(?:先)?(?:进行|经过|做)?\s*(?i:url[ -]?encoded?|url编码)",
        read: |_| Some(Constraint::Other("URL-encoded".to_owned()).into()),
    },
    Rule {
        name: "zh.only-caller",
        language: Zh,
        meaning: "who alone may call the operation",
        cues: &["调用"],
        pattern: r"^(?:仅|只有|只允许|仅允许)(?P<who>\p{Han}{2,10}?)(?:才)?(?:可以|可|能够?|有权限?)?(?:调用|使用)(?:此|该|本)(?:接口|API|操作)",
        read: |hit| of_operation(hit, &format!("only for {}", hit.group("who"))),
    },
    Rule {
        name: "en.only-caller",
        language: En,
        meaning: "who alone may call the operation",
        cues: &["call", "use"],
        pattern: r"^only (?P<who>[a-z][a-z -]{2,30}?) (?:can|may|are allowed to|is allowed to) (?:call|use|invoke) (?:this|the) (?:API|interface|operation)",
        read: |hit| {
            of_operation(
                hit,
                &format!("only for {}", hit.group("who").to_lowercase()),
            )
        },
    },
    Rule {
        name: "zh.interrupts",
        language: Zh,
        meaning: "something that is interrupted meanwhile",
        cues: &["中断"],
        pattern: r"(?:会|将|可能)(?:导致|造成|引起)[^。,；]{0,6}(?:业务|服务|连接|网络)(?:短暂|暂时)?(?:的)?中断",
        read: |hit| of_operation(hit, "interrupts the service"),
    },
    Rule {
        name: "en.interrupts",
        language: En,
        meaning: "something that is interrupted meanwhile",
        cues: &["interrupt"],
        pattern: r"(?:services?|connections?|networks?|workloads?|access) (?:will|may|can|are|is) (?:be )?(?:temporarily |briefly |shortly )?interrupted",
        read: |hit| of_operation(hit, "interrupts the service"),
    },
    Rule {
        name: "zh.only-the-last",
        language: Zh,
        meaning: "how far back one can look",
        cues: &["最近", "近"],
        pattern: r"(?:只能|仅能|仅支持|只支持|最多(?:可|可以|能)?)(?:查询|查看|获取|检索)(?:最近|近)\s*(?P<number>[0-9]{1,4})\s*(?P<unit>天|小时|个月|年|分钟)",
        read: |hit| {
            let unit = match hit.group("unit") {
                "天" => "days",
                "小时" => "hours",
                "个月" => "months",
                "年" => "years",
                _ => "minutes",
            };
            Some(Constraint::Other(format!("only the last {} {unit}", hit.group("number"))).into())
        },
    },
    Rule {
        name: "zh.no-reserved-word",
        language: Zh,
        meaning: "a name that must not be one of those kept for the system",
        cues: &["保留字", "关键字", "保留用户名"],
        pattern: r"不(?:能|可|得|允许)(?:为|是|使用|与)(?:系统|数据库)?(?:保留字|关键字|保留用户名)(?:相同)?",
        read: |hit| {
            let remark = Constraint::Other("no reserved word".to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
    Rule {
        name: "zh.read-only",
        language: Zh,
        meaning: "a field that callers must leave alone",
        cues: &["不允许用户", "不支持用户"],
        pattern: r"不(?:允许|支持)用户(?:自行)?(?:增加|添加|删除|修改|更改)[^。；]{0,10}",
        read: |hit| {
            let remark = Constraint::Other("read-only".to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
    Rule {
        name: "zh.once",
        language: Zh,
        meaning: "something that is shown once only",
        cues: &["一次"],
        pattern: r"(?:只|仅)(?:能|可|可以)(?:被)?(?:读取|下载|查看|获取|查询)一次",
        read: |_| remark(SHOWN_ONCE),
    },
    Rule {
        name: "en.once",
        language: En,
        meaning: "something that is shown once only",
        cues: &["once"],
        pattern: r"can (?:only )?be (?:downloaded|read|viewed|obtained|displayed) (?:only )?once(?: only)?",
        read: |_| remark(SHOWN_ONCE),
    },
];

fn left_alone(hit: &Hit) -> Option<Heard> {
    let what = phrase(hit.group("what"))?;
    of_operation(hit, &format!("{what} is not changed with it"))
}

fn cut(hit: &Hit, unit: &str) -> Option<Heard> {
    let remark = Constraint::Other(format!("cut after {} {unit}", hit.group("max")));
    hit.about_field().then(|| remark.into())
}

fn of_operation(hit: &Hit, words: &str) -> Option<Heard> {
    let remark = Constraint::Other(words.to_owned());
    (!hit.about_field()).then(|| remark.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.only-the-last",
        "-",
        "只能查询最近7天的灯册。",
        "other: only the last 7 days",
    ),
    (
        "en.interrupts",
        "-",
        "Services will be briefly interrupted while the lamp is changed.",
        "other: interrupts the service",
    ),
    (
        "en.after-restart",
        "-",
        "The tower must be restarted for the change to take effect.",
        "other: effective after restart",
    ),
    (
        "zh.interrupts",
        "-",
        "换灯会导致业务中断。",
        "other: interrupts the service",
    ),
    (
        "zh.no-reserved-word",
        "String",
        "灯名，不能为系统保留字。",
        "other: no reserved word",
    ),
    (
        "en.only-caller",
        "-",
        "Only harbour masters can call this API.",
        "other: only for harbour masters",
    ),
    (
        "zh.no-way-back",
        "-",
        "拆除后灯油不可恢复，请谨慎操作。",
        "other: cannot be undone",
    ),
    (
        "zh.only-caller",
        "-",
        "仅守塔人可以调用该接口。",
        "other: only for 守塔人",
    ),
    (
        "zh.url-encoded",
        "String",
        "旗语。中文需要进行URLEncode。",
        "other: URL-encoded",
    ),
    (
        "zh.after-restart",
        "-",
        "灯名修改后，需要重启灯塔才能生效。",
        "other: effective after restart",
    ),
    (
        "zh.not-changed-with-it",
        "-",
        "本接口只修改灯名，但lampsign不能同步修改。",
        "other: lampsign is not changed with it",
    ),
    (
        "en.not-changed-with-it",
        "-",
        "The lamp sign will not be changed.",
        "other: lamp sign is not changed with it",
    ),
    (
        "zh.own-only",
        "-",
        "租户只能点亮自己的灯盏，不能点亮其他租户的灯盏。",
        "other: only what is the caller's own",
    ),
    (
        "zh.no-way-back",
        "-",
        "灯塔拆除后，不能恢复。",
        "other: cannot be undone",
    ),
    (
        "en.no-way-back",
        "-",
        "Pulling down a tower cannot be undone.",
        "other: cannot be undone",
    ),
    (
        "zh.read-only",
        "String",
        "灯的铭文，不支持用户自行更改。",
        "other: read-only",
    ),
    (
        "zh.first",
        "-",
        "点灯前请先解除灯罩。",
        "other: to be done first: 解除灯罩",
    ),
    (
        "zh.last-counts",
        "-",
        "重复点灯时，以最后一次点灯为准。",
        "other: the last request counts",
    ),
    (
        "zh.cut",
        "String",
        "备注，超过200字符将被截断。",
        "other: cut after 200 characters",
    ),
    (
        "en.cut",
        "String",
        "The note. What exceeds 200 characters will be truncated.",
        "other: cut after 200 characters",
    ),
    (
        "zh.not-again",
        "-",
        "被拆走的灯位不能被再次使用。",
        "other: not to be used again",
    ),
    (
        "en.not-again",
        "-",
        "The place of a lamp that was torn off cannot be reused.",
        "other: not to be used again",
    ),
    (
        "en.restart-advised",
        "-",
        "Restarting the tower is recommended after the lamp is lit.",
        "other: restart advised",
    ),
    (
        "zh.after-restart",
        "-",
        "重启灯塔后生效。",
        "other: effective after restart",
    ),
    (
        "zh.after-restart",
        "-",
        "灯塔点亮或重启后，新的灯油生效。",
        "other: effective after restart",
    ),
    (
        "en.after-restart",
        "-",
        "The change takes effect after the tower restart.",
        "other: effective after restart",
    ),
    (
        "zh.once",
        "-",
        "灯的钥匙只能读取一次。",
        "other: shown once only",
    ),
    (
        "en.once",
        "-",
        "A key can be read only once.",
        "other: shown once only",
    ),
    (
        "zh.left-to-user",
        "-",
        "灯芯烧完后，需要用户手动更换灯芯。",
        "other: left to the user",
    ),
    (
        "en.left-to-user",
        "-",
        "Afterwards you need to manually trim the wick.",
        "other: left to the user",
    ),
    (
        "zh.unusable-then",
        "-",
        "若灯罩碎裂，该灯将不可用。",
        "other: unusable afterwards",
    ),
    (
        "en.unusable-then",
        "-",
        "The old wick will become unusable.",
        "other: unusable afterwards",
    ),
    (
        "zh.restart-advised",
        "-",
        "换灯油后会有残留，建议重启灯塔。",
        "other: restart advised",
    ),
    (
        "en.restart-advised",
        "-",
        "It is recommended that you restart the lamp.",
        "other: restart advised",
    ),
    (
        "zh.inherited",
        "-",
        "继承点灯接口已有的约束限制。",
        "other: limits of another operation hold too",
    ),
    (
        "en.inherited",
        "-",
        "This API is subject to the constraints of lighting.",
        "other: limits of another operation hold too",
    ),
    (
        "zh.finds-only",
        "String",
        "港口名，该字段不为空时，只返回亮着的灯。",
        "other: finds some only",
    ),
];
