//! What state a thing is in once an operation has done its work, and a job once its parts have.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, PARTS_ADD_UP, leading_to};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.then-in-state",
        language: En,
        meaning: "the state that something is in afterwards",
        cues: &["afterwards", "then", "after that"],
        pattern: r"(?:(?:afterwards|after that),? [a-z ]{1,40}? is|is then|is afterwards) in (?:the )?(?P<state>[a-z][a-z_-]{2,}) state\.?$",
        read: |hit| of_operation(hit),
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
