//! What state a thing is in once an operation has done its work, and a job once its parts have; and what a job shows.

use super::other::shape;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Kind, PARTS_ADD_UP, leading_to};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.then-in-state",
        language: En,
        meaning: "the state that something is in afterwards",
        cues: &["afterwards", "then", "after ", "once ", "when "],
        pattern: r"(?:(?:afterwards|after that|(?:after|once|when) (?:the|a) (?:job|task|operation|request) (?:succeeds|has succeeded|is (?:successful|complete|completed|done))),? [a-z ]{1,40}? (?:is|are|will be)|is then|is afterwards) in (?:the )?(?P<state>[a-z][a-z_-]{2,}) state\.?$",
        read: |hit| of_operation(hit),
    },
    Rule {
        name: "zh.then-of-state",
        language: Zh,
        meaning: "the state of something once an operation has succeeded",
        cues: &["成功后", "完成后", "完毕后"],
        pattern: r#"(?:^|[,。；])\s*(?P<done>\p{Han}{0,12}?)(?:成功|完成|完毕)后,?(?:则)?(?:该|此)?\p{Han}{0,8}?(?:的)?状态(?:将|会|应)?(?:为|是)\s*"?(?P<state>[A-Z][A-Z_-]{2,24})"?"#,
        read: of_state,
    },
    Rule {
        name: "en.then-of-state",
        language: En,
        meaning: "the state of something once an operation has succeeded",
        cues: &["after ", "once "],
        pattern: r#"(?:after|once) (?P<done>[^.,]{4,60}? (?:is|are|has been|have been) (?:successfully )?[a-z]{3,16}(?: successfully)?), (?:(?:the|its) )?(?:[a-z]+ )?(?:status|state)(?: of (?:the )?[a-z ]{2,24}?)? (?:is|will be) "?(?P<state>[a-z][a-z_-]{2,24})"?"#,
        read: of_state,
    },
    Rule {
        name: "zh.depends-on-job",
        language: Zh,
        meaning: "members of which each is shown for a job of another type",
        cues: &["任务", "作业", "操作"],
        pattern: r"^[^。,；]{1,12}(?:任务|作业|操作|(?i:job))时?\s*(?:会|仅|只)?(?:显示|返回|包含|为)[^。,；]{1,30}[,；、]\s*[^。,；]{1,12}(?:任务|作业|操作|(?i:job))时?\s*(?:会|仅|只)?(?:显示|返回|包含|为)[^。；]*",
        read: |hit| {
            let is_object = *hit.kind() == Kind::Object;
            is_object.then(|| shape("job type", hit.whole())).flatten()
        },
    },
    Rule {
        name: "zh.parts-add-up",
        language: Zh,
        meaning: "a job that is successful once all of its parts are",
        cues: &["子任务", "子作业", "子job"],
        pattern: r"(?:所有|全部)(?:的)?子(?:任务|作业|job)(?:都|均|全部)?(?:执行)?成功[^。；]{0,8}(?:才|方)[^。；]{0,8}成功",
        read: |_| Some(Constraint::Other(PARTS_ADD_UP.to_owned()).into()),
    },
    Rule {
        name: "en.parts-add-up",
        language: En,
        meaning: "a job that is successful once all of its parts are",
        cues: &["sub-job", "subjob", "sub-task", "subtask"],
        pattern: r"(?:succeeds|is successful|is successfully [a-z]+|is [a-z]{2,12}) only (?:if|when|after) all (?:of )?(?:its |the )?sub-?(?:jobs|tasks) (?:succeed|are successful|have succeeded|are [a-z]{2,12})",
        read: |_| Some(Constraint::Other(PARTS_ADD_UP.to_owned()).into()),
    },
];

fn of_operation(hit: &Hit<'_>) -> Option<Heard> {
    (!hit.about_field()).then(|| leading_to(hit.group("state")).into())
}

/// Words for what operations do, and for what is done by others or later.
const OWN_ZH: [&str; 26] = [
    "创建", "新建", "添加", "增加", "取消", "启动", "停止", "关闭", "开启", "打开", "暂停", "恢复",
    "挂载", "卸载", "安装", "卸下", "绑定", "解绑", "重启", "锁定", "解锁", "修改", "更新", "操作",
    "请求", "任务",
];
const OF_OTHERS: [&str; 17] = [
    "支付", "付款", "审核", "审批", "到期", "定时", "计划", "周期", "自动", "失败", "pay", "paid",
    "trial", "approv", "review", "expir", "other",
];

/// Only what is printed in capitals is surely a state, and only at the end of its clause the one that is meant. What
/// somebody else does, or what comes later, is not what the operation leads to.
fn of_state(hit: &Hit<'_>) -> Option<Heard> {
    let done = hit.group("done").to_ascii_lowercase();
    let is_state = !hit
        .group("state")
        .contains(|c: char| c.is_ascii_lowercase());
    let is_last = hit.after.is_empty() || hit.after.starts_with(['.', ';', '。', '；']);
    let in_han = !done.is_ascii() || done.is_empty();
    let is_own = !in_han || done.is_empty() || OWN_ZH.iter().any(|word| done.contains(word));
    let of_others = OF_OTHERS.iter().any(|word| done.contains(word));
    (is_state && is_last && is_own && !of_others).then(|| of_operation(hit))?
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.then-in-state",
        "-",
        "The wick is then in the trimmed state.",
        "other: comes to state trimmed",
    ),
    (
        "en.then-in-state",
        "-",
        "Afterwards the lamp is in the LIT state.",
        "other: comes to state LIT",
    ),
    (
        "zh.then-of-state",
        "-",
        "灯创建成功后，灯的状态为LIT。",
        "other: comes to state LIT",
    ),
    (
        "zh.then-of-state",
        "-",
        "任务成功后，灯的状态为LIT。",
        "other: comes to state LIT",
    ),
    (
        "en.then-of-state",
        "-",
        "After the lamp is lit, the lamp status is LIT.",
        "other: comes to state LIT",
    ),
    (
        "zh.depends-on-job",
        "Object",
        "任务的对象。点灯任务显示lamp_id，添油任务显示oil_id，批量任务显示各灯。",
        "other: lamp_id or oil_id depending on job type",
    ),
    (
        "zh.parts-add-up",
        "-",
        "所有子任务都成功后，点灯任务才成功。",
        "other: succeeds when all of its parts do",
    ),
    (
        "en.parts-add-up",
        "-",
        "A task is successful only if all of its subtasks are successful.",
        "other: succeeds when all of its parts do",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn a_state_of_several_or_on_a_condition_need_not_come() {
        for text in [
            "创建成功后，灯的状态为LIT时，才能修剪灯芯。",
            "创建成功后，灯的状态为LIT或者DIM。",
            "支付成功后，灯的状态为LIT。",
            "灯油耗尽成功后，灯的状态为DARK。",
            "After the lamp is paid, the lamp status is LIT.",
            "Once the night ends, the lamp status is DARK.",
            "After the lamp is lit, the lamp status is LIT, then DIM.",
            "After the lighting fails, the lamp status is DARK.",
            "Once the lamp is lit, the lamp status is LIT or DIM.",
            "After the lamp is lit, the status is shown.",
        ] {
            let heard = read_as("-", text).statements;
            let comes =
                |said: &&crate::extract::phrases::Said| said.constraint.leads_to().is_some();
            assert!(!heard.iter().any(|said| comes(&said)), "{text}: {heard:?}");
        }
    }
}
