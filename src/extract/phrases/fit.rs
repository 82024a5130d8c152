//! What a thing must be like, or must not, before something is done to it: of which kind, in which
//! place, with what on it.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::states::unseen;
use super::things::{phrase, singular, thing};
use crate::contract::{Constraint, Kind, StatesRule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.named-kind-not",
        language: En,
        meaning: "the one thing of its kind that cannot be worked on",
        cues: &["{cannot} be"],
        pattern: r"^(?:the|a|an) (?P<kind>main|system|primary|default|root|last|first|master|boot) (?P<subject>[a-z]+(?: [a-z]+)?) {cannot} be [a-z]+",
        read: |hit| needed(hit, StatesRule::NoneOf, hit.group("kind").to_lowercase()),
    },
    Rule {
        name: "en.only-kind-done",
        language: En,
        meaning: "only things of a kind can be worked on",
        cues: &["only"],
        pattern: r"^only (?:(?:a|an) )?(?P<kind>[a-z][a-z-]+) (?P<subject>[a-z]+)(?: (?:of|from|on|to|in) [a-z ]{2,30}?)? can be [a-z]+(?: [^.,]{0,40})?\.?$",
        read: |hit| {
            let is_kind =
                !["a", "an", "the", "one"].contains(&hit.group("kind").to_lowercase().as_str());
            let needed = || needed(hit, StatesRule::OneOf, hit.group("kind").to_lowercase());
            is_kind.then(needed).flatten()
        },
    },
    Rule {
        name: "en.kind-cannot",
        language: En,
        meaning: "a thing that something was done to, or that is in trouble, is in the way",
        cues: &["cannot", "can not"],
        pattern: r"^(?:(?:a|an|any) (?P<kind>[a-z]+(?:ed|en)) (?P<subject>[a-z]+)|(?:(?:a|an|any) )?(?P<owner>[a-z]+) (?P<in>in (?:arrears|debt|use|transit)|(?:in|under) (?:maintenance|repair|review|inspection))) {cannot} (?:be )?[a-z]+[^.]*",
        read: |hit| {
            let state = [hit.group("kind"), hit.group("in")].concat().to_lowercase();
            needed(hit, StatesRule::NoneOf, state)
        },
    },
    Rule {
        name: "en.same-place",
        language: En,
        meaning: "two things that must be in the same place, or alike in something",
        cues: &["the same"],
        pattern: r"^(?:the )?(?P<subject>[a-z][a-z ]{1,24}?)(?: and (?:the )?(?P<other>[a-z][a-z ]{1,24}?))? must (?:be (?:located )?in|have|belong to|use) the same (?P<what>[a-z]+(?: [a-z]+)?)(?: as (?:the |that of (?:the )?)?(?P<as>[a-z][a-z ]{1,24}?))?(?:\.|,|$)|^the (?P<which>[a-z][a-z ]{1,24}?) of (?:a|an|the) (?P<one>[a-z]+) must be the same as that of (?:a|an|the) (?P<two>[a-z]+)",
        read: same_place,
    },
    Rule {
        name: "en.must-have",
        language: En,
        meaning: "what must be installed or switched on",
        cues: &["{must} have"],
        pattern: r"^(?:(?:a|an|the|all) )?(?P<subject>[a-z]+)\b[^.,]{0,60}? {must} have (?P<what>[a-z][a-z0-9_.-]*(?: [a-z0-9_.-]+)?) (?P<done>installed|enabled|configured|bound|attached)\b",
        read: |hit| {
            let state = format!("{} {}", hit.group("what"), hit.group("done").to_lowercase());
            needed(hit, StatesRule::OneOf, state)
        },
    },
    Rule {
        name: "en.must-have-been",
        language: En,
        meaning: "what must have been done to a thing, or that it must exist",
        cues: &["must have", "must exist", "must already exist"],
        pattern: r"^(?:the |a |an )?(?P<subject>[a-z][a-z ]{1,24}?) must (?:have (?:already )?been (?P<done>[a-z]+(?:ed|lt|nt|de|en|id))|(?:already )?(?P<exists>exist))\b",
        read: |hit| {
            let state = match hit.group("exists") {
                "" => hit.group("done").to_lowercase(),
                _ => "exists".to_owned(),
            };
            let named = phrase(hit.group("subject"))?;
            Some(of(&named, StatesRule::OneOf, state))
        },
    },
    Rule {
        name: "zh.same-thing",
        language: Zh,
        meaning: "two things that must be in the same place, or alike in something",
        cues: &["同一", "相同", "一致"],
        pattern: r"^(?P<subject>\p{Han}{2,12}?)(?:与|和|跟)(?P<other>\p{Han}{2,12}?){必须}(?:处于|属于|位于|在)?(?:同一|相同)个?的?(?P<what>\p{Han}{2,6}|[A-Z]{2,4})(?:内|中|下)?[。；]?$|^(?P<one>\p{Han}{2,8}?)(?:与|和|跟)(?P<two>\p{Han}{2,8}?)的(?P<which>\p{Han}{2,8}?){必须}(?:保持)?(?:一致|相同)[。；]?$",
        read: same_place,
    },
    Rule {
        name: "zh.same-as-named",
        language: Zh,
        meaning: "what must be in the same place as what another field names",
        cues: &["同一", "相同"],
        pattern: r"{必须}(?:与|和|跟)\s*(?P<other>[A-Za-z_][A-Za-z0-9_]*|\p{Han}{2,8}?)\s*(?:属于|在|位于|处于)(?:同一个?|相同的?)\s*(?P<what>[A-Z]{2,5}|\p{Han}{2,6}?)(?:内|中|下)?(?P<next>[,。；]|$)",
        read: |hit| {
            let what = thing(hit.group("what"), false);
            let other = thing(hit.group("other"), false);
            let state = format!("same {what} as {other}");
            let needed = || of("", StatesRule::OneOf, state);
            hit.about_field().then(needed)
        },
    },
    Rule {
        name: "zh.same-as-owner",
        language: Zh,
        meaning: "what must be the same as that of another thing",
        cues: &["一致", "相同"],
        pattern: r"(?:^|[,。；])(?:需要?|请|应|必须)?(?:指定|保证|确保)?(?P<subject>[\p{Han}A-Za-z_]{2,16}?)(?:必须)?(?:与|和|跟)(?P<other>\p{Han}{2,10}?)(?:所在|所属)的?(?P<what>\p{Han}{2,6}?|[A-Z]{2,5}){必须}?(?:保持)?(?:一致|相同)[。；]?$",
        read: |hit| {
            let named = hit.group("subject").trim_end_matches("必须");
            let subject = named.rsplit_once("对应的").map_or(named, |(_, own)| own);
            let what = thing(hit.group("what"), false);
            let state = format!("same {what} as {}", thing(hit.group("other"), false));
            Some(of(subject, StatesRule::OneOf, state))
        },
    },
    Rule {
        name: "zh.unused",
        language: Zh,
        meaning: "an address that must lie in a network, and be free",
        cues: &["网段内", "未被", "未占用"],
        pattern: r"必须(?:是|在|为)?(?:[A-Za-z_]{2,30} ?(?:对应|指定|所在|所属)的)?(?P<net>\p{Han}{2,6}?)(?: ?\([A-Za-z_]{2,20}\))?(?:对应)?的?(?:网段)?内(?:的)?,?(?:且|并且)?(?P<free>未被?(?:使用|占用))?(?:的?(?:IP)?地址)?(?P<next>[,。；]|$)",
        read: |hit| unused(hit, hit.group("net"), !hit.group("free").is_empty()),
    },
    Rule {
        name: "zh.not-taken",
        language: Zh,
        meaning: "an address that nobody else may have",
        cues: &["被占用", "被使用"],
        pattern: r"(?:不(?:能|可|得|允许)|未)被?(?:其[他它]\p{Han}{1,6})?(?:占用|使用)(?P<next>[,。；]|$)",
        read: |hit| {
            let needed = || of("address", StatesRule::OneOf, "unused".to_owned());
            let is_address = matches!(hit.kind(), Kind::String | Kind::Unknown);
            (hit.about_field() && is_address && hit.whole().contains('被')).then(needed)
        },
    },
    Rule {
        name: "en.unused",
        language: En,
        meaning: "an address that must lie in a network, and be free",
        cues: &["unused", "network segment"],
        pattern: r"must be an? (?P<free>unused |idle |available )?ip address in (?:the )?(?:network segment of )?(?:the |a )?(?P<net>[a-z]+)",
        read: |hit| unused(hit, hit.group("net"), !hit.group("free").is_empty()),
    },
    Rule {
        name: "en.not-taken",
        language: En,
        meaning: "an address that nobody else may have",
        cues: &["in use", "occupied"],
        pattern: r"{cannot} be (?:already )?(?:in use|occupied)(?P<next>\.|,|;|$)",
        read: |hit| {
            let needed = || of("address", StatesRule::OneOf, "unused".to_owned());
            let is_address = matches!(hit.kind(), Kind::String | Kind::Unknown);
            (hit.about_field() && is_address).then(needed)
        },
    },
    Rule {
        name: "zh.only-the-sort",
        language: Zh,
        meaning: "an operation for things of one sort only",
        cues: &["只有"],
        pattern: r"^只有(?P<kind>\p{Han}{2})(?P<subject>\p{Han}{2,4}?),?才(?:支持|能|可以|允许)",
        read: |hit| needed(hit, StatesRule::OneOf, hit.group("kind").to_owned()),
    },
    Rule {
        name: "zh.has-in-the-way",
        language: Zh,
        meaning: "what a thing has is in the way",
        cues: &["存在", "有"],
        pattern: r"^(?:如果|若|当)?(?P<subject>\p{Han}{2,8}?)(?:下|中|上|内)?(?:仍|还)?(?:存在|有)(?P<has>\p{Han}{2,14}?)(?:时,?|,)(?:则)?{不能}[^。；]*",
        read: |hit| {
            // What is kept in a thing that is to be removed is another rule's concern.
            let has = hit.group("has");
            let is_kept = hit.whole().contains("删除") && !has.contains(['未', '正', '任', '中']);
            let has = format!("has {}", thing(has, true));
            (!is_kept)
                .then(|| needed(hit, StatesRule::NoneOf, has))
                .flatten()
        },
    },
    Rule {
        name: "en.has-in-the-way",
        language: En,
        meaning: "what a thing has must be removed from it first",
        cues: &[" first"],
        pattern: r"^if (?:a|an|the) (?P<subject>[a-z][a-z ]{1,20}?) (?P<has>has [a-z][a-z ]{2,30}?), [a-z][a-z ]{3,40} first\b",
        read: |hit| needed(hit, StatesRule::NoneOf, hit.group("has").to_lowercase()),
    },
    Rule {
        name: "zh.kind-not",
        language: Zh,
        meaning: "things that something was done to are in the way",
        cues: &["的"],
        pattern: r"^(?P<kind>(?:借|租|售|停|过|欠|冻|锁|加|共|只|到)\p{Han}{1,3}|\p{Han}{2,4}(?:到期|过期|失败|停用|禁用))的(?P<subject>\p{Han}{2,8}?),?{不能}(?:再)?(?:被|进行)?\p{Han}{2,8}[。；]?$",
        read: |hit| needed(hit, StatesRule::NoneOf, hit.group("kind").to_owned()),
    },
    Rule {
        name: "zh.owner-in-trouble",
        language: Zh,
        meaning: "an owner that owes money, or was stopped, cannot do it",
        cues: &["欠费", "冻结", "余额不足", "受限"],
        pattern: r"^(?:当|如果|若)?(?P<subject>\p{Han}{2,8}?)(?:处于)?(?P<kind>欠费|冻结|余额不足|受限)(?:状态)?(?:时|后|期间)?,?(?:则|将|会)?{不能}\p{Han}{2,12}",
        read: |hit| needed(hit, StatesRule::NoneOf, hit.group("kind").to_owned()),
    },
    Rule {
        name: "zh.only-kind-done",
        language: Zh,
        meaning: "only things of one kind can be worked on",
        cues: &["仅支持", "只支持", "只能"],
        pattern: r"^(?:目前|当前)?(?:该接口|本接口)?(?:仅|只)(?:能)?支持?(?:对)?(?:删除|挂载|卸载|移动|查询|修改|更新|绑定|解绑|迁移|重装|重启|启动|停止|关闭|备份|恢复|扩容|变更|退订|续费|切换)(?P<kind>非\p{Han}{2}|按需|包周期|包年|共享|加密|\p{Han}{2}类)(?:的)?(?P<subject>\p{Han}{2,4})[。；]?$",
        read: |hit| needed(hit, StatesRule::OneOf, hit.group("kind").to_owned()),
    },
];

fn of(subject: &str, rule: StatesRule, state: String) -> Heard {
    let subject = format!("{}.status", thing(subject, false));
    let states = vec![state];
    unseen(
        Constraint::StatePrecondition {
            subject,
            rule,
            states,
        }
        .into(),
    )
}

/// Said of the operation as a whole.
fn needed(hit: &Hit, rule: StatesRule, state: String) -> Option<Heard> {
    let subject = [hit.group("subject"), hit.group("owner")].concat();
    (!hit.about_field()).then(|| of(&singular(&subject), rule, state))
}

/// Of the field's value: the network says which addresses it has, and who uses them.
fn unused(hit: &Hit, net: &str, is_free: bool) -> Option<Heard> {
    let net = phrase(net)?;
    let state = match is_free {
        true => format!("unused in {net}"),
        false => format!("in {net}"),
    };
    let needed = || of("address", StatesRule::OneOf, state);
    hit.about_field().then(needed)
}

fn same_place(hit: &Hit) -> Option<Heard> {
    let what = [hit.group("what"), hit.group("which")].concat();
    let other = [hit.group("other"), hit.group("as"), hit.group("two")].concat();
    let what = match what.is_ascii() {
        true => what,
        false => thing(&what, false),
    };
    let state = match other.as_str() {
        "" => format!("same {what}"),
        other => format!("same {what} as {}", thing(other, false)),
    };
    let subject = [hit.group("subject"), hit.group("one")].concat();
    Some(of(&subject, StatesRule::OneOf, state))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.not-taken",
        "String",
        "The gate. It must be an IP address in the harbour and must not be in use.",
        "format ip\naddress.status one of unused when not shown by the API",
    ),
    (
        "zh.unused",
        "String",
        "灯址。指定时必须在net_id对应的灯网网段内。",
        "address.status one of in 灯网 when not shown by the API",
    ),
    (
        "zh.same-as-named",
        "String",
        "灯网，须与tower_id属于同一个VPC。",
        "item.status one of same VPC as tower_id when not shown by the API",
    ),
    (
        "zh.not-taken",
        "String",
        "灯的地址，且不能被占用。",
        "address.status one of unused when not shown by the API",
    ),
    (
        "zh.same-as-owner",
        "String",
        "灯的港口。如果在灯塔上点灯，需指定灯盏与灯塔所在港口一致。",
        "灯盏.status one of same 港口 as 灯塔 when not shown by the API",
    ),
    (
        "zh.unused",
        "String",
        "若指定灯址，必须是灯网（net）内未被占用的地址。",
        "address.status one of unused in 灯网 when not shown by the API",
    ),
    (
        "en.kind-cannot",
        "-",
        "Lamps under repair cannot be lit.",
        "Lamp.status none of under repair when not shown by the API",
    ),
    (
        "zh.kind-not",
        "-",
        "油期到期的灯塔不能点灯。",
        "灯塔.status none of 油期到期 when not shown by the API",
    ),
    (
        "zh.only-the-sort",
        "-",
        "只有石筑灯塔才支持点气灯。",
        "灯塔.status one of 石筑 when not shown by the API",
    ),
    (
        "zh.same-thing",
        "-",
        "油灯与灯塔的供电方式必须一致。",
        "油灯.status one of same 供电方式 as 灯塔 when not shown by the API",
    ),
    (
        "zh.unused",
        "String",
        "灯的地址，必须是灯网内未被占用的地址。",
        "address.status one of unused in 灯网 when not shown by the API",
    ),
    (
        "en.unused",
        "String",
        "The address. It must be an unused IP address in the subnet.",
        "address.status one of unused in subnet when not shown by the API",
    ),
    (
        "zh.has-in-the-way",
        "-",
        "灯塔存在未完成的检修任务时，无法点灯。",
        "灯塔.status none of has 检修任务 when not shown by the API",
    ),
    (
        "en.has-in-the-way",
        "-",
        "If the tower has lamps lit, put them out first.",
        "tower.status none of has lamps lit when not shown by the API",
    ),
    (
        "en.named-kind-not",
        "-",
        "The main lamp cannot be put out.",
        "lamp.status none of main when not shown by the API",
    ),
    (
        "en.only-kind-done",
        "-",
        "Only spare lamps of a tower can be sold.",
        "lamp.status one of spare when not shown by the API",
    ),
    (
        "en.only-kind-done",
        "-",
        "Only a locked lamp can be unlocked.",
        "lamp.status one of locked when not shown by the API",
    ),
    (
        "en.kind-cannot",
        "-",
        "A broken lamp cannot be lit.",
        "lamp.status none of broken when not shown by the API",
    ),
    (
        "en.kind-cannot",
        "-",
        "A keeper in arrears cannot light lamps.",
        "keeper.status none of in arrears when not shown by the API",
    ),
    (
        "en.same-place",
        "-",
        "The lamp must be in the same harbour as the tower.",
        "lamp.status one of same harbour as tower when not shown by the API",
    ),
    (
        "en.same-place",
        "-",
        "The fuel of the lamp must be the same as that of the tower.",
        "lamp.status one of same fuel as tower when not shown by the API",
    ),
    (
        "en.must-have",
        "-",
        "Towers made from stone must have LampKit installed.",
        "Tower.status one of LampKit installed when not shown by the API",
    ),
    (
        "en.must-have-been",
        "String",
        "The oil's number. The oil must have been paid.",
        "oil.status one of paid when not shown by the API",
    ),
    (
        "en.must-have-been",
        "-",
        "The keeper must exist before a lamp is lit.",
        "keeper.status one of exists when not shown by the API",
    ),
    (
        "zh.same-thing",
        "-",
        "油灯与灯塔需要同一港口。",
        "油灯.status one of same 港口 as 灯塔 when not shown by the API",
    ),
    (
        "zh.kind-not",
        "-",
        "借走的灯塔不能点灯。",
        "灯塔.status none of 借走 when not shown by the API",
    ),
    (
        "zh.owner-in-trouble",
        "-",
        "守塔人欠费时，无法点灯。",
        "守塔人.status none of 欠费 when not shown by the API",
    ),
    (
        "zh.only-kind-done",
        "-",
        "仅支持移动非主要灯塔。",
        "灯塔.status one of 非主要 when not shown by the API",
    ),
];
