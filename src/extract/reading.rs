//! Puts a Contract together from what the other modules read.
//!
//! Main entry: [`read`].

use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

use super::batches;
use super::called;
use super::constraints;
use super::coverage::{self, Coverage};
use super::disputes;
use super::edition;
use super::evidence;
use super::fields::Builder;
use super::flags;
use super::flat;
use super::formed;
use super::guides;
use super::inventory::{Apart, Inventory, TableFact};
use super::job_rows;
use super::left_rows;
use super::lexicon::{self, Column, Section};
use super::links::Links;
use super::list_bodies;
use super::maps;
use super::names::Vocabulary;
use super::notes;
use super::nouns;
use super::operations::{self, Draft};
use super::overview;
use super::parameters;
use super::parted;
use super::pattern::{Pattern, compile};
use super::permissions;
use super::pointers::{self, Headings};
use super::protocol;
use super::references::{self, Index, Mention, Reference};
use super::sections::{self, Content, Page};
use super::selectors;
use super::shown;
use super::state_lists;
use super::state_matrix;
use super::state_names;
use super::states;
use super::tables::{self, Role, TableRead};
use super::told_apart;
use super::versions;
use super::{Explained, Reading, Unread};
use crate::contract::{
    Body, Claim, Contract, Direction, Dispute, Fact, Field, FieldPath, Operation, OperationId,
    Parameter,
};
use crate::document::{Document, Piece, Prose};
use crate::source::Provenance;

/// Everything that a document promises, and what was hard to read.
pub fn read(document: &Document) -> Reading {
    let pages = sections::pages(document);
    let vocabulary = vocabulary(document, &pages);
    let mut tables = tables::read(&pages, &vocabulary);
    let drafts = operations::find(&pages);
    operations::assign(&mut tables, &drafts);
    notes::give(&pages, &mut tables);
    let links = Links::of(document);
    let index = Index::new(&tables, &pages, &links);
    let headings = Headings::new(document, &tables, &links);
    let mut work = Work {
        document,
        pages: &pages,
        tables: &tables,
        of_operation: by_operation(&tables),
        index: &index,
        builder: Builder::new(&document.id, &tables, (&index, &headings)),
        explained: Vec::new(),
        unread: Vec::new(),
        answered: Vec::new(),
    };
    let (mut operations, mut places) = (Vec::new(), Vec::new());
    for (place, draft) in drafts.iter().enumerate() {
        operations.extend(work.operations(place, draft));
        places.resize(operations.len(), place);
    }
    told_apart::settle(&mut operations);
    nouns::translate(&mut operations, &tables);
    called::translate(&mut operations, &tables);
    formed::give(&mut operations);
    state_lists::give(&document.id, (&pages, &tables), &mut operations);
    state_matrix::give(&document.id, (&pages, &tables), &mut operations);
    state_names::translate(&mut operations, &tables);
    flags::translate(&mut operations);
    batches::translate(&mut operations);
    selectors::tell_apart(&mut operations);
    selectors::make_ids_unique(&mut operations);
    let routes = parted::routes(&operations, &places);
    let failures = work.failures();
    work.builder.note_lost_structures();
    let apart = work.builder.apart();
    let known = &mut work.builder.references;
    pointers::of_prose(&pages, &tables, (&index, &headings), known);
    let jobs = protocol::jobs(&operations);
    if let Some(jobs) = &jobs {
        protocol::mark_asynchronous(&mut operations, jobs, &work.answered);
        protocol::describe_parts(&mut operations, jobs);
    } else {
        job_rows::mark(&document.id, &tables, &places, &mut operations);
    }
    let mut disputes = spelling_disputes(&operations, &vocabulary, document);
    let mut lists = Vec::new();
    for (operation, place) in operations.iter_mut().zip(&places) {
        let shown = shown::examples(drafts[*place].parts_of(&pages));
        let route = &routes[*place];
        let taken = list_bodies::take(operation, &shown).into_iter();
        lists.extend(taken.map(|(direction, body)| Apart {
            operation: Some(route.clone()),
            direction,
            body,
        }));
        flat::nest(operation, &shown);
        evidence::weigh(operation, &shown, &mut disputes);
    }
    let guided = (&pages[..], &drafts[..]);
    guides::join(&document.id, guided, &mut operations, &mut disputes);
    maps::of_pairs(&mut operations);
    overview::join(&document.id, &tables, &mut operations, &mut disputes);
    selectors::make_ids_unique(&mut operations);
    let titles = places.iter().map(|place| pages[drafts[*place].page].title);
    let titles: Vec<&str> = titles.collect();
    disputes.extend(permissions::join(
        &document.id,
        &tables,
        &titles,
        &mut operations,
    ));
    let states = states::read(&document.id, &tables, &operations);
    operations.sort_by_key(|operation| operation.at.line);
    let contract = Contract {
        edition: edition::of(document),
        statuses: protocol::statuses(&document.id, &tables),
        error_codes: protocol::error_codes(&document.id, &tables),
        envelopes: protocol::envelopes(&document.id, &pages, &failures),
        versions: versions::versions(&document.id, &pages, &operations),
        operations,
        jobs,
        states,
        disputes,
        rulings: Vec::new(),
    };
    work.finish(contract, (&routes, lists), apart)
}

/// The names in tables, paths and examples.
fn vocabulary(document: &Document, pages: &[Page<'_>]) -> Vocabulary {
    static HOLE: LazyLock<Pattern> = LazyLock::new(|| compile(r"\{([A-Za-z_][A-Za-z0-9_\-]*)\}"));
    let mut names = Vocabulary::default();
    for part in pages.iter().flat_map(|page| &page.parts) {
        match part.content {
            Content::Table(table) => {
                let column = table
                    .header
                    .iter()
                    .position(|header| lexicon::column(header) == Column::Name);
                for row in &table.rows {
                    if let Some(cell) = column.and_then(|column| row.cells.get(column)) {
                        names.add(&cell.text(), row.line);
                    }
                }
            }
            Content::Prose(pieces) => {
                for piece in pieces {
                    HOLE.captures_iter(&piece.text)
                        .for_each(|hole| names.add(&hole[1], piece.line));
                }
            }
            Content::Code(code) => {
                for (line, text) in (part.lines.first..).zip(code.lines()) {
                    keys(text).for_each(|key| names.add(key, line));
                }
            }
        }
    }
    debug_assert!(
        document.blocks.is_empty() || !pages.is_empty(),
        "every block is on a page"
    );
    names
}

/// The names in quotes before colons, in a line of an example.
fn keys(line: &str) -> impl Iterator<Item = &str> {
    let is_name = |text: &str| {
        let is_odd = |c: char| !(c.is_ascii_alphanumeric() || "_:.-".contains(c));
        text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !text.contains(is_odd)
    };
    let behind = line.split('"').skip(2);
    let quoted = line.split('"').skip(1).zip(behind);
    quoted
        .filter(move |(key, behind)| behind.trim_start().starts_with(':') && is_name(key))
        .map(|(key, _)| key)
}

struct Work<'a> {
    document: &'a Document,
    pages: &'a [Page<'a>],
    tables: &'a [TableRead<'a>],
    /// The tables of each operation, in order.
    of_operation: HashMap<usize, Vec<usize>>,
    index: &'a Index<'a>,
    builder: Builder<'a>,
    explained: Vec<Explained>,
    unread: Vec<Unread>,
    /// For each operation, the line that says what comes back.
    answered: Vec<Option<Provenance>>,
}

fn by_operation(tables: &[TableRead<'_>]) -> HashMap<usize, Vec<usize>> {
    let mut found: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, read) in tables.iter().enumerate() {
        if let Some(operation) = read.operation {
            found.entry(operation).or_default().push(place);
        }
    }
    found
}

impl Work<'_> {
    /// The tables of an operation that define fields in a role, in order.
    fn of_role(&self, operation: usize, role: Role) -> Vec<usize> {
        let own = self.of_operation.get(&operation).into_iter().flatten();
        let wanted = |table: &usize| {
            let read = &self.tables[*table];
            read.role == role && read.defines_fields
        };
        own.copied().filter(wanted).collect()
    }

    /// The operation of a page, or those that it is.
    fn operations(&mut self, place: usize, draft: &Draft) -> Vec<Operation> {
        let of_role = |role| self.of_role(place, role);
        let (requests, responses) = (of_role(Role::Request), of_role(Role::Response));
        let parameters = self.parameters(place, draft);
        let request = self.builder.body(&requests, Direction::Request);
        let (response, answered) = match self.builder.body(&responses, Direction::Response) {
            Some(body) => (Some(body), None),
            None => self.shared_response(draft),
        };
        let line = Provenance::line(&self.document.id, draft.line);
        let mut operation = Operation {
            id: OperationId::of(draft.uri.method, &draft.uri.path, None),
            method: draft.uri.method,
            path: draft.uri.path.clone(),
            selector: None,
            parameters,
            request,
            response,
            success: self.success(place, draft),
            statements: Vec::new(),
            permissions: Vec::new(),
            deprecated: self.deprecated(draft),
            at: line,
        };
        for told in std::mem::take(&mut self.builder.elsewhere) {
            constraints::place_from(&mut operation, told);
        }
        let told = self.hear(&mut operation, draft);
        let title = self.pages[draft.page].title;
        let parts = parted::parts(operation, &told, title);
        self.answered.extend(parts.iter().map(|_| answered.clone()));
        parts
    }

    fn parameters(&mut self, place: usize, draft: &Draft) -> Vec<Parameter> {
        let own = self.of_operation.get(&place).map_or(&[][..], Vec::as_slice);
        parameters::read(&mut self.builder, self.tables, own, &draft.uri)
    }

    /// An answer that another chapter describes: "for the response, see …".
    fn shared_response(&mut self, draft: &Draft) -> (Option<Body>, Option<Provenance>) {
        for part in draft.parts_of(self.pages) {
            let (Content::Prose(pieces), Section::Response) = (part.content, part.section) else {
                continue;
            };
            for mention in references::mentions(&Prose {
                pieces: pieces.to_vec(),
            }) {
                let tables = self.described_by(&mention, draft.page);
                if let Some(body) = self.builder.body(&tables, Direction::Response) {
                    let number = self.tables[tables[0]].table.number.clone();
                    self.builder.references.push(Reference {
                        line: mention.line,
                        field: None,
                        resolved: number.or_else(|| Some(mention.printed.clone())),
                        to: Some(mention.printed),
                        leads_to: Some(self.tables[tables[0]].table.line),
                        problem: None,
                        leaves: false,
                    });
                    return (
                        Some(body),
                        Some(Provenance::line(&self.document.id, mention.line)),
                    );
                }
            }
        }
        (None, None)
    }

    /// The tables of an answer that a mention on a page means: one by its number, or those of a chapter
    /// by its title or its link.
    fn described_by(&self, mention: &Mention, page: usize) -> Vec<usize> {
        let of_fields = |table: &usize| {
            let read = &self.tables[*table];
            read.defines_fields && matches!(read.role, Role::Response | Role::Structure)
        };
        let number = mention.number.as_deref();
        let numbered = self.index.linked(mention);
        let numbered = numbered.or_else(|| self.index.on_named_page(page, mention));
        let numbered = numbered.or_else(|| self.index.numbered_on(page, number?));
        if let Some(table) = numbered.filter(of_fields) {
            return vec![table];
        }
        let described = |table: &&usize| {
            let read = &self.tables[**table];
            read.role == Role::Response && read.operation.is_none()
        };
        let titled = mention.title.as_deref();
        let titled = titled.map_or(&[][..], |title| self.index.under_title(title));
        let titled: Vec<usize> = titled.iter().filter(described).copied().collect();
        if !titled.is_empty() {
            return titled;
        }
        let line = self.index.links().behind(mention).and_then(|link| link.to);
        let page = line.and_then(|line| self.pages.iter().rposition(|page| page.line <= line));
        let linked = page.map_or(&[][..], |page| self.index.on_page(page));
        linked.iter().filter(described).copied().collect()
    }

    /// The statuses of success, in tables or in short lines.
    fn success(&self, place: usize, draft: &Draft) -> Vec<(u16, Provenance)> {
        let own = self.of_operation.get(&place).into_iter().flatten();
        let listed = own
            .map(|table| &self.tables[*table])
            .filter(|read| read.role == Role::Status)
            .flat_map(|read| protocol::status_rows(&self.document.id, read));
        let parts = draft.parts_of(self.pages).iter();
        let pieces = parts.filter_map(|part| match (part.content, part.section) {
            (Content::Prose(pieces), Section::Statuses) => Some(pieces),
            _ => None,
        });
        let said = pieces.flatten().flat_map(|piece| {
            let at = Provenance::line(&self.document.id, piece.line);
            protocol::named_statuses(&piece.text).map(move |status| (status, at.clone()))
        });
        let mut told = HashSet::new();
        listed
            .chain(said)
            .filter(|(status, _)| (200..300).contains(status) && told.insert(*status))
            .collect()
    }

    fn deprecated(&self, draft: &Draft) -> Option<Provenance> {
        let page = &self.pages[draft.page];
        let says = |text: &str| {
            let words = lexicon::squeeze(text);
            [
                "api已废弃",
                "接口已废弃",
                "apihasbeendeprecated",
                "apiisdeprecated",
            ]
            .iter()
            .any(|word| words.contains(word))
        };
        let title = lexicon::squeeze(page.title);
        if ["(废弃)", "（废弃）", "(deprecated)", "（deprecated）"]
            .iter()
            .any(|word| title.ends_with(word))
        {
            return Some(Provenance::line(&self.document.id, page.line));
        }
        let described = draft
            .parts_of(self.pages)
            .iter()
            .filter(|part| part.section == Section::Function);
        let mut pieces = described.filter_map(|part| match part.content {
            Content::Prose(pieces) => Some(pieces),
            Content::Table(_) | Content::Code(_) => None,
        });
        let piece = pieces.find_map(|pieces| pieces.iter().find(|piece| says(&piece.text)))?;
        Some(Provenance::line(&self.document.id, piece.line))
    }

    /// Gives an operation and its fields what the prose of its page says, and tells what that was.
    fn hear(&mut self, operation: &mut Operation, draft: &Draft) -> Vec<parted::Told> {
        let heard = constraints::read(draft.parts_of(self.pages));
        for (said, context) in &heard.said {
            let placed = constraints::place(operation, said, context, &self.document.id);
            self.explained.push(Explained {
                line: said.line,
                rule: said.rule.to_owned(),
                operation: Some(operation.route()),
                field: placed.or(said.field.clone()),
                constraint: said.constraint.clone(),
            });
        }
        self.unread
            .extend(heard.unread.into_iter().map(|piece| unread(None, piece)));
        heard.said
    }

    /// The bodies of failed answers that hold for all operations.
    fn failures(&mut self) -> Vec<(Vec<Field>, Provenance)> {
        let described = |place: &usize| {
            self.tables[*place].role == Role::Error && self.tables[*place].defines_fields
        };
        let places: Vec<usize> = (0..self.tables.len()).filter(described).collect();
        let mut by_page: Vec<(usize, Vec<usize>)> = Vec::new();
        for place in places {
            let page = self.tables[place].page;
            match by_page.last_mut() {
                Some((known, list)) if *known == page => list.push(place),
                _ => by_page.push((page, vec![place])),
            }
        }
        let bodies = by_page
            .iter()
            .filter_map(|(_, list)| self.builder.body(list, Direction::Response));
        bodies.map(|body| (body.fields, body.at)).collect()
    }

    /// How much was read, while lines still count through all pages.
    fn coverage(&self, contract: &Contract) -> Coverage {
        let builder = &self.builder;
        let said = builder.said.iter().map(|(_, said)| said.line);
        let explained = self.explained.iter().map(|explained| explained.line);
        let referred = builder.references.iter().map(|reference| reference.line);
        let operations = contract.operations.iter();
        let routes = operations.flat_map(|one| [Some(&one.at), one.deprecated.as_ref()]);
        let routes = routes.flatten().map(|at| at.line);
        let tables = self.tables.iter().enumerate();
        let used = tables.filter(|(place, _)| builder.is_used(*place));
        let used = used.map(|(_, read)| read.table.line);
        let states = contract.states.iter().map(|table| table.at.line);
        let owned = self.tables.iter().filter(|read| read.operation.is_some());
        let facts = coverage::Facts {
            lines: said
                .chain(explained)
                .chain(referred)
                .chain(routes)
                .collect(),
            tables: used.chain(states).collect(),
            pages: owned.map(|read| read.page).collect(),
        };
        coverage::measure(self.pages, self.tables, &facts)
    }

    fn finish(
        mut self,
        mut contract: Contract,
        (routes, lists): (&[String], Vec<Apart>),
        apart: Vec<(usize, Direction, Body)>,
    ) -> Reading {
        let facts: Vec<TableFact> = self
            .tables
            .iter()
            .map(|read| TableFact::of(read, routes))
            .collect();
        let apart = apart.into_iter().map(|(table, direction, body)| Apart {
            operation: facts[table].operation.clone(),
            direction,
            body,
        });
        let apart = apart.chain(lists).collect();
        disputes::within(&mut contract, &self.builder.references, &facts);
        let coverage = self.coverage(&contract);
        let pages = &self.document.pages;
        contract.visit_places(|at| {
            let (page, line) = pages.place(at.line);
            at.page = page.cloned();
            at.line = line;
        });
        self.explained
            .extend(self.builder.said.drain(..).map(|(path, said)| Explained {
                line: said.line,
                rule: said.rule.to_owned(),
                operation: None,
                field: Some(said.field.unwrap_or_else(|| path.to_string())),
                constraint: said.constraint,
            }));
        self.explained.sort_by_key(|explained| explained.line);
        let of_fields = std::mem::take(&mut self.builder.unread);
        self.unread.extend(
            of_fields
                .into_iter()
                .map(|(path, piece)| unread(Some(path), piece)),
        );
        self.unread.extend(left_rows::unread(self.tables));
        self.unread.sort_by_key(|unread| unread.line);
        let coverage = Coverage {
            statements: self.explained.len(),
            unread: self.unread.len(),
            ..coverage
        };
        Reading {
            contract,
            pages: self.document.pages.clone(),
            inventory: Inventory {
                tables: facts,
                apart,
                references: self.builder.references,
            },
            unread: self.unread,
            explained: self.explained,
            diagnostics: self.document.diagnostics.clone(),
            coverage,
        }
    }
}

fn unread(field: Option<FieldPath>, piece: Piece) -> Unread {
    Unread {
        line: piece.line,
        field,
        text: piece.text,
    }
}

/// Names that were printed with other letters than they were read with.
fn spelling_disputes(
    operations: &[Operation],
    vocabulary: &Vocabulary,
    document: &Document,
) -> Vec<Dispute> {
    let mut found = Vec::new();
    for operation in operations {
        let parameters = operation
            .parameters
            .iter()
            .map(|parameter| (FieldPath::root(&parameter.field.name), &parameter.field));
        let fields = operation
            .request_fields()
            .into_iter()
            .chain(operation.response_fields());
        let mut seen = HashSet::new();
        for (path, field) in parameters.chain(fields) {
            let Some(printed) = &field.printed else {
                continue;
            };
            // Marks of emphasis are no part of a name; a blank in its middle is damage.
            if printed.replace('*', "").trim() == field.name || !seen.insert(field.at.line) {
                continue;
            }
            let mut claims = vec![Claim {
                claim: printed.clone(),
                at: field.at.clone(),
            }];
            let is_hole = operation.path.parameters().any(|hole| hole == field.name);
            let elsewhere = match is_hole {
                true => Some(operation.at.clone()),
                false => vocabulary
                    .line(&field.name)
                    .map(|line| Provenance::line(&document.id, line)),
            };
            let elsewhere = elsewhere.filter(|at| at.line != field.at.line);
            claims.extend(elsewhere.map(|at| Claim {
                claim: field.name.clone(),
                at,
            }));
            found.push(Dispute {
                operation: Some(operation.id.clone()),
                field: Some(path),
                fact: Fact::Name,
                claims,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    /// The fields of the first operation's answer.
    fn paths(text: &str) -> Vec<String> {
        let contract = read(&document(text)).contract;
        let fields = contract.operations[0].response_fields();
        let shown = fields
            .iter()
            .map(|(path, field)| format!("{path} {}", field.kind));
        shown.collect()
    }

    #[test]
    fn an_answer_may_be_the_table_of_another_operation() {
        let text = "\
# Lighting a lamp
# URI
POST /v1/lamps/{lamp_id}/light
# Response
For the answer, see Table 2-2.
# Listing lamps
# URI
GET /v1/lamps
# Response
Table 2-1 Response parameters
| Name | Type | Description |
| lamps | Array of objects | See Table 2-2. |

Table 2-2 lamp data structure
| Name | Type | Description |
| colour | String | - |
";
        assert_eq!(paths(text), ["colour String"]);
        let elsewhere = text.replace("see Table 2-2", "see Table 2-9");
        assert_eq!(
            read(&document(&elsewhere)).contract.operations[0].response,
            None
        );
    }
}
