//! Operations that go on in a job, told by the row of the id that they answer with: "ID of the job for lighting the
//! lamp". Without a query of jobs in the document, nothing else says so.
//!
//! Main entry: [`mark`].

use std::sync::LazyLock;

use super::lexicon;
use super::pattern::{Pattern, compile};
use super::tables::{Role, RowRead, TableRead};
use crate::contract::{Constraint, Operation, Statement};
use crate::source::{DocumentId, Provenance};

/// A job that does what the operation is called for. "ID of the migration job" is a thing of its own.
static DOES: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?i)\bID of (?:the|an?) (?:asynchronous (?:job|task)\b|(?:job|task) (?:for|of|that is|which is|submitted for|used for) [a-z]+ing\b)|异步(?:任务|作业)|(?:创建|删除|修改|变更|扩容|重启)\p{Han}{0,12}的(?:任务|作业)(?:的)?\s*ID",
    )
});

/// Marks the operations whose answers have such a row. `places` gives the place of each among the pages.
pub(super) fn mark(
    document: &DocumentId,
    tables: &[TableRead<'_>],
    places: &[usize],
    operations: &mut [Operation],
) {
    for (operation, place) in operations.iter_mut().zip(places) {
        if operation.method.is_safe() || operation.is_async() {
            continue;
        }
        let own = tables.iter().filter(|read| read.operation == Some(*place));
        let answers = own.filter(|read| read.role == Role::Response && read.subjects.is_empty());
        let told = answers.flat_map(|read| &read.rows).find(|row| is_told(row));
        if let Some(row) = told {
            operation.statements.push(Statement {
                constraint: Constraint::AsyncJob,
                at: Provenance::line(document, row.line),
                rule: "structure.job-id".to_owned(),
            });
        }
    }
}

fn is_told(row: &RowRead) -> bool {
    const IDS: [&str; 2] = ["jobid", "taskid"];
    let name = lexicon::squeeze(&row.name).replace('_', "");
    IDS.contains(&name.as_str()) && DOES.is_match(&row.prose.text())
}

#[cfg(test)]
mod tests {
    use crate::extract::{read, tests::document};

    #[test]
    fn the_row_of_a_job_may_say_that_the_operation_goes_on_in_it() {
        let is_async = |method: &str, name: &str, text: &str| {
            let page = format!(
                "# 1.1 Lighting a lamp\n# URI\n{method} /v1/lamps\n# Response\n| Parameter | Type | Description |\n| id | String | The lamp. |\n| {name} | String | {text} |\n"
            );
            read(&document(&page)).contract.operations[0].is_async()
        };
        for text in [
            "ID of the job for lighting the lamp.",
            "The ID of an asynchronous task.",
            "创建灯的任务ID。",
        ] {
            assert!(is_async("POST", "job_id", text), "{text}");
            assert!(!is_async("GET", "job_id", text), "{text}");
            assert!(!is_async("POST", "lamp_id", text), "{text}");
        }
        for text in ["ID of the lighting job.", "灯的任务ID。", "Job ID."] {
            assert!(!is_async("POST", "task_id", text), "{text}");
        }
    }
}
