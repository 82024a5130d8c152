//! Rows in, Fields out: structure by references, captions and kinds.
//!
//! Main type: [`Builder`]. It follows every reference once per path, stops at cycles and at a
//! budget, and writes down how each table was reached.

use hashbrown::{HashMap, HashSet};
use std::rc::Rc;

use super::UNREAD;
use super::columns;
use super::constraints::{self, Destination, Spot, Told};
use super::implied;
use super::lengths;
use super::maps;
use super::nested::Nesting;
use super::phrases::{Memo, PhraseReading, Said, Subject};
use super::pointers::Headings;
use super::references::{Asker, Index, Mention, Reference};
use super::tables::{Role, RowRead, TableRead};
use crate::contract::{
    Body, Constraint, Direction, Evidence, Field, FieldPath, Kind, NOT_READ, Statement,
    describes_key,
};
use crate::source::{DocumentId, Provenance};

fn asker(row: &RowRead) -> Asker<'_> {
    Asker {
        name: &row.name,
        structure: row.structure.as_deref(),
        holds_members: holds_objects(&row.kind),
    }
}

/// How deep a structure may nest.
const DEEPEST: usize = 12;
/// How many fields one document may unfold into. Tables that point at each other would go on.
const MOST_FIELDS: usize = 50_000;

/// Builds the fields of one document.
pub struct Builder<'a> {
    document: &'a DocumentId,
    tables: &'a [TableRead<'a>],
    index: &'a Index<'a>,
    headings: &'a Headings<'a>,
    n_fields: usize,
    used: HashSet<usize>,
    /// The tables whose rows became fields.
    built: HashSet<usize>,
    read: HashMap<(usize, usize, Direction), Rc<PhraseReading>>,
    memo: Memo<'a>,
    /// The references, in the order in which they were met.
    pub references: Vec<Reference>,
    /// What the text of a row says about another field than its own.
    pub elsewhere: Vec<Told>,
    /// Which rule read which row's text, for `--explain`.
    pub said: Vec<(FieldPath, Said)>,
    /// What no rule read, with its field.
    pub unread: Vec<(FieldPath, crate::document::Piece)>,
}

/// Where the builder stands: the tables it is inside of, and the side it describes.
struct Place<'p> {
    stack: &'p [usize],
    direction: Direction,
}

impl<'a> Builder<'a> {
    /// A builder over all tables of a document.
    pub fn new(
        document: &'a DocumentId,
        tables: &'a [TableRead<'a>],
        (index, headings): (&'a Index<'a>, &'a Headings<'a>),
    ) -> Self {
        Self {
            document,
            tables,
            index,
            headings,
            n_fields: 0,
            used: HashSet::new(),
            built: HashSet::new(),
            read: HashMap::new(),
            memo: Memo::default(),
            references: Vec::new(),
            elsewhere: Vec::new(),
            said: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// The body that these tables describe: the first one and those that nothing points at are its
    /// root, the others are reached from there.
    pub fn body(&mut self, tables: &[usize], direction: Direction) -> Option<Body> {
        let first = *tables.first()?;
        let pointed_at = self.pointed_at(tables);
        let is_root = |table: &usize| {
            *table == first
                || !pointed_at.contains(table) && self.tables[*table].subjects.is_empty()
        };
        let roots: Vec<usize> = tables.iter().copied().filter(is_root).collect();
        let mut fields: Vec<Field> = Vec::new();
        let mut names = HashSet::new();
        for root in roots {
            let members = self.members(root, None, direction, &[]);
            fields.extend(
                members
                    .into_iter()
                    .filter(|field| names.insert(field.name.clone())),
            );
        }
        self.note_orphans(tables);
        Some(Body {
            fields,
            examples: 0,
            at: self.at(first, None),
        })
    }

    /// A parameter, which has no children.
    pub fn parameter(&mut self, table: usize, row: usize) -> Field {
        let path = FieldPath::root(&self.tables[table].rows[row].name);
        self.field(
            table,
            row,
            &path,
            &Place {
                stack: &[table],
                direction: Direction::Request,
            },
        )
    }

    fn pointed_at(&self, tables: &[usize]) -> HashSet<usize> {
        let mut found = HashSet::new();
        for table in tables {
            for row in &self.tables[*table].rows {
                let targets = row
                    .mentions
                    .iter()
                    .filter_map(|mention| self.index.resolve(*table, &asker(row), mention));
                found.extend(targets.map(|target| target.table));
            }
        }
        found
    }

    /// The fields that a table defines for a parent at `path`.
    fn members(
        &mut self,
        table: usize,
        parent: Option<(&FieldPath, &Kind)>,
        direction: Direction,
        stack: &[usize],
    ) -> Vec<Field> {
        self.used.insert(table);
        self.built.insert(table);
        let stack: Vec<usize> = stack.iter().copied().chain([table]).collect();
        let tables = self.tables;
        let nesting = Nesting::of(&tables[table].rows);
        let mut fields: Vec<(usize, Field)> = Vec::new();
        let mut names = HashSet::new();
        for (place, row) in tables[table].rows.iter().enumerate() {
            if row.name.is_empty() || !names.insert(&row.name) || self.n_fields >= MOST_FIELDS {
                continue;
            }
            let path = nesting.path(place, parent);
            let field = self.field(
                table,
                place,
                &path,
                &Place {
                    stack: &stack,
                    direction,
                },
            );
            fields.push((place, field));
        }
        let mut fields = nesting.nest(fields);
        self.imply(table, &mut fields);
        fields
    }

    /// Adds the conditions that rows imply by what values of rows beside them mean.
    fn imply(&self, table: usize, fields: &mut [Field]) {
        let rows = &self.tables[table].rows;
        for implied in implied::conditions(rows) {
            let name = &rows[implied.row].name;
            let Some(field) = fields.iter_mut().find(|field| field.name == *name) else {
                continue;
            };
            field.evidence.conditional = true;
            field.statements.push(Statement {
                constraint: Constraint::RequiredIf(implied.condition),
                at: Provenance {
                    line: implied.line,
                    ..self.at(table, Some(implied.row))
                },
                rule: "implied".to_owned(),
            });
        }
    }

    fn field(&mut self, table: usize, row: usize, path: &FieldPath, place: &Place<'_>) -> Field {
        self.n_fields += 1;
        let tables = self.tables;
        let printed = &tables[table].rows[row];
        let mut field = Field {
            name: path.leaf().to_owned(),
            printed: printed.printed.clone(),
            kind: printed.kind.clone(),
            other_kinds: Vec::new(),
            presence: printed.presence(),
            evidence: Evidence::default(),
            nullable: None,
            statements: Vec::new(),
            children: Vec::new(),
            at: self.at(table, Some(row)),
        };
        if let Kind::Map { key, .. } = &mut field.kind
            && let Some(name) = maps::key_name(&printed.prose)
        {
            *key = name;
        }
        if let Some(target) = self.target(table, printed, path) {
            self.unfold(&mut field, target, path, place);
        }
        self.hear(&mut field, (table, row), path, place.direction);
        field
    }

    /// The table that holds a row's members, and the references the row prints.
    fn target(&mut self, table: usize, row: &RowRead, path: &FieldPath) -> Option<usize> {
        let mut found = None;
        for mention in &row.mentions {
            let Some(target) = self.index.resolve(table, &asker(row), mention) else {
                self.refer_to_heading(mention, row, path);
                continue;
            };
            self.refer(Reference {
                line: mention.line,
                field: Some(path.clone()),
                to: Some(mention.printed.clone()),
                resolved: Some(self.called(target.table)),
                leads_to: Some(self.tables[target.table].table.line),
                problem: target.problem,
                leaves: false,
            });
            self.used.insert(target.table);
            let holds_members =
                self.tables[target.table].defines_fields && holds_objects(&row.kind);
            found = found.or(holds_members.then_some(target.table));
        }
        if found.is_some()
            || !holds_objects(&row.kind)
            || row.kind == Kind::Unknown && row.kind_text.is_none()
        {
            return found;
        }
        self.unprinted(table, row, path)
    }

    /// A mention that leads to no table may lead to a chapter.
    fn refer_to_heading(&mut self, mention: &Mention, row: &RowRead, path: &FieldPath) {
        if (mention.number.is_none() || self.index.leaves(mention))
            && let Some(followed) = self.headings.follow(mention, &row.prose.text())
        {
            self.refer(
                followed.into_reference((mention.line, &mention.printed), Some(path.clone())),
            );
        }
    }

    /// The table of a structure that the kind names or whose caption has the field's name, though
    /// the row does not point at it.
    fn unprinted(&mut self, table: usize, row: &RowRead, path: &FieldPath) -> Option<usize> {
        if let Some(name) = &row.structure
            && let Some(found) = self.index.linked_as(row.kind_line, name)
        {
            self.refer(Reference {
                line: row.kind_line,
                field: Some(path.clone()),
                to: Some(name.clone()),
                resolved: Some(self.called(found)),
                leads_to: Some(self.tables[found].table.line),
                problem: None,
                leaves: false,
            });
            self.used.insert(found);
            return Some(found);
        }
        let by_kind = row
            .structure
            .as_deref()
            .and_then(|name| self.index.about(table, name));
        let by_name = || {
            let found = self.index.about(table, &row.name)?;
            (self.tables[found].page == self.tables[table].page).then_some(found)
        };
        let by_last_word = || {
            self.index
                .about_last_word(table, &row.name)
                .filter(|found| !self.used.contains(found))
        };
        let found = by_kind.or_else(by_name).or_else(by_last_word)?;
        self.refer(Reference {
            line: if by_kind.is_some() {
                row.kind_line
            } else {
                row.line
            },
            field: Some(path.clone()),
            to: None,
            resolved: Some(self.called(found)),
            leads_to: Some(self.tables[found].table.line),
            problem: Some("no reference is printed; found by its caption".to_owned()),
            leaves: false,
        });
        Some(found)
    }

    fn unfold(&mut self, field: &mut Field, target: usize, path: &FieldPath, place: &Place<'_>) {
        if place.stack.contains(&target) || place.stack.len() >= DEEPEST {
            return;
        }
        let tables = self.tables;
        field.kind = with_objects(&field.kind);
        if let [row] = tables[target].rows.as_slice()
            && let Some(key) = maps::key_of(row, &field.kind)
        {
            self.used.insert(target);
            self.built.insert(target);
            self.unfold_map(field, (target, row, key), path, place);
            return;
        }
        field.children = self.members(
            target,
            Some((path, &field.kind)),
            place.direction,
            place.stack,
        );
    }

    /// A table that describes the key of a map makes its parent the map: what the row says of its
    /// own members are the members of each value.
    fn unfold_map(
        &mut self,
        field: &mut Field,
        (table, row, key): (usize, &RowRead, String),
        path: &FieldPath,
        place: &Place<'_>,
    ) {
        let value = Box::new(row.kind.clone());
        field.kind = Kind::Map {
            key: key.clone(),
            value,
        };
        let inside = path.child(&Kind::Object, &key);
        let stack: Vec<usize> = place.stack.iter().copied().chain([table]).collect();
        let inner = Place {
            stack: &stack,
            direction: place.direction,
        };
        if let Some(target) = self.target(table, row, &inside)
            && !stack.contains(&target)
            && stack.len() < DEEPEST
        {
            let value = Box::new(with_objects(&row.kind));
            field.kind = Kind::Map { key, value };
            let kind = field.kind.clone();
            field.children =
                self.members(target, Some((path, &kind)), inner.direction, inner.stack);
        }
        self.hear(field, (table, 0), path, place.direction);
    }

    /// Has the text of a row read, and keeps what it says.
    fn hear(
        &mut self,
        field: &mut Field,
        (table, row): (usize, usize),
        path: &FieldPath,
        direction: Direction,
    ) {
        let at = self.at(table, Some(row));
        let printed = &self.tables[table].rows[row];
        let reading = self.reading(field, (table, row), path, direction);
        field.evidence.conditional |= describes_key(&field.name);
        let spot = Spot {
            direction,
            path: path.clone(),
        };
        for said in &reading.statements {
            let at = Provenance {
                line: said.line,
                ..at.clone()
            };
            field.evidence.conditional |= said.conditional;
            let told = Told {
                subject: spot.clone(),
                said: said.clone(),
                at,
            };
            let beside = |name: &str| {
                let rows = &self.tables[table].rows;
                rows.iter().any(|row| row.name.eq_ignore_ascii_case(name))
            };
            match constraints::destination(field, said, beside) {
                Destination::Itself(constraint) => field.statements.push(Statement {
                    constraint,
                    at: told.at,
                    rule: said.rule.to_owned(),
                }),
                Destination::Another => self.tell_elsewhere(told),
            }
        }
        lengths::of_items(field);
        // Nobody knows which values a sentence allows that no rule reads.
        if let (Some(piece), Direction::Request) = (reading.unread.first(), direction) {
            field.statements.push(Statement {
                constraint: Constraint::Other(NOT_READ.to_owned()),
                at: Provenance {
                    line: piece.line,
                    ..at.clone()
                },
                rule: UNREAD.to_owned(),
            });
        }
        let beside = columns::statements(printed, &field.statements, &at);
        field.statements.extend(beside);
    }

    fn tell_elsewhere(&mut self, told: Told) {
        /// Each of these is looked up among all fields of its operation.
        const MOST: usize = 2_000;
        if self.elsewhere.len() < MOST {
            self.elsewhere.push(told);
        }
    }

    fn reading(
        &mut self,
        field: &Field,
        (table, row): (usize, usize),
        path: &FieldPath,
        direction: Direction,
    ) -> Rc<PhraseReading> {
        if let Some(known) = self.read.get(&(table, row, direction)) {
            return Rc::clone(known);
        }
        let subject = Subject {
            name: Some(&field.name),
            kind: Some(&field.kind),
            direction,
        };
        let tables = self.tables;
        let reading = self.memo.read(&tables[table].rows[row].prose, &subject);
        self.said.extend(
            reading
                .statements
                .iter()
                .map(|said| (path.clone(), said.clone())),
        );
        self.unread.extend(
            reading
                .unread
                .iter()
                .map(|piece| (path.clone(), piece.clone())),
        );
        self.read
            .insert((table, row, direction), Rc::clone(&reading));
        reading
    }

    /// Structures described outside of any operation that nothing leads to.
    pub fn note_lost_structures(&mut self) {
        let named = |read: &TableRead<'_>| read.defines_fields && !read.subjects.is_empty();
        let lost = |place: &usize| {
            let read = &self.tables[*place];
            named(read) && read.operation.is_none() && read.role == Role::Structure
        };
        let places: Vec<usize> = (0..self.tables.len()).filter(lost).collect();
        self.note_orphans(&places);
    }

    /// The bodies of tables that define fields and that no operation took up: what their rows
    /// promise is promised wherever the structure is used. Those of failed answers are of no
    /// operation, even where they were built to know the shape of all.
    pub fn apart(&mut self) -> Vec<(usize, Direction, Body)> {
        let mut found = Vec::new();
        let tables = self.tables;
        self.built
            .retain(|table| tables[*table].role != Role::Error);
        for place in 0..self.tables.len() {
            let read = &self.tables[place];
            let direction = match read.role {
                Role::Header | Role::Path | Role::Query if read.operation.is_some() => continue,
                Role::Header | Role::Path | Role::Query | Role::Request => Direction::Request,
                Role::Response | Role::Structure | Role::Error => Direction::Response,
                Role::Status | Role::Limits | Role::Permissions | Role::Overview => {
                    continue;
                }
            };
            if !read.defines_fields || self.built.contains(&place) {
                continue;
            }
            let fields = self.members(place, None, direction, &[]);
            let (examples, at) = (0, self.at(place, None));
            let mut body = Body {
                fields,
                examples,
                at,
            };
            for told in std::mem::take(&mut self.elsewhere) {
                constraints::place_within(&mut body, told);
            }
            if self.tables[place].role == Role::Error {
                body.fields.iter_mut().for_each(implied::take_for_failed);
            }
            found.push((place, direction, body));
        }
        found
    }

    /// Tables of a side that nothing leads to.
    fn note_orphans(&mut self, tables: &[usize]) {
        for table in tables {
            if !self.used.contains(table) {
                self.refer(Reference {
                    line: self.tables[*table].table.line,
                    field: None,
                    to: None,
                    resolved: Some(self.called(*table)),
                    leads_to: Some(self.tables[*table].table.line),
                    problem: Some("no field leads to this table".to_owned()),
                    leaves: false,
                });
            }
        }
    }

    /// Whether the rows of a table became fields.
    pub fn is_used(&self, table: usize) -> bool {
        self.used.contains(&table)
    }

    fn refer(&mut self, reference: Reference) {
        let known = |other: &Reference| {
            other.line == reference.line
                && other.to == reference.to
                && other.resolved == reference.resolved
        };
        if !self.references.iter().rev().take(200).any(known) {
            self.references.push(reference);
        }
    }

    /// What a table is called: its number, its caption, or its line.
    fn called(&self, table: usize) -> String {
        let table = self.tables[table].table;
        let name = table.number.clone().or_else(|| table.caption.clone());
        name.unwrap_or_else(|| format!("line {}", table.line))
    }

    fn at(&self, table: usize, row: Option<usize>) -> Provenance {
        let read = &self.tables[table];
        let row = row.and_then(|row| read.rows.get(row));
        Provenance {
            document: self.document.clone(),
            page: None,
            line: row.map_or(read.table.line, |row| row.line),
            table: read.table.number.as_deref().map(Into::into),
            row: row.map(|row| row.number),
        }
    }
}

/// Whether values of this kind can have members.
pub fn holds_objects(kind: &Kind) -> bool {
    match kind {
        Kind::Object | Kind::Unknown => true,
        Kind::Array(of) => holds_objects(of),
        Kind::Map { value, .. } => holds_objects(value),
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => false,
    }
}

/// The kind, with objects where a table of members shows that there are some.
pub fn with_objects(kind: &Kind) -> Kind {
    match kind {
        Kind::Unknown => Kind::Object,
        Kind::Array(of) => Kind::Array(Box::new(with_objects(of))),
        Kind::Map { key, value } => Kind::Map {
            key: key.clone(),
            value: Box::new(with_objects(value)),
        },
        Kind::Object | Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => kind.clone(),
    }
}
