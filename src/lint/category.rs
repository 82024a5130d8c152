//! The kinds of flaws, each with a stable code and a page of explanation.

use std::fmt;

/// How much a flaw hurts the readers of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing: it may be meant so.
    Note,
    /// A reader has to guess, or reads on at the wrong place.
    Warning,
    /// Whoever follows one of the claims writes a client that does not work.
    Error,
}

impl Severity {
    /// All of them, the most serious first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word for people and files; those of SARIF.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Everything that is said of a category.
struct Page {
    code: &'static str,
    severity: Severity,
    /// What readers may rely on.
    promised: &'static str,
    /// What breaks that.
    broken: &'static str,
    /// An example of our own.
    example: &'static str,
    /// Why it matters, in one sentence.
    matters: &'static str,
    /// What to do about it, in one sentence.
    settle: &'static str,
}

/// Declares the categories: the enum, the list of all, and the page of each.
macro_rules! categories {
    ($($name:ident = $code:literal, $severity:ident {
        promised: $promised:literal, broken: $broken:literal, example: $example:literal,
        matters: $matters:literal, settle: $settle:literal $(,)?
    })+) => {
        /// The kind of a flaw. The order is that of reports, within one severity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "`explanation` documents each at length")]
        pub enum Category { $($name),+ }

        impl Category {
            /// All categories.
            pub const ALL: &'static [Category] = &[$(Category::$name),+];

            fn page(self) -> &'static Page {
                match self {
                    $(Category::$name => &Page {
                        code: $code, severity: Severity::$severity, promised: $promised,
                        broken: $broken, example: $example, matters: $matters, settle: $settle,
                    }),+
                }
            }
        }
    };
}

categories! {
    KindContradiction = "kind-contradiction", Error {
        promised: "every field has one type, and all tables and examples of a document agree on it.",
        broken: "a table and an example, or two tables, give one field different types.",
        example: "the table says that `lamp.watts` is an Integer, and the example shows \"60\".",
        matters: "A client generated from the table cannot read what the example shows, or sends what is refused.",
        settle: "Find out which type the service uses, and correct the other place.",
    }
    ValueContradiction = "value-contradiction", Error {
        promised: "examples show values that the text allows, and tables that list the values of one field list the same.",
        broken: "an example shows a value outside of what the table states, or two tables list different values.",
        example: "the table says that `lamp.state` is one of on, off, and the example shows \"dimmed\".",
        matters: "Who validates by the table rejects what the example shows; who copies the example may be refused.",
        settle: "Complete the list or range, or show an allowed value; write \"for example\" if the list is open.",
    }
    LimitContradiction = "limit-contradiction", Error {
        promised: "a field has the same limits, characters and format wherever a document describes it.",
        broken: "two descriptions of one field state different limits, characters or formats.",
        example: "`lamp.name` has at most 64 characters where lamps are made, and at most 255 where they are renamed.",
        matters: "A value that one operation takes may be refused or cut by the other.",
        settle: "State the true limit in both places, or say why the operations differ.",
    }
    StructureContradiction = "structure-contradiction", Error {
        promised: "a field stands at the same place in the table and in the example.",
        broken: "the example shows a field inside another object, or at another level, than the tables do.",
        example: "the table lists `watts` beside `lamp`, and the example shows it inside of `lamp`.",
        matters: "A client built from the table looks for the field at the wrong place, or sends it there.",
        settle: "Move the row to the table of the object that holds the field, or correct the example.",
    }
    NameMisprint = "name-misprint", Error {
        promised: "a name is spelt in one way.",
        broken: "a name is printed with other letters than everywhere else: a misread letter, another case, singular for plural.",
        example: "the table prints `lampld`, and paths and examples say `lampId`.",
        matters: "A name copied from the wrong place is a field that the service does not know.",
        settle: "Correct the spelling in the place that stands alone.",
    }
    CodeContradiction = "code-contradiction", Error {
        promised: "an error code comes with one HTTP status.",
        broken: "a code is listed with two statuses.",
        example: "`Lamp.0012` stands under 400 in one table and under 404 in another.",
        matters: "A client that branches by status handles the same failure in two ways.",
        settle: "Keep the row with the status that the service sends.",
    }
    StateUnknown = "state-unknown", Error {
        promised: "a state that an operation demands is one that the described field can have.",
        broken: "an operation demands or refuses a state that the field's list of values lacks.",
        example: "a lamp can be sold in state idle only, and `lamp.state` is one of on, off.",
        matters: "Who waits for that state may wait for ever.",
        settle: "Add the state to the list, or demand one that is listed.",
    }
    OperationContradiction = "operation-contradiction", Error {
        promised: "method, path and statuses of an operation are the same throughout a document.",
        broken: "two places of a document give an operation different methods, paths or statuses.",
        example: "the overview lists `POST /lamps/{id}`, and the page `PUT /lamps/{id}`.",
        matters: "One of the two requests does not exist.",
        settle: "Correct the place that is wrong.",
    }
    EditionKind = "edition-kind", Warning {
        promised: "an operation has the same types in every edition and language that is in force.",
        broken: "two editions give one field different types.",
        example: "`lamp.watts` is an Integer in the edition of 2030 and a String in that of 2031.",
        matters: "A client written for one edition fails where the other holds.",
        settle: "Correct the edition that is wrong; if the service changed, say since when.",
    }
    EditionLimit = "edition-limit", Warning {
        promised: "an operation has the same limits in every edition and language that is in force.",
        broken: "two editions state different limits, characters, formats or defaults for one field.",
        example: "the Chinese edition allows 64 characters, the English one 255.",
        matters: "What one edition allows may be refused where the other holds.",
        settle: "Correct the edition that is wrong; if regions differ, say so in both.",
    }
    EditionValue = "edition-value", Warning {
        promised: "a field has the same values in every edition and language that is in force.",
        broken: "two editions list different values for one field.",
        example: "`lamp.state` may be dimmed in the edition of 2031 only.",
        matters: "A client that knows one list fails on a value from the other.",
        settle: "Complete the shorter list; if the value is new, say since when.",
    }
    EditionPresence = "edition-presence", Warning {
        promised: "a field is mandatory in all editions in force, or in none.",
        broken: "one edition calls a field mandatory, another optional.",
        example: "`lamp.name` is mandatory in the English edition and optional in the Chinese one.",
        matters: "A request that is complete by one edition is refused by the other.",
        settle: "Correct the column in the edition that is wrong.",
    }
    EditionOperation = "edition-operation", Warning {
        promised: "an operation succeeds with the same statuses in every edition in force.",
        broken: "two editions share no status of success for an operation.",
        example: "deleting a lamp gives 204 in one edition and 202 in the other.",
        matters: "A client that waits for one status takes the other for a failure.",
        settle: "Correct the edition that is wrong.",
    }
    RequiredNotShown = "required-not-shown", Warning {
        promised: "an example shows every mandatory field.",
        broken: "an example leaves out a field that the table calls mandatory.",
        example: "`lamp.name` is mandatory, and the example request makes a lamp without a name.",
        matters: "Copying the example gives a request that is refused, or the table demands what is not needed.",
        settle: "Add the field to the example, or make it optional in the table.",
    }
    FieldUndocumented = "field-undocumented", Warning {
        promised: "tables list every field that examples show.",
        broken: "an example shows a field that no table of the operation has.",
        example: "the example answers with `lamp.colour`, and no row describes it.",
        matters: "Readers cannot know its type or meaning, and generated clients drop it.",
        settle: "Add a row for it, or take it out of the example.",
    }
    NullUndocumented = "null-undocumented", Warning {
        promised: "a field whose value may be null is said to be so.",
        broken: "an example shows null where the table states a type and does not speak of null.",
        example: "the table says that `lamp.shade` is a String, and the example shows null.",
        matters: "Strictly typed clients fail on null where they were told of a text or number.",
        settle: "Say in the row when the value is null.",
    }
    NameBroken = "name-broken", Warning {
        promised: "names can be copied from the page.",
        broken: "a blank stands inside of a name, left by a line that was wrapped.",
        example: "the table prints `wick_len gth`.",
        matters: "Whoever copies the name copies the blank, and sends an unknown field.",
        settle: "Take out the blank; let the column wrap without changing the text.",
    }
    ExampleCut = "example-cut", Warning {
        promised: "an example is printed in one piece.",
        broken: "a page break or a heading cuts an example, so that its parts are no JSON.",
        example: "the answer's first half ends in `\"lamps\": [` and its second half stands on the next page.",
        matters: "The example cannot be copied, and tools read half of it.",
        settle: "Print the example as one block.",
    }
    ExampleBroken = "example-broken", Warning {
        promised: "an example can be parsed.",
        broken: "braces, brackets, commas or quotes are missing or too many.",
        example: "`{\"lamp\": {\"id\": 1}` lacks its last brace.",
        matters: "Readers who copy it get a parse error instead of a first success.",
        settle: "Parse examples when the document is built, and print what was parsed.",
    }
    ReferenceMissing = "reference-missing", Warning {
        promised: "\"see table 7\" leads to table 7.",
        broken: "a printed reference names a table or title that is not there.",
        example: "the row of `lamp` refers to table 9 on a page that ends with table 8.",
        matters: "Readers find no description, or take that of another object.",
        settle: "Correct the number, or let the authoring tool make the link.",
    }
    CodeRepeated = "code-repeated", Warning {
        promised: "an error code is listed once.",
        broken: "a table lists a code twice.",
        example: "`Lamp.0012` stands in rows 3 and 9, with two messages.",
        matters: "Readers cannot know which of the meanings holds.",
        settle: "Join the rows, or correct the code of one.",
    }
    OperationUndescribed = "operation-undescribed", Warning {
        promised: "an operation that an overview lists has a page.",
        broken: "an overview lists an operation, and nothing in the document describes it.",
        example: "the overview lists `GET /v1/lamps/{lamp_id}/wick`, and no page has that path.",
        matters: "Readers learn that the operation exists, and not how to call it.",
        settle: "Add the page, correct the path in the overview, or drop the row.",
    }
    OperationUnlisted = "operation-unlisted", Warning {
        promised: "a list of operations, or of what they need, has all of them.",
        broken: "a list has most operations of the document, and leaves some out.",
        example: "the table of permissions has every operation on lamps but `GET /v1/lamps/{lamp_id}/wick`.",
        matters: "Readers cannot know whether what is left out needs nothing, or was forgotten.",
        settle: "Add the rows, or say that these operations need none.",
    }
    ParameterRenamed = "parameter-renamed", Warning {
        promised: "the parameter of a path has one name.",
        broken: "an overview or table of permissions calls it otherwise than the operation's own page.",
        example: "the overview has `/v1/lamps/{id}`, and the page `/v1/lamps/{lamp_id}`.",
        matters: "Generated clients name the argument by one of them, and readers look for the other.",
        settle: "Use the name of the page everywhere.",
    }
    TableUnused = "table-unused", Warning {
        promised: "a table that describes an object is referred to by the field that holds it.",
        broken: "a table of fields belongs to no operation, and no field leads to it.",
        example: "\"Table 8: shade\" stands on the page, and no row has an object `shade`.",
        matters: "Nobody can tell where these fields are sent or received.",
        settle: "Refer to the table from its field, or delete it.",
    }
    DocumentDamaged = "document-damaged", Warning {
        promised: "the text of a document is whole.",
        broken: "something in it could not be read: a caption without its table, bytes that are no text.",
        example: "\"Table 4: lamps\" is followed by the next heading.",
        matters: "What stood there reaches no reader, or only readers of another format.",
        settle: "Look at the lines in the source of the document, and publish it again.",
    }
    RulingStale = "ruling-stale", Warning {
        promised: "a ruling settles what the documents say.",
        broken: "the documents no longer say what a ruling in rulings.toml settled.",
        example: "a ruling takes 1 to 20 against 1 to 40, and the new edition says 1 to 30.",
        matters: "The ruling is not applied: what the documents say now counts.",
        settle: "Look at the documents, and change the ruling with its `was`, or delete it.",
    }
    RulingUnused = "ruling-unused", Warning {
        promised: "every ruling settles something.",
        broken: "a ruling in rulings.toml names what is not there, or says what the documents say anyway.",
        example: "a ruling is about `kettles.updat`, and there is no such operation.",
        matters: "Somebody believes that something is settled, and it is not, or no longer has to be.",
        settle: "Correct the name, or delete the ruling.",
    }
    RulingUndated = "ruling-undated", Note {
        promised: "a ruling says what the documents said when it was decided.",
        broken: "a ruling in rulings.toml has no `was`.",
        example: "a ruling on `lamp.watts` says what holds, and not what it was decided against.",
        matters: "Nobody will notice when the documents change under it.",
        settle: "Add the `was` that is shown.",
    }
    RulingInForce = "ruling-in-force", Note {
        promised: "what a person settled is shown wherever it counts.",
        broken: "nothing: a ruling in rulings.toml stands against what the documents say.",
        example: "a ruling takes 1 to 20, because the service refuses 21, and the table says 1 to 40.",
        matters: "The contract differs from the documents here until they are corrected.",
        settle: "Have the documents corrected; the ruling can then be deleted.",
    }
    ExamplesDisagree = "examples-disagree", Note {
        promised: "request and answer of one example belong together.",
        broken: "the answer shows another value than the one that the request sets.",
        example: "the request names the lamp \"north\", and the answer calls it \"south\".",
        matters: "Readers wonder whether the service changed the value.",
        settle: "Record both from one real call.",
    }
    StructureDiffers = "structure-differs", Note {
        promised: "one resource holds the same fields wherever it is answered.",
        broken: "the object of one resource has other fields in the answer to another method.",
        example: "showing a lamp gives `watts`, renaming it does not.",
        matters: "Clients need two types for one thing, or find fields missing.",
        settle: "If the answers are the same, share one table; if not, say so.",
    }
    EditionField = "edition-field", Note {
        promised: "an operation has the same fields in every edition and language that is in force.",
        broken: "one edition documents a field that another does not.",
        example: "only the English edition has `lamp.shade`.",
        matters: "Readers of the other edition do not know that the field exists.",
        settle: "Add the field to the other edition; if it is new, say since when.",
    }
    ReferenceUnprinted = "reference-unprinted", Note {
        promised: "the row of an object says which table describes it.",
        broken: "a field is an object, and only the caption of some table shows where it goes on.",
        example: "`lamp.shade` is an Object without a reference, and \"Table 8: shade\" follows.",
        matters: "Readers have to search for the table, and may find the wrong one.",
        settle: "Refer to the table in the row.",
    }
    SentenceUnread = "sentence-unread", Note {
        promised: "what must hold is said so that it can be checked.",
        broken: "a sentence looks like a constraint, and Proofhouse has no rule that reads it.",
        example: "\"The shade must suit the wick.\"",
        matters: "Nobody tests it: it is unclear, or Proofhouse has to learn the phrase.",
        settle: "Name the field and the values or limits; if it is clear as it stands, tell the makers of Proofhouse.",
    }
}

impl Category {
    /// The stable code: `kind-contradiction`.
    pub fn code(self) -> &'static str {
        self.page().code
    }

    /// How much flaws of this kind hurt.
    pub fn severity(self) -> Severity {
        self.page().severity
    }

    /// Why it matters, in one sentence.
    pub fn matters(self) -> &'static str {
        self.page().matters
    }

    /// What to do about it, in one sentence.
    pub fn settle(self) -> &'static str {
        self.page().settle
    }

    /// What is promised, in one sentence.
    pub fn promised(self) -> &'static str {
        self.page().promised
    }

    /// The category of this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Category::ALL
            .iter()
            .copied()
            .find(|known| known.code() == code)
    }

    /// The page that `proofhouse explain` prints.
    pub fn explanation(self) -> String {
        let page = self.page();
        format!(
            "Promised: {}\nBroken: {}\nExample: {}\nWhy it matters: {}\nHow to settle it: {}\nSeverity: {}",
            page.promised,
            page.broken,
            page.example,
            page.matters,
            page.settle,
            page.severity.word()
        )
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stable_words_and_name_one_category_each() {
        for category in Category::ALL {
            let code = category.code();
            assert_eq!(Category::of_code(code), Some(*category));
            assert!(
                code.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{code}"
            );
        }
        assert_eq!(Category::of_code("no-such-code"), None);
    }

    #[test]
    fn the_most_serious_categories_come_first() {
        let severities: Vec<Severity> =
            Category::ALL.iter().map(|known| known.severity()).collect();
        assert!(severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
    }
}
