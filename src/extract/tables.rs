//! Says of every table what it is for, and reads its rows.
//!
//! Main entry: [`read`]. The role of a table follows from its columns, its caption and the section
//! it stands in, in that order of trust.

use super::asked::{self, Asked};
use super::columns;
use super::kinds;
use super::lexicon::{self, Column, Section};
use super::names::Vocabulary;
use super::rates;
use super::references::{self, Mention};
use super::sections::{Content, Page};
use super::uri::{self, Uri};
use crate::contract::{Kind, Presence};
use crate::document::{Piece, Prose, Row, Table};
use crate::wire::Method;

/// What a table is for. The words are those of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Role {
    Path,
    Query,
    Header,
    Request,
    Response,
    Error,
    Status,
    Limits,
    Permissions,
    Structure,
    Overview,
}

impl Role {
    /// The word of the inventory.
    pub fn word(self) -> &'static str {
        match self {
            Role::Path => "path",
            Role::Query => "query",
            Role::Header => "header",
            Role::Request => "request",
            Role::Response => "response",
            Role::Error => "error",
            Role::Status => "status",
            Role::Limits => "limits",
            Role::Permissions => "permissions",
            Role::Structure => "structure",
            Role::Overview => "overview",
        }
    }
}

/// A table, understood.
#[derive(Clone, Debug)]
pub struct TableRead<'a> {
    /// As printed.
    pub table: &'a Table,
    /// The page it stands on.
    pub page: usize,
    /// Its place among the parts of the page.
    pub part: usize,
    /// The section it stands in.
    pub section: Section,
    /// What its columns hold.
    pub columns: Vec<Column>,
    /// What it is for.
    pub role: Role,
    /// The operation it belongs to, as a position in the list of operations.
    pub operation: Option<usize>,
    /// The names that the caption is about.
    pub subjects: Vec<String>,
    /// Whether its rows define fields.
    pub defines_fields: bool,
    /// Its rows.
    pub rows: Vec<RowRead>,
}

/// A row, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRead {
    /// The line it starts on.
    pub line: u32,
    /// Its place, counted from 1.
    pub number: u32,
    /// The name, repaired.
    pub name: String,
    /// The name as printed, where it was repaired.
    pub printed: Option<String>,
    /// The text of the kind column.
    pub kind_text: Option<String>,
    /// The line of the kind column.
    pub kind_line: u32,
    /// The kind.
    pub kind: Kind,
    /// The structure that the kind names.
    pub structure: Option<String>,
    /// What the mandatory column says.
    pub required: Option<bool>,
    /// What the row says about the field.
    pub prose: Prose,
    /// What the default column says.
    pub default: Option<String>,
    /// How many characters the kind column allows.
    pub longest: Option<u32>,
    /// The tables and titles it points at.
    pub mentions: Vec<Mention>,
}

impl RowRead {
    /// The tables that its kind points at.
    pub(super) fn kind_mentions(&self) -> impl Iterator<Item = &Mention> {
        let line = self.kind_line;
        let text = self.kind_text.as_deref().unwrap_or("");
        let points = move |mention: &&Mention| {
            mention.line == line && mention.number.is_some() && text.contains(&mention.printed)
        };
        self.mentions.iter().filter(points)
    }

    /// What the mandatory column says, as the Contract has it.
    pub fn presence(&self) -> Presence {
        match self.required {
            Some(true) => Presence::Required,
            Some(false) => Presence::Optional,
            None => Presence::Unstated,
        }
    }
}

/// Every table of the document. Operations and roles by operation are added later, by
/// [`super::operations`]; roles here are those that a table has alone.
pub fn read<'a>(pages: &[Page<'a>], vocabulary: &Vocabulary) -> Vec<TableRead<'a>> {
    let mut found: Vec<TableRead<'a>> = Vec::new();
    for (page, parts) in pages.iter().enumerate() {
        let mut before = None;
        let mut asked = Asked::default();
        for (place, part) in parts.parts.iter().enumerate() {
            if let Content::Table(table) = part.content {
                let mut read = read_one(table, (page, place), part.section, vocabulary);
                let is_row = |name: &String| {
                    let here = found.iter().rev().take_while(|read| read.page == page);
                    here.flat_map(|read| &read.rows)
                        .any(|row| row.name == *name)
                };
                if read.subjects.is_empty() {
                    read.subjects
                        .extend(asked::introduced(before).filter(is_row));
                }
                if read.subjects.is_empty() && table.caption.is_none() {
                    read.subjects.extend(asked.labelled(before, &read.rows));
                }
                if read.subjects.is_empty() {
                    read.subjects.extend(asked.for_members(table));
                }
                asked.hear(&read);
                found.push(read);
            }
            before = Some(part.content);
        }
    }
    found
}

fn read_one<'a>(
    table: &'a Table,
    (page, part): (usize, usize),
    section: Section,
    vocabulary: &Vocabulary,
) -> TableRead<'a> {
    let columns = columns_of(table);
    let role = role_alone(table, &columns, section);
    let defines_fields = role.is_none() && columns.contains(&Column::Name);
    TableRead {
        table,
        page,
        part,
        section,
        role: role.unwrap_or(Role::Structure),
        operation: None,
        subjects: subjects(table.caption.as_deref().unwrap_or("")),
        defines_fields,
        rows: rows(table, &columns, defines_fields, vocabulary),
        columns,
    }
}

/// What the columns hold. "Returned value" is a status or a code, which its neighbours tell.
fn columns_of(table: &Table) -> Vec<Column> {
    let mut columns: Vec<Column> = table
        .header
        .iter()
        .map(|cell| lexicon::column(cell))
        .collect();
    if let Some(place) = columns
        .iter()
        .position(|column| *column == Column::Returned)
    {
        columns[place] = if columns.contains(&Column::Status) {
            Column::Code
        } else {
            Column::Status
        };
    }
    columns
}

/// The role that columns and cells alone decide; nothing for tables that may define fields.
fn role_alone(table: &Table, columns: &[Column], section: Section) -> Option<Role> {
    let has = |column| columns.contains(&column);
    let routes = table
        .rows
        .iter()
        .filter(|row| {
            let begins = |cell: &Prose| uri::read(&cell.text()).is_some();
            row.cells.iter().any(begins) || !parted_routes(row).is_empty()
        })
        .count();
    if routes > 0 && routes * 2 >= table.rows.len() {
        return Some(if has(Column::Limit) || has_rates(table) {
            Role::Limits
        } else if has(Column::Action) || has(Column::Permission) {
            Role::Permissions
        } else {
            Role::Overview
        });
    }
    if has(Column::Code) && !has(Column::Kind) {
        return Some(Role::Error);
    }
    if (has(Column::Status) || section == Section::Statuses) && !has(Column::Kind) {
        let statuses = table
            .rows
            .iter()
            .filter(|row| status_of(row.cells.first()).is_some())
            .count();
        if statuses > 0 && !counts_beyond_statuses(table) {
            return Some(Role::Status);
        }
    }
    None
}

/// Whether the first column has numbers that no HTTP status is: those are codes of something else.
fn counts_beyond_statuses(table: &Table) -> bool {
    let firsts = table.rows.iter().filter_map(|row| row.cells.first());
    let mut numbers = firsts.filter_map(|cell| cell.text().trim().parse::<u32>().ok());
    numbers.any(|number| !(100..600).contains(&number))
}

/// Whether a column says how often something may be called, whatever its header is.
fn has_rates(table: &Table) -> bool {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    cells
        .into_iter()
        .any(|cell| rates::per_minute(&cell.text()).is_some())
}

/// The routes of a row: each in a cell of its own, or a method and a path side by side.
pub fn routes(row: &Row) -> Vec<Uri> {
    let cells = row.cells.iter();
    let whole: Vec<Uri> = cells.flat_map(|cell| uri::read_all(&cell.text())).collect();
    match whole.is_empty() {
        true => parted_routes(row),
        false => whole,
    }
}

fn parted_routes(row: &Row) -> Vec<Uri> {
    let texts: Vec<String> = row.cells.iter().map(Prose::text).collect();
    let beside = texts.windows(2).filter_map(|pair| {
        let (method, path) = (pair[0].trim(), pair[1].trim());
        let is_route = method.parse::<Method>().is_ok() && path.starts_with('/');
        is_route
            .then(|| uri::read(&format!("{method} {path}")))
            .flatten()
    });
    beside.collect()
}

/// The status that a cell starts with: `404`, `404 Not Found`.
pub fn status_of(cell: Option<&Prose>) -> Option<u16> {
    let text = cell?.text();
    let word = text.split(|c: char| !c.is_ascii_digit()).next()?;
    let code: u16 = word.parse().ok()?;
    (word.len() == 3 && (100..600).contains(&code)).then_some(code)
}

/// The text of a column in a row, where the row has it.
pub fn cell<'t>(
    table: &'t Table,
    row: usize,
    columns: &[Column],
    wanted: Column,
) -> Option<&'t Prose> {
    let place = columns.iter().position(|column| *column == wanted)?;
    table.rows.get(row)?.cells.get(place)
}

fn rows(
    table: &Table,
    columns: &[Column],
    defines_fields: bool,
    vocabulary: &Vocabulary,
) -> Vec<RowRead> {
    let mut found: Vec<RowRead> = Vec::new();
    for place in 0..table.rows.len() {
        let row = row(table, place, columns, defines_fields.then_some(vocabulary));
        match found.last_mut() {
            // A page break split the row: its text goes on without a name.
            Some(before) if row.name.is_empty() && defines_fields => {
                before.mentions.extend(row.mentions);
                before.prose.pieces.extend(row.prose.pieces);
            }
            _ => found.push(row),
        }
    }
    found
}

/// One row; `repairing` names, where it defines a field.
fn row(table: &Table, place: usize, columns: &[Column], repairing: Option<&Vocabulary>) -> RowRead {
    let text = |column| {
        let cell = cell(table, place, columns, column)?.text();
        (!cell.trim().is_empty()).then_some(cell)
    };
    let (name, printed) = match repairing {
        Some(vocabulary) => vocabulary.repair(&text(Column::Name).unwrap_or_default()),
        None => (text(name_column(columns)).unwrap_or_default(), None),
    };
    let mut prose = prose_of(&table.rows[place].cells, columns);
    if let Some(range) = cell(table, place, columns, Column::Range) {
        prose.pieces.extend(columns::labelled(range));
    }
    let mandatory = cell(table, place, columns, Column::Mandatory);
    prose.pieces.extend(mandatory.and_then(beside_yes_or_no));
    let kind_text = text(Column::Kind);
    let line = table.rows[place].line;
    let kind_cell = cell(table, place, columns, Column::Kind);
    let kind_line = kind_cell
        .and_then(|cell| cell.pieces.first())
        .map_or(line, |piece| piece.line);
    let kind = kinds::read(kind_text.as_deref().unwrap_or(""));
    RowRead {
        line,
        number: u32::try_from(place + 1).unwrap_or(u32::MAX),
        name,
        printed,
        kind: kind.kind,
        structure: kind.structure,
        kind_text,
        kind_line,
        required: text(Column::Mandatory).and_then(|cell| lexicon::yes_or_no(&cell)),
        mentions: mentions(kind_cell, &prose),
        prose,
        default: text(Column::Default).filter(|default| !lexicon::says_nothing(default)),
        longest: kind.longest,
    }
}

/// The tables that a row points at, in its kind and in its text.
fn mentions(kind: Option<&Prose>, prose: &Prose) -> Vec<Mention> {
    let told = references::mentions(prose);
    let is_told = |mention: &Mention| told.iter().any(|other| other.number == mention.number);
    let mut found = kind.map(references::mentions).unwrap_or_default();
    found.retain(|mention| mention.number.is_some() && !is_told(mention));
    found.extend(told);
    found
}

/// What a cell says beside its yes or no: "No. Required when …".
fn beside_yes_or_no(cell: &Prose) -> Option<Piece> {
    const ANSWERS: [&str; 6] = ["是", "否", "yes", "no", "mandatory", "optional"];
    let first = cell.pieces.first()?;
    let text = cell.text();
    let rest = ANSWERS.iter().find_map(|answer| {
        let start = text.get(..answer.len())?;
        start
            .eq_ignore_ascii_case(answer)
            .then(|| &text[answer.len()..])
    })?;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '，' | '。');
    let rest = rest.trim_start_matches(is_mark);
    let text = rest.to_owned();
    (rest.chars().count() > 3).then(|| Piece {
        text,
        ..first.clone()
    })
}

/// The column that names a row of a table without fields: its code, its status, its first cell.
fn name_column(columns: &[Column]) -> Column {
    let known = [Column::Code, Column::Status, Column::Uri]
        .into_iter()
        .find(|column| columns.contains(column));
    known.or(columns.first().copied()).unwrap_or(Column::Other)
}

fn prose_of(cells: &[Prose], columns: &[Column]) -> Prose {
    let described = cells
        .iter()
        .zip(columns)
        .filter(|(_, column)| **column == Column::Description);
    Prose {
        pieces: described
            .flat_map(|(cell, _)| cell.pieces.iter().cloned())
            .collect(),
    }
}

/// Words of captions that are no names.
const GENERAL: &str = "a an and api array body data description descriptions details element elements error field \
    fields for format header http in list message normal object objects of parameter parameters path query request \
    response returned structure structures table the this uri url v1 v2 value values";

/// Words that are general in most captions, but are a field's name when nothing else is named.
const NAMES_IF_ALONE: &str = "error value message list data";

/// The names in a caption: `server data structure` is about `server`. Words that any caption may
/// have are left out.
pub fn subjects(caption: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.:$".contains(c);
    let words: Vec<&str> = caption
        .split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['-', '.', ':']))
        .filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()))
        .collect();
    let is_in = |list: &str, word: &str| {
        let word = word.to_lowercase();
        list.split_whitespace().any(|known| known == word)
    };
    let named = words.iter().filter(|word| !is_in(GENERAL, word));
    let names: Vec<String> = named.map(|word| (*word).to_owned()).collect();
    if names.is_empty() && !is_side(caption) {
        let alone = words.iter().find(|word| is_in(NAMES_IF_ALONE, word));
        return alone.iter().map(|word| (**word).to_owned()).collect();
    }
    names
}

/// Whether the caption only says which side of the exchange it is about.
pub(super) fn is_side(caption: &str) -> bool {
    let words = lexicon::squeeze(caption);
    ["request", "response", "请求", "响应", "要素"]
        .iter()
        .any(|side| words.contains(side))
        && !words.contains("structure")
}

/// The role that a caption gives away.
pub fn role_of_caption(caption: &str) -> Option<Role> {
    let words = lexicon::squeeze(caption);
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if says(&["查询参数", "query参数", "queryparameter"]) {
        Some(Role::Query)
    } else if says(&["路径参数", "path参数", "pathparameter", "uriparameter"]) {
        Some(Role::Path)
    } else if says(&["请求头", "请求消息头", "header", "消息头"]) {
        Some(Role::Header)
    } else if says(&[
        "异常响应",
        "错误响应",
        "失败响应",
        "失败返回",
        "失败时返回",
        "errorresponse",
        "abnormal",
    ]) {
        Some(Role::Error)
    } else if says(&[
        "响应参数",
        "响应体",
        "响应body",
        "返回体",
        "返回参数",
        "正常响应",
        "responseparameter",
        "responsebody",
        "normalresponse",
        "response",
    ]) {
        Some(Role::Response)
    } else if says(&[
        "请求参数",
        "请求体",
        "请求body",
        "requestparameter",
        "requestbody",
        "request",
    ]) {
        Some(Role::Request)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::{inventory, read, tests::document};
    use crate::source::DocumentId;

    #[test]
    fn a_field_called_like_a_side_has_its_members_below_it() {
        for name in [
            "response",
            "request",
            "body",
            "header",
            "query",
            "parameters",
        ] {
            for (kind, text, caption) in [
                ("Table 2", "What it says.", name),
                ("Table 2", "What it says.", "Parameter description"),
                ("Object", "What it says.", name),
            ] {
                let page = format!(
                    "# 1.1 Lighting a lamp\n# URI\nPOST /v1/lamps\n# Request\nTable 1 Parameter description\n| Parameter | Mandatory | Type | Description |\n| lamp | Yes | String | The lamp. |\n| {name} | No | {kind} | {text} |\n\nTable 2 {caption}\n| Parameter | Mandatory | Type | Description |\n| oil | Yes | String | A maximum of 9 characters. |\n"
                );
                let contract = read(&document(&page)).contract;
                let fields = contract.operations[0].request_fields();
                let paths: Vec<String> = fields.iter().map(|(path, _)| path.to_string()).collect();
                let below = format!("{name}.oil");
                assert_eq!(paths, ["lamp", name, &below], "{kind} {caption}");
            }
        }
    }

    #[test]
    fn a_label_before_a_table_may_name_the_field_that_it_is_about() {
        let page = "\
Lighting a Lamp
===============

URI
---

POST /v1/lamps

Request Parameters
------------------

-  Parameters in the request body

   ========= ========= ====== ===========
   Parameter Mandatory Type   Description
   ========= ========= ====== ===========
   oil       Yes       String The oil.
   ========= ========= ====== ===========

-  Example request

   .. code-block::

      curl -k -X POST -d'{\"lamp\": {\"oil\": \"whale\"}}' https://example.org/v1/lamps

Response Parameters
-------------------

-  Parameters in the response body

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   lamp      Object The lamp.
   ========= ====== ===========

-  Description for the lamp format

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   id        String Its number.
   ========= ====== ===========
";
        let printed = crate::document::read(&DocumentId::new("lamps"), page.as_bytes());
        let lines = inventory::lines(&read(&printed));
        let operation = lines.iter().find(|line| line.contains("\"operation\""));
        let operation = operation.expect("an operation is read");
        assert!(operation.contains("\"response\":[\"lamp\"]"), "{operation}");
        // The command shows what the table of the request leaves out.
        let is_wrapped = |line: &&String| line.contains("oil inside lamp");
        assert!(lines.iter().any(|line| is_wrapped(&line)), "{lines:?}");
    }

    #[test]
    fn the_text_before_a_table_may_say_whose_members_it_holds() {
        let page = "# Lighting a lamp\n## URI\nPOST /v1/lamps\n## Request\nTable 1 Parameter description\n| Parameter | Type | Mandatory | Description |\n| lamp | Object | Yes | The lamp. |\nFor details about the **lamp** field, see Table 2.\nTable 2 Request parameters\n| Parameter | Type | Mandatory | Description |\n| oil | String | Yes | A maximum of 9 characters. |\n";
        let lines = inventory::lines(&read(&document(page)));
        let said = lines.iter().find(|line| line.contains("\"max_length\""));
        let said = said.expect("a length is read");
        assert!(said.contains("\"field\":\"lamp.oil\""), "{said}");
    }
}
