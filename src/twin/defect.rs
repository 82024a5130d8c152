//! Defects: labelled ways in which a Twin can be made to break the Contract.

use std::fmt;

use crate::contract::{FieldPath, OperationId, StatementId};

/// One way to break one promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// Names it: `kettles.update/ignored/name/length_range`.
    pub id: String,
    /// What kind of illness it is.
    pub class: DefectClass,
    /// The operation that is ill.
    pub operation: OperationId,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// The statement that is no longer kept, where it is about one.
    pub statement: Option<StatementId>,
    /// What it does, in a few words.
    pub title: String,
}

impl DefectClass {
    /// Whether a promise is broken. What breaks none is told as a note, and accuses nobody.
    pub fn breaks_a_promise(self) -> bool {
        !matches!(
            self,
            DefectClass::FieldUndocumented | DefectClass::OtherClaim
        )
    }
}

impl Defect {
    /// Whether a limit is enforced, but not where it stands.
    pub fn moves_a_limit(&self) -> bool {
        use DefectClass as C;
        matches!(
            self.class,
            C::LimitWidened | C::LimitNarrowed | C::LimitTooHigh | C::LimitTooLow
        )
    }

    /// The statement about requests that the Twin no longer enforces.
    pub(super) fn excuses(&self) -> Option<&StatementId> {
        self.statement
            .as_ref()
            .filter(|_| self.class == DefectClass::ConstraintIgnored)
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.title)
    }
}

macro_rules! classes {
    ($($class:ident $word:literal $promised:literal $broken:literal $example:literal)*) => {
        /// The kinds of illness.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each has an explanation")]
        pub enum DefectClass { $($class,)* }

        impl DefectClass {
            /// Every class.
            pub const ALL: &'static [DefectClass] = &[$(DefectClass::$class,)*];

            /// The stable word: `constraint-ignored`.
            pub fn word(self) -> &'static str {
                match self { $(DefectClass::$class => $word,)* }
            }

            /// What a server that has it does, in one sentence.
            pub fn broken(self) -> &'static str {
                match self { $(DefectClass::$class => $broken,)* }
            }

            /// What is promised, how it is broken, and an example, a line each.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(DefectClass::$class => concat!(
                        "Promised: ", $promised, "\nBroken: ", $broken, "\nExample: ", $example,
                    ),)*
                }
            }
        }
    };
}

classes! {
    ConstraintIgnored "constraint-ignored"
        "what is outside of a documented limit is refused."
        "A documented rule about requests is not enforced."
        "a name of 70 characters is accepted where 64 are allowed."
    LimitWidened "limit-widened"
        "what is outside of a documented limit is refused."
        "A limit of a value is read as one wider than documented."
        "a name of 65 characters is accepted where 64 are allowed."
    LimitNarrowed "limit-narrowed"
        "what is within a documented limit is accepted."
        "A limit of a value is read as one narrower than documented."
        "a name of 64 characters is refused where 64 are allowed."
    LimitTooHigh "limit-too-high"
        "there are never more of a thing than the limit says."
        "An aggregate limit is one higher than documented."
        "the 41st volume is accepted where 40 are allowed."
    LimitTooLow "limit-too-low"
        "as many of a thing as the limit says are accepted."
        "An aggregate limit is one lower than documented."
        "the 40th volume is refused where 40 are allowed."
    KindWrong "kind-wrong"
        "every field has its documented type."
        "A field of an answer has a kind that no source claims."
        "true instead of a text."
    ValueNull "value-null"
        "null stands only where the document shows or says it."
        "A field of an answer is null though nothing says that it may be."
        "`\"lamp\": null` where every example shows a lamp."
    FieldMissing "field-missing"
        "what every example of an answer shows is in every answer."
        "A field that the document expects is not in the answer."
        "a list of lamps whose lamps have no `id`."
    FieldMisspelt "field-misspelt"
        "fields have the documented names, letter by letter."
        "A field that the document expects is in the answer under another name."
        "`lampId` where the table says `lamp_id`."
    EnumOutside "enum-outside"
        "a closed list names all values that a field can have."
        "A field with a closed list of values has another one."
        "a lamp is `dim` where only `on` and `off` are listed."
    FormatWrong "format-wrong"
        "a text has its documented format."
        "A field with a documented format has a text of another format."
        "an id of six digits where a UUID is promised."
    StatusUndocumented "status-undocumented"
        "a success has the documented status."
        "A success comes with a status that the document does not name."
        "299 where 200 is documented."
    ServerError "server-error"
        "whatever is asked, the server does not fail."
        "The operation does its work and answers 500 all the same."
        "a lamp is made, and the answer is 500."
    BodyNotJson "body-not-json"
        "a successful answer has the documented JSON body."
        "The answer is a web page, not JSON."
        "`<html>` with status 200."
    BodyCut "body-cut"
        "a successful answer is one whole JSON text."
        "The answer's JSON ends in the middle."
        "`{\"lamps\": [{\"id\"` and nothing more."
    ContentTypeWrong "content-type-wrong"
        "a JSON body is labelled as JSON."
        "An answer in JSON says that it is text/html."
        "`Content-Type: text/html` before `{\"lamps\": []}`."
    JobNeverEnds "job-never-ends"
        "a job comes to an end."
        "A job runs for ever and never comes to an end."
        "RUNNING after an hour."
    JobMovesBackwards "job-moves-backwards"
        "a job moves forward and stays where it ended."
        "A job that ended is running again."
        "SUCCESS, then RUNNING."
    JobStateUndocumented "job-state-undocumented"
        "a job is in one of the listed states."
        "A job is in a state that the document does not list."
        "PAUSED where INIT, RUNNING, SUCCESS and FAIL are listed."
    JobIdMissing "job-id-missing"
        "an asynchronous operation names the job that does the work."
        "An asynchronous operation does not say which job it started."
        "202 with `{}`."
    JobOfAnother "job-of-another"
        "a job shows the id of what its request named."
        "A job shows ids of other things than the one that it was started for."
        "`lamp_id` of b2 in the job of `POST /v1/lamps/b1/switch`."
    JobReasonMissing "job-reason-missing"
        "a job that failed says why."
        "A failed job has none of the documented fields that say why."
        "FAIL without `error_code` and `fail_reason`."
    JobEndsEarly "job-ends-early"
        "a job does not end before it began."
        "A job that ended says that it did so before it began."
        "`begin_time` of 10:00 and `end_time` of the day before."
    StateUnchanged "state-unchanged"
        "an operation has its documented effect."
        "The operation says that it did its work, and does nothing."
        "a lamp is renamed with 200, and has its old name."
    RefusedButChanged "refused-but-changed"
        "a refused request changes nothing."
        "The operation refuses a request, and does it all the same."
        "a name that is too long is refused with 400, and stored."
    EnvelopeBroken "envelope-broken"
        "an error has the documented shape."
        "An error does not have the documented shape."
        "`{\"oops\": 1}` where `{\"error\": {\"code\", \"message\"}}` is documented."
    ErrorCodeUndocumented "error-code-undocumented"
        "the code of an error is in the table of codes."
        "An error has a code that the document does not list."
        "`Lamp.9999`."
    NoAuthentication "no-authentication"
        "without a valid token nothing is told and nothing is done."
        "A request without a valid token is served."
        "a list of lamps for a caller without a token."
    WorksOnce "works-once"
        "an operation has its documented effect each time."
        "The operation does its work the first time only, and says the same each time."
        "the second lamp that is removed stays."
    IdleWhenGiven "idle-when-given"
        "an operation has its documented effect whatever else it is given."
        "Given a field that may be left out, the operation says that it did its work, and does nothing."
        "a lamp is removed `by_force`, with 200, and burns on."
    ProjectsMixed "projects-mixed"
        "what belongs to one project is shown to nobody of another one."
        "A request that names another project in its path is served."
        "a list of the neighbour's lamps."
    QueryIgnored "query-ignored"
        "a query parameter has its documented effect."
        "A query parameter is read as if it were not there."
        "`limit=1` shows ten lamps."
    WriteForgotten "write-forgotten"
        "what an accepted request says is kept."
        "A field of an accepted request is dropped."
        "a lamp is described, and shows no description."
    AnswerHalf "answer-half"
        "an answer is as long as its headers say."
        "The answer ends before that. Over HTTP, which knows its bodies, it is cut like body-cut."
        "Content-Length says 120 and 60 bytes come."
    JobUnknown "job-unknown"
        "the job that an operation names can be shown."
        "An asynchronous operation names a job that does not exist."
        "202 with a job_id of zeros."
    JobRestless "job-restless"
        "what a job came to does not change any more."
        "A field of an ended job goes on changing."
        "SUCCESS with another `job_type` each time."
    JobPartsContradict "job-parts-contradict"
        "a job succeeds when its parts do."
        "A job is shown as successful of which a part failed."
        "SUCCESS around a part in FAIL."
    CountWrong "count-wrong"
        "a number beside a list says how many there are."
        "A number that counts a list is one too large."
        "`\"total\": 4` beside three lamps."
    FieldUndocumented "field-extra"
        "nothing; a field that no table mentions is told all the same."
        "An answer has a field that no table mentions."
        "`\"paint\": \"white\"` where no table knows `paint`."
    OtherClaim "other-claim"
        "two things at once, because sources dispute the kind of a field."
        "The Twin takes the other side than it usually does."
        "a text where the table says Integer and the example shows a text."
    AcceptsUnknown "accepts-unknown"
        "what does not exist is not found."
        "A request for something that does not exist is served."
        "200 for a lamp that nobody made."
}
