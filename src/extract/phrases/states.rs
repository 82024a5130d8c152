//! What things must be before an operation works, where no sentence says it of one attribute.

use super::condition;
use super::rule::{Heard, Language::En, Language::Zh, Rule};
use super::things::thing;
use crate::contract::{Constraint, Scope, StatesRule, UNSEEN};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.must-exist",
        language: Zh,
        meaning: "names a thing that must have been made before",
        cues: &["已创建", "已有", "已存在"],
        pattern: r"(?:需要?|请|必须|应)(?:指定|是|为|使用|填写)(?:[A-Za-z0-9_]+\s*对应[\p{Han}A-Z]{1,6}下)?已(?:创建|有|存在)的?(?P<thing>[\p{Han}A-Z]{1,10})",
        read: |hit| {
            let thing = hit.group("thing").split('的').next().unwrap_or("");
            let exists = precondition(thing, StatesRule::OneOf, "exists");
            // One way to give the value of several.
            let is_choice = ["使用已有", "选择已有"]
                .iter()
                .any(|word| hit.before.contains(word));
            (hit.about_field() && !is_choice).then_some(exists)
        },
    },
    Rule {
        name: "zh.fails-unless-there",
        language: Zh,
        meaning: "fails where the thing that is named is not there",
        cues: &["不存在"],
        pattern: r"(?:当|若|如果)(?:所?指定|选择|输入|填写)的(?P<thing>[\p{Han}A-Z]{1,10}?)(?:在[^。；,]{1,24}?[内中下里])?不存在(?:时)?,?\s*则?\p{Han}{2,8}失败[^。；]*",
        read: |hit| {
            let printed = hit.group("thing");
            // A type of lamps is no lamp.
            let subject = match printed.strip_suffix("类型") {
                Some(of) => format!("{} type.status", thing(of, false)),
                None => format!("{}.status", thing(printed, false)),
            };
            let (rule, states) = (StatesRule::OneOf, vec!["exists".to_owned()]);
            let exists = Constraint::StatePrecondition {
                subject,
                rule,
                states,
            };
            hit.about_field().then(|| exists.into())
        },
    },
    Rule {
        name: "en.must-exist",
        language: En,
        meaning: "names a thing that must have been made before",
        cues: &["of an existing", "created"],
        pattern: r"(?:set the value to|use|specify|enter|must be|should be|is) the (?:ID|name) of (?:an existing (?P<thing>[a-z][a-z ]{1,24}?)|(?:a|an|the) (?P<made>[a-z][a-z ]{1,20}?) (?:\([a-z_]+\) )?(?:that (?:has been |is ))?created)(?P<next>\.|,|;|$| in | and | for )",
        read: |hit| {
            let thing = [hit.group("thing"), hit.group("made")].concat();
            let exists = precondition(&thing, StatesRule::OneOf, "exists");
            hit.about_field().then_some(exists)
        },
    },
    Rule {
        name: "zh.must-be-there",
        language: Zh,
        meaning: "a thing that must be there before",
        cues: &["必须存在", "必须已存在", "需要存在", "必须已经存在"],
        pattern: r"^(?P<subject>\p{Han}{2,10}?){必须}(?:已经?)?存在",
        read: |hit| {
            let exists = precondition(hit.group("subject"), StatesRule::OneOf, "exists");
            (!hit.about_field()).then(|| unseen(exists))
        },
    },
    Rule {
        name: "zh.in-the-way",
        language: Zh,
        meaning: "what a thing has, or what is done to it, is in the way",
        cues: &["如果", "若", "当"],
        pattern: r"^(?:如果|若|当)(?P<subject>\p{Han}{1,6}?)(?:有(?:未删除的)?(?P<has>\p{Han}{2,6}?)存在|在(?P<doing>挂载|迁移|备份|升级|扩容|恢复)中)(?:时)?,?\s*则?{不能}[^。；]*",
        read: |hit| {
            let state = match hit.group("doing") {
                "" => format!("has {}", thing(hit.group("has"), true)),
                doing => doing_word(doing).to_owned(),
            };
            Some(precondition(
                hit.group("subject"),
                StatesRule::NoneOf,
                &state,
            ))
        },
    },
    Rule {
        name: "zh.in-progress",
        language: Zh,
        meaning: "what is being done to a thing is in the way",
        cues: &["中的", "过程中"],
        pattern: r"^(?:正在|处于)?(?P<doing>挂载|迁移|备份|升级|扩容|恢复|重启|创建|删除)(?:过程)?中的?(?P<subject>\p{Han}{1,8}?),?{不能}[^。；]*",
        read: |hit| {
            let doing = doing_word(hit.group("doing"));
            let state = precondition(hit.group("subject"), StatesRule::NoneOf, doing);
            (!hit.about_field()).then_some(state)
        },
    },
    Rule {
        name: "zh.attribute-needed",
        language: Zh,
        meaning: "possible only when an attribute of a thing has one of these values",
        cues: &["仅当", "只有", "仅在"],
        pattern: r"^(?:只有|仅当|仅在)(?P<subject>\p{Han}{2,16}?)的?\s*(?P<attribute>[a-z][A-Za-z0-9_]{1,30})\s*(?:为|是)\s*(?P<states>[A-Za-z_]+(?:\s*(?:,|、|和|或者|或|与)\s*[A-Za-z_]+)*)\s*时,?\s*(?:才)?(?:能|可以|可|支持|允许)",
        read: |hit| {
            let subject = format!(
                "{}.{}",
                thing(hit.group("subject"), false),
                hit.group("attribute")
            );
            let states = condition::names(hit.group("states"));
            let rule = StatesRule::OneOf;
            let needed = Constraint::StatePrecondition {
                subject,
                rule,
                states,
            };
            (!hit.about_field()).then(|| unseen(needed.into()))
        },
    },
    Rule {
        name: "zh.made-sure",
        language: Zh,
        meaning: "what must have been done to a thing: something is installed on it, bound to it, switched on",
        cues: &["确认", "确保", "保证"],
        pattern: r"(?:请|需要?|应)?(?:确认|确保|保证)(?P<subject>\p{Han}{2,12}?)(?:上|中|内)?已(?:经)?(?P<done>安装|绑定|配置|开启|启用|创建|加载)了?\s*(?P<what>[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z][A-Za-z0-9_.-]*)*|\p{Han}{2,10})(?P<running>并且?(?:已)?(?:正常)?(?:启用|运行|启动|开启))?",
        read: |hit| {
            let what = hit.group("what");
            let what = if what.is_ascii() {
                what.to_owned()
            } else {
                thing(what, false)
            };
            let state = match (hit.group("done"), hit.group("running")) {
                ("安装", running) if !running.is_empty() => {
                    format!("{what} installed and running")
                }
                (done, _) => format!("{} {what}", done_word(done)),
            };
            Some(unseen(precondition(
                hit.group("subject"),
                StatesRule::OneOf,
                &state,
            )))
        },
    },
    Rule {
        name: "zh.must-have",
        language: Zh,
        meaning: "what must have been done to a thing before",
        cues: &["必须已", "需已", "须已", "需要已", "应已"],
        pattern: r"(?P<subject>\p{Han}{2,12}?){必须}已(?:经)?(?P<done>安装|绑定|配置|开启|启用|加载)了?\s*(?P<what>[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z][A-Za-z0-9_.-]*)*|\p{Han}{2,10})",
        read: |hit| {
            let what = match hit.group("what") {
                what if what.is_ascii() => what.to_owned(),
                what => thing(what, false),
            };
            let state = format!("{} {what}", done_word(hit.group("done")));
            let heard = precondition(hit.group("subject"), StatesRule::OneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.done-in-the-way",
        language: Zh,
        meaning: "not what something was done to already",
        cues: &["已", "被"],
        pattern: r"^(?:(?:已(?:经)?)?被?(?P<done>挂载|绑定|锁定|冻结|占用|加密)的(?P<subject>\p{Han}{1,10}?)|(?P<owner>\p{Han}{2,10}?)被(?P<made>锁定|冻结|占用)(?:时|后|期间)),?(?:则)?{不能}[^。；]*",
        read: |hit| {
            let subject = [hit.group("subject"), hit.group("owner")].concat();
            let state = match [hit.group("done"), hit.group("made")].concat().as_str() {
                "挂载" => "attached",
                "绑定" => "bound",
                "锁定" => "locked",
                "冻结" => "frozen",
                "加密" => "encrypted",
                _ => "in use",
            };
            let heard = precondition(&subject, StatesRule::NoneOf, state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.has-something",
        language: Zh,
        meaning: "not things that have something on them already",
        cues: &["已绑定", "已挂载", "已关联", "已加入", "已开启", "已经"],
        pattern: r"^已(?:经)?(?P<done>绑定|挂载|关联|加入|开启)了?(?P<what>[\p{Han}A-Za-z0-9]{2,12}?)的(?P<subject>\p{Han}{2,10}?),?(?:则)?{不能}[^。；]*",
        read: |hit| {
            let what = thing(hit.group("what"), false);
            let state = match hit.group("done") {
                "绑定" | "关联" => format!("bound to {what}"),
                "挂载" => format!("has {what}"),
                "开启" => format!("has enabled {what}"),
                _ => format!("in {what}"),
            };
            let heard = precondition(hit.group("subject"), StatesRule::NoneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.first-removed",
        language: Zh,
        meaning: "what must be removed from a thing before",
        cues: &["前"],
        pattern: r"^[^,。；]{2,14}前,?\s*(?:请|需要?|必须|应)(?:要)?先?(?:删除|解绑|卸载|移除|释放)(?:该|此)?(?P<subject>\p{Han}{1,10}?)[下中内上]的(?:所有|全部)?(?P<has>\p{Han}{2,8})[。；]?$",
        read: |hit| {
            let state = format!("has {}", thing(hit.group("has"), true));
            let heard = precondition(hit.group("subject"), StatesRule::NoneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.first-then-only",
        language: Zh,
        meaning: "what must be removed before something can be done",
        cues: &["后"],
        pattern: r"{必须}(?:由)?(?:租户|用户|您)?(?:先|自行)*(?:删除|解绑|卸载|移除)(?:该|此)?(?P<subject>\p{Han}{1,6}?)(?:所)?(?:对应)?的(?:所有|全部)?(?P<has>\p{Han}{2,6}?)(?:等数据|等)?(?:之)?后,?才(?:能|可以?)\p{Han}{2,8}",
        read: |hit| {
            let state = format!("has {}", thing(hit.group("has"), true));
            let heard = precondition(hit.group("subject"), StatesRule::NoneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.not-in-use",
        language: Zh,
        meaning: "a thing must not be read or written meanwhile",
        cues: &["没有", "无程序", "无业务"],
        pattern: r"(?:确认|确保|保证)(?:没有|无)\p{Han}{1,8}?(?:正在)?(?:对|使用|访问)(?:该|此)?(?P<subject>\p{Han}{1,6}?)(?:进行)?(?:读写|读|写|访问|使用|操作)(?:操作)?",
        read: |hit| {
            Some(unseen(precondition(
                hit.group("subject"),
                StatesRule::NoneOf,
                "in use",
            )))
        },
    },
    Rule {
        name: "zh.same-place",
        language: Zh,
        meaning: "two things must be in the same place",
        cues: &["相同", "同一", "一致"],
        pattern: r"(?:^(?:待|要)\p{Han}{1,4}的(?P<given>\p{Han}{2,10}?)(?:与|和)(?P<its>\p{Han}{2,16}?)(?:都|均)?|(?P<one>\p{Han}{2,12}?)(?:必须)?(?:与|和)(?P<other>\p{Han}{2,16}?){必须})(?:处于|属于|位于|在)(?:相同|同一)(?:的|个)?\s*(?P<what>[A-Z]{2,4}|\p{Han}{2,6}?)(?:\s*\((?P<name>[A-Za-z_]+)\))?(?:[。；,]|$)",
        read: |hit| {
            let one = [hit.group("given"), hit.group("one")].concat();
            let other = [hit.group("its"), hit.group("other")].concat();
            let what = hit.group("what");
            let what = if what.is_ascii() {
                what.to_owned()
            } else {
                thing(what, false)
            };
            let state = format!("same {what} as {}", thing(&other, false));
            let heard = unseen(precondition(&one, StatesRule::OneOf, &state));
            Some(match hit.group("name") {
                "" => heard,
                name => heard.said_of(name),
            })
        },
    },
    Rule {
        name: "zh.only-in-the-same-place",
        language: Zh,
        meaning: "what can be made or done only where another thing is",
        cues: &["只能"],
        pattern: r"只能\p{Han}{2,4}在(?:与|和)(?:原|源)?(?P<other>\p{Han}{2,16}?)(?:相同|同一)的?个?\s*(?P<what>[A-Z]{2,4}|\p{Han}{2,6}?)(?:之?内|中|下|里)(?P<next>[。；,]|$)",
        read: |hit| {
            let what = match hit.group("what") {
                what if what.is_ascii() => what.to_owned(),
                what => thing(what, false),
            };
            let state = format!("same {what} as {}", thing(hit.group("other"), false));
            let heard = precondition("", StatesRule::OneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "en.in-the-way",
        language: En,
        meaning: "what a thing has, or what is done to it, is in the way",
        cues: &["{cannot} be", "not allowed", "must have no"],
        pattern: r"^(?:a|an|the) (?P<subject>[a-z][a-z ]{1,24}?) (?:that|which) (?P<has>has|contains) (?P<what>[a-z][a-z -]{2,30}?) {cannot} be [a-z]+|(?:(?:is|are) not allowed|cannot be [a-z]+) (?:when|while|if) (?:a|an|the) (?P<thing>[a-z][a-z ]{1,24}?) is being (?P<doing>[a-z]+ed)\b|cannot be [a-z]+ (?:in|on|to|from) (?:a|an|the) (?P<place>[a-z][a-z ]{1,24}?) (?:that|which) is being (?P<having>[a-z]+ed)\b|^(?:a|an|the) (?P<owner>[a-z][a-z ]{1,24}?) must have no (?P<none>[a-z][a-z -]{2,30}?)(?:\.|$)",
        read: |hit| {
            let subject = ["subject", "thing", "owner", "place"].map(|name| hit.group(name));
            let subject = subject.concat();
            let has = [hit.group("what"), hit.group("none")].concat();
            let doing = [hit.group("doing"), hit.group("having")].concat();
            let state = match doing.as_str() {
                "" => format!("has {}", has.to_lowercase()),
                doing => format!("being {}", doing.to_lowercase()),
            };
            let state = precondition(&subject, StatesRule::NoneOf, &state);
            (!hit.about_field()).then_some(state)
        },
    },
    Rule {
        name: "en.lacks-what-is-needed",
        language: En,
        meaning: "a thing that has none of something, with which nothing can be done",
        cues: &["without ", "empty "],
        pattern: r"(?:^|[:;,] )(?:a|an|the|any) (?:(?P<subject>[a-z][a-z ]{1,24}?) without (?:an? |any )?(?P<what>[a-z][a-z -]{2,24}?)|(?P<empty>empty) (?P<of>[a-z]{2,24})) {cannot} be [a-z]+",
        read: |hit| {
            let subject = [hit.group("subject"), hit.group("of")].concat();
            let state = match hit.group("empty") {
                "" => format!("without {}", hit.group("what").to_lowercase()),
                empty => empty.to_lowercase(),
            };
            let heard = precondition(&subject, StatesRule::NoneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "en.already-so",
        language: En,
        meaning: "what is done to a thing that is so already, or undone of one that is not, fails",
        cues: &["already"],
        pattern: r"^[a-z]+ing (?:a|an|the) (?P<subject>[a-z][a-z ]{1,24}?) (?:that|which) (?:is|has been) already (?:been )?(?P<done>[a-z]{3,16})\b[^.;]{0,60}? (?:is|are|causes|results in|gives|counts as) an? (?:error|conflict|failure)",
        read: |hit| {
            let state = format!("already {}", hit.group("done").to_lowercase());
            let heard = precondition(hit.group("subject"), StatesRule::NoneOf, &state);
            (!hit.about_field()).then(|| unseen(heard))
        },
    },
    Rule {
        name: "en.if-one-is-so",
        language: En,
        meaning: "nothing is done to many things where one of them is in some state",
        cues: &["one of them", "any of them", "one of the"],
        pattern: r"\bif (?:any|(?:at least )?one) of (?:them|the [a-z]{2,20}) (?:does not exist or |(?:is not found|cannot be found) or )?is (?P<state>(?:in |being )?[a-z]{3,16})(?: or does not exist)?, (?:none|nothing|no [a-z]+)\b|\bif (?:any|(?:at least )?one) of (?:them|the [a-z]{2,20}) is (?P<so>(?:in |being )?[a-z]{3,16}), (?:the (?:whole |entire )?(?:request|batch|call)|all of them) (?:is|are|will be) (?:rejected|refused)",
        read: |hit| {
            let state = [hit.group("state"), hit.group("so")]
                .concat()
                .to_lowercase();
            let heard = precondition("", StatesRule::NoneOf, &state);
            let is_none = state.starts_with("not");
            (!hit.about_field() && !is_none).then(|| unseen(heard))
        },
    },
    Rule {
        name: "zh.must-be-of-kind",
        language: Zh,
        meaning: "the thing that is named must be of a kind",
        cues: &["请确保", "需确保"],
        pattern: r"(?:请|需)确保(?P<subject>\p{Han}{2,10}?)使用的?是\p{Han}{0,8}(?P<kind>[a-z][a-z0-9_-]+)(?P<what>\p{Han}{0,4})",
        read: |hit| {
            let attribute = match hit.group("what") {
                "策略" => "policy",
                _ => "status",
            };
            let kind = Constraint::StatePrecondition {
                subject: format!("{}.{attribute}", thing(hit.group("subject"), false)),
                rule: StatesRule::OneOf,
                states: vec![hit.group("kind").to_owned()],
            };
            hit.about_field().then(|| kind.into())
        },
    },
];

fn precondition(subject: &str, rule: StatesRule, state: &str) -> Heard {
    Constraint::StatePrecondition {
        subject: format!("{}.status", thing(subject, false)),
        rule,
        states: vec![state.to_owned()],
    }
    .into()
}

/// What is being done to a thing, in the words that APIs use for it.
fn doing_word(printed: &str) -> &'static str {
    match printed {
        "挂载" => "attaching",
        "迁移" => "migrating",
        "备份" => "backing-up",
        "升级" => "upgrading",
        "扩容" => "extending",
        "重启" => "rebooting",
        "创建" => "creating",
        "删除" => "deleting",
        _ => "restoring",
    }
}

/// What no answer of the API shows: nobody can hold anything to it.
pub(super) fn unseen(heard: Heard) -> Heard {
    heard.within(Scope::Case(UNSEEN.to_owned()))
}

/// What was done to a thing, in English.
fn done_word(printed: &str) -> &'static str {
    match printed {
        "安装" => "has installed",
        "绑定" => "is bound to",
        "配置" => "has configured",
        "创建" => "has",
        "加载" => "has loaded",
        _ => "has enabled",
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.lacks-what-is-needed",
        "-",
        "A lamp without oil cannot be lit.",
        "lamp.status none of without oil when not shown by the API",
    ),
    (
        "en.already-so",
        "-",
        "Sealing a lamp that is already sealed, or opening one that is not, is an error.",
        "lamp.status none of already sealed when not shown by the API",
    ),
    (
        "en.if-one-is-so",
        "-",
        "All lamps are removed or, if one of them does not exist or is lit, none.",
        "item.status none of lit when not shown by the API",
    ),
    (
        "zh.must-be-there",
        "-",
        "灯塔必须存在。",
        "灯塔.status one of exists when not shown by the API",
    ),
    (
        "zh.has-something",
        "-",
        "已挂载灯罩的灯塔不能拆除，需先拆下灯罩。",
        "灯塔.status none of has 灯罩 when not shown by the API",
    ),
    (
        "zh.must-exist",
        "String",
        "灯塔的编号，必须是已创建的灯塔。",
        "灯塔.status one of exists",
    ),
    (
        "zh.done-in-the-way",
        "-",
        "被锁定的灯塔不能点灯。",
        "灯塔.status none of locked when not shown by the API",
    ),
    (
        "zh.must-exist",
        "String",
        "灯的编号，需要指定tower对应港口下已创建的灯盏的编号。",
        "灯盏.status one of exists",
    ),
    (
        "zh.fails-unless-there",
        "String",
        "灯油。若指定的灯油类型在port_zone内不存在时，则点灯失败。",
        "灯油 type.status one of exists",
    ),
    (
        "en.must-exist",
        "String",
        "The lamp. To hang one, enter the name of an existing lamp.",
        "lamp.status one of exists",
    ),
    (
        "en.must-exist",
        "String",
        "The value must be the ID of the lamp (lamp_id) created in the tower.",
        "lamp.status one of exists",
    ),
    (
        "en.in-the-way",
        "-",
        "Lamps cannot be hung on a tower that is being painted.",
        "tower.status none of being painted",
    ),
    (
        "zh.first-then-only",
        "-",
        "需要用户自行删除该云硬盘对应的快照等数据后，才能拆除云硬盘。",
        "volume.status none of has snapshots when not shown by the API",
    ),
    (
        "en.in-the-way",
        "-",
        "Lamps cannot be hung while the tower is being painted.",
        "tower.status none of being painted",
    ),
    (
        "zh.must-have",
        "-",
        "点灯前，灯塔必须已绑定弹性公网IP。",
        "灯塔.status one of is bound to EIP when not shown by the API",
    ),
    (
        "zh.done-in-the-way",
        "-",
        "已挂载的云硬盘不能再次挂载。",
        "volume.status none of attached when not shown by the API",
    ),
    (
        "zh.done-in-the-way",
        "-",
        "灯塔被锁定时不能点灯。",
        "灯塔.status none of locked when not shown by the API",
    ),
    (
        "zh.first-removed",
        "-",
        "拆除灯塔前，需要先卸载灯塔上的所有云硬盘。",
        "灯塔.status none of has volumes when not shown by the API",
    ),
    (
        "zh.in-progress",
        "-",
        "迁移过程中的灯塔不能熄灯。",
        "灯塔.status none of migrating",
    ),
    (
        "zh.attribute-needed",
        "-",
        "仅当灯塔的fuel为OIL或GAS时可以添油。",
        "灯塔.fuel one of OIL GAS when not shown by the API",
    ),
    (
        "zh.made-sure",
        "-",
        "请确认灯塔已安装Lamp Agent并且正常，否则会失败。",
        "灯塔.status one of has installed Lamp Agent when not shown by the API",
    ),
    (
        "zh.made-sure",
        "-",
        "请确认灯塔已安装Lamp Agent并且正常运行，否则会失败。",
        "灯塔.status one of Lamp Agent installed and running when not shown by the API",
    ),
    (
        "zh.not-in-use",
        "-",
        "拆灯前请确保没有程序正在对该磁盘进行读写操作。",
        "volume.status none of in use when not shown by the API",
    ),
    (
        "zh.same-place",
        "-",
        "指定的磁盘与点亮的灯塔必须处于相同的AZ（lamp_zone）。",
        "lamp_zone: volume.status one of same AZ as 灯塔 when not shown by the API",
    ),
    (
        "zh.same-place",
        "-",
        "待点的磁盘和灯塔在同一灯区。",
        "volume.status one of same 灯区 as 灯塔 when not shown by the API",
    ),
    (
        "zh.only-in-the-same-place",
        "-",
        "用备用灯芯时，只能点亮在与原灯塔相同的灯区内。",
        "item.status one of same 灯区 as 灯塔 when not shown by the API",
    ),
    (
        "en.in-the-way",
        "-",
        "A lamp that has burning wicks cannot be removed.",
        "lamp.status none of has burning wicks",
    ),
    (
        "en.in-the-way",
        "-",
        "This is not allowed when the lamp is being painted.",
        "lamp.status none of being painted",
    ),
    (
        "en.in-the-way",
        "-",
        "The lamp must have no burning wicks.",
        "lamp.status none of has burning wicks",
    ),
    (
        "zh.must-exist",
        "String",
        "灯网，需要指定已创建的网络。",
        "network.status one of exists",
    ),
    (
        "zh.in-the-way",
        "-",
        "如果灯塔有未删除的快照存在，不可删除。",
        "灯塔.status none of has snapshots",
    ),
    (
        "zh.in-the-way",
        "-",
        "若灯塔在迁移中，不能熄灯。",
        "灯塔.status none of migrating",
    ),
    (
        "zh.must-be-of-kind",
        "String",
        "灯塔组的编号。请确保灯塔组使用的是远离apart-far策略。",
        "灯塔组.policy one of apart-far",
    ),
];
