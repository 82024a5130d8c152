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

impl Defect {
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
    ($($class:ident $word:literal $explanation:literal)*) => {
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

            /// What it does, with an example.
            pub fn explanation(self) -> &'static str {
                match self { $(DefectClass::$class => $explanation,)* }
            }
        }
    };
}

classes! {
    ConstraintIgnored "constraint-ignored" "A documented rule about requests is not enforced.\nExample: a name of 70 characters is accepted where 64 are allowed."
    LimitTooHigh "limit-too-high" "An aggregate limit is one higher than documented.\nExample: 41 volumes where 40 are allowed."
    LimitTooLow "limit-too-low" "An aggregate limit is one lower than documented.\nExample: the 40th volume is refused."
    KindWrong "kind-wrong" "A field of an answer has a kind that no source claims.\nExample: true instead of a text."
    ValueNull "value-null" "A field of an answer is null though nothing says that it may be."
    FieldMissing "field-missing" "A field that the document expects is not in the answer."
    FieldMisspelt "field-misspelt" "A field that the document expects is in the answer under another name."
    EnumOutside "enum-outside" "A field with a closed list of values has another one."
    FormatWrong "format-wrong" "A field with a documented format has a text of another format."
    StatusUndocumented "status-undocumented" "A success comes with a status that the document does not name."
    ServerError "server-error" "The operation does its work and answers 500 all the same."
    BodyNotJson "body-not-json" "The answer is a web page, not JSON."
    BodyCut "body-cut" "The answer's JSON ends in the middle."
    ContentTypeWrong "content-type-wrong" "An answer in JSON says that it is text/html."
    JobNeverEnds "job-never-ends" "A job runs for ever and never comes to an end."
    JobMovesBackwards "job-moves-backwards" "A job that ended is running again."
    JobStateUndocumented "job-state-undocumented" "A job is in a state that the document does not list."
    JobIdMissing "job-id-missing" "An asynchronous operation does not say which job it started."
    JobReasonMissing "job-reason-missing" "A failed job has none of the documented fields that say why."
    StateUnchanged "state-unchanged" "The operation says that it did its work, and does nothing."
    RefusedButChanged "refused-but-changed" "The operation refuses a request, and does it all the same."
    EnvelopeBroken "envelope-broken" "An error does not have the documented shape."
    ErrorCodeUndocumented "error-code-undocumented" "An error has a code that the document does not list."
    NoAuthentication "no-authentication" "A request without a valid token is served."
    AcceptsUnknown "accepts-unknown" "A request for something that does not exist is served."
}
