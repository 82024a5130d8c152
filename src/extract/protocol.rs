//! What holds for all operations: statuses, error codes, error envelopes, asynchronous jobs.
//!
//! Main entries: [`statuses`], [`error_codes`], [`envelopes`], [`jobs`]. Nothing here knows an
//! operation or a field by name; general words for codes, messages and states decide.

use hashbrown::HashSet;
use std::sync::LazyLock;

use super::lexicon::Column;
use super::pattern::{Pattern, compile};
use super::sections::{Content, Page};
use super::tables::{self, Role, TableRead};
use crate::contract::{
    Constraint, Envelope, ErrorCode, Field, FieldPath, JobProtocol, Kind, Operation, Presence,
    Scalar, Segment, Statement, StatusCode,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// The statuses listed outside of any operation.
pub fn statuses(document: &DocumentId, tables: &[TableRead<'_>]) -> Vec<StatusCode> {
    let shared = tables
        .iter()
        .filter(|read| read.role == Role::Status && read.operation.is_none());
    let mut seen = HashSet::new();
    let listed = shared.flat_map(|read| status_rows(document, read));
    listed
        .filter(|(code, _)| seen.insert(*code))
        .map(|(code, at)| StatusCode { code, at })
        .collect()
}

/// The rows of a status table.
pub fn status_rows(document: &DocumentId, read: &TableRead<'_>) -> Vec<(u16, Provenance)> {
    let rows = read.table.rows.iter().enumerate();
    rows.filter_map(|(place, row)| {
        let status = tables::cell(read.table, place, &read.columns, Column::Status);
        let code = tables::status_of(status.or(row.cells.first()))?;
        Some((code, at(document, read, place, row.line)))
    })
    .collect()
}

/// What a line says of an answer that went well.
const WENT_WELL: [&str; 4] = ["正常", "成功", "normal", "success"];
/// Characters of a line that names a status; a longer one explains something.
const SHORT: usize = 60;

/// The statuses that a short line names: `202`, `Normal: 204`.
pub fn named_statuses(line: &str) -> impl Iterator<Item = u16> {
    let squeezed = super::lexicon::squeeze(line);
    let names = line.chars().count() <= SHORT
        && (squeezed.parse::<u16>().is_ok()
            || super::lexicon::status_label(line).is_some()
            || squeezed.starts_with("statuscode")
            || WENT_WELL.iter().any(|word| squeezed.contains(word)));
    let numbers = line.split(|c: char| !c.is_ascii_alphanumeric());
    numbers
        .filter(move |number| names && number.len() == 3)
        .filter_map(|number| number.parse().ok())
}

fn at(document: &DocumentId, read: &TableRead<'_>, place: usize, line: u32) -> Provenance {
    Provenance {
        document: document.clone(),
        page: None,
        line,
        table: read.table.number.as_deref().map(Into::into),
        row: u32::try_from(place + 1).ok(),
    }
}

/// The rows of all tables of error codes.
pub fn error_codes(document: &DocumentId, tables: &[TableRead<'_>]) -> Vec<ErrorCode> {
    let mut found = Vec::new();
    for read in tables
        .iter()
        .filter(|read| read.columns.contains(&Column::Code))
    {
        if read.columns.contains(&Column::Kind) {
            continue;
        }
        let mut status = None;
        for (place, row) in read.table.rows.iter().enumerate() {
            let cell = |column| tables::cell(read.table, place, &read.columns, column);
            // A status printed once holds for the rows below it.
            status = tables::status_of(cell(Column::Status)).or(status);
            let code: String = cell(Column::Code)
                .map(|code| code.text().split_whitespace().collect())
                .unwrap_or_default();
            if is_code(&code) {
                found.push(ErrorCode {
                    code,
                    status,
                    at: at(document, read, place, row.line),
                });
            }
        }
    }
    found
}

fn is_code(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c));
    plain
        && text.len() > 1
        && text
            .chars()
            .any(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '_')
}

fn is_code_name(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "code" | "error_code" | "errorcode" | "err_code" | "errcode"
    )
}

fn is_message_name(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "message"
            | "error_msg"
            | "error_message"
            | "errormessage"
            | "errormsg"
            | "msg"
            | "errmsg"
            | "err_msg"
    )
}

/// The shapes of an error answer: from the fields of error tables, and from flat examples.
pub fn envelopes(
    document: &DocumentId,
    pages: &[Page<'_>],
    failures: &[(Vec<Field>, Provenance)],
) -> Vec<Envelope> {
    let mut found: Vec<Envelope> = Vec::new();
    /// No service has more shapes of an error.
    const MOST: usize = 50;
    let mut keep = |envelope: Envelope| {
        if found.len() < MOST && found.iter().all(|known| known.code != envelope.code) {
            found.push(envelope);
        }
    };
    for (fields, at) in failures {
        envelope_of(fields, &FieldPath::default(), at)
            .into_iter()
            .for_each(&mut keep);
    }
    for page in pages {
        for part in &page.parts {
            if let Content::Code(code) = part.content {
                shown(code, &Provenance::line(document, part.lines.first))
                    .into_iter()
                    .for_each(&mut keep);
            }
        }
    }
    found
}

/// The envelope among these fields or one level below.
fn envelope_of(fields: &[Field], path: &FieldPath, at: &Provenance) -> Option<Envelope> {
    let code = fields.iter().find(|field| is_code_name(&field.name));
    let message = fields.iter().find(|field| is_message_name(&field.name));
    if let (Some(code), Some(message)) = (code, message) {
        return Some(Envelope {
            code: path.child(&Kind::Object, &code.name),
            message: path.child(&Kind::Object, &message.name),
            at: at.clone(),
        });
    }
    if path.0.len() > 1 {
        return None;
    }
    fields
        .iter()
        .filter(|field| field.kind == Kind::Object)
        .find_map(|field| {
            let path = path.child(&Kind::Object, &field.name);
            envelope_of(&field.children, &path, at)
        })
}

static KEYS: LazyLock<Pattern> =
    LazyLock::new(|| compile(r#""([A-Za-z_][A-Za-z0-9_]*)"\s*:\s*([{\["A-Za-z0-9])"#));

/// Members that may stand beside the code and the message of an error.
const BESIDE: [&str; 6] = [
    "request_id",
    "requestid",
    "trace_id",
    "traceid",
    "details",
    "timestamp",
];

/// The envelope that a small example shows: a code and a message and hardly anything else, flat or
/// inside of one object.
fn shown(code: &str, at: &Provenance) -> Option<Envelope> {
    if code.len() > 400 || !code.trim_start().starts_with('{') {
        return None;
    }
    let keys: Vec<(String, bool)> = KEYS
        .captures_iter(code)
        .map(|hit| (hit[1].to_owned(), &hit[2] == "{"))
        .take(6)
        .collect();
    let (path, inner) = match keys.as_slice() {
        [(outer, true), inner @ ..] => (FieldPath::root(outer), inner),
        inner => (FieldPath::default(), inner),
    };
    let is_beside = |name: &str| BESIDE.contains(&name.to_lowercase().as_str());
    let told: Vec<&(String, bool)> = inner.iter().filter(|(name, _)| !is_beside(name)).collect();
    let [(first, false), (second, false)] = told.as_slice() else {
        return None;
    };
    let (code, message) = match (is_code_name(first), is_code_name(second)) {
        (true, false) if is_message_name(second) => (first, second),
        (false, true) if is_message_name(first) => (second, first),
        _ => return None,
    };
    // An error named after what went wrong is an example of a shape, not the shape.
    let general = path.0.is_empty() || path.leaf().eq_ignore_ascii_case("error");
    general.then(|| Envelope {
        code: path.child(&Kind::Object, code),
        message: path.child(&Kind::Object, message),
        at: at.clone(),
    })
}

/// What the name of a job's state says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JobState {
    /// Not begun yet.
    Waiting,
    Running,
    Succeeded,
    Failed,
}

fn job_state(state: &str) -> Option<JobState> {
    Some(match state.to_lowercase().as_str() {
        "success" | "succeed" | "succeeded" | "successful" | "finished" | "finish"
        | "completed" | "complete" | "done" => JobState::Succeeded,
        "fail" | "failed" | "failure" | "error" | "aborted" | "cancelled" | "canceled"
        | "timeout" => JobState::Failed,
        "init" | "initializing" | "initialising" | "pending" | "queued" | "queue" | "waiting"
        | "submitted" | "scheduled" => JobState::Waiting,
        "running" | "run" | "processing" | "started" | "in_progress" | "in-progress"
        | "inprogress" | "executing" => JobState::Running,
        _ => return None,
    })
}

/// How jobs are followed: the operation whose path ends in an id that other operations answer
/// with, and whose own answer has a field of states that run, succeed and fail.
pub fn jobs(operations: &[Operation]) -> Option<JobProtocol> {
    let answering = operations
        .iter()
        .filter(|other| other.method != Method::Get);
    let answered: HashSet<&str> = answering
        .flat_map(|other| other.response.iter().flat_map(|body| &body.fields))
        .map(|field| field.name.as_str())
        .collect();
    operations.iter().find_map(|operation| {
        let Some(Segment::Parameter(id)) = operation.path.0.last() else {
            return None;
        };
        if operation.method != Method::Get || !answered.contains(id.as_str()) {
            return None;
        }
        let fields = operation.response_fields();
        let mut states: Vec<_> = fields
            .iter()
            .filter_map(|(path, field)| Some((path, state_field(field)?)))
            .collect();
        states.sort_by_key(|(path, _)| path.0.len());
        let (path, (values, at)) = states.into_iter().next()?;
        let of = |wanted| -> Vec<String> {
            values
                .iter()
                .filter(|value| job_state(value) == Some(wanted))
                .cloned()
                .collect()
        };
        Some(JobProtocol {
            operation: operation.id.clone(),
            id: id.clone(),
            state: path.clone(),
            // Lists are not in the order of time, so the words decide what comes first.
            running: [of(JobState::Waiting), of(JobState::Running)].concat(),
            succeeded: of(JobState::Succeeded),
            failed: of(JobState::Failed),
            reasons: reasons(operation),
            at,
        })
    })
}

/// The states of a field, when they are those of a job.
fn state_field(field: &Field) -> Option<(Vec<String>, Provenance)> {
    field.statements.iter().find_map(|statement| {
        let Constraint::Enum { values, .. } = &statement.constraint else {
            return None;
        };
        let words: Vec<String> = values
            .iter()
            .filter_map(|value| match value {
                Scalar::Text(text) => Some(text.clone()),
                Scalar::Null | Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Decimal(_) => None,
            })
            .collect();
        let has = |wanted| words.iter().any(|word| job_state(word) == Some(wanted));
        let all = (has(JobState::Waiting) || has(JobState::Running))
            && has(JobState::Succeeded)
            && has(JobState::Failed);
        all.then(|| (words, statement.at.clone()))
    })
}

/// The fields beside the state that say why a job failed.
fn reasons(operation: &Operation) -> Vec<FieldPath> {
    let fields = operation.response.iter().flat_map(|body| &body.fields);
    let is_reason = |name: &str| {
        let name = name.to_lowercase();
        is_code_name(&name)
            || is_message_name(&name)
            || name.contains("reason")
            || name.starts_with("error")
    };
    fields
        .filter(|field| field.kind == Kind::String && is_reason(&field.name))
        .map(|field| FieldPath::root(&field.name))
        .collect()
}

/// Marks the operations that answer with the id of a job. `answered` gives, for each operation,
/// the line that says what comes back.
pub fn mark_asynchronous(
    operations: &mut [Operation],
    jobs: &JobProtocol,
    answered: &[Option<Provenance>],
) {
    for (operation, answered) in operations.iter_mut().zip(answered) {
        let marked = operation.is_async() || operation.id == jobs.operation;
        let field = operation
            .response
            .iter()
            .flat_map(|body| &body.fields)
            .find(|field| field.name == jobs.id);
        if let (Some(field), false) = (field, marked) {
            operation.statements.push(Statement {
                constraint: Constraint::AsyncJob,
                at: answered.clone().unwrap_or_else(|| field.at.clone()),
                rule: "structure.job-id".to_owned(),
            });
        }
    }
}

/// Lists of parts of a job are described once, as the job is: `sub_jobs` without a table of its own
/// holds what has the members of a job.
pub fn describe_parts(operations: &mut [Operation], jobs: &JobProtocol) {
    let shows = operations
        .iter_mut()
        .find(|operation| operation.id == jobs.operation);
    let Some(body) = shows.and_then(|operation| operation.response.as_mut()) else {
        return;
    };
    let part = without_parts(&body.fields);
    for field in &mut body.fields {
        describe_part(field, &part);
    }
}

fn describe_part(field: &mut Field, part: &[Field]) {
    if is_list_of_parts(field) {
        field.children = part.to_vec();
    } else {
        let inner = field.children.iter_mut();
        inner.for_each(|child| describe_part(child, part));
    }
}

/// The members of a job that is itself a part: each may be left out.
fn without_parts(fields: &[Field]) -> Vec<Field> {
    let own = fields.iter().filter(|field| !is_list_of_parts(field));
    let part = own.map(|field| Field {
        presence: Presence::Optional,
        children: without_parts(&field.children),
        ..field.clone()
    });
    part.collect()
}

fn is_list_of_parts(field: &Field) -> bool {
    let is_list = matches!(&field.kind, Kind::Array(of) if **of == Kind::Object);
    is_list && field.children.is_empty() && field.name.to_lowercase().starts_with("sub")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;
    use crate::extract::tests::reading;
    use crate::source::DocumentId;

    #[test]
    fn parts_of_a_job_without_a_table_are_jobs() {
        let shown = "job_id status entities.lamp_id entities.sub_jobs";
        let mut operation = sample::operation("GET /v1/jobs/{job_id}", "", shown);
        let fields = &mut operation.response.as_mut().unwrap().fields;
        let sub_jobs = fields.iter_mut().flat_map(|field| &mut field.children);
        let sub_jobs = sub_jobs.filter(|field| field.name == "sub_jobs");
        sub_jobs.for_each(|field| field.kind = Kind::Array(Box::new(Kind::Object)));
        let jobs = JobProtocol {
            operation: operation.id.clone(),
            id: "job_id".to_owned(),
            state: FieldPath::root("status"),
            running: Vec::new(),
            succeeded: Vec::new(),
            failed: Vec::new(),
            reasons: Vec::new(),
            at: sample::at(),
        };
        let mut operations = [operation];
        describe_parts(&mut operations, &jobs);
        let told = operations[0].response_fields().into_iter();
        let told: Vec<String> = told.map(|(path, _)| path.to_string()).collect();
        assert!(
            told.contains(&"entities.sub_jobs[].status".to_owned()),
            "{told:?}"
        );
        assert!(
            told.contains(&"entities.sub_jobs[].entities.lamp_id".to_owned()),
            "{told:?}"
        );
        assert!(!told.iter().any(|path| path.matches("sub_jobs").count() > 1));
    }

    #[test]
    fn envelopes_are_seen_in_small_examples() {
        let at = Provenance::line(&DocumentId::new("lamps"), 1);
        for (code, expected) in [
            (
                r#"{"error_code": "L.1", "error_msg": "no oil"}"#,
                Some("error_code"),
            ),
            (
                r#"{"error": {"message": "", "code": XXX}}"#,
                Some("error.code"),
            ),
            (
                r#"{"error": {"code": "L.1", "message": "no oil", "request_id": "7"}}"#,
                Some("error.code"),
            ),
            (r#"{"noOil": {"message": "", "code": 404}}"#, None),
            (r#"{"code": 1, "lamp": "x"}"#, None),
        ] {
            let found = shown(code, &at).map(|envelope| envelope.code.to_string());
            assert_eq!(found.as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn a_short_line_names_a_status() {
        let named = |line| named_statuses(line).collect::<Vec<_>>();
        assert_eq!(named("202"), [202]);
        assert_eq!(named("正常返回值：201。其他请参见状态码。"), [201]);
        assert_eq!(named("Normal: 200 or 204"), [200, 204]);
        assert!(named("The 203 lamps of the coast").is_empty());
        let long = "Normal oil burns at 210 degrees, and whoever needs more heat asks the keeper.";
        assert!(named(long).is_empty());
    }

    #[test]
    fn states_are_known_by_general_words() {
        assert_eq!(job_state("SUCCESS"), Some(JobState::Succeeded));
        assert_eq!(job_state("queued"), Some(JobState::Waiting));
        assert_eq!(job_state("processing"), Some(JobState::Running));
        assert_eq!(job_state("lit"), None);
    }

    #[test]
    fn codes_beyond_those_of_http_are_no_statuses() {
        let text = "\
# 6.1 Lamp states
| Returned Value | Description |
| 100 | Dark. |
| 200 | Lit. |
| 800 | Broken. |
";
        assert_eq!(reading(text).contract.statuses, []);
    }
}
