//! Finds where operations start, and which tables belong to which.
//!
//! Main entries: [`find`] and [`assign`]. An operation starts at a line `METHOD /path` in a URI
//! section, or, on a page without one, in a paragraph that holds nothing else. Never in an example
//! and never in an overview.

use hashbrown::{HashMap, HashSet};

use super::lexicon::{self, Column, Section};
use super::sections::{Content, Page, Part};
use super::tables::{self, Role, TableRead};
use super::uri::{self, Uri};
use crate::contract::{Kind, PathTemplate};
use crate::document::Table;
use crate::wire::Method;

/// An operation as its page prints it, before its fields are read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Method and path.
    pub uri: Uri,
    /// The line of the method.
    pub line: u32,
    /// The page.
    pub page: usize,
    /// The parts of the page that are about it, from the first to before the second.
    pub parts: (usize, usize),
}

impl Draft {
    /// The parts of its page that are about it.
    pub fn parts_of<'p, 'a>(&self, pages: &'p [Page<'a>]) -> &'p [Part<'a>] {
        &pages[self.page].parts[self.parts.0..self.parts.1]
    }
}

/// Every operation that has a place of its own.
pub fn find(pages: &[Page<'_>]) -> Vec<Draft> {
    let mut found = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let starts = starts(page);
        for (place, (part, line, uri)) in starts.iter().enumerate() {
            // Several URIs in one place are ways to ask for the same: they share what follows.
            let next = starts[place + 1..]
                .iter()
                .find(|(next, ..)| has_table(page, *part, *next));
            let shared = starts[..place]
                .iter()
                .rev()
                .take_while(|(before, ..)| !has_table(page, *before, *part));
            let first = shared.last().map_or(*part, |(before, ..)| *before);
            let from = if starts[0].0 == first { 0 } else { first };
            let to = next.map_or(page.parts.len(), |(next, ..)| *next);
            found.push(Draft {
                uri: uri.clone(),
                line: *line,
                page: number,
                parts: (from, to),
            });
        }
    }
    found
}

fn has_table(page: &Page<'_>, from: usize, to: usize) -> bool {
    page.parts[from..to]
        .iter()
        .any(|part| matches!(part.content, Content::Table(_)))
}

/// No page describes more operations than this; a list of so many is something else.
const MOST_URIS: usize = 200;

fn starts(page: &Page<'_>) -> Vec<(usize, u32, Uri)> {
    let has_uri_section = page.parts.iter().any(|part| part.section == Section::Uri);
    let mut found: Vec<(usize, u32, Uri)> = Vec::new();
    for (place, part) in page.parts.iter().enumerate() {
        let allowed = match part.section {
            Section::Uri => !part.note,
            Section::Other | Section::Function => !has_uri_section && !part.note,
            _ => false,
        };
        if allowed {
            for (line, uri) in uris(part) {
                let alone = part.section == Section::Uri || uri.rest.is_empty();
                if found.len() >= MOST_URIS {
                    return found;
                }
                let known = found
                    .iter()
                    .any(|(.., other)| other.method == uri.method && other.path == uri.path);
                if alone && !known {
                    found.push((place, line, uri));
                }
            }
        }
    }
    if found.is_empty() {
        found.extend(torn(page));
    }
    found
}

/// A method and a path that a converter tore apart, or that are printed in lines of their own, each
/// behind its label.
fn torn(page: &Page<'_>) -> Option<(usize, u32, Uri)> {
    let mut method: Option<(usize, u32, &str)> = None;
    let mut path: Option<&str> = None;
    for (place, part) in page.parts.iter().enumerate() {
        let (Content::Prose(pieces), Section::Uri) = (part.content, part.section) else {
            continue;
        };
        for piece in pieces {
            let text = unlabelled(&piece.text);
            let word = text.split_whitespace().next().unwrap_or("");
            if word.parse::<Method>().is_ok() {
                method = Some((place, piece.line, word));
            } else if text.starts_with('/') && (method.is_some() || text != piece.text) {
                path = Some(text);
            }
            if let (Some((place, line, method)), Some(path)) = (method, path) {
                let uri = uri::read(&format!("{method} {path}"))?;
                return Some((place, line, uri));
            }
        }
    }
    None
}

/// What stands behind a label of a method or a path.
fn unlabelled(text: &str) -> &str {
    const LABELS: [&str; 8] = [
        "method",
        "http method",
        "方法",
        "请求方法",
        "path",
        "uri",
        "url",
        "路径",
    ];
    match text.split_once([':', '：']) {
        Some((label, rest)) if LABELS.contains(&lexicon::bare(label).as_str()) => rest.trim(),
        _ => text,
    }
}

/// The URIs that lines of a part start with. A path may go on in the next lines.
fn uris(part: &Part<'_>) -> Vec<(u32, Uri)> {
    let lines: Vec<(u32, &str)> = match part.content {
        Content::Prose(pieces) => pieces
            .iter()
            .map(|piece| (piece.line, piece.text.as_str()))
            .collect(),
        Content::Code(code) if part.section == Section::Uri => {
            let numbered = (part.lines.first..).zip(code.lines());
            numbered
                .filter(|(_, line)| !line.trim().is_empty())
                .collect()
        }
        Content::Table(table) if part.section == Section::Uri => return the_one(table),
        Content::Code(_) | Content::Table(_) => return Vec::new(),
    };
    /// A path that goes on for more lines than this is none.
    const LONGEST: usize = 6;
    let starts = lines
        .iter()
        .enumerate()
        .filter(|(_, (_, text))| uri::read(text).is_some());
    starts
        .filter_map(|(place, (line, _))| {
            let last = (place + LONGEST).min(lines.len());
            let texts: Vec<&str> = lines[place..last].iter().map(|(_, text)| *text).collect();
            Some((*line, uri::read(&texts.join(" "))?))
        })
        .collect()
}

/// The only route of a table, which may have a column for the method and one for the path.
fn the_one(table: &Table) -> Vec<(u32, Uri)> {
    let routes = table.rows.iter().flat_map(|row| {
        let routes = tables::routes(row).into_iter();
        routes.map(|uri| (row.line, uri))
    });
    let found: Vec<(u32, Uri)> = routes.collect();
    match found.len() {
        1 => found,
        _ => Vec::new(),
    }
}

/// Gives every table that defines fields its operation and the role it has there.
pub fn assign(tables: &mut [TableRead<'_>], drafts: &[Draft]) {
    let mut side = None;
    let mut described: HashSet<Role> = HashSet::new();
    let mut current = (None, 0);
    // The fields of failed answers, whose members are described by tables of their own.
    let mut failing: HashSet<String> = HashSet::new();
    let mut by_page: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        by_page.entry(draft.page).or_default().push(place);
    }
    for table in tables {
        let here = by_page.get(&table.page).map_or(&[][..], Vec::as_slice);
        let owner = here.iter().copied().find(|place| {
            let (first, end) = drafts[*place].parts;
            (first..end).contains(&table.part)
        });
        table.operation = owner.filter(|_| {
            !matches!(
                table.role,
                Role::Limits | Role::Permissions | Role::Overview
            )
        });
        if (owner, table.page) != current {
            side = None;
            described.clear();
            failing.clear();
            current = (owner, table.page);
        }
        if !table.defines_fields {
            continue;
        }
        let role = match owner {
            Some(owner) => role_in(table, &drafts[owner].uri, side),
            None => role_without_operation(table),
        };
        let of_failure = || table.subjects.iter().any(|name| failing.contains(name));
        let role = match role {
            Role::Response if of_failure() => Role::Error,
            Role::Structure => match owner {
                Some(owner) => shown_first(table, &drafts[owner].uri, &described).unwrap_or(role),
                None => role,
            },
            other => other,
        };
        if role == Role::Error {
            failing.extend(table.rows.iter().map(|row| row.name.clone()));
        }
        if role == Role::Structure && owner.is_some() {
            table.defines_fields = false;
        } else {
            side = Some(role);
            described.insert(role);
        }
        table.role = role;
    }
}

fn role_without_operation(table: &TableRead<'_>) -> Role {
    let caption = tables::role_of_caption(table.table.caption.as_deref().unwrap_or(""));
    match table.section {
        Section::Failure => Role::Error,
        Section::Response => Role::Response,
        Section::HeaderParameters => Role::Header,
        _ => match caption {
            Some(role @ (Role::Header | Role::Error)) => role,
            // The table of a field that answers hold is a structure all the same.
            Some(Role::Response) if table.subjects.is_empty() => Role::Response,
            _ => Role::Structure,
        },
    }
}

fn role_in(table: &TableRead<'_>, uri: &Uri, side: Option<Role>) -> Role {
    let caption = tables::role_of_caption(table.table.caption.as_deref().unwrap_or(""));
    let holes = count_holes(table, &uri.path);
    let answers = matches!(table.section, Section::Response | Section::Failure);
    let asks_by_query = matches!(uri.method, Method::Get | Method::Head);
    if !answers && holes > 0 && (holes == table.rows.len() || table.section == Section::Uri) {
        return Role::Path;
    }
    if !answers && matches!(caption, Some(Role::Query | Role::Header)) && table.subjects.is_empty()
    {
        return caption.unwrap_or(Role::Query);
    }
    match table.section {
        Section::PathParameters => Role::Path,
        Section::QueryParameters => Role::Query,
        Section::HeaderParameters => Role::Header,
        Section::Uri => match caption {
            Some(Role::Request) if !asks_by_query && uri.query.is_empty() => Role::Request,
            _ if !asks_by_query && uri.query.is_empty() && holds_objects(table) => Role::Request,
            _ => Role::Query,
        },
        Section::Request if caption.is_none() && are_headers(table) => Role::Header,
        Section::Request if asks_by_query || in_query(table, uri) => Role::Query,
        Section::Request => Role::Request,
        Section::Response => match caption {
            Some(Role::Error) => Role::Error,
            // What comes back in headers is no part of the body.
            Some(Role::Header) => Role::Structure,
            _ => Role::Response,
        },
        Section::Failure => Role::Error,
        Section::Other
        | Section::Function
        | Section::Constraints
        | Section::Note
        | Section::RequestExample
        | Section::ResponseExample
        | Section::FailureExample
        | Section::Example
        | Section::Statuses
        | Section::ErrorCodes => match beside(table, caption, side) {
            Role::Request if asks_by_query => Role::Query,
            other => other,
        },
    }
}

/// Whether all names are written like those of headers, and one is of no standard: `X-Lamp-Token`.
fn are_headers(table: &TableRead<'_>) -> bool {
    let is_header = |name: &str| {
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        name.split('-').all(is_word)
    };
    let names = || table.rows.iter().map(|row| row.name.as_str());
    names().any(|name| name.starts_with("X-")) && names().all(is_header)
}

/// A table outside of the sections that describe fields goes on with the side before it, when its
/// caption names what it is about.
fn beside(table: &TableRead<'_>, caption: Option<Role>, side: Option<Role>) -> Role {
    match caption {
        Some(role) => role,
        None if table.subjects.is_empty() => Role::Structure,
        None => side.unwrap_or(Role::Structure),
    }
}

/// The side of a table that only follows its example, where no table before it described that side.
fn shown_first(table: &TableRead<'_>, uri: &Uri, described: &HashSet<Role>) -> Option<Role> {
    let asks_by_query = matches!(uri.method, Method::Get | Method::Head);
    let side = match table.section {
        Section::RequestExample if asks_by_query => Role::Query,
        Section::RequestExample => Role::Request,
        Section::ResponseExample => Role::Response,
        _ => return None,
    };
    let is_typed = table.columns.contains(&Column::Kind) && table.subjects.is_empty();
    (is_typed && !described.contains(&side)).then_some(side)
}

/// An object is in no query.
fn holds_objects(table: &TableRead<'_>) -> bool {
    table.rows.iter().any(|row| row.kind == Kind::Object)
}

fn count_holes(table: &TableRead<'_>, path: &PathTemplate) -> usize {
    let is_hole = |name: &str| path.parameters().any(|hole| hole == name);
    table.rows.iter().filter(|row| is_hole(&row.name)).count()
}

fn in_query(table: &TableRead<'_>, uri: &Uri) -> bool {
    !uri.query.is_empty() && table.rows.iter().any(|row| uri.query.contains(&row.name))
}

#[cfg(test)]
mod tests {
    use super::super::{inventory, read, tests::document};
    use crate::source::DocumentId;

    #[test]
    fn a_table_behind_its_example_describes_the_same_side() {
        let page = "# 点亮灯\n## URI\nPOST /v1/lamps\n## 请求\n-   请求样例\n```\n{ \"lamp\": { \"parameters\": { \"oil\": 1 } } }\n```\n\n            表 1 Body参数说明\n| 名称 | 是否必选 | 参数类型 | 说明 |\n|--|--|--|--|\n| lamp | 是 | Object | 灯，请参见表2。 |\n\n            表 2 lamp参数说明\n| 名称 | 是否必选 | 参数类型 | 说明 |\n|--|--|--|--|\n| parameters | 是 | Object | 灯的参数。具体请参考表3。 |\n\n            表 3 parameters参数说明\n| 名称 | 是否必选 | 参数类型 | 说明 |\n|--|--|--|--|\n| oil | 是 | Integer | 油量。 |\n\n            ## 响应\n-   响应样例\n```\n{ \"lamp_id\": \"7\" }\n```\n\n**表 4**  要素说明\n| 名称 | 参数类型 | 说明 |\n|--|--|--|\n| lamp_id | String | 灯号。 |\n\n            表 5 样例说明\n| 名称 | 参数类型 | 说明 |\n|--|--|--|\n| shown | String | 样例。 |\n";
        let printed = crate::document::read(&DocumentId::new("lamps"), page.as_bytes());
        let contract = read(&printed).contract;
        let operation = &contract.operations[0];
        let paths = |fields: Vec<(crate::contract::FieldPath, &crate::contract::Field)>| {
            let paths = fields.iter().map(|(path, _)| path.to_string());
            paths.collect::<Vec<_>>()
        };
        assert_eq!(
            paths(operation.request_fields()),
            ["lamp", "lamp.parameters", "lamp.parameters.oil"]
        );
        assert_eq!(paths(operation.response_fields()), ["lamp_id"]);
    }

    #[test]
    fn a_page_may_print_its_route_in_a_table() {
        let page = "# Lighting a lamp\n## URI\nTable 1 Method and URI\n| Method | URI |\n| POST | /v1/lamps |\n## Request\nTable 2 Parameter description\n| Parameter | Mandatory | Type | Description |\n| oil | Yes | Integer | The oil. |\n";
        let contract = read(&document(page)).contract;
        let [operation] = &contract.operations[..] else {
            panic!("one operation: {:?}", contract.operations);
        };
        assert_eq!(operation.route(), "POST /v1/lamps");
        assert_eq!(operation.request_fields().len(), 1);
    }

    #[test]
    fn an_object_is_in_no_query_and_a_header_in_no_body() {
        let page = "# Lighting a lamp\n## Function\nLights it.\n## URI\nPOST /v1/lamps\nTable 1 Parameter description\n| Parameter | Type | Mandatory | Description |\n| lamp | Dictionary | Yes | The lamp. |\n## Response\nTable 2 Response header parameters\n| Parameter | Type | Description |\n| X-Lit | String | When. |\nTable 3 Response body parameters\n| Parameter | Type | Description |\n| lamp_id | String | The lamp. |\n";
        let lines = inventory::lines(&read(&document(page)));
        let is_operation = |line: &&String| line.contains("\"kind\":\"operation\"");
        let operation = lines
            .iter()
            .find(is_operation)
            .expect("an operation is read");
        for part in [
            "\"query\":[]",
            "\"request\":[\"lamp\"]",
            "\"response\":[\"lamp_id\"]",
        ] {
            assert!(operation.contains(part), "{operation}");
        }
    }

    #[test]
    fn a_table_of_headers_needs_no_caption() {
        let page = "# Lighting a lamp\n## URI\nPUT /v1/lamps\n## Request\n| Parameter | Mandatory | Type | Description |\n| X-Lamp-Token | Yes | String | - |\n| Content-Type | No | String | - |\n\nThe body:\n| Parameter | Mandatory | Type | Description |\n| oil | Yes | String | - |\n";
        let contract = read(&document(page)).contract;
        let operation = &contract.operations[0];
        let body = operation.request.iter().flat_map(|body| &body.fields);
        let names: Vec<&str> = body.map(|field| field.name.as_str()).collect();
        assert_eq!((operation.parameters.len(), names), (2, vec!["oil"]));
    }

    #[test]
    fn method_and_path_may_stand_behind_labels_of_their_own() {
        for uri in [
            "PATH：/v1/lamps\n\nMethod：POST",
            "Method: POST\n\nURI: /v1/lamps",
        ] {
            let page = format!(
                "# Lighting a lamp\n## Function\nLights it.\n## URI\n{uri}\n## Request\n| Parameter | Mandatory | Type | Description |\n| oil | Yes | String | The oil. |\n"
            );
            let lines = inventory::lines(&read(&document(&page)));
            let is_operation = |line: &&String| line.contains("\"kind\":\"operation\"");
            let operation = lines
                .iter()
                .find(is_operation)
                .expect("an operation is read");
            assert!(operation.contains("\"path\":\"/v1/lamps\""), "{operation}");
            assert!(operation.contains("\"request\":[\"oil\"]"), "{operation}");
        }
    }
}
